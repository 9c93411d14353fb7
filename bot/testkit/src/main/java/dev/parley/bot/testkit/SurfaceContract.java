package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Vote;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import dev.parley.run.StepState;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every surface promises, seen from its outside. */
public abstract class SurfaceContract extends EmergencyContract {
  // ---- hearing

  @Test
  void a_request_is_acknowledged_while_the_planner_still_thinks() {
    restart(settings().withHeardAfter(Duration.ofMillis(20)));
    var held = planner.hold();
    rig.say("ann", "t1", "bucket one");
    until("a planning card", () -> rig.shown("t1").contains("Planning"));
    assertThat(rig.shown("t1")).doesNotContain("p-1");
    held.countDown();
    quiet();
    assertThat(rig.shown("t1")).contains("p-1 v1");
  }

  @Test
  void a_request_becomes_a_plan_card_with_changes_cost_approvers_and_digest() {
    say("ann", "t1", "bucket one");
    String digest = engine.proposal(People.TENANT, "p-1").orElseThrow().digest().brief();
    assertThat(rig.shown("t1"))
        .contains("p-1 v1", "+1 to create", "one", "$10.00", digest)
        .containsAnyOf("bob", People.numbered("bob"));
    assertThat(rig.buttons("t1")).contains("Approve", "Reject", "Details", "Discard");
  }

  @Test
  void a_command_and_free_text_give_equal_cards() {
    say("ann", "t1", "bucket one");
    say("ann", "t2", "plan bucket one");
    assertThat(rig.shown("t2")).contains("+1 to create").contains("p-2 v1");
    assertThat(rig.buttons("t2")).isEqualTo(rig.buttons("t1"));
  }

  @Test
  void an_unknown_command_gets_help_and_nothing_else() {
    say("ann", "t1", "/parley dance");
    assertThat(rig.shown("t1")).contains("no command `dance`", "approve p-42");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
  }

  @Test
  void free_text_in_the_thread_makes_the_next_revision_and_the_former_loses_its_buttons() {
    say("ann", "t1", "bucket one");
    say("ann", "t1", "also bucket two");
    assertThat(rig.shown("t1")).contains("p-1 v2", "Superseded by v2", "+2 to create");
    assertThat(rig.buttons("t1").stream().filter("Approve"::equals)).hasSize(1);
  }

  @Test
  void a_question_is_answered_by_its_number() {
    say("ann", "t1", "bucket");
    assertThat(rig.shown("t1")).contains("What shall the bucket be called?");
    say("ann", "t1", "2");
    assertThat(
            engine
                .proposal(People.TENANT, "p-1")
                .orElseThrow()
                .plan()
                .changes()
                .getFirst()
                .at()
                .name())
        .isEqualTo("assets");
  }

  @Test
  void a_question_is_answered_by_a_name_or_own_words() {
    say("ann", "t1", "bucket");
    say("ann", "t1", "Logs");
    say("ann", "t2", "bucket");
    say("ann", "t2", "attic");
    assertThat(
            engine
                .proposal(People.TENANT, "p-1")
                .orElseThrow()
                .plan()
                .changes()
                .getFirst()
                .at()
                .name())
        .isEqualTo("logs");
    assertThat(
            engine
                .proposal(People.TENANT, "p-2")
                .orElseThrow()
                .plan()
                .changes()
                .getFirst()
                .at()
                .name())
        .isEqualTo("attic");
  }

  @Test
  void a_question_is_answered_by_its_button_and_then_has_none() {
    say("ann", "t1", "bucket");
    assertThat(rig.buttons("t1")).contains("logs", "assets");
    press("ann", "t1", "logs");
    assertThat(rig.shown("t1")).contains("p-1 v1");
    assertThat(rig.buttons("t1")).doesNotContain("logs", "assets");
  }

