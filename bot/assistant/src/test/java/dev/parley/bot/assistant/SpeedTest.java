package dev.parley.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.plan.Conversation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTest {
  private final OfflinePlanner planner = new OfflinePlanner();

  @Test
  void an_everyday_request_is_read_in_well_under_50_milliseconds() {
    Conversation conversation = Worlds.of("running");
    String message =
        "add 2 more web servers and a redis cache, open port 443 to the world on the web servers,"
            + " max ₹1500/day, team shop, tag cost-center=42";

    assertThat(median(message, conversation)).isLessThan(50_000_000L);
  }

  @Test
  void time_grows_no_faster_than_the_message() {
    Conversation conversation = Worlds.of("running");
    String sentence = "create a bucket called data with ordrs and shpping, open port 22 on it. ";
    long shorter = median(sentence.repeat(20), conversation);
    long longer = median(sentence.repeat(200), conversation);

    assertThat(longer).isLessThan(Math.max(shorter * 40, 400_000_000L));
  }

  private long median(String message, Conversation conversation) {
    var times = new ArrayList<Long>();
    for (int i = 0; i < 30; i++) {
      long start = System.nanoTime();
      planner.read(message, conversation);
      times.add(System.nanoTime() - start);
    }
    List<Long> later = times.subList(15, 30);
    long[] sorted = later.stream().mapToLong(Long::longValue).sorted().toArray();
    assertThat(Arrays.stream(sorted).min().orElse(0)).isPositive();
    return sorted[sorted.length / 2];
  }
}
