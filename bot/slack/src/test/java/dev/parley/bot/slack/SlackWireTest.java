package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What crosses the wire to Slack and back, by the SDK. */
class SlackWireTest {
  private static final String TEAM = FakeSlack.TEAM;
  private static final Place CHANNEL = new Place("slack", TEAM, "C1", Optional.empty());
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final List<Inbound> inbox = Collections.synchronizedList(new ArrayList<>());
  private SlackSurface surface;

  @BeforeEach
  void open() {
    slack.channel("C1", TEAM);
    slack.add(FakeUser.member("U0ANN", TEAM));
    surface = SlackSurface.open(SlackRig.settings(slack), Clock.systemUTC());
    surface.start(inbox::add);
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

  private static Button button(String label, String token) {
    return new Button(Button.Style.PLAIN, label, token, Optional.empty());
  }

  private Inbound last() {
    return inbox.getLast();
  }

  // ---- what people do

  @Test
  void a_mention_in_a_channel_that_is_read_too_is_one_delivery() {
    slack.mention(TEAM, "U0ANN", "C1", Optional.empty(), "hello");
    assertThat(inbox).hasSize(2);
    assertThat(inbox).extracting(Inbound::delivery).containsOnly(inbox.getFirst().delivery());
    assertThat(inbox).allMatch(one -> ((Inbound.Said) one).direct());
  }

  @Test
  void a_delivery_that_comes_again_has_the_same_id() {
    slack.command(TEAM, "U0ANN", "C1", "status");
    slack.again();
    assertThat(inbox).hasSize(2);
    assertThat(inbox.get(0).delivery()).isEqualTo(inbox.get(1).delivery());
  }

  @Test
  void deliveries_keep_their_order_in_a_burst() {
    for (int i = 0; i < 40; i++) {
      slack.say(TEAM, "U0ANN", "C1", Optional.empty(), "message " + i);
    }
    assertThat(inbox)
        .extracting(one -> ((Inbound.Said) one).text())
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, 40).mapToObj(i -> "message " + i).toList());
  }

  @Test
  void words_come_as_people_saw_them() {
    slack.mention(
        TEAM,
        "U0ANN",
        "C1",
        Optional.empty(),
        "a &lt;b&gt; &amp; <https://x.example|x.example> <#C2|ops> <@U0BOB> <!here>");
    assertThat(((Inbound.Said) last()).text()).isEqualTo("a <b> & x.example #ops @U0BOB @here");
  }

  @Test
  void guests_strangers_other_teams_and_bots_are_told_apart() {
    slack.add(new FakeUser("U0GUEST", TEAM, false, true, false, false));
    slack.add(new FakeUser("U0ULTRA", TEAM, false, false, true, false));
    slack.add(new FakeUser("U0STRANGE", "T0OTHER", false, false, false, true));
    slack.add(FakeUser.member("U0FOREIGN", "T0OTHER"));
    slack.add(new FakeUser("U0ROBOT", TEAM, true, false, false, false));
    for (String user :
        List.of("U0ANN", "U0GUEST", "U0ULTRA", "U0STRANGE", "U0FOREIGN", "U0ROBOT")) {
      slack.say(TEAM, user, "C1", Optional.empty(), "hi");
    }
    assertThat(inbox)
        .extracting(one -> one.speaker().kind())
        .containsExactly(
            Speaker.Kind.HUMAN,
            Speaker.Kind.GUEST,
            Speaker.Kind.GUEST,
            Speaker.Kind.EXTERNAL,
            Speaker.Kind.EXTERNAL,
            Speaker.Kind.BOT);
  }

  @Test
  void edits_and_deletes_come_and_unfurled_links_do_not() {
    String ts = slack.say(TEAM, "U0ANN", "C1", Optional.empty(), "one");
    slack.edit("C1", ts, "two");
    slack.edit("C1", ts, "two");
    slack.delete("C1", ts);
    assertThat(inbox).hasSize(3);
    assertThat(inbox.get(1))
        .isInstanceOfSatisfying(
            Inbound.Edited.class, edited -> assertThat(edited.text()).isEqualTo("two"));
    assertThat(inbox.get(2))
        .isInstanceOfSatisfying(
            Inbound.Deleted.class, deleted -> assertThat(deleted.message()).isEqualTo(ts));
  }

  @Test
  void a_direct_conversation_is_known_as_one() {
    slack.say(TEAM, "U0ANN", slack.direct(TEAM, "U0ANN"), Optional.empty(), "status");
    assertThat(last().place().direct()).isTrue();
    assertThat(((Inbound.Said) last()).direct()).isTrue();
    MessageRef answer = surface.post(last().place(), card("here"), "k");
    assertThat(slack.message(slack.direct(TEAM, "U0ANN"), answer.id())).isPresent();
  }

  @Test
  void an_emoji_knows_its_thread_after_a_restart_too() {
    MessageRef root = surface.post(CHANNEL, card("root"), "root");
    MessageRef inside = surface.post(CHANNEL.in(root.id()), card("inside"), "inside");
    surface.close();
    FakeSlack.await("closed", () -> slack.connections() == 0);
    surface = SlackSurface.open(SlackRig.settings(slack), Clock.systemUTC());
    surface.start(inbox::add);
    slack.react("U0ANN", "C1", inside.id(), "thumbsup::skin-tone-3", true);
    assertThat(last())
        .isInstanceOfSatisfying(
            Inbound.Reacted.class,
            reacted -> {
              assertThat(reacted.emoji()).isEqualTo("+1");
              assertThat(reacted.place()).isEqualTo(CHANNEL.in(root.id()));
            });
    slack.react("U0ANN", "C1", inside.id(), "+1", false);
    assertThat(last()).isInstanceOf(Inbound.Unreacted.class);
  }

  @Test
  void an_unknown_button_is_acknowledged_and_handed_on() {
    MessageRef message = surface.post(CHANNEL, card("x", button("Go", "long-gone")), "k");
    FakeMessage shown = slack.message("C1", message.id()).orElseThrow();
    slack.press("U0ANN", shown, shown.buttons().getFirst());
    assertThat(((Inbound.Pressed) last()).token()).isEqualTo("long-gone");
    slack.send(
        TEAM,
        "events_api",
        Fields.of("type", Value.text("event_callback"))
            .with("team_id", Value.text(TEAM))
            .with("event_id", Value.text("Ev1"))
            .with("event", Fields.of("type", Value.text("channel_rename"))));
    slack.send(
        TEAM,
        "interactive",
        Fields.of("type", Value.text("view_closed"))
            .with("team", Fields.of("id", Value.text(TEAM)))
            .with("user", Fields.of("id", Value.text("U0ANN")))
            .with("view", Fields.of("id", Value.text("V1"))));
    assertThat(slack.faults()).isEmpty();
  }

  @Test
  void several_workspaces_of_one_app_share_a_connection_and_never_mix() {
    surface.close();
    FakeSlack.await("closed", () -> slack.connections() == 0);
    slack.install(new FakeTeam("T0SECOND", FakeSlack.APP_TOKEN).grant(FakeTeam.OPTIONAL));
    slack.channel("C9", "T0SECOND");
    slack.add(FakeUser.member("U0ZOE", "T0SECOND"));
    surface =
        SlackSurface.open(
            SlackSettings.socket(
                    Map.of(
                        TEAM,
                        new SlackSettings.Workspace(
                            slack.team(TEAM).botToken(), Optional.of(FakeSlack.APP_TOKEN)),
                        "T0SECOND",
                        new SlackSettings.Workspace(
                            slack.team("T0SECOND").botToken(), Optional.of(FakeSlack.APP_TOKEN))))
                .at(slack.api()),
            Clock.systemUTC());
    surface.start(inbox::add);
    slack.say("T0SECOND", "U0ZOE", "C9", Optional.empty(), "hi");
    assertThat(slack.connections()).isEqualTo(1);
    assertThat(last().place().workspace()).isEqualTo("T0SECOND");
    assertThat(last().speaker().person().workspace()).isEqualTo("T0SECOND");
    surface.post(last().place(), card("hello zoe"), "k");
    assertThat(slack.shown("C9")).hasSize(1);
  }

  // ---- forms and whispers

  private static final Form FORM =
      new Form(
          "form-token",
          "Why?",
          List.of(
              new Form.Field("reason", "Reason", true, List.of()),
              new Form.Field("how", "How", false, List.of("gently", "at once"))),
          "Reject");

  private Inbound pressed() {
    MessageRef root = surface.post(CHANNEL, card("root"), "r" + inbox.size());
    MessageRef message =
        surface.post(CHANNEL.in(root.id()), card("x", button("Go", "t.0")), "k" + inbox.size());
    FakeMessage shown = slack.message("C1", message.id()).orElseThrow();
    slack.press("U0ANN", shown, shown.buttons().getFirst());
    return last();
  }

  @Test
  void a_form_opens_and_comes_back_with_its_place() {
    Inbound pressed = pressed();
    surface.open(pressed, FORM);
    slack.submit("U0ANN", Map.of("reason", "too dear", "how", "gently"));
    assertThat(last())
        .isInstanceOfSatisfying(
            Inbound.Submitted.class,
            sent -> {
              assertThat(sent.token()).isEqualTo("form-token");
              assertThat(sent.place()).isEqualTo(pressed.place());
              assertThat(sent.fields()).isEqualTo(Map.of("reason", "too dear", "how", "gently"));
            });
  }

  @Test
  void a_form_that_comes_too_late_is_opened_by_a_button() {
    Inbound pressed = pressed();
    slack.expireTriggers();
    surface.open(pressed, FORM);
    FakeMessage offer = slack.whispered("U0ANN").getLast();
    assertThat(offer.drawn()).contains("Why?", "[Open the form]");
    int before = inbox.size();
    slack.press("U0ANN", offer, offer.buttons().getFirst());
    slack.awaitView("U0ANN", 0);
    assertThat(inbox).hasSize(before);
  }

  @Test
  void a_whisper_finds_another_way_where_the_bot_is_not_in_the_channel() {
    slack.foreignChannel("C7", TEAM);
    slack.command(TEAM, "U0ANN", "C7", "status");
    surface.whisper(last(), card("only for you"));
    assertThat(slack.whispered("U0ANN"))
        .singleElement()
        .extracting(FakeMessage::drawn)
        .asString()
        .contains("only for you");
  }

  @Test
  void a_press_on_a_whispered_card_knows_its_thread() {
    Inbound pressed = pressed();
    surface.whisper(pressed, card("sure?", button("Yes", "t.1")));
    FakeMessage whispered = slack.whispered("U0ANN").getLast();
    slack.press("U0ANN", whispered, whispered.buttons().getFirst());
    assertThat(((Inbound.Pressed) last()).message()).isEmpty();
    assertThat(last().place()).isEqualTo(pressed.place());
  }

  // ---- what goes wrong

  @Test
  void too_much_is_said_with_the_time_to_wait() {
    slack.slow("chat.postMessage", 1, 7);
    var slow =
        catchThrowableOfType(
            SurfaceFailure.Slow.class, () -> surface.post(CHANNEL, card("x"), "k"));
    assertThat(slow.after()).isEqualTo(Duration.ofSeconds(7));
    surface.post(CHANNEL, card("x"), "k");
    assertThat(slack.shown("C1")).hasSize(1);
  }

  @Test
  void a_lost_answer_is_unknown_and_the_message_is_found_by_its_key() {
    slack.silent("chat.postMessage", 1);
    assertThatThrownBy(() -> surface.post(CHANNEL, card("x"), "the key"))
        .isInstanceOf(SurfaceFailure.Unknown.class);
    assertThat(surface.find(CHANNEL, "another key")).isEmpty();
    MessageRef found = surface.find(CHANNEL, "the key").orElseThrow();
    assertThat(surface.post(CHANNEL, card("x"), "the key")).isEqualTo(found);
    assertThat(slack.standing("C1")).hasSize(1);
  }

  @Test
  void a_missing_scope_names_itself_and_the_way_to_mend_it() {
    slack.team(TEAM).revoke("files:write");
    var file = new Part.Attachment("a.txt", "text/plain", new byte[] {1}, Optional.empty());
    var refused =
        catchThrowableOfType(
            SurfaceFailure.Refused.class, () -> surface.attach(CHANNEL, file, "a", "k"));
    assertThat(refused).hasMessageContaining("files:write");
    assertThat(refused.next()).contains("OAuth & Permissions");
    assertThat(surface.check().ok()).isFalse();
    assertThat(surface.check().detail()).contains("files:write");
    assertThat(surface.examine())
        .filteredOn(finding -> finding.what().equals(TEAM + " scope files:write"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.check().ok()).isFalse());
  }

  @Test
  void outside_its_channels_it_says_how_to_be_invited() {
    slack.foreignChannel("C7", TEAM);
    Place foreign = new Place("slack", TEAM, "C7", Optional.empty());
    var refused =
        catchThrowableOfType(
            SurfaceFailure.Refused.class, () -> surface.post(foreign, card("x"), "k"));
    assertThat(refused.next()).contains("/invite");
  }

  @Test
  void a_workspace_without_the_newer_blocks_gets_the_old_ones() {
    slack.newerBlocks(false);
    var tasks = new Part.Tasks(List.of(new Part.Task("make it", "running", "")), 0);
    Card card = card("x").with(tasks);
    MessageRef message = surface.post(CHANNEL, card, "k");
    assertThat(slack.message("C1", message.id()).orElseThrow().drawn()).contains("▶ make it");
    int calls = slack.calls("chat.update");
    surface.edit(message, card, 2);
    assertThat(slack.calls("chat.update")).isEqualTo(calls + 1);
  }

  @Test
  void a_file_goes_into_the_thread_once() {
    MessageRef root = surface.post(CHANNEL, card("root"), "root");
    var file = new Part.Attachment("plan.png", "image/png", new byte[] {1, 2}, Optional.empty());
    surface.attach(CHANNEL.in(root.id()), file, "the plan", "k");
    surface.attach(CHANNEL.in(root.id()), file, "the plan", "k");
    assertThat(slack.shown("C1"))
        .extracting(FakeMessage::drawn)
        .filteredOn(drawn -> drawn.contains("plan.png"))
        .hasSize(1);
    assertThat(slack.file("plan.png")).contains(new byte[] {1, 2});
  }

  @Test
  void the_bots_own_emoji_is_put_once_and_its_echo_is_nothing() {
    MessageRef message = surface.post(CHANNEL, card("x"), "k");
    surface.react(message, "eyes");
    surface.react(message, "eyes");
    slack.react(slack.team(TEAM).botUser(), "C1", message.id(), "eyes", true);
    assertThat(slack.reactions("C1", message.id())).containsExactly("eyes");
    assertThat(inbox).isEmpty();
  }

  @Test
  void a_token_of_another_workspace_is_told_apart() {
    surface.close();
    FakeSlack.await("closed", () -> slack.connections() == 0);
    surface =
        SlackSurface.open(
            SlackSettings.socket(
                    Map.of(
                        "T0WRONG",
                        new SlackSettings.Workspace(
                            slack.team(TEAM).botToken(), Optional.of(FakeSlack.APP_TOKEN))))
                .at(slack.api()),
            Clock.systemUTC());
    surface.start(inbox::add);
    assertThat(surface.check().ok()).isFalse();
    assertThat(surface.check().detail()).contains("belongs to the workspace " + TEAM);
  }
}
