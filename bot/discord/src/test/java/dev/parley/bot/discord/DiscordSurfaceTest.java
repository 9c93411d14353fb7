package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.SurfaceFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The surface through JDA, against the stand-in. */
class DiscordSurfaceTest extends OnDiscord {
  @Test
  void a_mention_in_a_channel_is_heard_without_the_name_and_other_talk_is_not() {
    start(true);
    discord.say(ann, FakeDiscord.CHANNEL, "good morning");
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "a bucket called logs");
    var said = next(Inbound.Said.class);
    assertThat(said.text()).isEqualTo("a bucket called logs");
    assertThat(said.direct()).isTrue();
    assertThat(said.place()).isEqualTo(CHANNEL);
    assertThat(said.speaker().person().id()).isEqualTo(ann);
    assertThat(said.speaker().person().workspace()).isEqualTo(FakeDiscord.GUILD);
    assertThat(heard).isEmpty();
  }

  @Test
  void a_thread_hangs_on_the_root_message_and_what_is_said_in_it_is_heard() {
    start(true);
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    Place thread = surface.thread(root, "a bucket called logs");
    assertThat(surface.thread(root, "again")).isEqualTo(thread);
    discord.say(ann, thread.thread().orElseThrow(), "make it two");
    var said = next(Inbound.Said.class);
    assertThat(said.place()).isEqualTo(thread);
    assertThat(said.text()).isEqualTo("make it two");
    MessageRef inside = surface.post(thread, card("p-1 v2", List.of()), "v2");
    surface.edit(inside, card("p-1 v3", List.of()), 2);
    surface.edit(inside, card("too late", List.of()), 1);
    assertThat(discord.of(thread.thread().get()).getLast().text())
        .contains("p\\-1 v3".replace("\\", ""));
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void the_same_key_posts_once_even_when_the_answer_was_lost() {
    start(false);
    discord.fault("/messages", 0, 20);
    assertThatThrownBy(() -> surface.post(CHANNEL, card("once", List.of()), "k"))
        .isInstanceOf(SurfaceFailure.Unknown.class);
    discord.mend();
    MessageRef found = surface.find(CHANNEL, "k").orElseThrow();
    assertThat(surface.post(CHANNEL, card("once", List.of()), "k")).isEqualTo(found);
    assertThat(discord.of(FakeDiscord.CHANNEL)).hasSize(1);
  }

  @Test
  void a_press_is_acknowledged_and_answered_to_its_author_alone() {
    start(false);
    surface.post(CHANNEL, card("p-1", List.of(), button("Details", "tok")), "root");
    String message = discord.of(FakeDiscord.CHANNEL).getFirst().id;
    discord.press(ann, message, "!tok");
    var pressed = next(Inbound.Pressed.class);
    assertThat(pressed.token()).isEqualTo("tok");
    assertThat(pressed.message()).isEqualTo(message);
    surface.whisper(pressed, card("Only for you", List.of()));
    surface.whisper(pressed, card("And more", List.of()));
    assertThat(discord.privately(ann)).hasSize(2);
    assertThat(discord.of(FakeDiscord.CHANNEL)).hasSize(1);
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_press_that_nobody_answers_is_acknowledged_all_the_same() {
    start(false);
    surface.post(CHANNEL, card("p-1", List.of(), button("Details", "tok")), "root");
    discord.press(ann, discord.of(FakeDiscord.CHANNEL).getFirst().id, "!tok");
    next(Inbound.Pressed.class);
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> discord.tally().requests() > 0 && discord.quiet());
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_button_with_a_question_counts_only_when_the_question_is_answered() {
    start(false);
    var asks =
        new Button(
            Button.Style.DANGER,
            "Approve",
            "tok",
            Optional.of(new Button.Confirm("Approve p-1?", "- one", "Approve", "Not yet")));
    surface.post(CHANNEL, card("p-1", List.of(), asks), "root");
    discord.press(ann, discord.of(FakeDiscord.CHANNEL).getFirst().id, "?tok");
    await().atMost(Duration.ofSeconds(5)).until(() -> discord.privately(ann).size() == 1);
    var question = discord.privately(ann).getFirst();
    assertThat(question.text()).contains("Approve p-1?", "one", "[Approve]", "[Not yet]");
    assertThat(heard).isEmpty();
    discord.press(ann, question.id, question.buttons().getFirst().text("custom_id").orElseThrow());
    var pressed = next(Inbound.Pressed.class);
    assertThat(pressed.token()).isEqualTo("tok");
    assertThat(pressed.message()).isEqualTo(discord.of(FakeDiscord.CHANNEL).getFirst().id);
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_form_opens_on_a_press_and_comes_back_with_its_answers() {
    start(false);
    surface.post(CHANNEL, card("p-1", List.of(), button("Reject", "tok")), "root");
    discord.press(ann, discord.of(FakeDiscord.CHANNEL).getFirst().id, "!tok");
    var form =
        new Form(
            "form-tok",
            "Why?",
            List.of(new Form.Field("reason", "Reason", true, List.of())),
            "Send");
    surface.open(next(Inbound.Pressed.class), form);
    await().until(() -> !discord.forms(ann).isEmpty());
    discord.submit(ann, discord.forms(ann).getLast(), Map.of("reason", "too many"));
    var submitted = next(Inbound.Submitted.class);
    assertThat(submitted.token()).isEqualTo("form-tok");
    assertThat(submitted.fields()).containsEntry("reason", "too many");
  }

  @Test
  void a_form_that_comes_too_late_stands_behind_a_button() {
    start(false);
    surface.post(CHANNEL, card("p-1", List.of(), button("Reject", "tok")), "root");
    discord.press(ann, discord.of(FakeDiscord.CHANNEL).getFirst().id, "!tok");
    var pressed = next(Inbound.Pressed.class);
    surface.whisper(pressed, card("thinking", List.of()));
    var form =
        new Form(
            "form-tok",
            "Why?",
            List.of(new Form.Field("reason", "Reason", true, List.of())),
            "Send");
    surface.open(pressed, form);
    assertThat(discord.forms(ann)).isEmpty();
    discord.press(ann, discord.privately(ann).getLast().id, "!form-tok");
    await().until(() -> !discord.forms(ann).isEmpty());
    assertThat(heard).isEmpty();
  }

  @Test
  void reactions_come_and_go_by_their_short_names() {
    start(false);
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    discord.react(ann, root.id(), "\ud83d\udc4d\ud83c\udffd", true);
    assertThat(next(Inbound.Reacted.class).emoji()).isEqualTo("+1");
    discord.react(ann, root.id(), "\ud83d\udc4d", false);
    assertThat(next(Inbound.Unreacted.class).emoji()).isEqualTo("+1");
    surface.react(root, "eyes");
    assertThat(discord.of(FakeDiscord.CHANNEL).getFirst().reactions)
        .containsExactly("\ud83d\udc40");
  }

  @Test
  void an_answer_to_a_message_is_a_direct_message_and_closed_ones_are_told_in_the_thread() {
    start(true);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "whoami");
    surface.whisper(next(Inbound.Said.class), card("You are ann", List.of()));
    assertThat(discord.privately(ann).getLast().text()).contains("You are ann");
    String shy = discord.person("shy");
    discord.closesDirect(shy);
    discord.say(shy, FakeDiscord.CHANNEL, NAME + "whoami");
    surface.whisper(next(Inbound.Said.class), card("You are a secret", List.of()));
    assertThat(discord.of(FakeDiscord.CHANNEL).getLast().text())
        .contains("direct messages")
        .doesNotContain("a secret");
  }

  @Test
  void edits_and_deletions_say_who_and_which() {
    start(true);
    String message = discord.say(ann, FakeDiscord.CHANNEL, NAME + "a bucket");
    next(Inbound.Said.class);
    discord.edit(message, NAME + "two buckets");
    assertThat(next(Inbound.Edited.class).text()).isEqualTo("two buckets");
    discord.delete(message);
    var deleted = next(Inbound.Deleted.class);
    assertThat(deleted.message()).isEqualTo(message);
    assertThat(deleted.speaker().person().id()).isEqualTo(ann);
  }

  @Test
  void bots_and_people_who_have_not_accepted_the_rules_are_marked() {
    start(true);
    String robot = discord.person("robot", true, false);
    String fresh = discord.person("fresh", false, true);
    discord.say(robot, FakeDiscord.CHANNEL, NAME + "hi");
    assertThat(next(Inbound.Said.class).speaker().kind()).isEqualTo(Speaker.Kind.BOT);
    discord.say(fresh, FakeDiscord.CHANNEL, NAME + "hi");
    assertThat(next(Inbound.Said.class).speaker().kind()).isEqualTo(Speaker.Kind.GUEST);
  }

  @Test
  void a_command_is_answered_at_once_and_a_direct_message_is_a_place_of_its_own() {
    start(false);
    discord.slash(ann, FakeDiscord.CHANNEL, "status");
    var command = next(Inbound.Said.class);
    assertThat(command.text()).isEqualTo("status");
    assertThat(command.message()).isEmpty();
    surface.whisper(command, card("Nothing runs", List.of()));
    assertThat(discord.privately(ann).getLast().text()).contains("Nothing runs");
    discord.say(ann, discord.direct(ann), "whoami");
    var direct = next(Inbound.Said.class);
    assertThat(direct.place().direct()).isTrue();
    assertThat(direct.text()).isEqualTo("whoami");
    surface.post(direct.place(), card("You are ann", List.of()), "direct");
    assertThat(discord.privately(ann).getLast().text()).contains("You are ann");
    assertThat(discord.commands()).containsExactly("parley");
  }

  @Test
  void a_rate_limit_is_told_with_its_time_and_a_gone_channel_for_good() {
    start(false);
    discord.pace();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 6; i++) {
                surface.post(CHANNEL, card("n", List.of()), "k" + i);
              }
            })
        .isInstanceOfSatisfying(
            SurfaceFailure.Slow.class, slow -> assertThat(slow.after()).isPositive());
    var nowhere = new Place("discord", FakeDiscord.GUILD, "399999999999999999", Optional.empty());
    assertThatThrownBy(() -> surface.post(nowhere, card("n", List.of()), "x"))
        .isInstanceOf(SurfaceFailure.Refused.class);
    Place fresh = nowhere();
    discord.fault("/messages", 503, 20);
    assertThatThrownBy(() -> surface.post(fresh, card("n", List.of()), "y"))
        .isInstanceOf(SurfaceFailure.Unreachable.class);
  }

  private Place nowhere() {
    String other = discord.channel("other");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              try {
                surface.find(new Place("discord", FakeDiscord.GUILD, other, Optional.empty()), "z");
                return true;
              } catch (SurfaceFailure.Refused e) {
                return false;
              }
            });
    return new Place("discord", FakeDiscord.GUILD, other, Optional.empty());
  }

  @Test
  void a_thread_that_was_put_away_is_woken_for_an_answer() {
    start(false);
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    Place thread = surface.thread(root, "quiet");
    discord.archive(thread.thread().orElseThrow());
    surface.post(thread, card("still here", List.of()), "later");
    assertThat(discord.of(thread.thread().get()).getLast().text()).contains("still here");
  }
}
