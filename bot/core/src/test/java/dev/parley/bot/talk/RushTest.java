package dev.parley.bot.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RushTest {
  private final AtomicLong now = new AtomicLong(-5_000_000_000L);
  private final Rush rush = new Rush(now::get);

  private void heard(int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      now.addAndGet(apart.toNanos());
      rush.moves();
    }
  }

  @Test
  void a_few_who_speak_at_once_are_none() {
    assertThat(rush.goesOn()).isFalse();
    heard(31, Duration.ZERO);
    assertThat(rush.goesOn()).isFalse();
  }

  @Test
  void many_within_a_second_are_one() {
    heard(32, Duration.ofMillis(25));
    assertThat(rush.goesOn()).isTrue();
  }

  @Test
  void many_who_speak_one_after_another_are_none() {
    heard(200, Duration.ofMillis(35));
    assertThat(rush.goesOn()).isFalse();
  }

  @Test
  void it_is_over_when_nobody_has_spoken_for_a_moment() {
    heard(300, Duration.ofMillis(1));
    now.addAndGet(Duration.ofMillis(149).toNanos());
    assertThat(rush.goesOn()).isTrue();
    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(rush.goesOn()).isFalse();
  }

  @Test
  void if_the_many_do_not_end_nobody_waits_any_more_until_they_have() {
    heard(100, Duration.ofMillis(20));
    assertThat(rush.goesOn()).isTrue();
    heard(100, Duration.ofMillis(20));
    assertThat(rush.goesOn()).isFalse();
    heard(1, Duration.ofSeconds(2));
    heard(40, Duration.ofMillis(10));
    assertThat(rush.goesOn()).isTrue();
  }
}
