package dev.parley.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Many people ask for something at once on Slack or Discord: the whole program in a process of its
 * own, with the official SDK, against the stand-in in this one, which keeps the platform's pace.
 * Says how long people wait for the first sign and for the plan card, beside what the pace allows
 * at best. Exits with 1 if anything was lost, shown twice, or acknowledged late.
 */
final class PlatformDriver {
  static final int WARM_UPS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration EDITS = Duration.ofMinutes(10);
  private static final Duration LATEST = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Looks for emoji between two looks at everything, so that looking takes no time to speak of. */
  private static final int LOOKS = 10;

  private static final List<String> REQUESTS =
      List.of(
          "3 t3.medium vms called web%d behind a load balancer in eu-west-1, max 60 usd a day",
          "a private bucket called reports-%d and a queue called jobs%d",
          "a small vm called app%d with a postgres database called db%d",
          "a network called net%d with 2 subnets",
          "create AWS::SQS::Queue q%d VisibilityTimeout=60");

  private final Load load;
  private final StandIn platform;
  private final Map<String, Instant> noticed = new HashMap<>();
  private final List<String> troubles = new ArrayList<>();
  private Instant current = Instant.MAX;

  private PlatformDriver(Load load, StandIn platform) {
    this.load = load;
    this.platform = platform;
  }

  public static void main(String[] args) throws Exception {
    Load load;
    try {
      load = Load.read(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Load.USAGE);
      System.exit(2);
      return;
    }
    boolean good = true;
    for (int i = 0; i < load.repeats(); i++) {
      try (StandIn platform =
          load.platform().equals("slack") ? new SlackStandIn(load) : new DiscordStandIn(load)) {
        good &= new PlatformDriver(load, platform).run();
      }
    }
    System.exit(good ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path folder = Bench.folder();
    try (var program = new Program(folder, configuration(), platform.secrets())) {
      await("a connection", PATIENCE, platform::connected);
      warmUp();
      double before = program.processor();
      List<Asked> asked = ask();
      follow(asked);
      times(asked);
      settle(asked);
      return report(asked, program.processor() - before);
    } finally {
      Bench.delete(folder);
    }
  }

  private String configuration() {
    var out = new StringBuilder("data: data\ntenants:\n  bench:\n    currency: USD\n    users:\n");
    for (int i = -1; i < load.people(); i++) {
      String name = i < 0 ? "warmer" : "person" + i;
      out.append("      " + name + ": {roles: [viewer, operator], people: [\"");
      out.append(platform.person(i) + "\"]}\n");
    }
    out.append(
        """
              boss: {roles: [viewer, approver, admin], teams: [security, finops, sre], people: ["web::boss"]}
            accounts:
              aws-dev:
                provider: sandbox
                family: aws
                region: eu-west-1
                environment: development
                tags: {cost-center: "1"}
                settings: {latency: 0, durable: false, concurrency: 64}
        surfaces:
          web: {enabled: false}
          console: {enabled: false}
        """);
    return out + platform.surface();
  }

  private void warmUp() {
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < load.warm(); i++) {
      asked.add(platform.warm(i % WARM_UPS, text(100_000 + i)));
    }
    await("the warm-up", PATIENCE, () -> answered(asked) == asked.size());
  }

  private static String text(int number) {
    return REQUESTS.get(number % REQUESTS.size()).replace("%d", Integer.toString(number));
  }

