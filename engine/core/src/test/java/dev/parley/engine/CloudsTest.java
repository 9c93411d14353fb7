package dev.parley.engine;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.approval.Proposal;
import dev.parley.engine.look.Adopted;
import dev.parley.engine.look.Drifts;
import dev.parley.engine.look.Inventory;
import dev.parley.engine.look.Progress;
import dev.parley.engine.look.Selection;
import dev.parley.engine.resolve.Resolver;
import dev.parley.engine.stand.ScriptedCloud;
import dev.parley.engine.stand.World;
import dev.parley.plan.Change;
import dev.parley.plan.Want;
import dev.parley.provider.Capability;
import dev.parley.provider.Costs;
import dev.parley.provider.Health;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.StepState;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CloudsTest {
  private static final Address PAINTING =
      new Address("a", ResourceType.operation("test"), "test.Paint");
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  // --- what exists ---

  @Test
  void what_exists_is_told_page_by_page_with_its_address_if_it_is_tracked() {
    world.carriedOut(thing("ours"));
    world.a.plant("theirs");
    world.a.plant("another");
    world.a.pages(2);
    var progress = new ArrayList<Progress>();
    Inventory inventory =
        world.engine().clouds().discover(TENANT, "a", Optional.empty(), progress::add);
    assertThat(inventory.found())
        .extracting(
            one -> one.resource().name() + " " + one.tracked().map(Address::name).orElse("-"))
        .containsExactlyInAnyOrder("ours ours", "theirs -", "another -");
    assertThat(inventory.found()).allMatch(one -> one.source().equals("script"));
    assertThat(inventory.complete()).isTrue();
    assertThat(progress).containsExactly(new Progress("a", 1, 2), new Progress("a", 2, 3));
  }

  @Test
  void a_gap_is_said_and_the_rest_is_still_there() {
    world.a.plant("theirs");
    world.a.gaps("buckets could not be listed: denied");
    Inventory inventory = world.engine().clouds().discover(TENANT, "a", Optional.empty(), _ -> {});
    assertThat(inventory.untracked()).hasSize(1);
    assertThat(inventory.gaps()).containsExactly("buckets could not be listed: denied");
    assertThat(inventory.complete()).isFalse();
  }

  @Test
  void a_listing_that_breaks_off_keeps_what_came_before() {
    world.a.plant("one");
    world.a.plant("two");
    world.a.pages(1);
    world.a.fault(
        "list",
        "1",
        ScriptedCloud.When.BEFORE,
        1,
        facts -> new ProviderException.Forbidden(facts, List.of()));
    Inventory inventory = world.engine().clouds().discover(TENANT, "a", Optional.empty(), _ -> {});
    assertThat(inventory.found()).hasSize(1);
    assertThat(inventory.gaps()).singleElement().asString().contains("broke off after 1");
  }

  @Test
  void a_busy_cloud_is_asked_again() {
    world.a.plant("one");
    world.a.fault(
        "list",
        "",
        ScriptedCloud.When.BEFORE,
        2,
        facts -> new ProviderException.Throttled(facts, Optional.empty()));
    assertThat(world.engine().clouds().discover(TENANT, "a", Optional.empty(), _ -> {}).found())
        .hasSize(1);
  }

  // --- import ---

  @Test
  void what_is_imported_is_tracked_under_a_name_of_its_own_and_the_cloud_does_not_notice() {
    world.a.namesMayRepeat();
    world.a.plant("web");
    world.a.plant("web");
    long before = world.a.asked(one -> one.token().isPresent());
    Adopted adopted =
        world
            .engine()
            .clouds()
            .adopt(TENANT, "a", new Selection.Everything(), world.user("ann"), _ -> {});
    assertThat(adopted.imported())
        .extracting(one -> one.at().name())
        .containsExactlyInAnyOrder("web", "web-id-2");
    assertThat(world.engine().tracked(TENANT)).hasSize(2);
    assertThat(world.a.asked(one -> one.token().isPresent())).isEqualTo(before);
    assertThat(world.engine().audit(TENANT, 0, 100))
        .anyMatch(line -> line.who().equals("ann") && line.what().equals("imports 2 resources"));
    assertThat(world.engine().verifyAudit(TENANT).intact()).isTrue();
    world.restart();
    assertThat(world.engine().tracked(TENANT)).hasSize(2);
  }

  @Test
  void what_is_tracked_already_or_not_there_is_refused_by_name() {
    world.carriedOut(thing("ours"));
    String ours = world.a.named("ours").getFirst().id().value();
    Adopted adopted =
        world
            .engine()
            .clouds()
            .adopt(
                TENANT,
                "a",
                new Selection.Ids(
                    Set.of(new ResourceId(ours), new ResourceId("gone")), Optional.empty()),
                world.user("ann"),
                _ -> {});
    assertThat(adopted.imported()).isEmpty();
    assertThat(adopted.refused())
        .extracting(problem -> problem.what() + " " + problem.why())
        .anyMatch(said -> said.equals(ours + " it is tracked already, as " + at("ours")))
        .anyMatch(said -> said.startsWith("gone nothing of that id"));
  }

  @Test
  void only_operators_import_and_unknown_accounts_are_named() {
    assertThatThrownBy(
            () ->
                world
                    .engine()
                    .clouds()
                    .adopt(TENANT, "a", new Selection.Everything(), world.user("dan"), _ -> {}))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("operator");
    assertThatThrownBy(
            () -> world.engine().clouds().discover(TENANT, "zz", Optional.empty(), _ -> {}))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("known: a, b");
  }

  // --- drift ---

  @Test
  void what_can_not_be_read_is_a_gap_and_not_gone() {
    world.carriedOut(thing("x"), thing("y"));
    world.a.steal("y");
    world.a.fault(
        "read",
        "x",
        ScriptedCloud.When.BEFORE,
        1,
        facts -> new ProviderException.Forbidden(facts, List.of("test:Read")));
    Drifts drifts = world.engine().clouds().drift(TENANT, Optional.of("a"), _ -> {});
    assertThat(drifts.found())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.at()).isEqualTo(at("y"));
              assertThat(one.kind()).isEqualTo(Drift.Kind.GONE);
            });
    assertThat(drifts.gaps()).singleElement().asString().contains(at("x").toString());
    assertThat(drifts.none()).isFalse();
    assertThat(world.engine().tracked(TENANT)).extracting(one -> one.at()).containsExactly(at("x"));
  }

  // --- logs, health, costs ---

  @Test
  void logs_come_without_credentials_and_only_where_they_are_claimed() {
    world.carriedOut(thing("x"));
    var one = world.engine().clouds().named(TENANT, "x");
    assertThatThrownBy(() -> world.engine().clouds().logs(TENANT, one, world.clock.instant(), 10))
        .isInstanceOf(ProviderException.Refused.class);
    world.a.claims(Capability.LOGS);
    assertThat(world.engine().clouds().logs(TENANT, one, world.clock.instant(), 10))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.text()).doesNotContain("Zx9").contains("redacted", "started");
            });
  }

  @Test
  void health_is_what_the_checks_see_now() {
    world.carriedOut(thing("x"));
    world.a.health("x", Health.State.UNHEALTHY);
    var one = world.engine().clouds().named(TENANT, at("x").toString());
    assertThat(world.engine().clouds().health(TENANT, one).state())
        .isEqualTo(Health.State.UNHEALTHY);
  }

  @Test
  void costs_are_asked_for_a_period_that_is_not_empty() {
    world.a.claims(Capability.COSTS);
    LocalDate day = LocalDate.parse("2026-01-01");
    var query = new Costs.Query(day, day.plusDays(1), false, Costs.By.SERVICE, "");
    assertThat(world.engine().clouds().costs(TENANT, "a", query).lines()).hasSize(1);
    assertThatThrownBy(
            () ->
                world
                    .engine()
                    .clouds()
                    .costs(TENANT, "a", new Costs.Query(day, day, false, Costs.By.TOTAL, "")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("empty");
  }

  // --- operations ---

  @Test
  void who_asked_what_is_in_the_audit_log_and_answers_hold_no_credentials() {
    world.a.claims(Capability.OPERATIONS);
    Fields answer =
        world
            .engine()
            .clouds()
            .query(TENANT, "a", Optional.empty(), "test.Count", Fields.EMPTY, world.user("ann"));
    assertThat(answer.text("Password")).contains("[redacted: Password]");
    assertThat(answer.text("Note").orElseThrow()).doesNotContain("AKIA1234567890ABCDEF");
    assertThat(answer.get("Count")).contains(Value.num(0));
    assertThat(world.engine().audit(TENANT, 0, 100))
        .anyMatch(line -> line.who().equals("ann") && line.what().equals("asks test.Count"));
    assertThatThrownBy(
            () ->
                world
                    .engine()
                    .clouds()
                    .query(
                        TENANT,
                        "a",
                        Optional.empty(),
                        "test.Count",
                        Fields.EMPTY,
                        world.user("dan")))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void an_operation_of_the_account_is_planned_approved_and_called_once() {
    resolved();
    world.a.claims(Capability.OPERATIONS);
    Proposal proposal =
        world.proposed(
            new Want.Invoke(PAINTING, "test.Paint", Fields.of("Colour", Value.text("red"))));
    assertThat(proposal.plan().changes())
        .singleElement()
        .isEqualTo(
            new Change.Call(
                PAINTING,
                "here",
                new ResourceId("a"),
                "test.Paint",
                Fields.of("Colour", Value.text("red"))));
    Run run = carriedOut(proposal);
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.asked(one -> one.operation().equals("call"))).isEqualTo(1);
    assertThat(world.engine().tracked(TENANT)).isEmpty();
  }

  @Test
  void an_operation_that_does_not_fit_its_schema_only_reads_or_is_not_there_is_rejected() {
    resolved();
    world.a.claims(Capability.OPERATIONS);
    assertThat(rejection(new Want.Invoke(PAINTING, "test.Paint", Fields.EMPTY))).contains("Colour");
    assertThat(rejection(new Want.Invoke(PAINTING, "test.Count", Fields.EMPTY)))
        .contains("needs no plan");
    assertThat(rejection(new Want.Invoke(PAINTING, "test.Pain", Fields.EMPTY)))
        .contains("no such operation");
  }

  private Run carriedOut(Proposal proposal) {
    return world.ended(world.vote(proposal, "bob").run().orElseThrow().id());
  }

  private void resolved() {
    world.planning = Optional.of(new Resolver(world.accounts, world.clock)::resolve);
  }

  private String rejection(Want want) {
    return ((Engine.Outcome.Rejected) world.ask(want)).problems().toString();
  }

  // --- whose account it is ---

  @Test
  void a_plan_does_not_run_in_an_account_that_has_become_another() {
    resolved();
    world.a.belongsTo("account 1");
    Proposal proposal = world.proposed(thing("x"));
    assertThat(proposal.plan().basis().identities()).containsEntry("a", "account 1");
    world.a.belongsTo("account 2");
    assertThat(world.vote(proposal, "bob").result()).isEqualTo(Engine.Ballot.Result.STALE);
    assertThat(world.a.asked(one -> one.token().isPresent())).isZero();
  }

  @Test
  void a_run_stops_before_it_changes_anything_if_the_account_becomes_another_at_its_start() {
    resolved();
    world.a.belongsTo("account 1");
    world.a.fault(
        "create",
        "x",
        ScriptedCloud.When.BEFORE,
        1,
        facts -> new ProviderException.QuotaExceeded(facts));
    Proposal proposal = world.proposed(thing("x"));
    Run failed = carriedOut(proposal);
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    long before = world.a.asked(one -> one.token().isPresent());
    world.a.belongsTo("account 2");
    world.engine().retry(TENANT, failed.id(), world.user("ann"));
    Run again = world.ended(failed.id());
    assertThat(again.steps().getFirst().state()).isEqualTo(StepState.FAILED);
    assertThat(again.steps().getFirst().message()).contains("account 1", "account 2");
    assertThat(world.a.asked(one -> one.token().isPresent())).isEqualTo(before);
  }
}
