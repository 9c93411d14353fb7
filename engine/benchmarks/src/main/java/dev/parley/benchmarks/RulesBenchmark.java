package dev.parley.benchmarks;

import dev.parley.app.house.Installation;
import dev.parley.approval.Proposal;
import dev.parley.engine.Engine;
import dev.parley.identity.Account;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.policy.Rulebook;
import dev.parley.policy.Verdict;
import dev.parley.rules.DroolsRulebook;
import dev.parley.rules.RulebookSettings;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** All packs over a plan of virtual machines, buckets and queues. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
public class RulesBenchmark {
  /** Resources in the plan. */
  @Param({"20", "1000"})
  public int resources = 20;

  private Rulebook rulebook = DroolsRulebook.open(RulebookSettings.defaults());
  private Optional<Rulebook.Case> plan = Optional.empty();

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    org.openjdk.jmh.Main.main(args.length > 0 ? args : new String[] {"RulesBenchmark"});
  }

  /** Makes the plan with the whole program, once. */
  @Setup(Level.Trial)
  public void make() {
    Path folder = Bench.folder();
    try (Installation house = Bench.open(folder)) {
      Engine engine = house.engine();
      User ann = engine.directory().user(Bench.TENANT, "ann").orElseThrow();
      var wants = new ArrayList<Want>();
      for (int i = 0; i < resources; i++) {
        String service = List.of("vm", "bucket", "queue").get(i % 3);
        wants.add(
            new Want.Make(
                service + "-" + i,
                new Want.OfService(service, Fields.of("size", Value.text("small"))),
                Place.ANY));
      }
      var draft =
          new Draft(
              "bench",
              Optional.of("development"),
              Place.ANY,
              wants,
              Map.of(),
              Optional.empty(),
              false,
              "bench");
      Proposal proposal =
          switch (engine.propose(Bench.TENANT, "bench", ann, "bench", draft)) {
            case Engine.Outcome.Proposed proposed -> proposed.proposal();
            case Engine.Outcome.Rejected rejected ->
                throw new IllegalStateException(rejected.problems().toString());
            case Engine.Outcome.Nothing nothing -> nothing.proposal();
          };
      Account account = engine.accounts().account(Bench.TENANT, "aws-dev").orElseThrow();
      plan =
          Optional.of(
              new Rulebook.Case(
                  engine.accounts().tenant(Bench.TENANT).orElseThrow(),
                  proposal.plan(),
                  proposal.estimate(),
                  ann,
                  Map.of(account.id(), account),
                  List.of(),
                  List.of(),
                  List.of(),
                  proposal.plan().created()));
    } finally {
      Bench.delete(folder);
    }
  }

  /** One judgement. */
  @Benchmark
  public Verdict judge() {
    return rulebook.judge(plan.orElseThrow());
  }

  /** Closes the rulebook. */
  @TearDown(Level.Trial)
  public void close() {
    rulebook.close();
  }
}