  /** All of them ask, each at its moment. */
  private List<Asked> ask() throws InterruptedException {
    var asked = new ConcurrentLinkedQueue<Asked>();
    var done = new CountDownLatch(load.threads());
    for (int i = 0; i < load.threads(); i++) {
      int number = i;
      long pause =
          load.seconds() == 0
              ? 0
              : ThreadLocalRandom.current().nextLong(load.seconds() * 1_000_000_000L);
      Thread.ofVirtual()
          .start(
              () -> {
                LockSupport.parkNanos(pause);
                try {
                  asked.add(
                      platform.ask(
                          number % load.people(), number % load.channels(), text(1000 + number)));
                } finally {
                  done.countDown();
                }
              });
    }
    while (!done.await(LOOK.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
      look(asked);
    }
    if (asked.size() < load.threads()) {
      troubles.add((load.threads() - asked.size()) + " could not even ask");
    }
    return asked.stream().sorted(Comparator.comparing(Asked::at)).toList();
  }

  /** Looks until every request has its plan card, or patience ends. */
  private void follow(List<Asked> asked) {
    Duration slowest =
        platform.bound().of(asked).plan().values().stream()
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    Duration longest = slowest.multipliedBy(5).plus(PATIENCE);
    long end = System.nanoTime() + longest.toNanos();
    while (System.nanoTime() < end && answered(asked) < asked.size()) {
      for (int i = 0; i < LOOKS; i++) {
        look(asked);
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /** Waits until every root card names its plan, or patience ends. */
  private void settle(List<Asked> asked) {
    long end = System.nanoTime() + EDITS.toNanos();
    while (answered(asked) == asked.size() && System.nanoTime() < end && !allCurrent(asked)) {
      LockSupport.parkNanos(LOOK.multipliedBy(LOOKS).toNanos());
    }
    current = Instant.now();
    LockSupport.parkNanos(Duration.ofSeconds(3).toNanos()); // what comes twice comes late
  }

  private void look(java.util.Collection<Asked> asked) {
    List<Asked> open = asked.stream().filter(one -> !noticed.containsKey(one.message())).toList();
    Instant now = Instant.now();
    platform.noticed(open).forEach(one -> noticed.put(one.message(), now));
  }

  private long answered(List<Asked> asked) {
    Map<String, Sight> sights = platform.sights();
    return asked.stream()
        .filter(one -> sights.getOrDefault(one.message(), Sight.NOTHING).plan().isPresent())
        .count();
  }

  private boolean allCurrent(List<Asked> asked) {
    Map<String, Sight> sights = platform.sights();
    return asked.stream()
        .allMatch(one -> sights.getOrDefault(one.message(), Sight.NOTHING).current());
  }

  /** How long people waited. */
  private void times(List<Asked> asked) {
    Map<String, Sight> sights = platform.sights();
    Bound.Best best = platform.bound().of(asked);
    var first = new ArrayList<Duration>();
    var plans = new ArrayList<Duration>();
    for (Asked one : asked) {
      Sight sight = sights.getOrDefault(one.message(), Sight.NOTHING);
      Stream.concat(sight.root().stream(), Optional.ofNullable(noticed.get(one.message())).stream())
          .min(Comparator.naturalOrder())
          .ifPresent(at -> first.add(Duration.between(one.at(), at)));
      sight.plan().ifPresent(at -> plans.add(Duration.between(one.at(), at)));
    }
    System.out.printf(
        "%s: %d threads in %d channels by %d people within %d s%n",
        load.platform(), load.threads(), load.channels(), load.people(), load.seconds());
    System.out.println(
        "  first sign   " + Figures.of(first).beside(Figures.of(best.sign().values())));
    System.out.println(
        "  plan card    " + Figures.of(plans).beside(Figures.of(best.plan().values())));
    System.out.println(
        "  acknowledged "
            + Figures.of(asked.stream().map(Asked::acknowledged).toList())
            + "   emoji seen on "
            + noticed.size());
    System.out.flush();
  }

  private boolean report(List<Asked> asked, double processor) {
    Map<String, Sight> sights = platform.sights();
    int doubled = platform.doubled();
    int late = 0;
    int lost = load.threads() - asked.size();
    for (Asked one : asked) {
      Sight sight = sights.getOrDefault(one.message(), Sight.NOTHING);
      doubled += sight.roots().size() > 1 || sight.plans().size() > 1 ? 1 : 0;
      lost += sight.plans().isEmpty() ? 1 : 0;
      late += one.acknowledged().compareTo(LATEST) > 0 ? 1 : 0;
    }
    boolean stale = !allCurrent(asked);
    asked.stream()
        .filter(one -> !sights.getOrDefault(one.message(), Sight.NOTHING).current())
        .limit(5)
        .forEach(one -> troubles.add("stale: " + one + ", seen " + sights.get(one.message())));
    System.out.printf(
        "  every root card in its last state after %.1f s; %.1f s of processor%n",
        Duration.between(asked.getFirst().at(), current).toMillis() / 1e3, processor);
    System.out.printf(
        "  lost %d, doubled %d, late %d, stale %s, refused as too many %s%n",
        lost, doubled, late, stale ? "yes" : "no", platform.refusals());
    platform.faults().stream().limit(10).forEach(fault -> System.out.println("  fault: " + fault));
    troubles.forEach(trouble -> System.out.println("  trouble: " + trouble));
    System.out.flush();
    boolean good = lost == 0 && doubled == 0 && late == 0 && !stale;
    return good && platform.faults().isEmpty() && troubles.isEmpty();
  }

  private static void await(String what, Duration longest, BooleanSupplier seen) {
    long end = System.nanoTime() + longest.toNanos();
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not seen in time: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
