package dev.parley.engine.approve;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.person;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.approval.Vote.Decision;
import dev.parley.approval.Vote.Means;
import dev.parley.engine.stand.World;
import dev.parley.identity.User;
import dev.parley.policy.ApprovalRule;
import dev.parley.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing runs without a live quorum on one digest, whatever people press in whatever order. */
class QuorumPropertiesTest {
  /** One thing somebody does; {@code which} picks a revision, newest first. */
  record Act(String kind, String who, int which) {}

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just("approve")),
                net.jqwik.api.Tuple.of(2, Arbitraries.just("withdraw")),
                net.jqwik.api.Tuple.of(2, Arbitraries.just("revise")),
                net.jqwik.api.Tuple.of(1, Arbitraries.just("emoji"))),
            Arbitraries.of("ann", "bob", "cem", "dan", "eve", "nobody"),
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(5, 0),
                net.jqwik.api.Tuple.of(1, 1),
                net.jqwik.api.Tuple.of(1, 2)))
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }

  @Provide
  Arbitrary<ApprovalRule> rules() {
    Arbitrary<List<Set<String>>> sets =
        Arbitraries.of(Set.of("security"), Set.of("finops"), Set.of("sre", "admin"))
            .list()
            .ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.integers().between(1, 3), sets, Arbitraries.of(true, false))
        .as((count, anyOf, emoji) -> new ApprovalRule(count, anyOf, emoji, List.of()));
  }

  @Property(tries = 150)
  void no_run_without_a_live_quorum_on_one_digest(
      @ForAll("acts") List<Act> acts, @ForAll("rules") ApprovalRule rule) {
    try (var world = new World()) {
      world.rule = rule;
      var revisions = new ArrayList<Proposal>();
      revisions.add(world.proposed(thing("x0")));
      Map<String, String> live = new LinkedHashMap<>();
      for (Act act : acts) {
        Proposal aimed = revisions.get(Math.max(0, revisions.size() - 1 - act.which()));
        boolean latest = aimed == revisions.getLast();
        int before = world.engine().runs(TENANT).size();
        switch (act.kind()) {
          case "revise" -> {
            if (before == 0) {
              revisions.add(world.proposed(thing("x" + revisions.size())));
              live.clear();
            }
          }
          case "withdraw" -> {
            world.engine().withdraw(TENANT, aimed.plan().id(), aimed.digest(), person(act.who()));
            if (latest) {
              live.remove(act.who());
            }
          }
          default -> {
            boolean emoji = act.kind().equals("emoji");
            world.vote(aimed, act.who(), Decision.APPROVE, emoji ? Means.EMOJI : Means.BUTTON, "");
            if (latest && mayVote(world, act.who(), rule) && (!emoji || rule.emoji())) {
              live.put(act.who(), act.kind());
            }
          }
        }
        List<Run> runs = world.engine().runs(TENANT);
        assertThat(runs).hasSizeLessThanOrEqualTo(1);
        if (runs.size() > before) {
          assertThat(met(world, rule, live.keySet()))
              .as("the run started on %s", live.keySet())
              .isTrue();
          Receipt receipt = world.engine().receipt(TENANT, runs.getFirst().receipt()).orElseThrow();
          assertThat(receipt.proposal()).isEqualTo(revisions.getLast().digest());
          assertThat(receipt.votes())
              .extracting(Vote::user)
              .containsExactlyInAnyOrderElementsOf(live.keySet());
          assertThat(receipt.votes()).extracting(Vote::proposal).containsOnly(receipt.proposal());
        } else if (before == 0) {
          assertThat(met(world, rule, live.keySet()))
              .as("a quorum stands and nothing runs: %s", live.keySet())
              .isFalse();
        }
      }
    }
  }

  private static boolean mayVote(World world, String who, ApprovalRule rule) {
    User user = world.user(who);
    return user != null
        && !who.equals("ann")
        && !who.equals("dan")
        && (rule.count() > 1
            || rule.anyOf().isEmpty()
            || rule.anyOf().stream().anyMatch(set -> of(user, set)));
  }

  private static boolean of(User user, Set<String> set) {
    return set.stream()
        .anyMatch(
            name ->
                user.teams().contains(name)
                    || user.roles().stream().anyMatch(role -> role.name().equalsIgnoreCase(name)));
  }

  private static boolean met(World world, ApprovalRule rule, Set<String> users) {
    return users.size() >= rule.count()
        && rule.anyOf().stream()
            .allMatch(set -> users.stream().anyMatch(who -> of(world.user(who), set)));
  }
}
