package dev.parley.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.stand.HeldPauses;
import dev.parley.engine.stand.MovableClock;
import dev.parley.engine.stand.World;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaneTest {
  private final MovableClock clock = new MovableClock();
  private final HeldPauses pauses = new HeldPauses(clock);
  private final Lane lane = new Lane("a", 2, clock, pauses);

  @Test
  void no_more_at_once_than_it_is_wide_and_looks_go_before_calls() throws Exception {
    var gate = new CountDownLatch(1);
    var order = new ConcurrentLinkedQueue<String>();
    var started = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      lane.call(
          () -> {
            started.countDown();
            await(gate);
          });
    }
    started.await();
    lane.call(() -> order.add("call"));
    lane.look(() -> order.add("look"));
    assertThat(order).isEmpty();
    gate.countDown();
    World.until(order::size, size -> size == 2);
    assertThat(order).first().isEqualTo("look");
  }

  @Test
  void after_throttling_it_waits_as_long_as_it_was_told_and_is_slower_then() {
    var passed = new AtomicInteger();
    lane.throttled(Duration.ofSeconds(30));
    for (int i = 0; i < 10; i++) {
      lane.call(passed::incrementAndGet);
    }
    pauses.pass(Duration.ofSeconds(29));
    assertThat(passed).hasValue(0);
    int first =
        World.until(
            () -> {
              pauses.passToNext();
              return passed.get();
            },
            count -> count >= 1);
    assertThat(first).as("not all at once").isLessThan(10);
    World.until(
        () -> {
          pauses.passToNext();
          return passed.get();
        },
        count -> count == 10);
  }

  @Test
  void a_breaker_opens_after_five_failures_lets_one_try_and_closes_when_it_is_answered() {
    var breaker = new Breaker();
    Instant now = clock.instant();
    for (int i = 0; i < 4; i++) {
      breaker.down(now);
    }
    assertThat(breaker.admit(now)).isZero();
    breaker.down(now);
    assertThat(breaker.admit(now)).isEqualTo(Duration.ofSeconds(10));
    Instant later = now.plusSeconds(10);
    assertThat(breaker.admit(later)).isZero();
    assertThat(breaker.admit(later)).as("only one tries").isPositive();
    breaker.down(later);
    assertThat(breaker.admit(later)).isEqualTo(Duration.ofSeconds(20));
    Instant muchLater = later.plusSeconds(20);
    assertThat(breaker.admit(muchLater)).isZero();
    breaker.answered();
    assertThat(breaker.admit(muchLater)).isZero();
    assertThat(breaker.admit(muchLater)).isZero();
  }

  @Test
  void a_bucket_recovers_with_calls_that_go_through() {
    var bucket = new Bucket();
    Instant now = clock.instant();
    for (int i = 0; i < 100; i++) {
      assertThat(bucket.take(now)).isZero();
    }
    bucket.throttled(now, Duration.ofSeconds(1));
    assertThat(bucket.take(now)).isEqualTo(Duration.ofSeconds(1));
    Instant later = now.plusSeconds(1);
    assertThat(bucket.take(later)).isBetween(Duration.ofMillis(15), Duration.ofMillis(25));
    for (int i = 0; i < 60; i++) {
      bucket.passed();
    }
    assertThat(bucket.take(later.plusMillis(1))).isZero();
  }

  @Test
  void what_waits_is_dropped_when_it_closes() throws Exception {
    lane.throttled(Duration.ofSeconds(30));
    var passed = new AtomicInteger();
    lane.call(passed::incrementAndGet);
    lane.close();
    lane.drain(Duration.ofSeconds(1));
    pauses.pass(Duration.ofMinutes(5));
    lane.call(passed::incrementAndGet);
    assertThat(passed).hasValue(0);
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
