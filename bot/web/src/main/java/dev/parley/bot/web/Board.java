package dev.parley.bot.web;

import dev.parley.bot.surface.Card;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All postings of the page. Held in memory: after a restart the bot gives back what stood there. */
final class Board {
  private final Clock clock;
  private final Object postings = new Object();
  private final TreeMap<Long, Posting> byId = new TreeMap<>();
  private final Map<String, Long> byKey = new HashMap<>();
  private final List<Consumer<Posting>> readers = new CopyOnWriteArrayList<>();

  Board(Clock clock) {
    this.clock = clock;
  }

  /**
   * Somebody wrote something.
   *
   * @param thread empty opens a new one
   * @throws IllegalArgumentException if there is no such thread
   */
  Posting said(Optional<String> thread, String author, String text) {
    synchronized (postings) {
      Set<String> there = byId.values().stream().map(Posting::thread).collect(Collectors.toSet());
      String in = thread.orElse("t-" + (there.size() + 1));
      if (thread.isPresent() && !there.contains(in)) {
        throw new IllegalArgumentException("there is no thread '" + in + "'");
      }
      return keep(new Posting(next(), in, author, text, Optional.empty(), 0, Map.of(), clock.instant()));
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
          new Posting(next(), thread, Posting.BOT, "", Optional.of(card), 0, Map.of(), clock.instant());
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
      byId.putIfAbsent(id, new Posting(id, thread, author, text, card, 0, Map.of(), at));
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
        ends.merge(posting.thread(), new Ends(posting, posting), (before, now) -> new Ends(before.first(), now.last()));
      }
      return ends.values().stream().sorted((a, b) -> Long.compare(b.last().id(), a.last().id())).toList();
    }
  }

  /** Tells every change of a posting from now on. */
  void read(Consumer<Posting> reader) {
    readers.add(reader);
  }

  /** A thread's first and last posting. */
  record Ends(Posting first, Posting last) {}

  private long next() {
    return byId.isEmpty() ? 1 : byId.lastKey() + 1;
  }

  private Posting keep(Posting posting) {
    byId.put(posting.id(), posting);
    readers.forEach(reader -> reader.accept(posting));
    return posting;
  }
}
