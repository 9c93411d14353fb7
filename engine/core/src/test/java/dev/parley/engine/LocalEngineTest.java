package dev.parley.engine;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.linked;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.cost.Budget;
import dev.parley.engine.Engine.Outcome;
import dev.parley.engine.stand.ScriptedCloud;
import dev.parley.engine.stand.World;
import dev.parley.knowledge.Ask;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.resource.Drift;
import dev.parley.value.Invalid;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalEngineTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void only_operators_ask_for_plans() {
    Outcome outcome =
        world.engine().propose(TENANT, "thread", world.user("dan"), "x", World.draft(thing("x")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            r -> assertThat(r.problems().getFirst().next()).contains("operator"));
  }

  @Test
  void what_is_there_already_is_nothing_to_vote_on_and_closes_the_open_plan() {
    world.carriedOut(thing("x"));
    Proposal open = world.proposed(thing("x"), thing("y"));
    Outcome outcome = world.ask(thing("x"));
    assertThat(outcome).isInstanceOf(Outcome.Nothing.class);
    assertThat(world.engine().approval(TENANT, open.plan().id()).orElseThrow().state())
        .isEqualTo(Approval.State.DISCARDED);
  }

  @Test
  void a_plan_that_can_not_be_made_changes_nothing() {
    Proposal open = world.proposed(thing("x"));
    assertThat(world.ask(new Want.Remove(at("gone")))).isInstanceOf(Outcome.Rejected.class);
    assertThat(world.engine().latest(TENANT, "thread")).contains(open);
  }

  @Test
  void two_threads_have_two_plans_and_the_newest_comes_first() {
    Proposal one = world.proposed(thing("x"));
    Proposal two =
        ((Outcome.Proposed)
                world
                    .engine()
                    .propose(TENANT, "second", world.user("ann"), "y", World.draft(thing("y"))))
            .proposal();
    assertThat(world.engine().proposals(TENANT)).containsExactly(two, one);
    assertThat(world.engine().latest(TENANT, "thread")).contains(one);
    assertThat(world.engine().latest(TENANT, "second")).contains(two);
    assertThat(world.engine().latest("nobody", "thread")).isEmpty();
  }

  @Test
  void everything_is_as_before_after_a_restart() {
    world.carriedOut(thing("x"));
    Proposal open = world.proposed(thing("y"));
    world.rule = new dev.parley.policy.ApprovalRule(2, List.of(), true, List.of());
    var engine = world.engine();
    var runs = engine.runs(TENANT);
    var tracked = engine.tracked(TENANT);
    var approval = engine.approval(TENANT, open.plan().id());
    var receipt = engine.receipt(TENANT, "receipt-1");
    world.restart();
    assertThat(world.engine().runs(TENANT)).isEqualTo(runs);
    assertThat(world.engine().tracked(TENANT)).isEqualTo(tracked);
    assertThat(world.engine().approval(TENANT, open.plan().id())).isEqualTo(approval);
    assertThat(world.engine().receipt(TENANT, "receipt-1")).isEqualTo(receipt);
    assertThat(world.engine().latest(TENANT, "thread")).contains(open);
    assertThat(
            world
                .engine()
                .propose(TENANT, "third", world.user("ann"), "z", World.draft(thing("z"))))
        .isInstanceOfSatisfying(
            Outcome.Proposed.class, p -> assertThat(p.proposal().plan().id()).isEqualTo("p-3"));
  }

  // --- waivers ---

  @Test
  void a_waiver_is_granted_by_another_who_may_and_the_plan_is_proposed_anew() {
    world.denied = _ -> true;
    Proposal blocked = world.proposed(thing("x"));
    Outcome outcome =
        world
            .engine()
            .waive(
                TENANT,
                blocked.plan().id(),
                "NO-1",
                at("x").toString(),
                "only for the test",
                world.user("ann"),
                world.user("bob"),
                Duration.ofDays(7));
    var proposed = (Outcome.Proposed) outcome;
    assertThat(proposed.proposal().plan().revision()).isEqualTo(2);
    assertThat(proposed.approval().state()).isEqualTo(Approval.State.OPEN);
    assertThat(world.engine().waivers(TENANT))
        .singleElement()
        .satisfies(
            waiver -> {
              assertThat(waiver.id()).isEqualTo("w-1");
              assertThat(waiver.approvedBy()).isEqualTo("bob");
              assertThat(waiver.expires())
                  .isEqualTo(world.clock.instant().plus(Duration.ofDays(7)));
            });
  }

  @Test
  void every_reason_against_a_waiver_is_said_at_once() {
    world.denied = _ -> true;
    Proposal blocked = world.proposed(thing("x"));
    Outcome outcome =
        world
            .engine()
            .waive(
                TENANT,
                blocked.plan().id(),
                "NO-2",
                "",
                " ",
                world.user("ann"),
                world.user("ann"),
                Duration.ofDays(91));
    assertThat(((Outcome.Rejected) outcome).problems()).hasSize(6);
    Outcome notHers =
        world
            .engine()
            .waive(
                TENANT,
                blocked.plan().id(),
                "NO-1",
                "*",
                "why",
                world.user("ann"),
                world.user("eve"),
                Duration.ofDays(1));
    assertThat(((Outcome.Rejected) notHers).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("security"));
    assertThat(world.engine().waivers(TENANT)).isEmpty();
    assertThat(
            world
                .engine()
                .waive(
                    TENANT,
                    "p-99",
                    "NO-1",
                    "*",
                    "why",
                    world.user("ann"),
                    world.user("bob"),
                    Duration.ofDays(1)))
        .isInstanceOf(Outcome.Rejected.class);
  }

  // --- drift ---

  @Test
  void drift_is_what_was_asked_for_and_is_otherwise_now() {
    world.carriedOut(thing("a", "x", Fields.of("Size", Value.text("s"))), thing("y"), thing("z"));
    assertThat(world.engine().drift(TENANT, Optional.empty())).isEmpty();
    world.a.meddle("x", "Size", Value.text("xl"));
    world.a.meddle("z", "Unasked", Value.text("default"));
    world.a.steal("y");
    world.a.plant("theirs");
    List<Drift> drift = world.engine().drift(TENANT, Optional.of("a"));
    assertThat(drift)
        .extracting(Drift::kind)
        .containsExactlyInAnyOrder(Drift.Kind.CHANGED, Drift.Kind.GONE, Drift.Kind.UNTRACKED);
    assertThat(drift)
        .filteredOn(one -> one.kind() == Drift.Kind.CHANGED)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.at()).isEqualTo(at("x"));
              assertThat(one.differences())
                  .singleElement()
                  .satisfies(
                      d -> {
                        assertThat(d.path().toString()).isEqualTo("/Size");
                        assertThat(d.expected()).contains(Value.text("s"));
                        assertThat(d.actual()).contains(Value.text("xl"));
                      });
            });
    assertThat(world.engine().tracked(TENANT))
        .extracting(one -> one.at().name())
        .containsExactly("x", "z");
    assertThatThrownBy(() -> world.engine().drift(TENANT, Optional.of("c")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("known: a, b");
  }

  // --- budgets ---

  @Test
  void the_rules_see_what_is_spent_already() {
    world.carriedOut(thing("x"), thing("y"), thing("b", "z", Fields.EMPTY));
    world.judged.clear();
    world.proposed(thing("more"));
    List<Budget> budgets = world.judged.getLast().budgets();
    assertThat(budgets)
        .contains(
            new Budget("a", Money.of("1000", "EUR"), Money.of("2", "EUR")),
            new Budget("b", Money.of("1000", "EUR"), Money.of("1", "EUR")));
    assertThat(world.judged.getLast().existing()).hasSize(3);
    assertThat(world.judged.getLast().accounts()).containsOnlyKeys("a");
  }

  // --- blueprints ---

  @Test
  void a_plan_that_worked_is_kept_with_what_can_be_filled_in() {
    var draft =
        new Draft(
            "web behind a load balancer",
            Optional.of("test"),
            new Place(Optional.of("a"), Optional.empty(), Optional.of("here"), false),
            List.of(
                new Want.Make(
                    "web-1",
                    new Want.OfType(ScriptedCloud.THING, Fields.of("Name", Value.text("web-1"))),
                    Place.ANY),
                new Want.Make(
                    "web-lb",
                    new Want.OfService(
                        "load-balancer",
                        Fields.of("targets", Value.texts(List.of("web-1")))
                            .with("size", Value.text("small"))),
                    Place.ANY)),
            Map.of("team", "shop"),
            Optional.empty(),
            false,
            "offline");
    Blueprint blueprint = Keeping.blueprint("web-pair", draft, 1);
    assertThat(blueprint.parameters())
        .extracting(Blueprint.Parameter::name)
        .containsExactly("name", "region", "size");
    assertThat(blueprint.parameters())
        .extracting(Blueprint.Parameter::fallback)
        .containsExactly(
            Optional.of(Value.text("web")),
            Optional.of(Value.text("here")),
            Optional.of(Value.text("small")));
    assertThat(blueprint.draft().toString())
        .contains("${name}-1")
        .contains("${name}-lb")
        .contains("${region}")
        .contains("${size}")
        .doesNotContain("web-1");
    assertThat(blueprint.words())
        .contains("web", "load", "balancer", "behind", "load-balancer")
        .doesNotContain("a");
  }

  @Test
  void several_of_a_kind_become_a_count_and_the_blueprint_makes_the_same_draft_again() {
    Fields size = Fields.of("size", Value.text("small"));
    var draft =
        new Draft(
            "three web servers",
            Optional.empty(),
            Place.ANY,
            List.of(
                new Want.Make("web-1", new Want.OfService("vm", size), Place.ANY),
                new Want.Make("web-2", new Want.OfService("vm", size), Place.ANY),
                new Want.Make("web-3", new Want.OfService("vm", size), Place.ANY),
                new Want.Make(
                    "web-lb",
                    new Want.OfService(
                        "load-balancer",
                        Fields.of("targets", Value.texts(List.of("web-1", "web-2", "web-3")))),
                    Place.ANY)),
            Map.of(),
            Optional.empty(),
            false,
            "offline");
    Blueprint blueprint = Keeping.blueprint("servers", draft, 0);
    assertThat(blueprint.parameters())
        .extracting(Blueprint.Parameter::name)
        .containsExactly("name", "size", "count");
    assertThat(dev.parley.engine.blueprint.BlueprintFiles.fill(blueprint, Fields.EMPTY).wants())
        .isEqualTo(draft.wants());
    Draft five =
        dev.parley.engine.blueprint.BlueprintFiles.fill(
            blueprint,
            Fields.of("count", Value.num(5))
                .with("name", Value.text("api"))
                .with("size", Value.text("large")));
    assertThat(five.wants()).hasSize(6);
    assertThat(five.wants().getLast().toString()).contains("api-lb").contains("api-5");
    assertThat(five.wants().getFirst().toString()).contains("api-1").contains("large");
  }

  @Test
  void blueprints_are_kept_by_operators_and_come_back_after_a_restart() {
    String plan = world.carriedOut(thing("net"), linked("web", "net")).plan();
    Blueprint kept = world.engine().keep(TENANT, plan, "pair", world.user("ann"));
    assertThat(kept.uses()).isEqualTo(1);
    world.restart();
    assertThat(world.engine().blueprints(TENANT)).containsExactly(kept);
    assertThatThrownBy(() -> world.engine().keep(TENANT, plan, "Not a name", world.user("ann")))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> world.engine().keep(TENANT, plan, "pair", world.user("dan")))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> world.engine().keep(TENANT, "p-9", "pair", world.user("ann")))
        .isInstanceOf(Invalid.class);
  }

  // --- hearing and asking ---

  @Test
  void watchers_hear_every_event_in_order_and_a_bad_one_disturbs_nobody() throws Exception {
    var heard = new ConcurrentLinkedQueue<Long>();
    world
        .engine()
        .watch(
            _ -> {
              throw new IllegalStateException("bad watcher");
            });
    AutoCloseable watching = world.engine().watch(notice -> heard.add(notice.sequence()));
    world.carriedOut(thing("x"), thing("y"));
    long last = world.engine().audit(TENANT, 0, 1000).getLast().sequence() - 1;
    World.until(() -> heard.contains(last), Boolean::booleanValue);
    assertThat(List.copyOf(heard))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(world.engine().audit(TENANT, 0, 1000).size());
    watching.close();
    int before = heard.size();
    world.carriedOut(thing("z"));
    assertThat(heard).hasSize(before);
  }

  @Test
  void an_answer_of_the_graph_knows_what_was_just_done() {
    world.carriedOut(thing("x"));
    long last = world.engine().audit(TENANT, 0, 1000).getLast().sequence() - 1;
    String headline =
        world.engine().ask(TENANT, new Ask.Ready("runs", Map.of(), Optional.empty())).headline();
    assertThat(Long.parseLong(headline.replaceAll("\\D+", ""))).isGreaterThanOrEqualTo(last);
  }

  @Test
  void every_part_is_checked_by_name() {
    assertThat(world.engine().check())
        .containsOnlyKeys(
            "engine", "store", "rules", "graph", "recorder", "account t/a", "account t/b");
    assertThat(world.engine().check().values()).allMatch(dev.parley.value.Check::ok);
  }

  @Test
  void roles_of_the_ballot_and_of_the_ruling_are_the_same() {
    assertThat(Set.of(Engine.Ballot.Result.values()).stream().map(Enum::name))
        .containsExactlyInAnyOrderElementsOf(
            Set.of(dev.parley.engine.approve.Ruling.Kind.values()).stream()
                .map(Enum::name)
                .toList());
  }
}
