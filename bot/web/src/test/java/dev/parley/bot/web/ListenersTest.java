package dev.parley.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final Listeners listeners = new Listeners("start");

  private void tell(String text) {
    listeners.tell("posting", Optional.empty(), Fields.of("text", Value.text(text)));
  }

  /** What has been told to a listener that is told something at least. */
  private static List<String> heard(Listeners.Listener listener, int count)
      throws InterruptedException {
    var all = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      Listeners.Told told = listener.next().orElseThrow();
      all.add(told.kind().equals("hello") ? "hello" : told.body().text("text").orElseThrow());
    }
    return all;
  }

  @Test
  void a_new_page_is_told_to_read_everything_and_then_what_happens() throws InterruptedException {
    tell("before");
    try (var page = listeners.listen("ann", Optional.empty())) {
      tell("after");
      assertThat(heard(page, 2)).containsExactly("hello", "after");
    }
  }

  @Test
  void a_page_that_comes_back_gets_exactly_what_it_missed() throws InterruptedException {
    tell("1");
    tell("2");
    tell("3");
    try (var page = listeners.listen("ann", Optional.of("start-1"))) {
      tell("4");
      assertThat(heard(page, 3)).containsExactly("2", "3", "4");
    }
    try (var page = listeners.listen("ann", Optional.of("start-4"))) {
      tell("5");
      assertThat(heard(page, 1)).containsExactly("5");
    }
  }

  @Test
  void a_page_that_was_away_too_long_reads_everything_anew() throws InterruptedException {
    for (int i = 1; i <= Listeners.KEPT + 2; i++) {
      tell("" + i);
    }
    try (var page = listeners.listen("ann", Optional.of("start-1"))) {
      assertThat(heard(page, 1)).containsExactly("hello");
    }
    try (var page = listeners.listen("ann", Optional.of("start-2"))) {
      assertThat(heard(page, 1)).containsExactly("3");
    }
  }

  @Test
  void a_number_of_an_earlier_start_or_nonsense_is_not_taken_for_our_own()
      throws InterruptedException {
    tell("1");
    tell("2");
    for (String id :
        List.of(
            "earlier-1", "1", "start-", "start--1", "start-9", "start-99999999999999999999", "")) {
      try (var page = listeners.listen("ann", Optional.of(id))) {
        assertThat(heard(page, 1)).as(id).containsExactly("hello");
      }
    }
  }

  @Test
  void what_is_whispered_reaches_its_person_alone_also_when_they_come_back()
      throws InterruptedException {
    try (var ann = listeners.listen("ann", Optional.empty());
        var bob = listeners.listen("bob", Optional.empty())) {
      listeners.tell("whisper", Optional.of("bob"), Fields.of("text", Value.text("psst")));
      tell("aloud");
      assertThat(heard(ann, 2)).containsExactly("hello", "aloud");
      assertThat(heard(bob, 3)).containsExactly("hello", "psst", "aloud");
    }
    try (var ann = listeners.listen("ann", Optional.of("start-0"));
        var bob = listeners.listen("bob", Optional.of("start-0"))) {
      assertThat(heard(ann, 1)).containsExactly("aloud");
      assertThat(heard(bob, 2)).containsExactly("psst", "aloud");
    }
  }

  @Test
  void a_page_that_reads_too_slowly_is_dropped_and_delays_nobody() throws InterruptedException {
    try (var slow = listeners.listen("ann", Optional.empty());
        var quick = listeners.listen("bob", Optional.empty())) {
      int told = 0;
      while (slow.isOpen()) {
        tell("" + ++told);
        assertThat(quick.next()).isPresent();
        assertThat(told).isLessThan(10 * Listeners.KEPT);
      }
      assertThat(listeners.size()).isOne();
      assertThat(quick.isOpen()).isTrue();
    }
  }

  @Test
  void closing_lets_a_waiting_page_go_at_once() throws InterruptedException {
    var page = listeners.listen("ann", Optional.empty());
    assertThat(heard(page, 1)).containsExactly("hello");
    var waiting =
        new Thread(
            () -> {
              try {
                var _ = page.next();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.start();
    long began = System.nanoTime();
    listeners.close();
    waiting.join(9_000);
    assertThat(waiting.isAlive()).isFalse();
    assertThat(System.nanoTime() - began).isLessThan(9_000_000_000L);
    assertThat(page.isOpen()).isFalse();
    assertThat(listeners.size()).isZero();
  }
}
