package dev.parley.bot.web;

import dev.parley.bot.surface.Card;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All postings of the page. Held in memory: after a restart the bot gives back what stood there.
 * Numbers begin at the instant of the start, so that none is given a second time even if what it
 * named was forgotten.
 */
final class Board {
  static final int MOST = 20_000;
  private static final int MOST_WHISPERED = 200;
  private final Clock clock;
  private final Object postings = new Object();
  private final TreeMap<Long, Posting> byId = new TreeMap<>();
  private final LinkedHashMap<String, Long> byKey = new LinkedHashMap<>();
  private final TreeMap<Long, Card> whispered = new TreeMap<>();
  private final Supplier<String> threadIds;
  private final List<Consumer<Posting>> readers = new CopyOnWriteArrayList<>();

  private long last;

  /**
   * An empty board.
   *
   * @param threadIds names for new threads, never the same again
   */
  Board(Clock clock, Supplier<String> threadIds) {
    this.clock = clock;
    this.threadIds = threadIds;
    this.last = clock.millis();
  }

  /**
   * Somebody wrote something.
   *
   * @param thread empty opens a new one
   * @throws Missing if there is no such thread
   */
  Posting said(Optional<String> thread, String author, String text) {
    synchronized (postings) {
      String in = thread.orElseGet(threadIds);
      if (thread.isPresent() && !has(in)) {
        throw new Missing("there is no thread " + in);
      }
      return keep(
          new Posting(next(), in, author, text, Optional.empty(), 0, Map.of(), clock.instant()));
    }
  }

  /** The bot posts a card; the same key again gives the posting that is there. */
  Posting post(String thread, Card card, String key) {
    synchronized (postings) {
      Posting there = byId.get(byKey.getOrDefault(key, 0L));
      if (there != null) {
        return there;
      }
      var posting =
          new Posting(
              next(), thread, Posting.BOT, "", Optional.of(card), 0, Map.of(), clock.instant());
      byKey.put(key, posting.id());
      return keep(posting);
    }
  }

  /** The bot changes a card; an edit that is not newer changes nothing. */
  void edit(long id, Card card, long revision) {
    synchronized (postings) {
      Posting before = byId.get(id);
      if (before != null && revision > before.revision()) {
        keep(before.with(card, revision));
      }
    }
  }

  /** Puts an emoji on a posting or takes it off; false if nothing changed thereby. */
  boolean react(long id, String emoji, String who, boolean on) {
    synchronized (postings) {
      Posting before = byId.get(id);
      if (before == null) {
        return false;
      }
      var reactions = new TreeMap<>(before.reactions());
      var people = new LinkedHashSet<>(reactions.getOrDefault(emoji, Set.of()));
      boolean changed = on ? people.add(who) : people.remove(who);
      if (people.isEmpty()) {
        reactions.remove(emoji);
      } else {
        reactions.put(emoji, Collections.unmodifiableSet(people));
      }
      if (changed) {
        keep(before.reacted(reactions));
      }
      return changed;
    }
  }

  /** A posting from before a restart, under its old number. */
  void recall(long id, String thread, String author, String text, Optional<Card> card, Instant at) {
    synchronized (postings) {
      last = Math.max(last, id);
      byId.putIfAbsent(id, new Posting(id, thread, author, text, card, 0, Map.of(), at));
    }
  }

  /** Keeps a card that one person alone is shown for its files; gives its number. */
  long whispered(Card card) {
    synchronized (postings) {
      long id = next();
      whispered.put(id, card);
      if (whispered.size() > MOST_WHISPERED) {
        whispered.pollFirstEntry();
      }
      return id;
    }
  }

  /** A posted or whispered card. */
  Optional<Card> card(long id) {
    synchronized (postings) {
      return Optional.ofNullable(whispered.get(id)).or(() -> posting(id).flatMap(Posting::card));
    }
  }

  /** Whether something stands in a thread. */
  boolean has(String thread) {
    synchronized (postings) {
      return byId.values().stream().anyMatch(posting -> posting.thread().equals(thread));
    }
  }

  Optional<Posting> posting(long id) {
    synchronized (postings) {
      return Optional.ofNullable(byId.get(id));
    }
  }

  /** The postings of a thread, oldest first. */
  List<Posting> thread(String thread) {
    synchronized (postings) {
      return byId.values().stream().filter(posting -> posting.thread().equals(thread)).toList();
    }
  }

  /** The first and last posting of every thread, the thread with the newest posting first. */
  List<Ends> threads() {
    synchronized (postings) {
      var ends = new LinkedHashMap<String, Ends>();
      for (Posting posting : byId.values()) {
        ends.merge(
            posting.thread(),
            new Ends(posting, posting),
            (before, now) -> new Ends(before.first(), now.last()));
      }
      return ends.values().stream()
          .sorted((a, b) -> Long.compare(b.last().id(), a.last().id()))
          .toList();
    }
  }

  /** Tells every change of a posting from now on. */
  void read(Consumer<Posting> reader) {
    readers.add(reader);
  }

  /** A thread's first and last posting. */
  record Ends(Posting first, Posting last) {}

  private long next() {
    return ++last;
  }

  private Posting keep(Posting posting) {
    byId.put(posting.id(), posting);
    while (byId.size() > MOST) {
      byId.pollFirstEntry();
      byKey.values().removeIf(id -> id < byId.firstKey());
    }
    readers.forEach(reader -> reader.accept(posting));
    return posting;
  }
}
