package dev.parley.bot.web;

import dev.parley.bot.surface.Card;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One message on the page.
 *
 * @param id unique on the page; counts up in the order of posting
 * @param author a person's id, or {@code parley}
 * @param text what a person wrote; empty for a card
 * @param revision of the card; an older edit is dropped
 * @param reactions emoji → who put it there
 */
record Posting(
    long id,
    String thread,
    String author,
    String text,
    Optional<Card> card,
    long revision,
    Map<String, Set<String>> reactions,
    Instant at) {
  static final String BOT = "parley";

  Posting with(Card newer, long newRevision) {
    return new Posting(id, thread, author, text, Optional.of(newer), newRevision, reactions, at);
  }

  Posting reacted(Map<String, Set<String>> now) {
    return new Posting(id, thread, author, text, card, revision, now, at);
  }
}
