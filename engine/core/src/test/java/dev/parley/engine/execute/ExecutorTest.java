package dev.parley.engine.execute;

import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.draft;
import static dev.parley.engine.stand.World.linked;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.stand.HeldPauses;
import dev.parley.engine.stand.ScriptedCloud.When;
import dev.parley.engine.stand.World;
import dev.parley.plan.Want;
import dev.parley.provider.Capability;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.Token;
import dev.parley.resource.Resource;
import dev.parley.run.Event;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExecutorTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_run_makes_what_was_planned_and_knows_it_afterwards() {
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.named("x")).hasSize(1);
    assertThat(world.engine().tracked(World.TENANT))
        .extracting(one -> one.at())
        .containsExactly(at("x"));
    assertThat(run.steps().getFirst().made().map(Resource::name)).contains("x");
  }

  @Test
  void what_refers_to_another_is_made_after_it_with_its_output() {
    Run run = world.carriedOut(linked("web", "net"), thing("net"), linked("dns", "web"));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(
            world.a.log().stream()
                .filter(asked -> asked.operation().equals("create"))
                .map(asked -> asked.name()))
        .containsExactly("net", "web", "dns");
    Value id = world.a.named("net").getFirst().properties().get("Id").orElseThrow();
    assertThat(world.a.named("web").getFirst().properties().get("Link")).contains(id);
  }

  @Test
  void long_operations_are_polled_until_they_end() {
    world.a.slow(3);
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.asked(asked -> asked.operation().equals("poll"))).isEqualTo(3);
  }

  @Test
  void no_more_calls_at_once_than_the_account_bears() {
    Want[] wants = IntStream.range(0, 60).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    assertThat(world.carriedOut(wants).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.mostAtOnce()).isBetween(2, 4);
  }

  @Test
  void a_replaced_resource_is_deleted_and_made_again() {
    world.carriedOut(thing("a", "x", Fields.of("Zone", Value.text("1"))));
    Run run = world.carriedOut(thing("a", "x", Fields.of("Zone", Value.text("2"))));
    assertThat(run.steps()).extracting(step -> step.change().sign()).containsExactly("-", "+");
    assertThat(run.steps().get(1).needs()).containsExactly("s-1");
    assertThat(world.a.named("x"))
        .singleElement()
        .satisfies(x -> assertThat(x.properties().text("Zone")).contains("2"));
  }

  @Test
  void what_others_need_is_deleted_after_them() {
    world.carriedOut(thing("net"), linked("web", "net"));
    Run run = world.carriedOut(new Want.Remove(at("net")), new Want.Remove(at("web")));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(
            world.a.log().stream()
                .filter(asked -> asked.operation().equals("delete"))
                .map(asked -> asked.name()))
        .containsExactly("web", "net");
    assertThat(world.engine().tracked(World.TENANT)).isEmpty();
  }

  // --- each way in which a provider says no ---

  private Step fails(Function<Facts, ProviderException> error) {
    world.a.fault("create", "x", When.BEFORE, 100, error);
    Run run = world.carriedOut(thing("x"), thing("y"));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(world.a.named("y")).as("others go on").hasSize(1);
    return run.steps().getFirst();
  }

  private long creates() {
    return world.a.asked(asked -> asked.operation().equals("create") && asked.name().equals("x"));
  }

  @Test
  void what_a_person_must_mend_is_not_tried_again() {
    List<Function<Facts, ProviderException>> cases =
        List.of(
            ProviderException.Refused::new,
            facts ->
                new ProviderException.InvalidRequest(
                    facts, List.of(dev.parley.value.Pointer.of("/Size"))),
            facts -> new ProviderException.Forbidden(facts, List.of("thing:Create")),
            ProviderException.NotFound::new,
            ProviderException.PreconditionFailed::new,
            ProviderException.TokenReused::new,
            ProviderException.QuotaExceeded::new,
            ProviderException.CapacityUnavailable::new,
            ProviderException.NotRegistered::new,
            ProviderException.CatalogStale::new,
            ProviderException.OperationFailed::new);
    for (var one : cases) {
      try (var fresh = new World()) {
        fresh.a.fault("create", "x", When.BEFORE, 1, one);
        Run run = fresh.carriedOut(thing("x"));
        Step step = run.steps().getFirst();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(step.state()).isEqualTo(StepState.FAILED);
        assertThat(step.attempt()).isEqualTo(1);
        assertThat(fresh.a.asked(asked -> asked.operation().equals("create")))
            .as(step.error().toString())
            .isEqualTo(1);
        assertThat(step.error().orElseThrow()).contains("as the script says").contains("; ");
      }
    }
  }

  @Test
  void a_refusal_names_what_is_wrong_and_what_to_do() {
    Step step = fails(facts -> new ProviderException.Forbidden(facts, List.of("thing:Create")));
    assertThat(step.error())
        .contains("Forbidden: as the script says; grant thing:Create, then retry");
  }

  @Test
  void throttling_is_waited_out_however_often_and_the_token_stays() {
    world.a.fault(
        "create",
        "x",
        When.BEFORE,
        12,
        facts -> new ProviderException.Throttled(facts, Optional.of(Duration.ofSeconds(9))));
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(creates()).isEqualTo(13);
    assertThat(world.a.log().stream().flatMap(asked -> asked.token().stream()).distinct())
        .hasSize(1);
    assertThat(world.clock.instant()).isAfter(World.start().plusSeconds(12 * 9));
  }

  @Test
  void throttling_ends_at_the_deadline() {
    Step step =
        fails(facts -> new ProviderException.Throttled(facts, Optional.of(Duration.ofMinutes(25))));
    assertThat(step.error().orElseThrow()).startsWith("Throttled");
    assertThat(creates()).isBetween(4L, 7L);
  }

  @Test
  void an_unavailable_account_is_tried_three_times_more_after_a_look() {
    Step step = fails(ProviderException.Unavailable::new);
    assertThat(step.error().orElseThrow()).startsWith("Unavailable");
    assertThat(creates()).isEqualTo(4);
    assertThat(world.a.asked(asked -> asked.operation().equals("find"))).isGreaterThanOrEqualTo(3);
  }

  @Test
  void expired_credentials_get_one_more_try() {
    assertThat(fails(ProviderException.Unauthenticated::new).error().orElseThrow())
        .startsWith("Unauthenticated");
    assertThat(creates()).isEqualTo(2);
  }

  @Test
  void a_conflict_is_tried_five_times_more_as_new_attempts() {
    Step step = fails(ProviderException.Conflict::new);
    assertThat(creates()).isEqualTo(6);
    assertThat(step.attempt()).isEqualTo(6);
    assertThat(
            world.a.log().stream()
                .filter(asked -> asked.name().equals("x"))
                .flatMap(asked -> asked.token().stream())
                .map(token -> token.value())
                .distinct())
        .hasSize(6);
    assertThat(
            world.a.log().stream()
                .filter(asked -> asked.name().equals("x"))
                .flatMap(asked -> asked.token().stream())
                .map(token -> token.correlation())
                .distinct())
        .hasSize(1);
  }

  @Test
  void a_conflict_with_somebody_elses_change_asks_for_a_new_plan() {
    world.carriedOut(thing("a", "x", Fields.of("Size", Value.text("s"))));
    world.a.fault(
        "update",
        "x",
        When.BEFORE,
        1,
        facts -> {
          world.a.meddle("x", "Size", Value.text("theirs"));
          return new ProviderException.Conflict(facts);
        });
    Run run = world.carriedOut(thing("a", "x", Fields.of("Size", Value.text("l"))));
    assertThat(run.steps().getFirst().error().orElseThrow()).startsWith("PreconditionFailed");
    assertThat(world.a.named("x").getFirst().properties().text("Size")).contains("theirs");
  }

  @Test
  void a_taken_name_of_somebody_else_fails() {
    world.a.plant("x");
    Run run = world.carriedOut(thing("x"));
    assertThat(run.steps().getFirst().error().orElseThrow())
        .startsWith("AlreadyExists")
        .contains("import");
    assertThat(world.a.named("x")).hasSize(1);
  }

  @Test
  void a_lost_answer_is_found_out_by_the_mark() {
    world.a.fault("create", "x", When.AFTER, 1, ProviderException.OutcomeUnknown::new);
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.named("x")).hasSize(1);
    assertThat(creates()).isEqualTo(1);
  }

  @Test
  void without_tokens_a_lost_request_is_left_to_a_person() {
    world.a.fault("create", "x", When.BEFORE, 1, ProviderException.OutcomeUnknown::new);
    Run run = world.carriedOut(thing("x"));
    assertThat(run.steps().getFirst().state()).isEqualTo(StepState.UNKNOWN);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(creates()).isEqualTo(1);
    assertThat(
            world
                .ended(world.engine().retry(World.TENANT, run.id(), world.user("ann")).id())
                .state())
        .isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void with_tokens_a_lost_request_is_sent_again_as_it_was() {
    world
        .a
        .claims(Capability.IDEMPOTENCY_TOKEN)
        .fault("create", "x", When.BEFORE, 1, ProviderException.OutcomeUnknown::new);
    assertThat(world.carriedOut(thing("x")).state()).isEqualTo(RunState.SUCCEEDED);
    var tokens =
        world.a.log().stream()
            .filter(asked -> asked.operation().equals("create"))
            .flatMap(asked -> asked.token().stream())
            .toList();
    assertThat(tokens).hasSize(2).extracting(Token::value).containsOnly(tokens.get(0).value());
    assertThat(tokens).extracting(token -> token.sent().isPresent()).containsExactly(false, true);
  }

  @Test
  void a_provider_that_breaks_its_contract_is_an_unknown_outcome() {
    world.a.fault(
        "create",
        "x",
        When.AFTER,
        1,
        _ -> {
          throw new IllegalStateException("oops");
        });
    assertThat(world.carriedOut(thing("x")).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(creates()).isEqualTo(1);
  }

  @Test
  void deleting_what_is_gone_succeeds() {
    world.carriedOut(thing("x"));
    String run = null;
    var proposal = world.proposed(new Want.Remove(at("x")));
    world.a.fault(
        "delete",
        "x",
        When.BEFORE,
        1,
        facts -> {
          world.a.steal("x");
          return new ProviderException.NotFound(facts);
        });
    run = world.vote(proposal, "bob").run().orElseThrow().id();
    assertThat(world.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_failed_operation_leaves_its_half_made_resource_on_record_and_a_retry_clears_it() {
    world.a.slow(1).endsBadly("x", ProviderException.CapacityUnavailable::new);
    Run run = world.carriedOut(thing("x"));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.steps().getFirst().error().orElseThrow())
        .contains("CapacityUnavailable")
        .contains("half-made");
    assertThat(world.engine().tracked(World.TENANT)).hasSize(1);
    world.a.healed();
    world.engine().retry(World.TENANT, run.id(), world.user("ann"));
    assertThat(world.ended(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.named("x")).hasSize(1);
  }

  @Test
  void an_operation_that_takes_too_long_keeps_its_handle_and_a_retry_waits_on() {
    world.a.slow(600);
    Run run = world.carriedOut(thing("x"));
    assertThat(run.steps().getFirst().error().orElseThrow()).startsWith("DeadlinePassed");
    world.engine().retry(World.TENANT, run.id(), world.user("ann"));
    Run again = world.ended(run.id());
    while (again.state() == RunState.FAILED) {
      world.engine().retry(World.TENANT, run.id(), world.user("ann"));
      again = world.ended(run.id());
    }
    assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(creates()).isEqualTo(1);
    assertThat(again.steps().getFirst().attempt()).isEqualTo(1);
  }

  @Test
  void troubles_while_polling_do_not_make_it_twice() {
    world
        .a
        .slow(2)
        .fault("poll", "x", When.BEFORE, 2, ProviderException.Unavailable::new)
        .fault(
            "poll",
            "x",
            When.BEFORE,
            1,
            facts -> new ProviderException.Throttled(facts, Optional.empty()))
        .fault("poll", "x", When.BEFORE, 1, ProviderException.NotFound::new)
        .fault("read", "x", When.BEFORE, 1, ProviderException.Unavailable::new);
    assertThat(world.carriedOut(thing("x")).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(creates()).isEqualTo(1);
  }

  // --- one account's trouble is not another's ---

  @Test
  void a_throttled_account_holds_up_nobody_else() {
    var pauses = new HeldPauses(world.clock);
    world.pauses = pauses;
    world.a.fault(
        "create",
        "*",
        When.BEFORE,
        1,
        facts -> new ProviderException.Throttled(facts, Optional.of(Duration.ofHours(1))));
    String run =
        world.started(
            draft(thing("x"), thing("b", "y", Fields.EMPTY), thing("b", "z", Fields.EMPTY)));
    Run now =
        world.until(run, it -> it.count(StepState.DONE) == 2 && it.count(StepState.DELAYED) == 1);
    assertThat(now.state()).isEqualTo(RunState.RUNNING);
    assertThat(now.steps().getFirst().message()).startsWith("Throttled");
    pauses.pass(Duration.ofMinutes(61));
    World.until(
        () -> {
          pauses.passToNext();
          return world.run(run);
        },
        it -> it.state().ended());
    assertThat(world.run(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void an_account_that_is_down_is_left_alone_for_a_while_and_the_other_goes_on() {
    var pauses = new HeldPauses(world.clock);
    world.pauses = pauses;
    world.a.fault("create", "*", When.BEFORE, 1000, ProviderException.Unavailable::new);
    Want[] wants = new Want[40];
    for (int i = 0; i < 40; i++) {
      wants[i] = thing(i % 2 == 0 ? "a" : "b", "x" + i, Fields.EMPTY);
    }
    String run = world.started(draft(wants));
    world.until(run, it -> it.count(StepState.DONE) == 20);
    assertThat(world.a.asked(asked -> asked.operation().equals("create")))
        .as("the breaker opened before all twenty were tried")
        .isLessThan(12);
    assertThat(world.b.resources()).hasSize(20);
    world.a.healed();
    World.until(
        () -> {
          pauses.passToNext();
          return world.run(run);
        },
        it -> it.state().ended());
    assertThat(world.run(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.resources()).hasSize(20);
  }

  // --- cancel, retry, dependents ---

  @Test
  void what_needs_a_failed_step_is_skipped_and_the_rest_is_done() {
    world.a.fault("create", "net", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    Run run =
        world.carriedOut(thing("net"), linked("web", "net"), linked("dns", "web"), thing("other"));
    assertThat(run.steps())
        .extracting(Step::state)
        .containsExactly(StepState.FAILED, StepState.SKIPPED, StepState.SKIPPED, StepState.DONE);
    assertThat(run.steps().get(1).message()).contains("s-1").contains("net");
  }

  @Test
  void a_chain_of_thousands_is_skipped_when_its_first_link_fails() {
    world.a.fault("create", "x0", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    Want[] chain =
        IntStream.range(0, 3_000)
            .mapToObj(i -> i == 0 ? thing("x0") : linked("x" + i, "x" + (i - 1)))
            .toArray(Want[]::new);
    Run run = world.carriedOut(chain);
    assertThat(run.count(StepState.SKIPPED)).isEqualTo(2_999);
  }

  @Test
  void a_retry_does_only_what_is_left_under_the_same_receipt() {
    world.a.fault("create", "net", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    Run failed = world.carriedOut(thing("net"), linked("web", "net"), thing("other"));
    Run again = world.engine().retry(World.TENANT, failed.id(), world.user("ann"));
    assertThat(again.id()).isEqualTo(failed.id());
    Run run = world.ended(failed.id());
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.receipt()).isEqualTo(failed.receipt());
    assertThat(
            world.a.asked(
                asked -> asked.operation().equals("create") && asked.name().equals("other")))
        .isEqualTo(1);
    assertThat(run.steps().getFirst().attempt()).isEqualTo(2);
  }

  @Test
  void a_retry_after_the_receipt_expired_is_refused() {
    world.a.fault("create", "x", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    Run failed = world.carriedOut(thing("x"));
    world.clock.advance(Duration.ofHours(25));
    assertThatThrownBy(() -> world.engine().retry(World.TENANT, failed.id(), world.user("ann")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("expired");
  }

  @Test
  void only_who_may_cancels_and_retries() {
    Run run = world.carriedOut(thing("x"));
    assertThatThrownBy(() -> world.engine().cancel(World.TENANT, run.id(), world.user("dan")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("operator");
    assertThatThrownBy(() -> world.engine().retry(World.TENANT, run.id(), world.user("ann")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("SUCCEEDED");
    assertThatThrownBy(() -> world.engine().cancel(World.TENANT, "r-99", world.user("ann")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("no such run");
  }

  @Test
  void a_cancelled_run_waits_for_what_is_under_way_and_starts_nothing_more() {
    var pauses = new HeldPauses(world.clock);
    world.pauses = pauses;
    world.a.slow(2);
    String run = world.started(draft(thing("net"), linked("web", "net")));
    world.until(
        run, it -> it.steps().getFirst().state() == StepState.RUNNING && pauses.waiting() > 0);
    assertThat(world.engine().cancel(World.TENANT, run, world.user("ann")).state())
        .isEqualTo(RunState.CANCELLING);
    Run ended =
        World.until(
            () -> {
              pauses.passToNext();
              return world.run(run);
            },
            it -> it.state().ended());
    assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
    assertThat(ended.steps())
        .extracting(Step::state)
        .containsExactly(StepState.DONE, StepState.SKIPPED);
    world.engine().retry(World.TENANT, run, world.user("ann"));
    World.until(
        () -> {
          pauses.passToNext();
          return world.run(run);
        },
        it -> it.state().ended());
    assertThat(world.run(run).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_cancelled_run_does_not_wait_for_an_account_that_is_down() {
    world.pauses = new HeldPauses(world.clock);
    world.a.fault(
        "create",
        "*",
        When.BEFORE,
        1,
        facts -> new ProviderException.Throttled(facts, Optional.of(Duration.ofHours(1))));
    Want[] wants = IntStream.range(0, 50).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    String run = world.started(draft(wants));
    world.until(run, it -> it.count(StepState.DELAYED) == 1 && it.count(StepState.RUNNING) > 10);
    world.engine().cancel(World.TENANT, run, world.user("ann"));
    Run now = world.until(run, it -> it.count(StepState.SKIPPED) >= 45);
    assertThat(now.count(StepState.SKIPPED)).isLessThan(50);
    assertThat(world.a.asked(asked -> asked.operation().equals("create")))
        .as("nothing was sent for a step that was skipped")
        .isLessThanOrEqualTo(50 - now.count(StepState.SKIPPED));
    World.until(
        () -> {
          ((HeldPauses) world.pauses).passToNext();
          return world.run(run);
        },
        it -> it.state().ended());
    assertThat(world.run(run).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void intent_is_journaled_before_the_call_and_the_handle_before_the_poll() {
    var heard = new ConcurrentLinkedQueue<String>();
    world.a.slow(1);
    var watching =
        world
            .engine()
            .watch(
                notice -> {
                  switch (notice.event()) {
                    case Event.StepStarted e ->
                        heard.add("started " + e.token().length() + " " + e.correlation().length());
                    case Event.StepAccepted _ -> heard.add("accepted");
                    case Event.StepDone _ -> heard.add("done");
                    default -> {}
                  }
                });
    assertThat(watching).isNotNull();
    world.carriedOut(thing("x"));
    World.until(heard::size, size -> size == 3);
    assertThat(heard).containsExactly("started 64 31", "accepted", "done");
  }

  @Test
  void five_thousand_flat_steps_are_no_burden() {
    Want[] wants = IntStream.range(0, 5_000).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    long start = System.nanoTime();
    assertThat(world.carriedOut(wants).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    assertThat(world.a.resources()).hasSize(5_000);
  }
}
