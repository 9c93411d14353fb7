package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Speaker;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises that take more than an ordinary person on a platform that works: strangers of all kinds,
 * forged and doubled presses, a platform that is slow or gone. A rig that can't do one of these
 * skips its promise, visibly.
 */
abstract class PlatformContract extends SurfaceSession {
  private static void offered(boolean done, String what) {
    assumeTrue(done, () -> "there is no " + what + " here");
  }

  // ---- where

  @Test
  void a_request_has_one_card_in_the_channel_and_all_else_in_its_thread() {
    offered(rig.channelCards().isPresent(), "card in a channel");
    say("ann", "t1", "bucket one");
    say("ann", "t1", "also bucket two");
    assertThat(rig.channelCards().orElseThrow())
        .singleElement()
        .asString()
        .contains("p-1 v2", "waiting for approval", "ann");
    press("bob", "t1", "Approve");
    assertThat(rig.channelCards().orElseThrow())
        .singleElement()
        .asString()
        .contains("r-1 succeeded");
    assertThat(rig.shown("t1")).contains("p-1 v1", "p-1 v2", "Receipt rc-1");
  }

  @Test
  void those_who_may_approve_are_called_where_people_share_a_channel() {
    offered(rig.channelCards().isPresent(), "card in a channel");
    say("ann", "t1", "bucket one");
    assertThat(rig.shown("t1")).containsAnyOf("@bob", "<@" + People.numbered("bob") + ">");
  }

  @Test
  void nothing_is_planned_in_a_direct_conversation() {
    offered(rig.sayDirectly("ann", "bucket one"), "direct conversation");
    quiet();
    assertThat(rig.privately("ann")).contains("Not from here", "a channel of your team");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
  }

  @Test
  void nothing_is_planned_or_decided_in_a_channel_that_is_not_bound() {
    say("ann", "t1", "bucket one");
    restart(settings().withGrounds(_ -> Ground.STRANGE));
    say("ann", "t1", "also bucket two");
    assertThat(rig.privately("ann")).contains("This channel is not bound");
    press("bob", "t1", "Approve");
    assertThat(rig.privately("bob")).contains("Not from here");
    rig.emoji("bob", "t1", "+1");
    quiet();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
    assertThat(engine.proposal(People.TENANT, "p-1").orElseThrow().plan().revision()).isOne();
  }

  // ---- who

  @Test
  void other_bots_guests_and_people_of_other_houses_are_not_heard() {
    int spoke = 0;
    for (Speaker.Kind kind : List.of(Speaker.Kind.BOT, Speaker.Kind.GUEST, Speaker.Kind.EXTERNAL)) {
      spoke += rig.sayAs(kind, "ann", "t1", "bucket one") ? 1 : 0;
      quiet();
      assertThat(engine.proposals(People.TENANT)).as("%s", kind).isEmpty();
      assertThat(planner.heard()).as("%s", kind).isEmpty();
    }
    offered(spoke > 0, "speaker who is no member");
  }

  // ---- presses

