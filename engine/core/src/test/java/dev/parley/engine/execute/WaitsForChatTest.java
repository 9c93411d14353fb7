package dev.parley.engine.execute;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.draft;
import static dev.parley.engine.stand.World.linked;
import static dev.parley.engine.stand.World.thing;
import static dev.parley.engine.stand.World.undoable;
import static dev.parley.engine.stand.World.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.engine.approve.ReceiptVerifier;
import dev.parley.engine.json.Codec;
import dev.parley.engine.resolve.Plans;
import dev.parley.engine.stand.HeldPauses;
import dev.parley.engine.stand.ScriptedCloud.When;
import dev.parley.engine.stand.SwiftPauses;
import dev.parley.engine.stand.World;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Draft;
import dev.parley.plan.Want;
import dev.parley.provider.Health;
import dev.parley.provider.ProviderException;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import dev.parley.run.Wait;
import dev.parley.value.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WaitsForChatTest {
  private static final String DOWN = "slack can't be reached";

  private final World world = new World();
  private final HeldPauses pauses = new HeldPauses(world.clock);
  private volatile boolean down;

  WaitsForChatTest() {
    world.pauses = pauses;
    world.presence = plan -> down ? Optional.of(DOWN) : Optional.empty();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private long creates() {
    return world.a.asked(asked -> asked.operation().equals("create"));
  }

  private Run waits(String run) {
    return world.until(run, it -> it.state() == RunState.WAITING && pauses.waiting() > 0);
  }

  private Run passing(String run, Predicate<Run> when) {
    return World.until(
        () -> {
          pauses.passToNext();
          return world.run(run);
        },
        when);
  }

  private Run ended(String run) {
    return passing(run, it -> it.state().ended() && it.state() != RunState.ROLLING_BACK);
  }

  @Test
  void nothing_is_begun_while_the_chat_is_down_and_all_of_it_afterwards() {
    down = true;
    Run waiting = waits(world.started(waiting(draft(thing("net"), linked("web", "net")))));
    assertThat(waiting.message()).isEqualTo(DOWN);
    assertThat(waiting.waiting()).contains(new Wait(DOWN, World.start(), Optional.empty()));
    assertThat(waiting.steps()).extracting(Step::state).containsOnly(StepState.WAITING);
    for (int i = 0; i < 5; i++) {
      pauses.pass(Duration.ofMinutes(1));
      World.until(pauses::waiting, left -> left > 0);
    }
    assertThat(creates()).isZero();
    down = false;
    Run run = ended(waiting.id());
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.waits())
        .singleElement()
        .satisfies(
            wait -> {
              assertThat(wait.since()).isEqualTo(World.start());
              assertThat(wait.until()).isPresent();
            });
    assertThat(run.waited(world.clock.instant())).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    assertThat(creates()).isEqualTo(2);
  }

  @Test
  void a_plan_that_goes_on_never_asks() {
    world.presence =
        plan -> {
          throw new AssertionError("asked");
        };
    Run run = ended(world.started(draft(thing("net"), linked("web", "net"))));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.waits()).isEmpty();
  }

  @Test
  void a_presence_that_breaks_holds_the_run_and_does_not_end_it() {
    world.presence =
        plan -> {
          if (down) {
            throw new IllegalStateException("broken");
          }
          return Optional.empty();
        };
    down = true;
    String id = world.started(waiting(draft(thing("net"))));
    assertThat(waits(id).message()).contains("can't be told", "broken");
    down = false;
    assertThat(ended(id).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void what_is_under_way_is_followed_to_its_end_and_what_comes_next_waits() {
    world.a.slow(3);
    String id = world.started(waiting(draft(thing("net"), linked("web", "net"))));
    world.until(id, it -> it.steps().getFirst().state() == StepState.RUNNING && creates() == 1);
    down = true;
    Run run = passing(id, it -> it.state() == RunState.WAITING);
    assertThat(run.steps())
        .extracting(Step::state)
        .containsExactly(StepState.DONE, StepState.WAITING);
    assertThat(creates()).isEqualTo(1);
    down = false;
    assertThat(ended(id).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void calls_that_queue_for_their_account_already_are_held_too() {
    world.presence = plan -> creates() > 0 && down ? Optional.of(DOWN) : Optional.empty();
    down = true;
    Want[] wants = IntStream.range(0, 30).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    String id = world.started(waiting(draft(wants)));
    world.until(
        id,
        it ->
            it.state() == RunState.WAITING
                && it.count(StepState.RUNNING) == 0
                && it.count(StepState.DELAYED) + it.count(StepState.DONE) == 30);
    long sent = creates();
    assertThat(sent).as("as many as were on the wire at once").isBetween(1L, 4L);
    pauses.pass(Duration.ofHours(3));
    World.until(pauses::waiting, left -> left > 0);
    assertThat(creates()).isEqualTo(sent);
    down = false;
    Run run = ended(id);
    assertThat(run.state()).as("%s", run.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(creates()).isEqualTo(30);
    assertThat(world.a.resources()).hasSize(30);
  }

  @Test
  void somebody_elsewhere_can_stop_a_run_that_waits() {
    world.presence = plan -> creates() > 0 && down ? Optional.of(DOWN) : Optional.empty();
    down = true;
    Want[] wants = IntStream.range(0, 12).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    String id = world.started(waiting(draft(wants)));
    waits(id);
    assertThat(world.engine().cancel(TENANT, id, world.user("ann")).waiting()).isEmpty();
    Run run = ended(id);
    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    assertThat(run.count(StepState.DONE)).isEqualTo(world.a.resources().size()).isPositive();
    assertThat(run.count(StepState.DONE) + run.count(StepState.SKIPPED)).isEqualTo(12);
    assertThat(creates()).isLessThanOrEqualTo(4);
  }

  @Test
  void a_run_that_waited_when_the_program_ended_still_waits_since_then() {
    down = true;
    String id = world.started(waiting(draft(thing("net"), linked("web", "net"))));
    waits(id);
    pauses.pass(Duration.ofMinutes(10));
    world.restart();
    world.clock.advance(Duration.ofMinutes(5));
    Run again = waits(id);
    assertThat(again.waits()).containsExactly(new Wait(DOWN, World.start(), Optional.empty()));
    assertThat(creates()).isZero();
    down = false;
    Run run = ended(id);
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.waited(world.clock.instant())).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
    assertThat(creates()).isEqualTo(2);
  }

  @Test
  void what_was_begun_before_the_program_ended_is_looked_for_but_not_sent() {
    world.presence = plan -> creates() > 0 && down ? Optional.of(DOWN) : Optional.empty();
    down = true;
    Want[] wants = IntStream.range(0, 8).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    String id = world.started(waiting(draft(wants)));
    waits(id);
    world.restart();
    world.presence = plan -> down ? Optional.of(DOWN) : Optional.empty();
    long sent = creates();
    world.until(
        id,
        it ->
            it.state() == RunState.WAITING
                && it.count(StepState.DELAYED)
                        + it.count(StepState.DONE)
                        + it.count(StepState.WAITING)
                    == 8
                && pauses.waiting() > 0);
    assertThat(creates()).isEqualTo(sent);
    down = false;
    assertThat(ended(id).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(creates()).isEqualTo(8);
  }

  @Test
  void the_time_of_a_step_does_not_run_while_it_is_held() {
    world.presence = plan -> creates() > 0 && down ? Optional.of(DOWN) : Optional.empty();
    down = true;
    world.a.slow(1);
    Want[] wants = IntStream.range(0, 12).mapToObj(i -> thing("x" + i)).toArray(Want[]::new);
    String id = world.started(waiting(draft(wants)));
    passing(
        id,
        it ->
            it.state() == RunState.WAITING
                && it.count(StepState.DONE) > 0
                && it.count(StepState.RUNNING) == 0);
    pauses.pass(Duration.ofDays(3));
    down = false;
    Run run = ended(id);
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_receipt_does_not_expire_by_waiting() {
    down = true;
    world.a.fault("create", "net", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    String id = world.started(waiting(draft(thing("net"))));
    waits(id);
    pauses.pass(Duration.ofHours(30));
    down = false;
    assertThat(ended(id).state()).isEqualTo(RunState.FAILED);
    world.engine().retry(TENANT, id, world.user("ann"));
    assertThat(ended(id).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void but_the_time_that_it_does_not_wait_counts_as_ever() {
    down = true;
    world.a.fault("create", "net", When.BEFORE, 1, ProviderException.QuotaExceeded::new);
    String id = world.started(waiting(draft(thing("net"))));
    waits(id);
    pauses.pass(Duration.ofHours(30));
    down = false;
    assertThat(ended(id).state()).isEqualTo(RunState.FAILED);
    world.clock.advance(Duration.ofHours(25));
    assertThatThrownBy(() -> world.engine().retry(TENANT, id, world.user("ann")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("expired");
  }

  @Test
  void the_rollback_of_a_run_that_waits_waits_too_and_is_covered_however_long_it_takes() {
    down = true;
    world.a.health("x", Health.State.UNHEALTHY);
    String id = world.started(waiting(undoable(thing("x"))));
    waits(id);
    pauses.pass(Duration.ofHours(30));
    world.presence =
        plan -> down && plan.undoes().isPresent() ? Optional.of(DOWN) : Optional.empty();
    Run undone =
        passing(id, it -> it.state() == RunState.ROLLING_BACK && it.undoneBy().isPresent());
    String back = undone.undoneBy().orElseThrow();
    waits(back);
    assertThat(world.a.resources()).hasSize(1);
    down = false;
    assertThat(ended(id).state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(world.a.resources()).isEmpty();
  }

  @Test
  void an_approval_is_bound_to_what_the_run_does_while_the_chat_is_down() {
    Proposal goesOn = world.proposed(thing("x"));
    Proposal waits = world.proposed(waiting(draft(thing("x"))));
    assertThat(waits.plan().revision()).isEqualTo(2);
    assertThat(waits.plan().digest()).isNotEqualTo(goesOn.plan().digest());
    assertThat(waits.digest()).isNotEqualTo(goesOn.digest());
    assertThat(Plans.digest(waits.plan())).isEqualTo(waits.plan().digest());
    Receipt receipt = world.vote(waits, "bob").receipt().orElseThrow();
    assertThat(receipt.whenChatIsDown()).isEqualTo(WhenChatIsDown.WAIT);
    String key = world.key.open().jwk();
    assertThat(ReceiptVerifier.verify(receipt.jws(), key).toString()).contains("the run waits");
    assertThat(Codec.decode(Codec.encode(receipt), Receipt.class)).isEqualTo(receipt);
  }

  @Test
  void however_the_chat_comes_and_goes_everything_is_made_once() {
    for (int seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      try (var one = new World()) {
        one.pauses = new SwiftPauses(one.clock);
        one.a.slow(random.nextInt(3)).namesMayRepeat();
        var flips = new Random(seed);
        one.presence =
            plan -> {
              synchronized (flips) {
                return flips.nextInt(3) > 0 ? Optional.of(DOWN) : Optional.empty();
              }
            };
        Want[] wants =
            IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(
                    i -> i > 0 && random.nextBoolean() ? linked("x" + i, "x0") : thing("x" + i))
                .toArray(Want[]::new);
        Draft draft = waiting(draft(wants));
        String id = one.started(draft);
        if (random.nextInt(4) == 0) {
          one.restart();
        }
        Run run = one.ended(id);
        assertThat(run.state())
            .as("seed %s: %s", seed, run.message())
            .isEqualTo(RunState.SUCCEEDED);
        assertThat(one.a.resources()).as("seed " + seed).hasSize(wants.length);
        Instant last = run.started();
        for (Wait wait : run.waits()) {
          assertThat(wait.since()).isAfterOrEqualTo(last);
          last = wait.until().orElseThrow();
        }
        assertThat(run.waiting()).isEmpty();
      }
    }
  }
}
