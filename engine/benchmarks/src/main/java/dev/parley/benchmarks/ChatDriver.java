package dev.parley.benchmarks;

import dev.parley.app.house.Installation;
import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Place;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
      var surface = new MemorySurface("console", house.clock());
      bot.attach(surface);
      for (int i = 0; i < 60; i++) {
        latency(surface, i);
      }
      report("1 thread", one(surface, 100));
      report(threads + " threads, a message each 1 s", many(surface, threads, 1_000));
      report(threads + " threads in one burst", many(surface, threads, 0));
      bot.quiet(Duration.ofMinutes(1));
    } finally {
      Bench.delete(folder);
    }
  }

  private static long[] one(MemorySurface surface, int count) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = latency(surface, 1_000 + i);
    }
    return nanos;
  }

  /** Each thread of conversation says one thing, at a random moment within the span. */
  private static long[] many(MemorySurface surface, int threads, int spanMillis)
      throws InterruptedException {
    long[] nanos = new long[threads];
    var done = new CountDownLatch(threads);
    var workers = new ArrayList<Thread>();
    int base = 10_000 + ThreadLocalRandom.current().nextInt(1_000_000);
    for (int i = 0; i < threads; i++) {
      int at = i;
      workers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    if (spanMillis > 0) {
                      LockSupport.parkNanos(
                          ThreadLocalRandom.current().nextLong(spanMillis * 1_000_000L));
                    }
                    nanos[at] = latency(surface, base + at);
                    done.countDown();
                  }));
    }
    done.await();
    return nanos;
  }

  private static long latency(MemorySurface surface, int number) {
    Place place = surface.place("t" + number);
    String text = REQUESTS.get(number % REQUESTS.size()).replace("%d", Integer.toString(number));
    long start = System.nanoTime();
    surface.say(surface.human("ann"), place, text);
    while (surface.cards(place).values().stream()
        .noneMatch(card -> card.stage() == Card.Stage.PLAN)) {
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException(
            "no plan card for: "
                + text
                + ": "
                + surface.cards(place).values().stream().map(Card::fallback).toList());
      }
      LockSupport.parkNanos(500_000);
    }
    return System.nanoTime() - start;
  }

  private static void report(String what, long[] nanos) {
    System.out.printf(
        "%-34s p50 %6.1f ms   p95 %6.1f ms   max %6.1f ms%n",
        what, Bench.millis(nanos, 0.5), Bench.millis(nanos, 0.95), Bench.millis(nanos, 1));
  }
}