  @Test
  void one_press_that_is_delivered_twice_is_one_vote() {
    say("ann", "t1", "bucket one in staging");
    offered(rig.pressTwiceDelivered("bob", "t1", "Approve"), "second delivery");
    quiet();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).hasSize(1);
    assertThat(rig.privately("bob").split("counts", -1)).as("one answer").hasSize(2);
    assertThat(engine.minted()).isZero();
  }

  @Test
  void twenty_presses_at_once_make_one_decision_and_everybody_gets_an_answer() {
    say("ann", "t1", "bucket one");
    List<String> people =
        IntStream.range(0, 20).mapToObj(i -> i % 2 == 0 ? "bob" : "carol").toList();
    offered(rig.pressAtOnce(people, "t1", "Approve"), "presses at once");
    quiet();
    assertThat(engine.minted()).isOne();
    assertThat(engine.runs(People.TENANT)).hasSize(1);
    assertThat(rig.privately("bob")).isNotEmpty();
    assertThat(rig.privately("carol")).isNotEmpty();
  }

  @Test
  void a_button_carried_to_another_message_or_channel_is_refused() {
    say("ann", "t1", "bucket one");
    for (Rig.Forgery forgery : List.of(Rig.Forgery.OTHER_MESSAGE, Rig.Forgery.OTHER_CHANNEL)) {
      offered(
          rig.pressForged("bob", "t1", "Approve", forgery), "button that can be carried elsewhere");
      quiet();
    }
    assertThat(rig.privately("bob").split("another message or channel", -1)).hasSize(3);
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  @Test
  void an_unknown_button_is_told_to_be_out_of_date() {
    say("ann", "t1", "bucket one");
    offered(rig.pressForged("bob", "t1", "Approve", Rig.Forgery.UNKNOWN), "unknown button");
    quiet();
    assertThat(rig.privately("bob")).contains("out of date; nothing changed");
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  // ---- emoji

  @Test
  void the_bots_own_emoji_is_no_vote() {
    say("ann", "t1", "bucket one");
    offered(rig.emojiOfBot("t1", "+1"), "emoji of the bot");
    quiet();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  @Test
  void an_emoji_on_a_card_that_was_edited_since_is_no_vote() {
    say("ann", "t1", "bucket one");
    say("ann", "t1", "also bucket two");
    offered(rig.emojiOnOldest("bob", "t1", "+1"), "emoji on a former card");
    quiet();
    assertThat(rig.privately("bob")).contains("out of date", "superseded by v2");
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  // ---- a platform in trouble

  @Test
  void a_slow_platform_gets_everything_in_its_order() {
    offered(rig.slow(4), "refusal for a while");
    say("ann", "t1", "bucket one");
    say("ann", "t1", "also bucket two");
    press("bob", "t1", "Approve");
    inOrder("p-1 v1", "p-1 v2", "Receipt rc-1", "r-1 succeeded");
  }

  @Test
  void a_platform_that_was_out_of_reach_gets_everything_once_it_is_back() {
    offered(rig.unreachable(3), "outage");
    say("ann", "t1", "bucket one");
    say("ann", "t1", "also bucket two");
    inOrder("p-1 v1", "p-1 v2");
    assertThat(rig.buttons("t1").stream().filter("Approve"::equals)).hasSize(1);
    press("bob", "t1", "Approve");
    assertThat(rig.shown("t1")).contains("r-1 succeeded");
  }

  @Test
  void a_connection_that_broke_is_told_by_the_check_and_taken_up_again() {
    say("ann", "t1", "bucket one");
    offered(rig.cut(), "connection that breaks");
    until("a check that says so", () -> !rig.surface().check().ok());
    assertThat(rig.surface().check().toString()).contains("connect");
    rig.join();
    until("a check that is well again", () -> rig.surface().check().ok());
    press("bob", "t1", "Approve");
    assertThat(rig.shown("t1")).contains("r-1 succeeded");
    assertThat(engine.minted()).isOne();
  }

  @Test
  void a_plan_that_waits_for_the_chat_begins_no_step_while_it_is_down_and_goes_on_after() {
    say("ann", "t1", "bucket slow waiting");
    say("ann", "t1", "also bucket two waiting");
    assertThat(rig.shown("t1")).contains("the run waits until it is back");
    downInTheMiddle();
    engine.release();
    until("the run waits", () -> run().state() == RunState.WAITING);
    assertThat(run().steps())
        .extracting(Step::state)
        .containsExactly(StepState.DONE, StepState.WAITING);
    assertThat(run().waiting()).isPresent();
    rig.down(false);
    until("the run is over", () -> run().state() == RunState.SUCCEEDED);
    quiet();
    inOrder("p-1 v2", "Receipt rc-1", "r-1 succeeded", "it waited");
    assertThat(rig.shown("t1")).contains("2 of 2 done");
  }

  @Test
  void a_plan_that_goes_on_is_told_in_its_order_afterwards() {
    say("ann", "t1", "bucket slow");
    say("ann", "t1", "also bucket two");
    downInTheMiddle();
    engine.release();
    until("the run is over", () -> run().state() == RunState.SUCCEEDED);
    assertThat(run().waits()).isEmpty();
    assertThat(rig.shown("t1")).doesNotContain("r-1 succeeded");
    rig.down(false);
    quiet();
    inOrder("p-1 v2", "Receipt rc-1", "r-1 succeeded");
    assertThat(rig.shown("t1")).contains("2 of 2 done");
  }

  @Test
  void a_run_that_waits_for_the_chat_is_stopped_from_elsewhere() {
    say("ann", "t1", "bucket slow waiting");
    say("ann", "t1", "also bucket two waiting");
    downInTheMiddle();
    engine.release();
    until("the run waits", () -> run().state() == RunState.WAITING);
    engine.cancel(
        People.TENANT, "r-1", engine.directory().user(People.TENANT, "ann").orElseThrow());
    until("the run is over", () -> run().state() == RunState.CANCELLED);
    rig.down(false);
    quiet();
    assertThat(rig.shown("t1")).contains("r-1 was cancelled", "1 not tried");
  }

  /** Takes the platform away while the first step is under way, and lets the grace pass. */
  private void downInTheMiddle() {
    rig.press("bob", "t1", "Approve");
    until(
        "the first step is under way",
        () ->
            engine.run(People.TENANT, "r-1").isPresent()
                && run().steps().getFirst().state() == StepState.RUNNING
                && rig.shown("t1").contains("Receipt rc-1"));
    offered(rig.down(true), "outage until it is over");
    rig.say("ann", "t2", "bucket other");
    until(
        "the outage counts",
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return bots.away(engine.proposal(People.TENANT, "p-1").orElseThrow().plan()).isPresent();
        });
  }

  private Run run() {
    return engine.run(People.TENANT, "r-1").orElseThrow();
  }

  private void inOrder(String... words) {
    String shown = rig.shown("t1");
    var places = new ArrayList<Integer>();
    for (String word : words) {
      assertThat(shown).contains(word);
      places.add(shown.indexOf(word));
    }
    assertThat(places).isSorted();
  }
}
