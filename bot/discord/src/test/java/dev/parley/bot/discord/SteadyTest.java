package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** When each of so many calls goes out that all want to at one moment. */
  private static List<Long> calls(int many) {
    var steady = new Steady();
    long now = System.nanoTime() + 10 * SECOND;
    var at = new ArrayList<Long>();
    for (int i = 0; i < many; i++) {
      at.add(now + steady.turn(now));
    }
    return at;
  }

  @Test
  void no_second_sees_more_than_fifty() {
    List<Long> at = calls(500);
    for (int i = 0; i < at.size(); i++) {
      long begin = at.get(i);
      assertThat(at.stream().filter(one -> one >= begin && one < begin + SECOND))
          .hasSizeLessThanOrEqualTo(50);
    }
  }

  @Test
  void a_few_wait_for_nothing_and_the_rest_come_apart() {
    List<Long> at = calls(500);
    assertThat(at.get(3)).isEqualTo(at.getFirst());
    assertThat(at.getLast() - at.getFirst()).isBetween(11 * SECOND, 12 * SECOND);
  }
}
