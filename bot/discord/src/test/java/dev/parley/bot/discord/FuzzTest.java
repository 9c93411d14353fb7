package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.bot.surface.Inbound;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Events as Discord never sends them: whatever comes, the bot goes on hearing and answering. */
class FuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final List<Inbound> HEARD = new CopyOnWriteArrayList<>();
  private static FakeDiscord discord;
  private static DiscordSurface surface;
  private static String ann;

  /** An event, and which of its values becomes what. */
  record Broken(Event event, int at, Value now) {}

  /** Events about people, well-formed. */
  enum Event {
    MESSAGE_CREATE,
    MESSAGE_UPDATE,
    MESSAGE_DELETE,
    MESSAGE_DELETE_BULK,
    MESSAGE_REACTION_ADD,
    MESSAGE_REACTION_REMOVE,
    MESSAGE_REACTION_REMOVE_ALL,
    MESSAGE_REACTION_REMOVE_EMOJI,
    INTERACTION_CREATE;

    Fields whole() {
      String text =
          switch (this) {
            case MESSAGE_CREATE, MESSAGE_UPDATE ->
                """
                {"id": "900000000000000001", "type": 0, "channel_id": "C", "guild_id": "G",
                 "content": "<@S> a bucket", "timestamp": "2026-01-01T00:00:00Z",
                 "edited_timestamp": "2026-01-01T00:00:01Z", "tts": false, "pinned": false,
                 "mention_everyone": false, "mentions": [], "mention_roles": [], "embeds": [],
                 "attachments": [], "components": [], "flags": 0,
                 "author": {"id": "400000000000000001", "username": "eve", "discriminator": "0",
                   "global_name": "eve", "avatar": null, "bot": false},
                 "member": {"roles": [], "joined_at": "2026-01-01T00:00:00Z", "deaf": false,
                   "mute": false, "pending": false, "flags": 0, "nick": null}}
                """;
            case MESSAGE_DELETE ->
                "{\"id\": \"900000000000000001\", \"channel_id\": \"C\", \"guild_id\": \"G\"}";
            case MESSAGE_DELETE_BULK ->
                "{\"ids\": [\"900000000000000001\"], \"channel_id\": \"C\", \"guild_id\": \"G\"}";
            case MESSAGE_REACTION_ADD,
                MESSAGE_REACTION_REMOVE,
                MESSAGE_REACTION_REMOVE_ALL,
                MESSAGE_REACTION_REMOVE_EMOJI ->
                """
                {"user_id": "400000000000000001", "channel_id": "C", "guild_id": "G",
                 "message_id": "900000000000000001", "emoji": {"id": null, "name": "x"},
                 "burst": false, "type": 0}
                """;
            case INTERACTION_CREATE ->
                """
                {"id": "I", "application_id": "S", "type": 3, "token": "fuzz", "version": 1,
                 "channel_id": "C", "channel": {"id": "C", "type": 0, "name": "infra",
                   "permissions": "309237763136"},
                 "guild_id": "G", "guild": {"id": "G", "locale": "en-US", "features": []},
                 "locale": "en-US", "entitlements": [], "authorizing_integration_owners": {},
                 "attachment_size_limit": 1, "context": 0,
                 "data": {"component_type": 2, "custom_id": "!tok", "id": 1},
                 "member": {"permissions": "309237763136", "roles": [], "deaf": false,
                   "joined_at": "2026-01-01T00:00:00Z", "mute": false, "pending": false,
                   "flags": 0, "user": {"id": "400000000000000001", "username": "eve",
                     "discriminator": "0", "avatar": null, "bot": false}},
                 "message": {"id": "900000000000000001", "type": 0, "channel_id": "C",
                   "content": "", "timestamp": "2026-01-01T00:00:00Z", "mentions": [],
                   "mention_roles": [], "embeds": [], "attachments": [], "components": [],
                   "flags": 0, "tts": false, "pinned": false, "mention_everyone": false,
                   "author": {"id": "S", "username": "parley", "discriminator": "0", "bot": true}}}
                """;
          };
      return (Fields)
          Json.parsePlain(
              text.replace("\"C\"", "\"" + FakeDiscord.CHANNEL + "\"")
                  .replace("\"G\"", "\"" + FakeDiscord.GUILD + "\"")
                  .replace("\"S\"", "\"" + FakeDiscord.SELF + "\"")
                  .replace("<@S>", "<@" + FakeDiscord.SELF + ">")
                  .replace("\"I\"", "\"" + ann + "\""));
    }
  }

  @BeforeContainer
  static void start() {
    discord = new FakeDiscord();
    ann = discord.person("ann");
    surface = new DiscordSurface(DiscordRig.settings(discord), Clock.systemUTC());
    surface.start(HEARD::add);
    await().atMost(LONGEST).until(() -> surface.check().ok());
  }

  @AfterContainer
  static void stop() {
    surface.close();
    discord.close();
  }

  @Provide
  Arbitrary<List<Broken>> many() {
    Arbitrary<Value> values =
        Arbitraries.of(
            new Value.Null(),
            Value.text(""),
            Value.text("no number"),
            Value.text("-1"),
            Value.text("99999999999999999999999"),
            Value.text("\u0000\u202e@everyone"),
            Value.num(0),
            Value.num(-1),
            Value.num(255),
            new Value.Bool(true),
            Fields.EMPTY,
            new Value.Items(List.of()),
            new Value.Items(List.of(new Value.Null())));
    return Combinators.combine(
            Arbitraries.of(Event.class), Arbitraries.integers().between(0, 60), values)
        .as(Broken::new)
        .list()
        .ofMaxSize(40);
  }

  /** The same with one of its values, counted through, replaced. */
  private static Value replaced(Value all, int[] countdown, Value now) {
    if (countdown[0]-- == 0) {
      return now;
    }
    return switch (all) {
      case Fields fields -> {
        Fields out = Fields.EMPTY;
        for (var entry : fields.fields().entrySet()) {
          out = out.with(entry.getKey(), replaced(entry.getValue(), countdown, now));
        }
        yield out;
      }
      case Value.Items(var items) -> {
        var out = new ArrayList<Value>();
        items.forEach(item -> out.add(replaced(item, countdown, now)));
        yield new Value.Items(out);
      }
      default -> all;
    };
  }

  @Property(tries = 12)
  void after_any_events_a_mention_is_heard_and_a_press_is_answered(
      @ForAll("many") List<Broken> all) {
    for (Broken one : all) {
      int[] countdown = {one.at() + 1};
      discord.dispatch(
          one.event().name(), (Fields) replaced(one.event().whole(), countdown, one.now()));
    }
    HEARD.clear();
    String said = discord.say(ann, FakeDiscord.CHANNEL, OnDiscord.NAME + "still there?");
    await()
        .atMost(LONGEST)
        .until(
            () ->
                HEARD.stream()
                    .anyMatch(one -> one instanceof Inbound.Said && one.delivery().equals(said)));
    var card = OnDiscord.card("p-1", List.of(), OnDiscord.button("Details", "tok"));
    surface.post(OnDiscord.CHANNEL, card, "key-" + said);
    Posted shown = discord.of(FakeDiscord.CHANNEL).getLast();
    discord.press(ann, shown.id, "!tok");
    await().atMost(LONGEST).until(discord::quiet);
    assertThat(surface.check().ok()).isTrue();
    assertThat(discord.connects()).as("the session stood all of it").isOne();
  }
}
