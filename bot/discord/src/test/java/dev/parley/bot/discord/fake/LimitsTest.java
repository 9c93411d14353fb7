package dev.parley.bot.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.discord.fake.Limits.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final AtomicLong now = new AtomicLong(1);
  private final Limits limits = new Limits(now::get);

  private Limits.Standing count(Kind kind, String channel) {
    return limits.count(kind, channel).orElseThrow();
  }

  private void passes(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void nothing_is_counted_before_the_pace_is_switched_on() {
    assertThat(limits.count(Kind.POST, "a")).isEmpty();
  }

  @Test
  void five_messages_in_five_seconds_for_each_channel() {
    limits.keep(1);
    for (int i = 4; i >= 0; i--) {
      assertThat(count(Kind.POST, "a").left()).isEqualTo(i);
    }
    passes(Duration.ofSeconds(4));
    assertThat(count(Kind.POST, "a").pause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(count(Kind.POST, "b").slowed()).isFalse();
    assertThat(count(Kind.EDIT, "a").slowed()).isFalse();
    passes(Duration.ofSeconds(1));
    assertThat(count(Kind.POST, "a").slowed()).isFalse();
  }

  @Test
  void one_reaction_in_a_quarter_of_a_second() {
    limits.keep(1);
    assertThat(count(Kind.REACTION, "a").slowed()).isFalse();
    assertThat(count(Kind.REACTION, "a").pause()).isEqualTo(Duration.ofMillis(250));
    passes(Duration.ofMillis(250));
    assertThat(count(Kind.REACTION, "a").slowed()).isFalse();
  }

  @Test
  void fifty_a_second_in_all_but_for_answers_to_interactions() {
    limits.keep(1);
    for (int i = 0; i < 50; i++) {
      assertThat(count(Kind.POST, "c" + i).slowed()).isFalse();
    }
    assertThat(count(Kind.POST, "one-more").global()).isTrue();
    assertThat(count(Kind.ANSWER, "a-token").slowed()).isFalse();
    passes(Duration.ofSeconds(1));
    assertThat(count(Kind.POST, "one-more").slowed()).isFalse();
  }

  @Test
  void a_faster_stand_in_has_shorter_windows() {
    limits.keep(10);
    for (int i = 0; i < 5; i++) {
      count(Kind.POST, "a");
    }
    assertThat(count(Kind.POST, "a").pause()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void every_call_is_counted_with_its_kind() {
    assertThat(Kind.of("POST", "channels/1/messages".split("/"))).isEqualTo(Kind.POST);
    assertThat(Kind.of("PATCH", "channels/1/messages/2".split("/"))).isEqualTo(Kind.EDIT);
    assertThat(Kind.of("POST", "channels/1/messages/2/threads".split("/"))).isEqualTo(Kind.THREAD);
    assertThat(Kind.of("PUT", "channels/1/messages/2/reactions/x/@me".split("/")))
        .isEqualTo(Kind.REACTION);
    assertThat(Kind.of("GET", "channels/1/messages".split("/"))).isEqualTo(Kind.OTHER);
    assertThat(Kind.of("POST", "interactions/1/t/callback".split("/"))).isEqualTo(Kind.ANSWER);
    assertThat(Kind.of("PATCH", "channels/1".split("/"))).isEqualTo(Kind.OTHER);
  }
}
