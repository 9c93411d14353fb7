package dev.parley.engine.execute;

import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.draft;
import static dev.parley.engine.stand.World.linked;
import static dev.parley.engine.stand.World.thing;
import static dev.parley.engine.stand.World.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.engine.stand.World;
import dev.parley.plan.Draft;
import dev.parley.plan.Want;
import dev.parley.provider.Capability;
import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.StepState;
import dev.parley.value.Check;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ends the engine at every single append, with the append on disk or not, and looks what the next
 * one makes of it.
 */
@Timeout(400)
class CrashTest {
  /**
   * A journal that fails at its n-th append, after or without writing it, and at every later one.
   */
  private static final class Failing implements Journal {
    private final Journal kept;
    private final AtomicInteger left;
    private final boolean written;

    private Failing(Journal kept, int at, boolean written) {
      this.kept = kept;
      this.left = new AtomicInteger(at);
      this.written = written;
    }

    boolean failed() {
      return left.get() <= 0;
    }

    @Override
    public List<Entry> append(List<Entry.Fresh> fresh) {
      int now = left.decrementAndGet();
      if (now == 0 && written) {
        kept.append(fresh);
      }
      if (now <= 0) {
        throw new JournalFailed("the process ends here");
      }
      return kept.append(fresh);
    }

    @Override
    public void replay(long after, Consumer<Entry> reader) {
      kept.replay(after, reader);
    }

    @Override
    public long last() {
      return kept.last();
    }

    @Override
    public Check check() {
      return kept.check();
    }

    @Override
    public void close() {}
  }

  private interface Scene {
    void play(World world);
  }

  /** Plays the scene once for every append there is, until none fails any more. */
  private static int crashEverywhere(
      boolean written, Consumer<World> setting, Scene scene, Consumer<World> after) {
    for (int n = 1; ; n++) {
      try (var world = new World()) {
        setting.accept(world);
        Journal kept = world.journal;
        var failing = new Failing(kept, n, written);
        world.journal = failing;
        try {
          scene.play(world);
        } catch (JournalFailed e) {
          assertThat(e).hasMessageContaining("ends here");
        }
        boolean failed = failing.failed();
        world.restart();
        world.journal = kept;
        scene.play(world);
        after.accept(world);
        assertThat(world.engine().verifyAudit(World.TENANT).intact()).isTrue();
        if (!failed) {
          return n - 1;
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "crashed at append " + n + (written ? ", written" : ", not written"), e);
      }
    }
  }

  /**
   * Goes on from wherever the journal stands until the draft is carried out; gives up a crashed
   * engine.
   */
  private static void carryOut(World world, Draft draft) {
    var engine = world.engine();
    Optional<Proposal> known = engine.latest(World.TENANT, "thread");
    Proposal proposal = known.isPresent() ? known.get() : world.proposed(draft);
    if (engine.approval(World.TENANT, proposal.plan().id()).orElseThrow().state()
        == Approval.State.OPEN) {
      world.vote(proposal, "bob");
    }
    Run run = engine.runs(World.TENANT).getLast();
    World.until(
        () -> world.run(run.id()),
        now -> now.state().ended() || engine.check().get("engine").detail().contains("ends here"));
  }

