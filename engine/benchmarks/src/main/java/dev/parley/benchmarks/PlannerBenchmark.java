package dev.parley.benchmarks;

import dev.parley.app.house.Installation;
import dev.parley.bot.assistant.OfflinePlanner;
import dev.parley.engine.Engine;
import dev.parley.plan.Conversation;
import dev.parley.plan.Reading;
import java.nio.file.Path;
import java.time.Instant;
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

/** The offline planner reading an everyday request, and messages that are long and misspelt. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
public class PlannerBenchmark {
  private static final String EVERYDAY =
      "3 web servers behind a load balancer and a redis cache, open port 443 to the world on the"
          + " web servers, max $50 a day, team shop, tag cost-center=42";
  private static final String MISSPELT =
      "create a bucket called data with ordrs and shpping, open port 22 on it. ";

  /** How often the misspelt sentence is said; 0 means the everyday request in its place. */
  @Param({"0", "20", "200"})
  public int sentences = 0;

  private final OfflinePlanner planner = new OfflinePlanner();
  private final Path folder = Bench.folder();
  private Optional<Installation> house = Optional.empty();
  private Optional<Conversation> conversation = Optional.empty();

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    org.openjdk.jmh.Main.main(args.length > 0 ? args : new String[] {"PlannerBenchmark"});
  }

  /** Opens the whole program, for its catalogs. */
  @Setup(Level.Trial)
  public void open() {
    Installation opened = Bench.open(folder);
    house = Optional.of(opened);
    Engine engine = opened.engine();
    conversation =
        Optional.of(
            new Conversation(
                engine.accounts().tenant(Bench.TENANT).orElseThrow(),
                "bench",
                engine.directory().user(Bench.TENANT, "ann").orElseThrow(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                engine.accounts().accounts(Bench.TENANT),
                Map.of("aws-dev", engine.accounts().provider(Bench.TENANT, "aws-dev").catalog()),
                List.of(),
                List.of(),
                Instant.now()));
  }

  /** One reading. */
  @Benchmark
  public Reading read() {
    return planner.read(
        sentences == 0 ? EVERYDAY : MISSPELT.repeat(sentences), conversation.orElseThrow());
  }

  /** Closes the program. */
  @TearDown(Level.Trial)
  public void close() {
    planner.close();
    house.ifPresent(Installation::close);
    Bench.delete(folder);
  }
}
