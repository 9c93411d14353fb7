package dev.parley.engine.approve;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.person;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote.Decision;
import dev.parley.approval.Vote.Means;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.Ballot;
import dev.parley.engine.Engine.Ballot.Result;
import dev.parley.engine.Engine.VoteCast;
import dev.parley.engine.stand.PlainPlanning;
import dev.parley.engine.stand.ScriptedCloud.When;
import dev.parley.engine.stand.World;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.policy.ApprovalRule;
import dev.parley.provider.ProviderException;
import dev.parley.run.Event;
import dev.parley.run.RunState;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BallotTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private Result result(Proposal proposal, String who) {
    return world.vote(proposal, who).result();
  }

  private Approval approval(Proposal proposal) {
    return world.engine().approval(TENANT, proposal.plan().id()).orElseThrow();
  }

  private static ApprovalRule two() {
    return new ApprovalRule(2, List.of(Set.of("security")), false, List.of("production"));
  }

  @Test
  void the_vote_that_completes_the_rule_mints_a_receipt_and_starts_the_run() {
    Proposal proposal = world.proposed(thing("x"));
    Ballot ballot = world.vote(proposal, "bob");
    assertThat(ballot.result()).isEqualTo(Result.COUNTED);
    assertThat(ballot.approval().orElseThrow().state()).isEqualTo(Approval.State.APPROVED);
    assertThat(ballot.receipt().orElseThrow().proposal()).isEqualTo(proposal.digest());
    assertThat(ballot.receipt().orElseThrow().planDigest()).isEqualTo(proposal.plan().digest());
    assertThat(world.ended(ballot.run().orElseThrow().id()).receipt())
        .isEqualTo(ballot.receipt().get().id());
  }

  @Test
  void two_are_needed_and_one_of_them_of_a_team() {
    world.rule = two();
    Proposal proposal = world.proposed(thing("x"));
    assertThat(approval(proposal).missing())
        .containsExactly("2 more approvers", "someone of security");
    assertThat(approval(proposal).eligible()).containsExactly("bob", "cem", "eve");
    Ballot first = world.vote(proposal, "cem");
    assertThat(first.result()).isEqualTo(Result.COUNTED);
    assertThat(first.run()).isEmpty();
    assertThat(first.message()).contains("1 more approver", "someone of security");
    Ballot second = world.vote(proposal, "eve");
    assertThat(second.run()).isEmpty();
    assertThat(second.message()).contains("someone of security").doesNotContain("more approver");
    assertThat(world.vote(proposal, "bob").run()).isPresent();
  }

  @Test
  void strangers_requesters_and_those_who_may_not_do_not_count() {
    world.rule = new ApprovalRule(1, List.of(Set.of("security", "admin")), false, List.of());
    Proposal proposal = world.proposed(thing("x"));
    assertThat(result(proposal, "nobody")).isEqualTo(Result.STRANGER);
    assertThat(result(proposal, "ann")).isEqualTo(Result.REQUESTER);
    assertThat(result(proposal, "dan")).isEqualTo(Result.NOT_ELIGIBLE);
    assertThat(result(proposal, "cem"))
        .as("not of the team that is asked")
        .isEqualTo(Result.NOT_ELIGIBLE);
    assertThat(approval(proposal).votes()).isEmpty();
    assertThat(result(proposal, "bob")).isEqualTo(Result.COUNTED);
  }

  @Test
  void who_began_a_plan_that_another_refined_does_not_decide_about_it() {
    world.proposed(thing("x"));
    Engine.Outcome refined =
        world
            .engine()
            .propose(TENANT, "thread", world.user("eve"), "make it y", World.draft(thing("y")));
    Proposal proposal = ((Engine.Outcome.Proposed) refined).proposal();
    assertThat(proposal.plan().revision()).isEqualTo(2);
    assertThat(approval(proposal).eligible()).containsExactly("bob", "cem");
    assertThat(result(proposal, "ann")).isEqualTo(Result.REQUESTER);
    assertThat(result(proposal, "eve")).isEqualTo(Result.REQUESTER);
    assertThat(result(proposal, "cem")).isEqualTo(Result.COUNTED);
  }

  @Test
  void a_second_press_changes_nothing() {
    world.rule = two();
    Proposal proposal = world.proposed(thing("x"));
    assertThat(result(proposal, "cem")).isEqualTo(Result.COUNTED);
    assertThat(result(proposal, "cem")).isEqualTo(Result.ALREADY);
    assertThat(result(proposal, "bob")).isEqualTo(Result.COUNTED);
    assertThat(result(proposal, "bob")).isEqualTo(Result.ALREADY);
    assertThat(result(proposal, "eve")).isEqualTo(Result.DECIDED);
    assertThat(world.engine().runs(TENANT)).hasSize(1);
  }

  @Test
  void a_new_revision_voids_votes_and_says_what_changed() {
    world.rule = two();
    Proposal first = world.proposed(thing("x"));
    world.vote(first, "cem");
    var outcome = (dev.parley.engine.Engine.Outcome.Proposed) world.ask(thing("x"), thing("y"));
    Proposal second = outcome.proposal();
    assertThat(second.plan().id()).isEqualTo(first.plan().id());
    assertThat(second.plan().revision()).isEqualTo(2);
    var since = outcome.since().orElseThrow();
    assertThat(since.added()).containsExactly(at("y"));
    assertThat(since.votesVoided()).isEqualTo(1);
    assertThat(since.monthly()).isEqualTo(dev.parley.value.Money.of("1", "EUR"));
    assertThat(result(first, "bob")).isEqualTo(Result.SUPERSEDED);
    assertThat(approval(second).votes()).isEmpty();
    assertThat(world.vote(second, "bob").run()).isEmpty();
  }

  @Test
  void nobody_votes_on_what_was_never_proposed() {
    Proposal proposal = world.proposed(thing("x"));
    var other =
        new VoteCast(
            TENANT,
            proposal.plan().id(),
            Digest.ofText("?"),
            person("bob"),
            Decision.APPROVE,
            Means.BUTTON,
            "");
    assertThat(world.engine().vote(other).result()).isEqualTo(Result.UNKNOWN_PLAN);
    var none =
        new VoteCast(
            TENANT, "p-77", proposal.digest(), person("bob"), Decision.APPROVE, Means.BUTTON, "");
    assertThat(world.engine().vote(none).result()).isEqualTo(Result.UNKNOWN_PLAN);
    var elsewhere =
        new VoteCast(
            "other",
            proposal.plan().id(),
            proposal.digest(),
            person("bob"),
            Decision.APPROVE,
            Means.BUTTON,
            "");
    assertThat(world.engine().vote(elsewhere).result()).isEqualTo(Result.UNKNOWN_PLAN);
  }

  @Test
  void a_proposal_expires_by_the_clock_and_that_is_journaled() {
    Proposal proposal = world.proposed(thing("x"));
    world.clock.advance(PlainPlanning.LIFETIME);
    assertThat(approval(proposal).state()).isEqualTo(Approval.State.EXPIRED);
    assertThat(result(proposal, "bob")).isEqualTo(Result.EXPIRED);
    assertThat(result(proposal, "bob")).isEqualTo(Result.EXPIRED);
    assertThat(world.engine().audit(TENANT, 0, 100))
        .filteredOn(line -> line.what().contains("nobody approved in time"))
        .hasSize(1);
    assertThat(world.proposed(thing("x")).plan().id()).isNotEqualTo(proposal.plan().id());
  }

  @Test
  void the_rules_denial_stands_above_votes() {
    world.denied = _ -> true;
    Proposal proposal = world.proposed(thing("x"));
    Ballot ballot = world.vote(proposal, "bob");
    assertThat(ballot.result()).isEqualTo(Result.BLOCKED);
    assertThat(ballot.message()).contains("NO-1").contains("waiver");
    assertThat(ballot.approval().orElseThrow().state()).isEqualTo(Approval.State.BLOCKED);
  }

  @Test
  void emoji_is_for_low_risk_only() {
    world.rule = new ApprovalRule(1, List.of(), false, List.of());
    Proposal proposal = world.proposed(thing("x"));
    assertThat(world.vote(proposal, "bob", Decision.APPROVE, Means.EMOJI, "").result())
        .isEqualTo(Result.NOT_BY_EMOJI);
    world.rule = new ApprovalRule(1, List.of(), true, List.of());
    Proposal low = world.proposed(thing("y"));
    assertThat(world.vote(low, "bob", Decision.APPROVE, Means.EMOJI, "").result())
        .isEqualTo(Result.COUNTED);
  }

  @Test
  void a_rejection_needs_a_reason_and_ends_the_vote() {
    Proposal proposal = world.proposed(thing("x"));
    assertThat(world.vote(proposal, "bob", Decision.REJECT, Means.BUTTON, " ").result())
        .isEqualTo(Result.NEEDS_REASON);
    Ballot rejected = world.vote(proposal, "bob", Decision.REJECT, Means.BUTTON, "too big");
    assertThat(rejected.result()).isEqualTo(Result.COUNTED);
    assertThat(rejected.approval().orElseThrow().state()).isEqualTo(Approval.State.REJECTED);
    assertThat(result(proposal, "eve")).isEqualTo(Result.DECIDED);
    assertThat(world.engine().runs(TENANT)).isEmpty();
  }

  @Test
  void a_vote_can_be_taken_back_until_the_run_starts() {
    world.rule = two();
    Proposal proposal = world.proposed(thing("x"));
    world.vote(proposal, "cem");
    assertThat(
            world
                .engine()
                .withdraw(TENANT, proposal.plan().id(), proposal.digest(), person("cem"))
                .result())
        .isEqualTo(Result.WITHDRAWN);
    assertThat(
            world
                .engine()
                .withdraw(TENANT, proposal.plan().id(), proposal.digest(), person("cem"))
                .result())
        .isEqualTo(Result.ALREADY);
    assertThat(world.vote(proposal, "bob").run()).isEmpty();
    assertThat(world.vote(proposal, "eve").run()).isPresent();
    assertThat(
            world
                .engine()
                .withdraw(TENANT, proposal.plan().id(), proposal.digest(), person("bob"))
                .result())
        .isEqualTo(Result.DECIDED);
  }

  @Test
  void a_vote_counts_only_while_its_user_may_vote() {
    world.rule = two();
    Proposal proposal = world.proposed(thing("x"));
    world.vote(proposal, "cem");
    world.user("cem", Set.of(Role.VIEWER), Set.of());
    assertThat(world.vote(proposal, "bob").run()).isEmpty();
    assertThat(approval(proposal).votes()).extracting(vote -> vote.user()).containsExactly("bob");
    assertThat(world.vote(proposal, "eve").run()).isPresent();
  }

  @Test
  void one_user_on_two_surfaces_is_one_user() {
    world.rule = new ApprovalRule(2, List.of(), true, List.of());
    Proposal proposal = world.proposed(thing("x"));
    world.vote(proposal, "cem");
    var other =
        new VoteCast(
            TENANT,
            proposal.plan().id(),
            proposal.digest(),
            new Person("web", "elsewhere", "cem"),
            Decision.APPROVE,
            Means.EMOJI,
            "");
    assertThat(world.engine().vote(other).result()).isEqualTo(Result.ALREADY);
  }

  @Test
  void only_requester_operator_or_admin_discard() {
    Proposal proposal = world.proposed(thing("x"));
    assertThat(world.engine().discard(TENANT, proposal.plan().id(), person("cem"))).isEmpty();
    assertThat(world.engine().discard(TENANT, proposal.plan().id(), person("nobody"))).isEmpty();
    assertThat(
            world
                .engine()
                .discard(TENANT, proposal.plan().id(), person("ann"))
                .orElseThrow()
                .state())
        .isEqualTo(Approval.State.DISCARDED);
    assertThat(result(proposal, "bob")).isEqualTo(Result.DECIDED);
  }

  // --- what moved since ---

  private void stale(Proposal proposal, String why) {
    Ballot ballot = world.vote(proposal, "bob");
    assertThat(ballot.result()).isEqualTo(Result.STALE);
    assertThat(ballot.message()).contains(why);
    assertThat(ballot.approval().orElseThrow().votes()).as("nothing changed").isEmpty();
    assertThat(ballot.receipt()).isEmpty();
  }

  @Test
  void moved_rules_prices_and_catalogs_make_it_stale() {
    Proposal proposal = world.proposed(thing("x"));
    world.rules = "rules-2";
    stale(proposal, "rules have changed");
    world.rules = "rules-1";
    world.prices = "prices-2";
    stale(proposal, "prices have changed");
    world.prices = "prices-1";
    world.a.newCatalog();
    stale(proposal, "catalog of a has changed");
  }

  @Test
  void a_moved_cloud_makes_it_stale() {
    world.carriedOut(thing("a", "x", Fields.of("Size", Value.text("s"))));
    Proposal proposal = world.proposed(thing("a", "x", Fields.of("Size", Value.text("l"))));
    world.a.meddle("x", "Size", Value.text("xl"));
    stale(proposal, "has changed in the cloud: Size");
    world.a.fault("read", "x", When.BEFORE, 1, ProviderException.Unavailable::new);
    stale(proposal, "can't be looked at now");
    world.a.steal("x");
    stale(proposal, "is gone");
  }

  @Test
  void what_was_made_meanwhile_makes_it_stale() {
    Proposal proposal = world.proposed(thing("x"));
    var elsewhere =
        (dev.parley.engine.Engine.Outcome.Proposed)
            world
                .engine()
                .propose(
                    TENANT, "other thread", world.user("eve"), "me too", World.draft(thing("x")));
    Ballot first = world.vote(elsewhere.proposal(), "bob");
    world.ended(first.run().orElseThrow().id());
    stale(proposal, "exists now");
  }

  @Test
  void another_verdict_makes_it_stale() {
    Proposal proposal = world.proposed(thing("x"));
    world.rule = new ApprovalRule(1, List.of(Set.of("security")), true, List.of());
    stale(proposal, "other approvals");
    world.rule = new ApprovalRule(1, List.of(), true, List.of());
    world.denied = _ -> true;
    stale(proposal, "NO-1");
  }

  @Test
  void a_waiver_that_ran_out_makes_it_stale() {
    world.denied = _ -> true;
    Proposal blocked = world.proposed(thing("x"));
    var waived =
        (dev.parley.engine.Engine.Outcome.Proposed)
            world
                .engine()
                .waive(
                    TENANT,
                    blocked.plan().id(),
                    "NO-1",
                    "*",
                    "needed for a day",
                    world.user("ann"),
                    world.user("bob"),
                    Duration.ofHours(1));
    assertThat(waived.proposal().verdict().denied()).isFalse();
    world.clock.advance(Duration.ofHours(2));
    stale(waived.proposal(), "NO-1");
  }

  @Test
  void twenty_presses_at_once_are_one_decision() throws Exception {
    for (int i = 0; i < 8; i++) {
      world.user("u" + i, Set.of(Role.APPROVER), Set.of());
    }
    world.rule = new ApprovalRule(2, List.of(), true, List.of());
    for (int round = 0; round < 5; round++) {
      Proposal proposal = world.proposed(thing("x" + round));
      var go = new CountDownLatch(1);
      var presses = new ArrayList<Callable<Ballot>>();
      for (int i = 0; i < 20; i++) {
        String who = "u" + i % 8;
        presses.add(
            () -> {
              go.await();
              return world.vote(proposal, who);
            });
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers = presses.stream().map(threads::submit).toList();
        go.countDown();
        var results = new ArrayList<Result>();
        for (var answer : answers) {
          results.add(answer.get().result());
        }
        assertThat(results.stream().filter(Result.COUNTED::equals)).hasSize(2);
        assertThat(results).containsOnly(Result.COUNTED, Result.ALREADY, Result.DECIDED);
      }
      String run = world.engine().runs(TENANT).getFirst().id();
      assertThat(world.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(world.engine().runs(TENANT)).hasSize(round + 1);
    }
  }

  @Test
  void a_minted_receipt_that_was_never_spent_starts_its_run_after_a_restart() {
    Proposal proposal = world.proposed(thing("x"));
    var receipts = new Receipts(world.key, Duration.ofHours(1));
    var vote =
        new dev.parley.approval.Vote(
            TENANT,
            proposal.plan().id(),
            1,
            proposal.digest(),
            "bob",
            person("bob"),
            Decision.APPROVE,
            Means.BUTTON,
            "",
            false,
            world.clock.instant());
    var receipt =
        receipts.mint(
            "receipt-1",
            proposal,
            List.of(vote),
            java.util.Optional.empty(),
            world.clock.instant());
    world.restart();
    var audit = new dev.parley.engine.audit.AuditLog();
    var ledger = new dev.parley.engine.state.Ledger(world.journal, audit);
    ledger.open();
    ledger.record(
        TENANT,
        List.of(
            new Event.Voted(vote, world.clock.instant()),
            new Event.Minted(receipt, world.clock.instant())));
    String run = world.engine().runs(TENANT).getFirst().id();
    assertThat(world.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.named("x")).hasSize(1);
    world.restart();
    assertThat(world.engine().runs(TENANT)).hasSize(1);
  }
}
