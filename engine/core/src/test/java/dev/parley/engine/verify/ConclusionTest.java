package dev.parley.engine.verify;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.draft;
import static dev.parley.engine.stand.World.linked;
import static dev.parley.engine.stand.World.thing;
import static dev.parley.engine.stand.World.undoable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Proposal;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.Outcome;
import dev.parley.engine.stand.ScriptedCloud.When;
import dev.parley.engine.stand.World;
import dev.parley.plan.Change;
import dev.parley.plan.Want;
import dev.parley.provider.Health;
import dev.parley.provider.ProviderException;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConclusionTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_works_succeeds_and_its_health_is_on_record() {
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.health().get(at("x")).state()).isEqualTo(Health.State.HEALTHY);
  }

  @Test
  void what_only_starts_for_too_long_is_unhealthy() {
    world.a.health("x", Health.State.STARTING);
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).contains("still starting after 300 s").contains("roll it back");
    assertThat(world.a.named("x")).as("nobody approved a rollback").hasSize(1);
  }

  @Test
  void an_unhealthy_run_is_rolled_back_under_the_same_receipt_where_that_was_approved() {
    world.a.health("web", Health.State.UNHEALTHY);
    Run run = world.carriedOut(undoable(thing("net"), linked("web", "net")));
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(world.a.resources()).isEmpty();
    Run back = world.run(run.undoneBy().orElseThrow());
    assertThat(back.undoes()).contains(run.id());
    assertThat(back.receipt()).isEqualTo(run.receipt());
    assertThat(back.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(back.steps())
        .extracting(step -> step.at().name())
        .containsExactlyInAnyOrder("web", "net");
    assertThat(
            world.a.log().stream()
                .filter(asked -> asked.operation().equals("delete"))
                .map(asked -> asked.name()))
        .containsExactly("web", "net");
  }

  @Test
  void a_failed_step_rolls_back_what_was_done() {
    world.a.fault("create", "web", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    Run run = world.carriedOut(undoable(thing("net"), linked("web", "net")));
    assertThat(run.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(world.a.resources()).isEmpty();
    assertThat(world.engine().tracked(TENANT)).isEmpty();
  }

  @Test
  void a_half_made_resource_goes_too() {
    world.a.slow(1).endsBadly("web", ProviderException.CapacityUnavailable::new);
    Run run = world.carriedOut(undoable(thing("net"), linked("web", "net")));
    assertThat(run.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(world.a.resources()).isEmpty();
  }

  @Test
  void an_update_goes_back_to_what_was() {
    world.carriedOut(
        thing("a", "x", Fields.of("Size", Value.text("s")).with("Other", Value.text("o"))));
    world.a.health("x", Health.State.UNHEALTHY);
    Run run = world.carriedOut(undoable(thing("a", "x", Fields.of("Size", Value.text("l")))));
    assertThat(run.message()).contains("rolled it back");
    assertThat(world.a.named("x").getFirst().properties().text("Size")).contains("s");
    assertThat(world.a.named("x").getFirst().properties().text("Other")).contains("o");
  }

  @Test
  void a_rollback_that_the_rules_deny_is_left_to_a_person() {
    world.denied = change -> change instanceof Change.Delete;
    world.a.health("x", Health.State.UNHEALTHY);
    Run run = world.carriedOut(undoable(thing("x")));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).contains("deny its rollback (NO-1)");
    assertThat(world.a.named("x")).hasSize(1);
  }

  @Test
  void a_rollback_that_fails_says_so_on_both_runs_and_can_be_retried() {
    world
        .a
        .health("x", Health.State.UNHEALTHY)
        .fault("delete", "x", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    Run run =
        world.until(world.started(undoable(thing("x"))), now -> now.state() == RunState.FAILED);
    assertThat(run.message()).contains("rollback r-2 failed");
    assertThat(world.run("r-2").state()).isEqualTo(RunState.FAILED);
    world.engine().retry(TENANT, "r-2", world.user("ann"));
    assertThat(world.until(run.id(), now -> now.state() == RunState.ROLLED_BACK).undoneBy())
        .contains("r-2");
  }

  @Test
  void a_rollback_is_offered_as_a_plan_of_its_own() {
    Run run = world.carriedOut(thing("net"), linked("web", "net"));
    var outcome = (Outcome.Proposed) world.engine().rollback(TENANT, run.id(), world.user("eve"));
    Proposal back = outcome.proposal();
    assertThat(back.plan().undoes()).contains(run.id());
    assertThat(back.plan().id()).isNotEqualTo(run.plan());
    assertThat(back.plan().changes()).allMatch(change -> change instanceof Change.Delete);
    assertThat(world.vote(back, "eve").result()).isEqualTo(Engine.Ballot.Result.REQUESTER);
    String started = world.vote(back, "bob").run().orElseThrow().id();
    assertThat(world.ended(started).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.until(run.id(), now -> now.state() == RunState.ROLLED_BACK).undoneBy())
        .contains(started);
    assertThat(world.engine().rollback(TENANT, run.id(), world.user("eve")))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void what_was_deleted_is_made_again_with_its_links_and_the_loss_is_said() {
    world.carriedOut(thing("net"), linked("web", "net"));
    Run run = world.carriedOut(new Want.Remove(at("net")), new Want.Remove(at("web")));
    var outcome = (Outcome.Proposed) world.engine().rollback(TENANT, run.id(), world.user("ann"));
    assertThat(outcome.proposal().plan().title())
        .contains("the data of a/test:Thing/net is gone for good");
    String started = world.vote(outcome.proposal(), "bob").run().orElseThrow().id();
    assertThat(world.ended(started).state()).isEqualTo(RunState.SUCCEEDED);
    Value id = world.a.named("net").getFirst().properties().get("Id").orElseThrow();
    assertThat(world.a.named("web").getFirst().properties().get("Link")).contains(id);
  }

  @Test
  void a_replacement_is_replaced_back() {
    world.carriedOut(thing("a", "x", Fields.of("Zone", Value.text("1"))));
    Run run = world.carriedOut(thing("a", "x", Fields.of("Zone", Value.text("2"))));
    var outcome = (Outcome.Proposed) world.engine().rollback(TENANT, run.id(), world.user("ann"));
    assertThat(outcome.proposal().plan().changes())
        .singleElement()
        .isInstanceOf(Change.Replace.class);
    world.ended(world.vote(outcome.proposal(), "bob").run().orElseThrow().id());
    assertThat(world.a.named("x").getFirst().properties().text("Zone")).contains("1");
  }

  @Test
  void a_running_run_is_not_rolled_back_and_an_unknown_one_neither() {
    world.pauses = new dev.parley.engine.stand.HeldPauses(world.clock);
    world.a.slow(1);
    String run = world.started(draft(thing("x")));
    assertThat(world.engine().rollback(TENANT, run, world.user("ann")))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(world.engine().rollback(TENANT, "r-9", world.user("ann")))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void a_verification_that_was_broken_off_is_made_after_a_restart() {
    var pauses = new dev.parley.engine.stand.HeldPauses(world.clock);
    world.pauses = pauses;
    world.a.health("x", Health.State.STARTING);
    String run = world.started(draft(thing("x")));
    world.until(run, now -> now.state() == RunState.VERIFYING && pauses.waiting() > 0);
    world.restart();
    world.a.healed();
    assertThat(world.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
  }
}