  @Test
  void bursts_of_several_people_side_by_side_never_mix() {
    for (int i = 1; i <= 5; i++) {
      rig.say("ann", "left", (i == 1 ? "" : "also ") + "bucket left-" + i);
      rig.say("erin", "right", (i == 1 ? "" : "also ") + "bucket right-" + i);
    }
    quiet();
    for (var proposal : engine.proposals(People.TENANT)) {
      boolean left = proposal.plan().requester().equals("ann");
      assertThat(proposal.plan().revision()).isEqualTo(5);
      assertThat(proposal.plan().changes())
          .hasSize(5)
          .allMatch(c -> c.at().name().startsWith(left ? "left" : "right"));
    }
    assertThat(engine.proposals(People.TENANT)).hasSize(2);
    assertThat(rig.shown("left")).doesNotContain("right-");
    assertThat(rig.shown("right")).doesNotContain("left-");
  }

  @Test
  void what_is_not_understood_is_said_with_what_was() {
    say("ann", "t1", "bucket of fish please and thanks");
    assertThat(rig.shown("t1")).contains("Understood: bucket").contains("Say `bucket NAME`");
  }

  @Test
  void a_request_that_cannot_be_planned_says_every_reason_and_that_nothing_changed() {
    say("ann", "t1", "delete nothing-there");
    assertThat(rig.shown("t1")).contains("no such bucket", "Nothing was changed");
  }

  @Test
  void an_oversized_message_and_a_control_character_get_one_clear_answer_each() {
    say("ann", "t1", "bucket " + "x".repeat(20_001));
    assertThat(rig.shown("t1")).contains("at most 20000 bytes");
    say("ann", "t2", "bucket a\uFFFDb");
    assertThat(rig.shown("t2")).contains("not UTF-8");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
    assertThat(planner.heard()).isEmpty();
  }

  @Test
  void a_pasted_secret_reaches_neither_planner_nor_store_and_its_author_is_told() {
    String secret = "AKIA" + "ABCDEFGHIJKLMNOP";
    say("ann", "t1", "bucket one with " + secret);
    assertThat(rig.privately("ann")).contains("rotate it");
    assertThat(planner.heard()).noneMatch(text -> text.contains(secret)).isNotEmpty();
    store.journal().replay(0, entry -> assertThat(entry.body().toString()).doesNotContain(secret));
  }

  // ---- who may

  @Test
  void an_unlinked_person_can_plan_nothing_and_is_told_why() {
    say("mallory", "t1", "bucket one");
    assertThat(rig.privately("mallory")).contains("not linked");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
    assertThat(planner.heard()).isEmpty();
  }

  @Test
  void somebody_without_the_operator_role_reads_but_plans_nothing() {
    say("vic", "t1", "what exists?");
    assertThat(rig.shown("t1")).contains("0 resources exist");
    say("vic", "t1", "bucket one");
    assertThat(rig.privately("vic")).contains("role operator");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
  }

