package dev.parley.benchmarks;

import dev.parley.app.house.Installation;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.resource.ResourceType;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What Parley itself costs: plan and run of n flat resources and of a chain, the journal on disk, a
 * cloud that takes no time. Where terraform is installed, the same shapes with {@code
 * terraform_data}.
 */
final class StepsDriver {
  private static final ResourceType QUEUE = ResourceType.of("aws:AWS::SQS::Queue");

  private StepsDriver() {}

  public static void main(String[] args) throws Exception {
    List<Integer> numbers =
        Stream.of(args).filter(arg -> arg.matches("\\d+")).map(Integer::valueOf).toList();
    int repeats = numbers.isEmpty() ? 3 : numbers.getFirst();
    int most = numbers.size() > 1 ? numbers.get(1) : 5_000;
    boolean terraform = onPath("terraform") && !List.of(args).contains("--no-terraform");
    System.out.printf(
        "%-12s %10s %10s %10s %14s%n",
        "shape", "plan ms", "run ms", "steps/s", terraform ? "terraform s" : "");
    measure("warm-up", 100, false, 1, false);
    for (int size : new int[] {100, 1_000, 5_000}) {
      if (size <= most) {
        measure("flat", size, false, repeats, terraform);
      }
    }
    measure("chain", Math.min(most, 1_000), true, repeats, terraform);
  }

  private static void measure(String shape, int size, boolean chain, int repeats, boolean terraform)
      throws Exception {
    long[] plan = new long[repeats];
    long[] run = new long[repeats];
    for (int i = 0; i < repeats; i++) {
      Path folder = Bench.folder();
      try (Installation house = Bench.open(folder)) {
        Engine engine = house.engine();
        User ann = engine.directory().user(Bench.TENANT, "ann").orElseThrow();
        engine.propose(Bench.TENANT, "warm", ann, "warm", draft("w" + i, 1, false));
        long start = System.nanoTime();
        Engine.Outcome outcome =
            engine.propose(Bench.TENANT, "bench", ann, "bench", draft(shape, size, chain));
        plan[i] = System.nanoTime() - start;
        Proposal proposal = ((Engine.Outcome.Proposed) outcome).proposal();
        start = System.nanoTime();
        vote(engine, proposal);
        await(engine, proposal.plan().id());
        run[i] = System.nanoTime() - start;
      } finally {
        Bench.delete(folder);
      }
    }
    double runMillis = Bench.millis(run, 0.5);
    String peer = terraform && size >= 1_000 ? terraform(size, chain) : "";
    System.out.printf(
        "%-12s %10.0f %10.0f %10.0f %14s%n",
        shape + " " + size, Bench.millis(plan, 0.5), runMillis, size / runMillis * 1000, peer);
  }

  private static Draft draft(String name, int size, boolean chain) {
    var wants = new ArrayList<Want>(size);
    for (int i = 0; i < size; i++) {
      Fields properties = Fields.of("QueueName", Value.text(name + "-" + i));
      if (chain && i > 0) {
        var before = new Value.Ref(name + "-" + (i - 1), "/Arn");
        properties =
            properties.with(
                "RedrivePolicy",
                Fields.of("deadLetterTargetArn", before).with("maxReceiveCount", Value.num(3)));
      }
      wants.add(new Want.Make(name + "-" + i, new Want.OfType(QUEUE, properties), Place.ANY));
    }
    return new Draft(
        name,
        Optional.of("development"),
        Place.ANY,
        wants,
        Map.of(),
        Optional.empty(),
        false,
        "bench");
  }

  private static void vote(Engine engine, Proposal proposal) {
    var cast =
        new Engine.VoteCast(
            Bench.TENANT,
            proposal.plan().id(),
            proposal.digest(),
            new Person("console", "", "bob"),
            Vote.Decision.APPROVE,
            Vote.Means.BUTTON,
            "");
    Engine.Ballot ballot = engine.vote(cast);
    if (ballot.receipt().isEmpty()) {
      throw new IllegalStateException(ballot.message());
    }
  }

  private static void await(Engine engine, String plan) {
    while (true) {
      Optional<Run> run =
          engine.runs(Bench.TENANT).stream().filter(one -> one.plan().equals(plan)).findFirst();
      if (run.isPresent() && run.get().state().ended()) {
        if (run.get().state() != RunState.SUCCEEDED) {
          throw new IllegalStateException(run.get().message());
        }
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  // ---- the peer

  private static boolean onPath(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Plan and apply, in seconds. */
  private static String terraform(int size, boolean chain)
      throws IOException, InterruptedException {
    Path folder = Bench.folder();
    try {
      var text = new StringBuilder("{\"resource\":{\"terraform_data\":{");
      for (int i = 0; i < size; i++) {
        String input = chain && i > 0 ? "${terraform_data.r" + (i - 1) + ".id}" : "v";
        text.append(i > 0 ? "," : "")
            .append("\"r")
            .append(i)
            .append("\":{\"input\":\"")
            .append(input)
            .append("\"}");
      }
      Files.writeString(folder.resolve("main.tf.json"), text.append("}}}"));
      call(folder, "init", "-input=false");
      long start = System.nanoTime();
      call(folder, "plan", "-input=false", "-out=p");
      double plan = (System.nanoTime() - start) / 1e9;
      start = System.nanoTime();
      call(folder, "apply", "-input=false", "p");
      return "%.1f + %.1f".formatted(plan, (System.nanoTime() - start) / 1e9);
    } finally {
      Bench.delete(folder);
    }
  }

  private static void call(Path folder, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().put("TF_IN_AUTOMATION", "1");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IOException("terraform " + words[0] + " failed");
    }
  }
}
