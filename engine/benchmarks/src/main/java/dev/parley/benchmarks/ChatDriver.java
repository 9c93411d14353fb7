package dev.parley.benchmarks;

import dev.parley.app.house.Installation;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * From a message to its plan card, in one thread of conversation after the other and in 300 at
 * once.
 */
final class ChatDriver {
  private static final List<String> REQUESTS =
      List.of(
          "3 t3.medium vms called web%d behind a load balancer in eu-west-1, max 60 usd a day",
          "a private bucket called reports-%d and a queue called jobs%d",
          "a small vm called app%d with a postgres database called db%d",
          "a network called net%d with 2 subnets",
          "create AWS::SQS::Queue q%d VisibilityTimeout=60");

  private ChatDriver() {}

  public static void main(String[] args) throws Exception {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 300;
    Path folder = Bench.folder();
    try (Installation house = Bench.open(folder)) {
      Bot bot = house.bot(BotSettings.of(Bench.TENANT).prompt());
      var surface = new BenchSurface();
      bot.attach(surface);
      for (int i = 0; i < 150; i++) {
        latency(surface, i);
      }
      long[] one = new long[100];
      for (int i = 0; i < one.length; i++) {
        one[i] = latency(surface, 1_000 + i);
      }
      report("1 thread", one);
      report(threads + " threads, a message each in 60 s", many(surface, threads, 60_000, 10_000));
      report(threads + " threads, a message each in 10 s", many(surface, threads, 10_000, 20_000));
      report(threads + " threads in one burst", many(surface, threads, 0, 30_000));
      bot.quiet(Duration.ofMinutes(1));
    } finally {
      Bench.delete(folder);
    }
  }

  /** Each thread of conversation says one thing, at a random moment within the span. */
  private static long[] many(BenchSurface surface, int threads, int spanMillis, int base)
      throws InterruptedException {
    long[] nanos = new long[threads];
    var done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      int at = i;
      long pause =
          spanMillis == 0 ? 0 : ThreadLocalRandom.current().nextLong(spanMillis * 1_000_000L);
      Thread.ofVirtual()
          .start(
              () -> {
                LockSupport.parkNanos(pause);
                try {
                  nanos[at] = latency(surface, base + at);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    return nanos;
  }

  private static long latency(BenchSurface surface, int number) throws Exception {
    String text = REQUESTS.get(number % REQUESTS.size()).replace("%d", Integer.toString(number));
    return surface.plan("t" + number, text);
  }

  private static void report(String what, long[] nanos) {
    System.out.printf(
        "%-36s p50 %6.1f ms   p95 %6.1f ms   max %6.1f ms%n",
        what, Bench.millis(nanos, 0.5), Bench.millis(nanos, 0.95), Bench.millis(nanos, 1));
  }
}
