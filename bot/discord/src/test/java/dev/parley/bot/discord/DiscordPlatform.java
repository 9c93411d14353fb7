package dev.parley.bot.discord;

import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.testkit.People;
import dev.parley.bot.testkit.WatchedSurface;
import dev.parley.bot.transcript.Platform;
import dev.parley.identity.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stand-in for Discord as a stage for scripts: whatever people do goes over the wire and
 * through JDA, and a button can be pressed only if it stood on a message that they were shown.
 */
public final class DiscordPlatform implements Platform, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final FakeDiscord discord = new FakeDiscord();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Clock clock;
  private Optional<WatchedSurface> surface = Optional.empty();

  /** Those before a crash. */
  private final List<WatchedSurface> before = new ArrayList<>();

  /**
   * A server with one channel.
   *
   * @param people who are members of it
   */
  public DiscordPlatform(Clock clock, List<String> people) {
    this.clock = clock;
    for (String name : people) {
      String id = People.numbered(name);
      names.put(id, name);
      discord.person(id, name, false, false);
    }
  }

  /** How the directory must know somebody: surface, workspace and id. */
  public static String person(String name) {
    return DiscordSurface.ID + ":" + FakeDiscord.GUILD + ":" + People.numbered(name);
  }

  /** The server and its channel, as configuration names them. */
  public static Place channel() {
    return new Place(DiscordSurface.ID, FakeDiscord.GUILD, FakeDiscord.CHANNEL, Optional.empty());
  }

  /** What Discord does not allow and was done all the same; must be empty. */
  public List<String> faults() {
    return discord.wrongs();
  }

  /** Discord breaks the connection and lets nobody in, until it is told to be back. */
  public void down(boolean now) {
    if (now) {
      discord.away();
    } else {
      discord.back();
    }
  }

  /** All that stands, as people see it, oldest first. */
  public String told() {
    return discord.all().stream()
        .map(one -> DiscordRig.plain(one.text()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public Surface surface() {
    surface.ifPresent(
        was -> {
          was.close();
          before.add(was);
        });
    var opened = new WatchedSurface(new DiscordSurface(DiscordRig.settings(discord), clock));
    surface = Optional.of(opened);
    return opened;
  }

  private Optional<String> former(String began) {
    return before.stream().flatMap(was -> was.root(began).stream()).findFirst();
  }

  /** Does something that reaches the bot, and waits until it has. */
  private void reaching(Runnable act) {
    WatchedSurface bot = surface.orElseThrow();
    await().atMost(LONGEST).until(() -> bot.check().ok());
    int before = bot.arrived();
    act.run();
    await().atMost(LONGEST).until(() -> bot.arrived() > before);
  }

  @Override
  public Place say(String person, String thread, Optional<Place> place, String text) {
    String me = People.numbered(person);
    if (place.isPresent()) {
      String began = place.get().thread().orElse(FakeDiscord.CHANNEL);
      String in = surface.orElseThrow().root(began).or(() -> former(began)).orElse(began);
      await().atMost(LONGEST).until(() -> discord.threads(FakeDiscord.CHANNEL).contains(in));
      reaching(() -> discord.say(me, in, text));
      return place.get();
    }
    var said = new String[1];
    reaching(
        () ->
            said[0] = discord.say(me, FakeDiscord.CHANNEL, "<@" + FakeDiscord.SELF + "> " + text));
    return channel().in(said[0]);
  }

  @Override
  public void press(String person, Place place, String message, Button button) {
    String me = People.numbered(person);
    Stream<Posted> seen =
        message.isEmpty()
            ? discord.privately(me).stream()
            : discord.all().stream().filter(one -> one.id.equals(message));
    Posted shown =
        seen.filter(one -> !message.isEmpty() || bears(one, button))
            .reduce((_, newest) -> newest)
            .orElseThrow(
                () ->
                    new AssertionError(
                        "[" + button.label() + "] stands on no message shown to " + person));
    String id =
        shown.buttons().stream()
            .map(one -> one.text("custom_id").orElseThrow())
            .filter(one -> ButtonId.read(one).token().equals(button.token()))
            .findFirst()
            .orElseGet(() -> former(button).toString());
    if (ButtonId.read(id).kind() != ButtonId.Kind.ASKS) {
      reaching(() -> discord.press(me, shown.id, id));
      return;
    }
    boolean stands =
        shown.buttons().stream().anyMatch(one -> one.text("custom_id").orElse("").equals(id));
    if (!stands) {
      reaching(() -> discord.press(me, shown.id, id));
      return;
    }
    int before = discord.privately(me).size();
    discord.press(me, shown.id, id);
    await().atMost(LONGEST).until(() -> discord.privately(me).size() > before);
    Posted question = discord.privately(me).getLast();
    String answer = question.buttons().getFirst().text("custom_id").orElseThrow();
    reaching(() -> discord.press(me, question.id, answer));
  }

  private static boolean bears(Posted message, Button button) {
    return message.buttons().stream()
        .map(one -> ButtonId.read(one.text("custom_id").orElse("")))
        .anyMatch(one -> one.token().equals(button.token()));
  }

  /** A button that a message no longer has: an old window may still show it. */
  private static ButtonId former(Button button) {
    return ButtonId.of(
        button.confirm().isPresent() ? ButtonId.Kind.ASKS : ButtonId.Kind.TELLS, button.token());
  }

  @Override
  public void submit(String person, Place place, Form form, Map<String, String> fields) {
    String me = People.numbered(person);
    await().atMost(LONGEST).until(() -> discord.forms(me).stream().anyMatch(one -> is(one, form)));
    FakeDiscord.Opened open =
        discord.forms(me).stream()
            .filter(one -> is(one, form))
            .reduce((_, newest) -> newest)
            .orElseThrow();
    reaching(() -> discord.submit(me, open, fields));
  }

  /** A form that was opened from a direct message names its channel, too. */
  private static boolean is(FakeDiscord.Opened opened, Form form) {
    return opened.token().equals(form.token())
        || ButtonId.read(opened.token()).token().equals(form.token());
  }

  @Override
  public void react(String person, MessageRef message, String emoji, boolean taken) {
    String character = Emojis.character(emoji).orElse(emoji);
    reaching(() -> discord.react(People.numbered(person), message.id(), character, !taken));
  }

  @Override
  public String name(Person person) {
    return names.getOrDefault(person.id(), person.id());
  }

  @Override
  public void close() {
    surface.ifPresent(WatchedSurface::close);
    discord.close();
  }
}
