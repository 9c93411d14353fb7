package dev.parley.bot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoardTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final AtomicInteger threads = new AtomicInteger();
  private final Board board = new Board(clock, () -> "t-" + threads.incrementAndGet());

  private static Card card(String title) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        title,
        List.of(Part.text(title)),
        List.of(),
        title,
        Fields.EMPTY);
  }

  @Test
  void the_same_key_is_posted_once() {
    Posting first = board.post("t", card("one"), "key");
    assertThat(board.post("t", card("other"), "key")).isEqualTo(first);
    assertThat(board.thread("t")).containsExactly(first);
  }

  @Test
  void an_edit_that_is_not_newer_changes_nothing_and_tells_nobody() {
    var told = new ArrayList<Posting>();
    Posting first = board.post("t", card("one"), "key");
    board.read(told::add);
    board.edit(first.id(), card("two"), 5);
    board.edit(first.id(), card("again"), 5);
    board.edit(first.id(), card("older"), 4);
    board.edit(first.id() + 1, card("nowhere"), 9);
    assertThat(told)
        .extracting(posting -> posting.card().orElseThrow().title())
        .containsExactly("two");
  }

  @Test
  void a_number_goes_on_behind_what_was_recalled() {
    long old = clock.millis() + 1_000;
    board.recall(old, "t", "ann", "before", Optional.empty(), clock.instant());
    assertThat(board.said(Optional.of("t"), "ann", "after").id()).isGreaterThan(old);
    assertThat(board.thread("t")).extracting(Posting::text).containsExactly("before", "after");
  }

  @Test
  void nobody_writes_into_a_thread_that_is_not_there() {
    assertThatThrownBy(() -> board.said(Optional.of("t-9"), "ann", "x"))
        .isInstanceOf(Missing.class)
        .hasMessageContaining("t-9");
    assertThat(board.threads()).isEmpty();
  }

  @Test
  void an_emoji_is_told_only_when_it_changes_something() {
    long id = board.post("t", card("one"), "key").id();
    assertThat(board.react(id, "+1", "bob", true)).isTrue();
    assertThat(board.react(id, "+1", "bob", true)).isFalse();
    assertThat(board.posting(id).orElseThrow().reactions())
        .containsOnlyKeys("+1")
        .containsValue(Set.of("bob"));
    assertThat(board.react(id, "+1", "bob", false)).isTrue();
    assertThat(board.posting(id).orElseThrow().reactions()).isEmpty();
  }

  @Test
  void whispered_cards_have_numbers_of_their_own_and_stand_in_no_thread() {
    Posting posted = board.post("t", card("aloud"), "key");
    long whispered = board.whispered(card("quietly"));
    assertThat(whispered).isNotEqualTo(posted.id());
    assertThat(board.card(whispered).orElseThrow().title()).isEqualTo("quietly");
    assertThat(board.posting(whispered)).isEmpty();
    assertThat(board.thread("t")).containsExactly(posted);
  }

  @Test
  void only_so_much_is_kept_the_newest_of_it() {
    Posting first = board.post("t", card("first"), "first");
    for (int i = 0; i < Board.MOST; i++) {
      board.post("t", card("more"), "key-" + i);
    }
    assertThat(board.posting(first.id())).isEmpty();
    assertThat(board.thread("t")).hasSize(Board.MOST);
    assertThat(board.post("t", card("first"), "first").id()).isGreaterThan(first.id());
  }
}
