package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Slack sends and says once in a while. */
class SlackOddityTest {
  private static final String TEAM = FakeSlack.TEAM;
  private static final String OTHER = "T0SECOND";
  private static final Place CHANNEL = new Place("slack", TEAM, "C1", Optional.empty());
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final List<Inbound> inbox = Collections.synchronizedList(new ArrayList<>());
  private SlackSurface surface;

  @BeforeEach
  void open() {
    slack.channel("C1", TEAM);
    slack.install(new FakeTeam(OTHER, FakeSlack.APP_TOKEN).grant(FakeTeam.OPTIONAL));
    slack.channel("C2", OTHER);
    slack.add(FakeUser.member("U0ANN", TEAM));
    surface =
        SlackSurface.open(
            SlackSettings.socket(Map.of(TEAM, workspace(TEAM), OTHER, workspace(OTHER)))
                .at(slack.api()),
            Clock.systemUTC());
    surface.start(inbox::add);
  }

  private SlackSettings.Workspace workspace(String team) {
    return new SlackSettings.Workspace(
        slack.team(team).botToken(), Optional.of(FakeSlack.APP_TOKEN));
  }

  @AfterEach
  void close() {
    surface.close();
  }

  private static Card card(String text, Button... buttons) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        "Notice",
        List.of(Part.text(text)),
        List.of(buttons),
        text,
        Fields.EMPTY);
  }

  private static final Button GO = new Button(Button.Style.PLAIN, "Go", "t.0", Optional.empty());

  private static Fields message(String... namesAndTexts) {
    Fields out = Fields.of("type", Value.text("message")).with("channel", Value.text("C1"));
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      out = out.with(namesAndTexts[i], Value.text(namesAndTexts[i + 1]));
    }
    return out;
  }

  private void event(Fields event) {
    slack.send(
        TEAM,
        "events_api",
        Fields.of("type", Value.text("event_callback"))
            .with("team_id", Value.text(TEAM))
            .with("event_id", Value.text("Ev" + inbox.size()))
            .with("event", event));
    assertThat(slack.faults()).isEmpty();
  }

  private Inbound last() {
    return inbox.getLast();
  }

  // ---- what people and Slack do

  @Test
  void an_unfurled_link_is_no_edit_even_without_the_message_before_it() {
    Fields now = message("ts", "1.1", "user", "U0ANN", "text", "see https://x.example");
    event(message("subtype", "message_changed", "ts", "2.1").with("message", now));
    assertThat(inbox).isEmpty();
  }

  @Test
  void an_edit_without_the_message_before_it_is_an_edit() {
    Fields edited = Fields.of("user", Value.text("U0ANN")).with("ts", Value.text("2.0"));
    Fields now = message("ts", "1.1", "user", "U0ANN", "text", "three").with("edited", edited);
    event(message("subtype", "message_changed", "ts", "2.1").with("message", now));
    assertThat(last()).isInstanceOf(Inbound.Edited.class);
  }

  @Test
  void a_message_of_an_integration_is_a_bots_whatever_user_it_names() {
    event(message("subtype", "bot_message", "ts", "1.1", "user", "U0ANN", "text", "approve"));
    event(message("subtype", "bot_message", "ts", "1.2", "bot_id", "B9", "text", "approve"));
    event(message("subtype", "bot_message", "ts", "1.3", "username", "ann", "text", "approve"));
    assertThat(inbox).hasSize(2);
    assertThat(inbox).allMatch(one -> one.speaker().kind() == Speaker.Kind.BOT);
  }

  @Test
  void words_beside_a_file_and_a_reply_sent_to_the_channel_too_are_heard_in_their_place() {
    Fields file = Fields.of("name", Value.text("main.tf"));
    event(
        message("subtype", "file_share", "ts", "1.1", "user", "U0ANN", "text", "this one")
            .with("files", Items.of(file, Fields.EMPTY)));
    assertThat(((Inbound.Said) last()).text()).isEqualTo("this one");
    assertThat(((Inbound.Said) last()).files()).containsExactly("main.tf");
    event(
        message(
            "subtype",
            "thread_broadcast",
            "ts",
            "1.2",
            "thread_ts",
            "1.0",
            "user",
            "U0ANN",
            "text",
            "for all"));
    assertThat(last().place().thread()).contains("1.0");
  }

  @Test
  void channel_news_and_shared_links_are_nobodys_words() {
    for (String subtype :
        List.of(
            "channel_join",
            "channel_topic",
            "channel_archive",
            "pinned_item",
            "message_replied",
            "reminder_add",
            "something_new")) {
      event(message("subtype", subtype, "ts", "1.1", "user", "U0ANN", "text", "x"));
    }
    event(Fields.of("type", Value.text("link_shared")).with("user", Value.text("U0ANN")));
    assertThat(inbox).isEmpty();
  }

  @Test
  void a_timestamp_of_any_size_does_no_harm() {
    event(message("ts", "1e999999999", "user", "U0ANN", "text", "boo"));
    assertThat(((Inbound.Said) last()).text()).isEqualTo("boo");
  }

  @Test
  void a_user_id_that_is_none_is_a_strangers_and_slack_is_not_asked() {
    int asked = slack.calls("users.info");
    event(message("ts", "1.1", "user", "U0ANN/../admin", "text", "boo"));
    assertThat(last().speaker().kind()).isEqualTo(Speaker.Kind.EXTERNAL);
    assertThat(slack.calls("users.info")).isEqualTo(asked);
  }

  @Test
  void more_people_than_may_be_asked_for_one_by_one_are_known_all_the_same() {
    for (int i = 0; i < 700; i++) {
      slack.add(new FakeUser("U0CROWD" + i, TEAM, false, i % 7 == 0, false, false));
    }
    slack.strictPace(Clock.systemUTC());
    for (int i = 0; i < 700; i++) {
      event(message("ts", "1." + i, "user", "U0CROWD" + i, "text", "hello " + i));
    }
    assertThat(inbox)
        .hasSize(700)
        .allSatisfy(
            one -> {
              int number = Integer.parseInt(one.speaker().person().id().substring(7));
              assertThat(one.speaker().kind())
                  .isEqualTo(number % 7 == 0 ? Speaker.Kind.GUEST : Speaker.Kind.HUMAN);
            });
    assertThat(slack.counters().tooMany()).isOne();
    assertThat(slack.calls("users.list")).isEqualTo(2);
  }

  @Test
  void the_same_user_id_in_two_workspaces_is_two_people() {
    slack.say(TEAM, "U0ANN", "C1", Optional.empty(), "here");
    slack.say(OTHER, "U0ANN", "C2", Optional.empty(), "there");
    assertThat(inbox.get(0).speaker().kind()).isEqualTo(Speaker.Kind.HUMAN);
    assertThat(inbox.get(1).speaker().kind()).isEqualTo(Speaker.Kind.EXTERNAL);
    assertThat(inbox.get(0).speaker().person()).isNotEqualTo(inbox.get(1).speaker().person());
  }

  // ---- shared channels and enterprises

  private Fields press(MessageRef message) {
    FakeMessage shown = slack.message("C1", message.id()).orElseThrow();
    Fields action =
        Fields.of("type", Value.text("button"))
            .with("value", Value.text("t.0"))
            .with("action_ts", Value.text("1.1"))
            .with("block_id", Value.text("parley::1"));
    return Fields.of("type", Value.text("block_actions"))
        .with("user", Fields.of("id", Value.text("U0ANN")).with("team_id", Value.text("T0FOREIGN")))
        .with("container", Fields.of("message_ts", Value.text(message.id())))
        .with("channel", Fields.of("id", Value.text("C1")))
        .with("message", shown.json())
        .with("trigger_id", Value.text("tr" + inbox.size()))
        .with("actions", Items.of(action));
  }

  @Test
  void a_press_in_an_enterprise_that_names_no_team_belongs_to_our_messages_workspace() {
    MessageRef message = surface.post(CHANNEL, card("x", GO), "k");
    slack.send(
        TEAM,
        "interactive",
        press(message)
            .with("team", Value.NULL)
            .with("enterprise", Fields.of("id", Value.text("E1")))
            .with("is_enterprise_install", Value.bool(false)));
    assertThat(last().place()).isEqualTo(CHANNEL);
  }

  @Test
  void a_press_from_another_workspace_in_a_shared_channel_belongs_to_our_messages_workspace() {
    slack.add(FakeUser.member("U0ZOE", OTHER));
    MessageRef message = surface.post(CHANNEL, card("x", GO), "k");
    slack.send(
        TEAM,
        "interactive",
        press(message)
            .with("team", Fields.of("id", Value.text(OTHER)))
            .with("user", Fields.of("id", Value.text("U0ZOE")).with("team_id", Value.text(OTHER))));
    assertThat(last().place().workspace()).isEqualTo(TEAM);
    assertThat(last().speaker().kind()).isEqualTo(Speaker.Kind.EXTERNAL);
  }

  // ---- what Slack says no to

  @Test
  void a_card_whose_blocks_are_refused_goes_out_as_words_and_a_file() {
    slack.error("chat.postMessage", 2, "invalid_blocks");
    MessageRef message = surface.post(CHANNEL, card("all <@U1> of it", GO), "k");
    FakeMessage shown = slack.message("C1", message.id()).orElseThrow();
    assertThat(shown.blocks()).isEmpty();
    assertThat(shown.text()).contains("all &lt;@U1&gt; of it", "did not take the buttons");
    assertThat(new String(slack.file("card.txt").orElseThrow())).contains("all <@U1> of it");
    surface.edit(message, card("better"), 2);
    assertThat(slack.message("C1", message.id()).orElseThrow().blocks()).isNotEmpty();
  }

  @Test
  void a_card_that_slack_finds_too_long_is_not_lost() {
    slack.error("chat.postMessage", 2, "msg_blocks_too_long");
    surface.post(CHANNEL, card("long"), "k");
    assertThat(slack.standing("C1").getFirst().text()).contains("long");
  }

  @Test
  void an_answer_to_a_message_that_was_deleted_stands_in_the_channel() {
    MessageRef root = surface.post(CHANNEL, card("root"), "root");
    slack.delete("C1", root.id());
    surface.post(CHANNEL.in(root.id()), card("the result", GO), "k");
    FakeMessage shown = slack.standing("C1").getFirst();
    assertThat(shown.thread()).isEmpty();
    slack.press("U0ANN", shown, shown.buttons().getFirst());
    assertThat(last().place()).isEqualTo(CHANNEL.in(root.id()));
  }

  @Test
  void a_change_of_a_message_that_was_deleted_is_done() {
    MessageRef message = surface.post(CHANNEL, card("x"), "k");
    slack.delete("C1", message.id());
    surface.edit(message, card("y"), 2);
    assertThat(slack.standing("C1")).isEmpty();
    assertThat(surface.check().ok()).isTrue();
  }

  @Test
  void an_archived_and_an_unknown_channel_say_what_to_do() {
    slack.archive("C1");
    assertThatThrownBy(() -> surface.post(CHANNEL, card("x"), "k"))
        .isInstanceOfSatisfying(
            SurfaceFailure.Refused.class,
            refused -> assertThat(refused.next()).contains("archived"));
    var nowhere = new Place("slack", TEAM, "C404", Optional.empty());
    assertThatThrownBy(() -> surface.post(nowhere, card("x"), "k"))
        .isInstanceOfSatisfying(
            SurfaceFailure.Refused.class,
            refused -> assertThat(refused.next()).contains("check its id"));
  }

  // ---- files that follow

  /** More JSON than a message takes, and less text than the bot would have cut. */
  private static Card overflowing() {
    var lines =
        IntStream.range(0, 110)
            .mapToObj(i -> new Part.ChangeLine("+", "bucket-" + i, "vm", "dev"))
            .toList();
    return card("first").with(new Part.Changes(lines, 0));
  }

  @Test
  void a_file_that_could_not_follow_its_message_follows_when_it_is_tried_again() {
    slack.error("files.getUploadURLExternal", 1, "service_unavailable");
    assertThatThrownBy(() -> surface.post(CHANNEL, overflowing(), "k"))
        .isInstanceOf(SurfaceFailure.Unreachable.class);
    assertThat(slack.file("card.txt")).isEmpty();
    surface.post(CHANNEL, overflowing(), "k");
    surface.post(CHANNEL, overflowing(), "k");
    assertThat(new String(slack.file("card.txt").orElseThrow())).contains("bucket-109");
    assertThat(slack.calls("files.completeUploadExternal")).isEqualTo(1);
    assertThat(slack.standing("C1").stream().filter(one -> one.thread().isEmpty())).hasSize(1);
  }

  @Test
  void after_a_crash_between_a_message_and_its_file_the_file_follows() {
    slack.error("files.getUploadURLExternal", 1, "service_unavailable");
    assertThatThrownBy(() -> surface.post(CHANNEL, overflowing(), "k"))
        .isInstanceOf(SurfaceFailure.Unreachable.class);
    again();
    assertThat(surface.find(CHANNEL, "k")).isEmpty();
    surface.post(CHANNEL, overflowing(), "k");
    assertThat(slack.file("card.txt")).isPresent();
    assertThat(slack.standing("C1").stream().filter(one -> one.thread().isEmpty())).hasSize(1);
  }

  @Test
  void after_a_crash_a_file_that_had_followed_its_message_does_not_follow_again() {
    surface.post(CHANNEL, overflowing(), "k");
    again();
    assertThat(surface.find(CHANNEL, "k")).isEmpty();
    surface.post(CHANNEL, overflowing(), "k");
    assertThat(slack.calls("files.completeUploadExternal")).isEqualTo(1);
  }

  @Test
  void after_a_crash_a_file_that_was_sent_is_found_by_what_it_is() {
    var receipt =
        new Part.Attachment(
            "receipt-1.jws", "application/jose", new byte[] {1, 2}, Optional.empty());
    Place thread = CHANNEL.in(surface.post(CHANNEL, card("root"), "k").id());
    assertThat(surface.find(thread, receipt, "Receipt 1", "k:1")).isEmpty();
    var sent = surface.attach(thread, receipt, "Receipt 1", "k:1");
    again();
    assertThat(surface.find(thread, receipt, "Receipt 1", "k:1")).contains(sent);
    assertThat(surface.find(thread, receipt, "Receipt 2", "k:2")).isEmpty();
    var longer =
        new Part.Attachment(
            "receipt-1.jws", "application/jose", new byte[] {1, 2, 3}, Optional.empty());
    assertThat(surface.find(thread, longer, "Receipt 1", "k:3")).isEmpty();
  }

  @Test
  void a_whisper_of_any_length_is_whispered_whole_and_claims_no_file() {
    slack.command(TEAM, "U0ANN", "C1", "whoami");
    surface.whisper(last(), overflowing().withButtons(List.of(GO)));
    String seen =
        String.join("\n", slack.whispered("U0ANN").stream().map(FakeMessage::drawn).toList());
    assertThat(seen).contains("first", "bucket-0", "bucket-109").doesNotContain("attached");
    assertThat(slack.whispered("U0ANN")).hasSizeGreaterThan(1);
    assertThat(slack.whispered("U0ANN").getLast().buttons()).hasSize(1);
    assertThat(slack.whispered("U0ANN").getFirst().buttons()).isEmpty();
    assertThat(slack.faults()).isEmpty();
  }

  @Test
  void a_whisper_that_is_too_much_at_once_comes_by_the_address_of_the_act() {
    slack.command(TEAM, "U0ANN", "C1", "whoami");
    slack.slow("chat.postEphemeral", 1, 60);
    surface.whisper(last(), card("only for you"));
    assertThat(slack.whispered("U0ANN")).hasSize(1);
  }

  /** Another life of the program: it knows nothing of what it sent. */
  private void again() {
    surface.close();
    surface =
        SlackSurface.open(
            SlackSettings.socket(Map.of(TEAM, workspace(TEAM))).at(slack.api()), Clock.systemUTC());
  }
}