  @Test
  void words_decide_nothing_and_say_how_to_decide() {
    say("ann", "t1", "bucket one");
    for (String words : List.of("LGTM", "approve", "approved!", "ship it", "yes, go ahead")) {
      say("bob", "t1", words);
    }
    assertThat(rig.shown("t1")).contains("Nothing was decided", "approve p-1");
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  // ---- votes

  @Test
  void an_approval_by_button_shows_who_when_and_how_many_and_the_run_begins() {
    say("ann", "t1", "bucket one");
    press("bob", "t1", "Approve");
    assertThat(rig.privately("bob")).contains("counts");
    assertThat(rig.shown("t1"))
        .contains(
            "bob",
            "approved p-1 v1 (1 of 1)",
            "2026-03-01 09:00 UTC",
            "Receipt rc-1",
            "r-1 succeeded");
    assertThat(rig.buttons("t1")).doesNotContain("Approve");
  }

  @Test
  void two_of_two_needs_two_people() {
    say("ann", "t1", "bucket one in production");
    press("bob", "t1", "Approve");
    press("bob", "t1", "Approve");
    assertThat(engine.minted()).isZero();
    assertThat(rig.shown("t1")).contains("1 of 2", "1 more approver");
    press("carol", "t1", "Approve");
    assertThat(rig.shown("t1")).contains("2 of 2", "r-1 succeeded");
  }

  @Test
  void the_requester_is_refused_privately_with_the_reason() {
    say("ann", "t1", "bucket one");
    press("ann", "t1", "Approve");
    assertThat(rig.privately("ann")).contains("somebody else must approve");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void somebody_without_the_role_is_refused_privately() {
    say("ann", "t1", "bucket one");
    press("vic", "t1", "Approve");
    assertThat(rig.privately("vic")).contains("may not decide");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void a_rejection_demands_a_reason_and_shows_it() {
    say("ann", "t1", "bucket one");
    rig.pressAndFill("bob", "t1", "Reject", "too many buckets");
    quiet();
    assertThat(rig.shown("t1")).contains("rejected p-1 v1", "too many buckets");
    say("ann", "t2", "bucket two");
    say("bob", "t2", "reject p-2");
    assertThat(rig.shown("t2")).contains("A rejection says why");
    say("bob", "t2", "reject p-2 because it is Friday");
    assertThat(rig.shown("t2")).contains("it is Friday");
  }

  @Test
  void the_approve_command_repeats_each_delete_and_counts_only_when_confirmed() {
    made("one");
    say("ann", "t2", "delete one");
    say("bob", "t2", "approve p-2");
    assertThat(rig.privately("bob")).contains("Approve p-2 v1?", "- one");
    assertThat(engine.approval(People.TENANT, "p-2").orElseThrow().votes()).isEmpty();
    press("bob", "t2", "Approve");
    assertThat(engine.approval(People.TENANT, "p-2").orElseThrow().votes())
        .singleElement()
        .extracting(Vote::means)
        .isEqualTo(Vote.Means.COMMAND);
    assertThat(rig.shown("t2")).contains("r-2 succeeded");
  }

  @Test
  void a_vote_after_the_rules_moved_is_refused_and_a_new_card_appears() {
    say("ann", "t1", "bucket one");
    engine.moveRules();
    press("bob", "t1", "Approve");
    assertThat(rig.privately("bob")).contains("out of date");
    assertThat(rig.shown("t1")).contains("p-1 v2");
    assertThat(engine.minted()).isZero();
    press("bob", "t1", "Approve");
    assertThat(engine.minted()).isOne();
  }

  @Test
  void a_reminder_comes_before_the_plan_expires_and_then_the_card_says_so() {
    say("ann", "t1", "bucket one");
    clock.advance(Duration.ofHours(23));
    bot.tick();
    quiet();
    assertThat(rig.shown("t1")).contains("p-1 v1 expires in 1 h");
    clock.advance(Duration.ofHours(2));
    bot.tick();
    quiet();
    assertThat(rig.shown("t1")).contains("Expired 2026-03-02 09:00 UTC");
    assertThat(rig.buttons("t1")).doesNotContain("Approve");
  }

  @Test
  void a_restart_between_card_and_press_loses_nothing() {
    say("ann", "t1", "bucket one");
    restart(settings());
    quiet();
    assertThat(rig.buttons("t1")).contains("Approve");
    press("bob", "t1", "Approve");
    assertThat(engine.minted()).isOne();
    assertThat(rig.shown("t1")).contains("r-1 succeeded");
  }

  @Test
  void a_restart_keeps_the_question_and_the_draft() {
    say("ann", "t1", "bucket");
    restart(settings());
    say("ann", "t1", "1");
    restart(settings());
    say("ann", "t1", "also bucket two");
    assertThat(engine.proposal(People.TENANT, "p-1").orElseThrow().plan().changes()).hasSize(2);
  }

  @Test
  void a_decision_made_elsewhere_is_followed_by_the_card() {
    say("ann", "t1", "bucket one");
    var proposal = engine.proposal(People.TENANT, "p-1").orElseThrow();
    engine.vote(
        new Engine.VoteCast(
            People.TENANT,
            "p-1",
            proposal.digest(),
            new Person("elsewhere", "", "bob"),
            Vote.Decision.REJECT,
            Vote.Means.BUTTON,
            "seen from afar"));
    until("the rejection", () -> rig.shown("t1").contains("Rejected by bob: seen from afar"));
    quiet();
    assertThat(rig.buttons("t1")).doesNotContain("Approve");
  }

  @Test
  void a_blocked_plan_has_no_approve_button_and_says_why() {
    say("ann", "t1", "bucket one public");
    assertThat(rig.shown("t1"))
        .contains("Blocked", "TST-PUB-001", "can be read by anybody", "leave the word public away");
    assertThat(rig.buttons("t1")).doesNotContain("Approve").contains("Discard");
  }

  @Test
  void a_waiver_is_granted_by_somebody_else_only_and_the_plan_is_put_to_the_vote() {
    say("ann", "t1", "bucket one public");
    say("ann", "t1", "waive TST-PUB-001 on one for 3 days because it is a web page");
    press("ann", "t1", "Grant waiver");
    assertThat(rig.privately("ann")).contains("You asked for this waiver");
    assertThat(engine.waivers(People.TENANT)).isEmpty();
    press("carol", "t1", "Grant waiver");
    assertThat(rig.privately("carol")).contains("may not grant");
    press("bob", "t1", "Grant waiver");
    assertThat(engine.waivers(People.TENANT)).hasSize(1);
    assertThat(rig.shown("t1")).contains("p-1 v2", "it is a web page");
    assertThat(rig.buttons("t1")).contains("Approve").doesNotContain("Grant waiver");
  }

  // ---- emoji

  @Test
  void an_emoji_of_an_approver_is_enough_for_low_risk() {
    say("ann", "t1", "bucket one");
    rig.emoji("bob", "t1", "+1");
    quiet();
    assertThat(engine.receipt(People.TENANT, "rc-1").orElseThrow().votes())
        .singleElement()
        .extracting(Vote::means)
        .isEqualTo(Vote.Means.EMOJI);
  }

  @Test
  void the_emoji_of_the_requester_or_of_a_viewer_counts_nothing() {
    say("ann", "t1", "bucket one");
    rig.emoji("ann", "t1", "+1");
    rig.emoji("vic", "t1", "white_check_mark");
    quiet();
    assertThat(engine.minted()).isZero();
    assertThat(rig.privately("vic")).contains("may not decide");
  }

  @Test
  void taking_the_emoji_away_before_the_start_withdraws_the_vote() {
    say("ann", "t1", "bucket one in staging");
    rig.emoji("bob", "t1", "+1");
    quiet();
    assertThat(rig.shown("t1")).contains("bob", "approved p-1 v1 (1 of 2)");
    rig.noEmoji("bob", "t1", "+1");
    quiet();
    assertThat(rig.shown("t1")).contains("bob took the vote for p-1 v1 back");
    rig.emoji("carol", "t1", "+1");
    quiet();
    assertThat(engine.minted()).isZero();
    rig.emoji("bob", "t1", "+1");
    quiet();
    assertThat(engine.minted()).isOne();
  }

  @Test
  void for_deletes_and_production_the_emoji_points_to_the_button() {
    say("ann", "t1", "bucket one in production");
    rig.emoji("bob", "t1", "+1");
    quiet();
    assertThat(rig.privately("bob")).contains("Press the button");
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  // ---- runs

  @Test
  void progress_reaches_its_last_state_and_the_result_is_a_message_of_its_own() {
    say("ann", "t1", "3 buckets three");
    press("bob", "t1", "Approve");
    assertThat(rig.shown("t1")).contains("3 of 3 done").contains("r-1 succeeded");
    assertThat(rig.buttons("t1")).contains("Roll back").doesNotContain("Cancel");
  }

  @Test
  void a_failure_names_the_step_and_the_next_action_and_a_retry_runs_only_what_failed() {
    say("ann", "t1", "bucket good");
    say("ann", "t1", "also bucket flaky");
    press("bob", "t1", "Approve");
    assertThat(rig.shown("t1"))
        .contains("r-1 failed", "s-2", "flaky", "the cloud is on holiday", "retry r-1");
    press("ann", "t1", "Retry failed");
    assertThat(rig.shown("t1")).contains("r-1 succeeded");
    var steps = engine.run(People.TENANT, "r-1").orElseThrow().steps();
    assertThat(steps.get(0).attempt()).isEqualTo(1);
    assertThat(steps.get(1).attempt()).isEqualTo(2);
  }

  @Test
  void cancel_stops_at_a_safe_point_and_says_what_remains() {
    say("ann", "t1", "bucket slow");
    say("ann", "t1", "also bucket later");
    rig.press("bob", "t1", "Approve");
    until("the cancel button", () -> rig.buttons("t1").contains("Cancel"));
    until(
        "the first step",
        () -> engine.run(People.TENANT, "r-1").orElseThrow().count(StepState.RUNNING) == 1);
    rig.press("ann", "t1", "Cancel");
    until("the answer", () -> rig.privately("ann").contains("r-1 stops"));
    engine.release();
    quiet();
    assertThat(rig.shown("t1")).contains("r-1 was cancelled", "1 not tried");
  }

  @Test
  void a_rollback_is_a_plan_of_its_own_that_is_reviewed() {
    made("one");
    press("ann", "made-one", "Roll back");
    assertThat(rig.shown("made-one")).contains("p-2 v1", "-1 to delete");
    press("bob", "made-one", "Approve");
    assertThat(engine.tracked(People.TENANT)).isEmpty();
  }

  private void made(String name) {
    say("ann", "made-" + name, "bucket " + name);
    press("bob", "made-" + name, "Approve");
    assertThat(rig.shown("made-" + name)).contains("succeeded");
  }

  // ---- answers

  @Test
  void an_answer_has_a_table_the_query_and_as_of() {
    made("one");
    say("vic", "t2", "what exists?");
    assertThat(rig.shown("t2"))
        .contains(
            "1 resources exist", "test:Bucket", "SELECT ?name ?type", "As of 2026-03-01 09:00 UTC");
  }

  @Test
  void a_query_that_may_not_be_asked_is_refused_with_the_reason() {
    say("vic", "t1", "sparql DELETE WHERE { ?s ?p ?o }");
    assertThat(rig.shown("t1")).contains("can't be answered", "only SELECT is answered");
  }

  @Test
  void five_hundred_resources_fit() {
    say("ann", "t1", "500 buckets many");
    assertThat(rig.shown("t1")).contains("+500 to create", "and 490 more");
    press("bob", "t1", "Approve");
    assertThat(rig.shown("t1")).contains("500 created");
  }

  // ---- the wire

  @Test
  void the_same_key_posts_once() {
    rig.say("ann", "t9", "help");
    quiet();
    Place place = place();
    MessageRef first = rig.surface().post(place, card("posted once"), "key");
    MessageRef again = rig.surface().post(place, card("posted once"), "key");
    assertThat(again).isEqualTo(first);
    assertThat(rig.shown("t9").split("posted once", -1)).hasSize(2);
  }

  @Test
  void a_late_older_edit_is_dropped() {
    rig.say("ann", "t9", "help");
    quiet();
    MessageRef message = rig.surface().post(place(), card("zero"), "key");
    rig.surface().edit(message, card("state five"), Long.MAX_VALUE - 1);
    rig.surface().edit(message, card("state four"), Long.MAX_VALUE - 2);
    assertThat(rig.shown("t9")).contains("state five").doesNotContain("state four");
  }

  @Test
  void what_people_write_is_inert() {
    String nasty =
        "bucket \u202Eevil <script>alert(1)</script> <!channel> @everyone `x` [a](http://b)";
    say("ann", "t1", nasty);
    assertThat(rig.shown("t1")).doesNotContain("\u202E").doesNotContain("\u001b[");
  }

  /** Where the thread t9 is, as the bot was told. */
  private Place place() {
    List<Place> places =
        store.list(People.TENANT, "bot-thread").values().stream()
            .map(d -> dev.parley.engine.json.Codec.decode(d.body().fieldsAt("place"), Place.class))
            .toList();
    assertThat(places).hasSize(1);
    return places.getFirst();
  }

  private static Card card(String text) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        "Notice",
        List.of(Part.text(text)),
        List.of(),
        text,
        Fields.EMPTY);
  }
}