  private static void oneEach(World world, String... names) {
    Run run = world.engine().runs(World.TENANT).getLast();
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.count(StepState.DONE)).isEqualTo(run.steps().size());
    assertThat(world.engine().runs(World.TENANT)).hasSize(1);
    for (String name : names) {
      assertThat(world.a.named(name)).as(name).hasSize(1);
    }
    assertThat(world.a.resources()).hasSize(names.length);
    assertThat(world.engine().tracked(World.TENANT)).hasSize(names.length);
  }

  private static final Draft CHAIN = draft(thing("net"), linked("web", "net"), thing("other"));

  @Test
  void quick_calls_without_tokens_make_exactly_one_of_each() {
    for (boolean written : new boolean[] {true, false}) {
      int appends =
          crashEverywhere(
              written,
              world -> world.a.namesMayRepeat(),
              world -> carryOut(world, CHAIN),
              world -> oneEach(world, "net", "web", "other"));
      assertThat(appends).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void long_operations_without_tokens_make_exactly_one_of_each() {
    for (boolean written : new boolean[] {true, false}) {
      crashEverywhere(
          written,
          world -> world.a.slow(2).namesMayRepeat(),
          world -> carryOut(world, CHAIN),
          world -> oneEach(world, "net", "web", "other"));
    }
  }

  @Test
  void long_operations_with_tokens_make_exactly_one_of_each() {
    for (boolean written : new boolean[] {true, false}) {
      crashEverywhere(
          written,
          world -> world.a.slow(2).namesMayRepeat().claims(Capability.IDEMPOTENCY_TOKEN),
          world -> carryOut(world, CHAIN),
          world -> oneEach(world, "net", "web", "other"));
    }
  }

  @Test
  void a_run_that_waits_for_the_chat_in_between_makes_exactly_one_of_each() {
    Draft waiting = waiting(CHAIN);
    for (boolean written : new boolean[] {true, false}) {
      for (int polls : new int[] {0, 2}) {
        int appends =
            crashEverywhere(
                written,
                world -> {
                  world.a.slow(polls).namesMayRepeat();
                  var asked = new AtomicInteger();
                  world.presence =
                      plan ->
                          asked.getAndIncrement() % 5 < 3
                              ? Optional.of("the chat is down")
                              : Optional.empty();
                },
                world -> carryOut(world, waiting),
                world -> oneEach(world, "net", "web", "other"));
        assertThat(appends).isGreaterThanOrEqualTo(8);
      }
    }
  }

  @Test
  void a_replacement_and_a_deletion_end_as_they_should() {
    Draft second =
        draft(thing("a", "x", Fields.of("Zone", Value.text("2"))), new Want.Remove(at("y")));
    for (boolean written : new boolean[] {true, false}) {
      crashEverywhere(
          written,
          world -> {
            world.a.namesMayRepeat();
            world.carriedOut(thing("a", "x", Fields.of("Zone", Value.text("1"))), thing("y"));
            world.restart();
          },
          world -> {
            var engine = world.engine();
            Proposal latest = engine.latest(World.TENANT, "thread").orElseThrow();
            Proposal proposal = latest.plan().id().equals("p-1") ? world.proposed(second) : latest;
            if (engine.approval(World.TENANT, proposal.plan().id()).orElseThrow().state()
                == Approval.State.OPEN) {
              world.vote(proposal, "bob");
            }
            String run = engine.runs(World.TENANT).getFirst().id();
            World.until(
                () -> world.run(run),
                now ->
                    now.state().ended()
                        || engine.check().get("engine").detail().contains("ends here"));
          },
          world -> {
            assertThat(world.engine().runs(World.TENANT).getFirst().state())
                .isEqualTo(RunState.SUCCEEDED);
            assertThat(world.a.named("x"))
                .singleElement()
                .satisfies(x -> assertThat(x.properties().text("Zone")).contains("2"));
            assertThat(world.a.named("y")).isEmpty();
            assertThat(world.engine().tracked(World.TENANT)).hasSize(1);
          });
    }
  }

  @Test
  void an_orderly_stop_in_the_middle_goes_on_afterwards() {
    try (var world = new World()) {
      var pauses = new dev.parley.engine.stand.HeldPauses(world.clock);
      world.pauses = pauses;
      world.a.slow(3);
      String run = world.started(CHAIN);
      world.until(run, now -> now.count(StepState.RUNNING) == 2 && pauses.waiting() >= 2);
      world.restart();
      world.pauses = new dev.parley.engine.stand.SwiftPauses(world.clock);
      assertThat(world.ended(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(world.a.resources()).hasSize(3);
      assertThat(world.a.asked(asked -> asked.operation().equals("create"))).isEqualTo(3);
    }
  }
}
