package dev.parley.engine.approve;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.person;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.approval.Approval;
import dev.parley.approval.BreakGlass;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.Ballot;
import dev.parley.engine.Engine.Ballot.Result;
import dev.parley.engine.audit.AuditLog;
import dev.parley.engine.stand.World;
import dev.parley.engine.state.Ledger;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.BreakGlassRule;
import dev.parley.run.Event;
import dev.parley.run.RunState;
import dev.parley.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BreakGlassTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final World world = new World();

  @BeforeEach
  void two() {
    world.rule = new ApprovalRule(2, List.of(Set.of("security")), false, List.of("production"));
    rule(Set.of(), Set.of("cem"), false, "bob", "eve");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void rule(Set<Role> roles, Set<String> users, boolean requester, String... owners) {
    world.glass = Optional.of(new BreakGlassRule(roles, users, requester, List.of(owners), DAY));
  }

  private Proposal proposed(Want... wants) {
    return world.proposed(
        new Draft(
            "things",
            Optional.of("test"),
            Place.ANY,
            List.of(wants),
            Map.of(),
            Optional.empty(),
            false,
            "test"));
  }

  private Ballot breaks(Proposal proposal, String who, String reason, String environment) {
    return world
        .engine()
        .breakGlass(
            new Engine.GlassCast(
                TENANT, proposal.plan().id(), proposal.digest(), person(who), reason, environment));
  }

  private Ballot breaks(Proposal proposal, String who) {
    return breaks(proposal, who, "the shop is down", "test");
  }

  private void refused(Ballot ballot, Result why, Proposal proposal) {
    assertThat(ballot.result()).isEqualTo(why);
    assertThat(ballot.receipt()).isEmpty();
    assertThat(ballot.run()).isEmpty();
    assertThat(world.engine().runs(TENANT)).isEmpty();
    assertThat(approval(proposal).votes()).isEmpty();
    assertThat(world.engine().emergencies(TENANT)).isEmpty();
  }

  private Approval approval(Proposal proposal) {
    return world.engine().approval(TENANT, proposal.plan().id()).orElseThrow();
  }

  // ---- who may

  @Test
  void without_configuration_nobody_breaks_the_glass() {
    world.glass = Optional.empty();
    Proposal proposal = proposed(thing("x"));
    for (String who : List.of("ann", "bob", "cem", "dan", "eve", "nobody")) {
      refused(breaks(proposal, who), Result.OFF, proposal);
    }
    assertThat(world.engine().breakGlassRule(TENANT)).isEmpty();
  }

  @Test
  void only_who_is_named_by_user_or_role_breaks_it() {
    rule(Set.of(Role.ADMIN), Set.of("cem"), false, "eve");
    Proposal proposal = proposed(thing("x"));
    refused(breaks(proposal, "dan"), Result.NOT_ELIGIBLE, proposal);
    refused(breaks(proposal, "eve"), Result.NOT_ELIGIBLE, proposal);
    refused(breaks(proposal, "nobody"), Result.STRANGER, proposal);
    assertThat(breaks(proposal, "bob").result()).isEqualTo(Result.COUNTED);
    assertThat(breaks(proposed(thing("y")), "cem").result()).isEqualTo(Result.COUNTED);
  }

  @Test
  void one_need_not_be_an_approver() {
    rule(Set.of(), Set.of("dan"), false, "bob");
    Proposal proposal = proposed(thing("x"));
    assertThat(approval(proposal).eligible()).doesNotContain("dan");
    assertThat(breaks(proposal, "dan").run()).isPresent();
  }

  @Test
  void for_ones_own_request_it_takes_the_operators_leave() {
    rule(Set.of(), Set.of("ann"), false, "bob");
    Proposal proposal = proposed(thing("x"));
    refused(breaks(proposal, "ann"), Result.REQUESTER, proposal);
    world.restart();
    rule(Set.of(), Set.of("ann"), true, "bob");
    assertThat(breaks(proposal, "ann").run()).isPresent();
  }

  @Test
  void nobody_breaks_it_whom_no_owner_could_review() {
    rule(Set.of(), Set.of("cem"), false, "cem");
    Proposal proposal = proposed(thing("x"));
    refused(breaks(proposal, "cem"), Result.NOT_ELIGIBLE, proposal);
  }

  @Test
  void it_is_not_for_who_could_approve_alone() {
    world.rule = new ApprovalRule(1, List.of(), true, List.of());
    Proposal proposal = proposed(thing("x"));
    refused(breaks(proposal, "cem"), Result.NOT_NEEDED, proposal);
    world.rule = new ApprovalRule(1, List.of(Set.of("security")), true, List.of());
    assertThat(breaks(proposed(thing("y")), "cem").result()).isEqualTo(Result.COUNTED);
  }

  @Test
  void a_vote_never_breaks_it() {
    Proposal proposal = proposed(thing("x"));
    assertThatThrownBy(
            () ->
                world.vote(
                    proposal, "cem", Vote.Decision.APPROVE, Vote.Means.BREAK_GLASS, "the shop"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- what must be said

  @Test
  void it_takes_a_reason_that_says_something_and_is_no_novel() {
    Proposal proposal = proposed(thing("x"));
    refused(breaks(proposal, "cem", "", "test"), Result.NEEDS_REASON, proposal);
    refused(breaks(proposal, "cem", " \n\t", "test"), Result.NEEDS_REASON, proposal);
    String novel = "x".repeat(BreakGlass.LONGEST_REASON + 1);
    refused(breaks(proposal, "cem", novel, "test"), Result.NEEDS_REASON, proposal);
    assertThat(breaks(proposal, "cem", novel.substring(1), "test").run()).isPresent();
  }

  @Test
  void it_takes_the_environments_name_to_the_letter() {
    Proposal proposal = proposed(thing("x"));
    for (String typed : List.of("", "Test", "tes", "test2", "production", "test,test")) {
      refused(breaks(proposal, "cem", "why", typed), Result.WRONG_NAME, proposal);
    }
    assertThat(breaks(proposal, "cem", "why", " test ").run()).isPresent();
  }

  // ---- what it does not stand in for

  @Test
  void what_the_rules_deny_stays_denied() {
    world.denied = change -> true;
    Proposal proposal = proposed(thing("x"));
    Ballot ballot = breaks(proposal, "cem");
    refused(ballot, Result.BLOCKED, proposal);
    assertThat(ballot.message()).contains("NO-1");
  }

  @Test
  void what_moved_or_ran_out_since_is_refused() {
    Proposal proposal = proposed(thing("x"));
    world.rules = "rules-2";
    refused(breaks(proposal, "cem"), Result.STALE, proposal);
    world.rules = "rules-1";
    world.prices = "prices-2";
    refused(breaks(proposal, "cem"), Result.STALE, proposal);
    world.prices = "prices-1";
    proposed(thing("x"), thing("y"));
    assertThat(breaks(proposal, "cem").result()).isEqualTo(Result.SUPERSEDED);
    Proposal second = world.engine().proposal(TENANT, proposal.plan().id()).orElseThrow();
    world.clock.advance(Duration.ofDays(2));
    refused(breaks(second, "cem"), Result.EXPIRED, second);
  }

  @Test
  void a_rulebook_that_judges_no_more_is_refused() {
    Proposal proposal = proposed(thing("x"));
    world.denied = change -> true;
    Ballot ballot = breaks(proposal, "cem");
    refused(ballot, Result.STALE, proposal);
    assertThat(ballot.message()).contains("NO-1");
  }

  // ---- what it leaves behind

  @Test
  void one_receipt_says_by_whom_why_and_in_place_of_what_and_the_run_starts() {
    Proposal proposal = proposed(thing("x"));
    world.vote(proposal, "eve");
    Ballot ballot = breaks(proposal, "cem");
    assertThat(ballot.message()).contains("by break-glass", "run r-1", "receipt-1");
    Receipt receipt = ballot.receipt().orElseThrow();
    assertThat(receipt.proposal()).isEqualTo(proposal.digest());
    assertThat(receipt.votes()).extracting(Vote::user).containsExactly("eve", "cem");
    assertThat(receipt.votes().getLast().means()).isEqualTo(Vote.Means.BREAK_GLASS);
    assertThat(receipt.breakGlass())
        .contains(
            new BreakGlass(
                "cem",
                "the shop is down",
                "test",
                2,
                List.of("someone of security"),
                List.of("bob", "eve"),
                world.clock.instant().plus(DAY)));
    assertThat(world.ended(ballot.run().orElseThrow().id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(approval(proposal).state()).isEqualTo(Approval.State.APPROVED);
    assertThat(breaks(proposal, "cem").result()).isEqualTo(Result.ALREADY);
    assertThat(world.engine().runs(TENANT)).hasSize(1);
    assertThat(audit())
        .anyMatch(line -> line.contains("cem broke the glass as test:cem"))
        .anyMatch(line -> line.contains("in place of someone of security; to be reviewed by bob"));
    assertThat(world.engine().verifyAudit(TENANT).intact()).isTrue();
  }

  @Test
  void an_approval_of_ones_own_becomes_the_break_glass() {
    Proposal proposal = proposed(thing("x"));
    world.vote(proposal, "cem");
    Receipt receipt = breaks(proposal, "cem").receipt().orElseThrow();
    assertThat(receipt.votes())
        .singleElement()
        .extracting(Vote::means)
        .isEqualTo(Vote.Means.BREAK_GLASS);
  }

  @Test
  void the_signature_covers_it_and_the_verifier_says_it() {
    Receipt receipt = breaks(proposed(thing("x")), "cem").receipt().orElseThrow();
    var report = ReceiptVerifier.verify(receipt.jws(), world.engine().publicKey());
    assertThat(report.receipt()).contains(receipt);
    assertThat(report.toString())
        .contains("EMERGENCY approved by break-glass of cem, not by the quorum")
        .contains("usual 2, missing 1 more approver, someone of security")
        .contains("reason: the shop is down")
        .contains("to be reviewed by bob or eve until 2026-03-02T08:00:00Z")
        .contains("as test:cem, by break-glass");
    var file = dev.parley.engine.json.Codec.encode(receipt).without("breakGlass");
    assertThat(
            ReceiptVerifier.verify(
                    dev.parley.engine.json.Json.write(file), world.engine().publicKey())
                .toString())
        .contains("the file says breakGlass is nothing");
  }

  @Test
  void a_receipt_that_contradicts_itself_about_it_is_not_genuine() {
    Proposal proposal = proposed(thing("x"));
    Receipt receipt = breaks(proposal, "cem").receipt().orElseThrow();
    var receipts = new Receipts(world.key, DAY);
    var silent =
        receipts.mint(
            "receipt-7", proposal, receipt.votes(), Optional.empty(), world.clock.instant());
    assertThat(ReceiptVerifier.verify(silent.jws(), world.engine().publicKey()).toString())
        .contains("cem broke the glass, but it does not say for what");
    Vote plain =
        world.vote(proposed(thing("y")), "eve").approval().orElseThrow().votes().getFirst();
    assertThat(plain.means()).isEqualTo(Vote.Means.BUTTON);
    Vote quiet =
        new Vote(
            TENANT,
            proposal.plan().id(),
            1,
            proposal.digest(),
            "cem",
            person("cem"),
            Vote.Decision.APPROVE,
            Vote.Means.BUTTON,
            "the shop is down",
            false,
            world.clock.instant());
    var loud =
        receipts.mint(
            "receipt-8", proposal, List.of(quiet), receipt.breakGlass(), world.clock.instant());
    assertThat(ReceiptVerifier.verify(loud.jws(), world.engine().publicKey()).toString())
        .contains("no vote of theirs does");
  }

  @Test
  void what_a_quorum_earned_is_written_as_it_always_was() {
    Proposal proposal = proposed(thing("x"));
    world.vote(proposal, "eve");
    Receipt receipt = world.vote(proposal, "bob").receipt().orElseThrow();
    var written = dev.parley.engine.json.Codec.encode(receipt);
    assertThat(written.get("breakGlass")).isEmpty();
    assertThat(dev.parley.engine.json.Codec.decode(written, Receipt.class)).isEqualTo(receipt);
    assertThat(ReceiptVerifier.verify(receipt.jws(), world.engine().publicKey()).toString())
        .doesNotContain("EMERGENCY");
    assertThat(written.get("rollback")).contains(Value.bool(false));
  }

  // ---- the review

  @Test
  void an_owner_other_than_who_did_it_reviews_it_once() {
    rule(Set.of(), Set.of("eve"), false, "bob", "eve", "ann");
    Proposal proposal = proposed(thing("x"));
    breaks(proposal, "eve");
    assertThat(review("p-1", "eve")).isEqualTo(ReviewRuling.Kind.OWN);
    assertThat(review("p-1", "cem")).isEqualTo(ReviewRuling.Kind.NOT_OWNER);
    assertThat(review("p-1", "nobody")).isEqualTo(ReviewRuling.Kind.STRANGER);
    assertThat(review("p-2", "bob")).isEqualTo(ReviewRuling.Kind.UNKNOWN_PLAN);
    assertThat(world.engine().emergencies(TENANT))
        .singleElement()
        .satisfies(one -> assertThat(one.review()).isEmpty())
        .satisfies(one -> assertThat(one.overdue(world.clock.instant())).isFalse())
        .satisfies(one -> assertThat(one.overdue(world.clock.instant().plus(DAY))).isTrue());
    assertThat(review("p-1", "bob")).isEqualTo(ReviewRuling.Kind.REVIEWED);
    assertThat(review("p-1", "ann")).isEqualTo(ReviewRuling.Kind.ALREADY);
    world.restart();
    assertThat(world.engine().emergencies(TENANT).getFirst().review().orElseThrow().user())
        .isEqualTo("bob");
    assertThat(audit())
        .anyMatch(
            line -> line.contains("bob reviewed the break-glass under receipt-1 as test:bob"));
  }

  @Test
  void what_a_quorum_approved_is_not_reviewed() {
    Proposal proposal = proposed(thing("x"));
    assertThat(review("p-1", "bob")).isEqualTo(ReviewRuling.Kind.NOT_BROKEN);
    world.vote(proposal, "eve");
    world.vote(proposal, "bob");
    assertThat(review("p-1", "bob")).isEqualTo(ReviewRuling.Kind.NOT_BROKEN);
  }

  private ReviewRuling.Kind review(String plan, String who) {
    return world.engine().review(TENANT, plan, person(who)).kind();
  }

  private List<String> audit() {
    return world.engine().audit(TENANT, 0, 1000).stream()
        .map(line -> line.who() + " " + line.what() + " " + line.about())
        .toList();
  }

  // ---- at once, and in the middle

  @Test
  void presses_and_broken_glass_at_once_are_one_decision() throws Exception {
    world.rule = new ApprovalRule(2, List.of(), true, List.of());
    for (int round = 0; round < 8; round++) {
      Proposal proposal = proposed(thing("x" + round));
      var go = new CountDownLatch(1);
      var acts = new ArrayList<Callable<Ballot>>();
      for (String who : List.of("bob", "eve", "bob", "eve")) {
        acts.add(
            () -> {
              go.await();
              return world.vote(proposal, who);
            });
        acts.add(
            () -> {
              go.await();
              return breaks(proposal, "cem");
            });
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers = acts.stream().map(threads::submit).toList();
        go.countDown();
        for (var answer : answers) {
          assertThat(answer.get().result())
              .isIn(Result.COUNTED, Result.ALREADY, Result.DECIDED, Result.NOT_NEEDED);
        }
      }
      assertThat(world.engine().runs(TENANT)).hasSize(round + 1);
      assertThat(world.engine().receipt(TENANT, "receipt-" + (round + 1))).isPresent();
      assertThat(world.engine().receipt(TENANT, "receipt-" + (round + 2))).isEmpty();
      world.ended(world.engine().runs(TENANT).getFirst().id());
    }
  }

  @Test
  void a_crash_between_the_receipt_and_the_run_starts_it_once() {
    Proposal proposal = proposed(thing("x"));
    var now = world.clock.instant();
    Vote vote =
        new Vote(
            TENANT,
            proposal.plan().id(),
            1,
            proposal.digest(),
            "cem",
            new Person("test", "", "cem"),
            Vote.Decision.APPROVE,
            Vote.Means.BREAK_GLASS,
            "the shop is down",
            false,
            now);
    var glass =
        new BreakGlass(
            "cem", vote.reason(), "test", 2, List.of("1 more approver"), List.of("bob"), now);
    Receipt receipt =
        new Receipts(world.key, DAY)
            .mint("receipt-1", proposal, List.of(vote), Optional.of(glass), now);
    world.restart();
    var ledger = new Ledger(world.journal, new AuditLog());
    ledger.open();
    ledger.record(TENANT, List.of(new Event.Voted(vote, now), new Event.Minted(receipt, now)));
    String run = world.engine().runs(TENANT).getFirst().id();
    assertThat(world.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.named("x")).hasSize(1);
    assertThat(world.engine().emergencies(TENANT)).hasSize(1);
    world.restart();
    assertThat(world.engine().runs(TENANT)).hasSize(1);
  }
}
