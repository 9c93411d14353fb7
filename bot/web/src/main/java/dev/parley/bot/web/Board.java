package dev.parley.bot.web;

import dev.parley.bot.surface.Card;
import dev.parley.engine.json.Codec;
import dev.parley.run.Entry;
import dev.parley.run.Store;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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

/**
 * All postings of the page, in the store and in memory. What a reader is told has been stored
 * before.
 */
final class Board {
  private static final String STREAM = "surface/web";
  private static final int PAGE = 1000;
  private final Store store;
  private final String tenant;
  private final Clock clock;
  private final Object postings = new Object();
  private final TreeMap<Long, Posting> byId = new TreeMap<>();
  private final Map<String, Long> byKey = new LinkedHashMap<>();
  private final List<Consumer<Posting>> readers = new CopyOnWriteArrayList<>();
  private boolean loaded;

  Board(Store store, String tenant, Clock clock) {
    this.store = store;
    this.tenant = tenant;
    this.clock = clock;
  }

  /** Somebody wrote something. */
  Posting said(String thread, String author, String text) {
    synchronized (postings) {
      var posting =
          new Posting(next(), thread, author, text, Optional.empty(), 0, Map.of(), clock.instant());
      return keep(posting, "said", "");
    }
  }

  /** The bot posts a card; the same key again gives the posting that is there. */
  Posting post(String thread, Card card, String key) {
    synchronized (postings) {
      load();
      Long there = byKey.get(key);
      if (there != null) {
        return found(there);
      }
      var posting =
          new Posting(
              next(), thread, Posting.BOT, "", Optional.of(card), 0, Map.of(), clock.instant());
      return keep(posting, "posted", key);
    }
  }

  /** The bot changes a card; an edit that is not newer changes nothing. */
  Optional<Posting> edit(long id, Card card, long revision) {
    synchronized (postings) {
      load();
      Posting before = byId.get(id);
      return before == null || revision <= before.revision()
          ? Optional.empty()
          : Optional.of(keep(before.with(card, revision), "edited", ""));
    }
  }

  /** Puts an emoji on a posting or takes it off. */
  Optional<Posting> react(long id, String emoji, String who, boolean on) {
    synchronized (postings) {
      load();
      Posting before = byId.get(id);
      if (before == null) {
        return Optional.empty();
      }
      var reactions = new TreeMap<>(before.reactions());
      var people = new LinkedHashSet<>(reactions.getOrDefault(emoji, Set.of()));
      boolean changed = on ? people.add(who) : people.remove(who);
      if (people.isEmpty()) {
        reactions.remove(emoji);
      } else {
        reactions.put(emoji, Collections.unmodifiableSet(people));
      }
      return changed ? Optional.of(keep(before.reacted(reactions), "reacted", "")) : Optional.of(before);
    }
  }

  Optional<Posting> posting(long id) {
    synchronized (postings) {
      load();
      return Optional.ofNullable(byId.get(id));
    }
  }

  /** The postings of a thread, oldest first. */
  List<Posting> thread(String thread) {
    synchronized (postings) {
      load();
      return byId.values().stream().filter(posting -> posting.thread().equals(thread)).toList();
    }
  }

  /** The first and last posting of every thread, the thread with the newest posting first. */
  List<Ends> threads() {
    synchronized (postings) {
      load();
      var ends = new LinkedHashMap<String, Ends>();
      byId.values()
          .forEach(
              posting ->
                  ends.merge(
                      posting.thread(),
                      new Ends(posting, posting),
                      (before, now) -> new Ends(before.first(), now.last())));
      return ends.values().stream()
          .sorted((a, b) -> Long.compare(b.last().id(), a.last().id()))
          .toList();
    }
  }

  /** Tells every change of a posting from now on. */
  AutoCloseable read(Consumer<Posting> reader) {
    readers.add(reader);
    return () -> readers.remove(reader);
  }

  /** A thread's first and last posting. */
  record Ends(Posting first, Posting last) {}

  private Posting found(long id) {
    Posting posting = byId.get(id);
    if (posting == null) {
      throw new IllegalStateException("a key names posting " + id + ", which is not there");
    }
    return posting;
  }

  private long next() {
    load();
    return byId.isEmpty() ? 1 : byId.lastKey() + 1;
  }

  private Posting keep(Posting posting, String kind, String key) {
    Fields body = Codec.encode(posting);
    store.append(tenant, STREAM, kind, 1, key.isEmpty() ? body : body.with("key", Value.text(key)));
    take(posting, key);
    readers.forEach(reader -> reader.accept(posting));
    return posting;
  }

  private void take(Posting posting, String key) {
    byId.put(posting.id(), posting);
    if (!key.isEmpty()) {
      byKey.put(key, posting.id());
    }
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    long after = 0;
    List<Entry> page;
    do {
      page = store.read(tenant, STREAM, after, PAGE);
      for (Entry entry : page) {
        after = entry.sequence();
        take(Codec.decode(entry.body(), Posting.class), entry.body().text("key").orElse(""));
      }
    } while (page.size() == PAGE);
  }

  /** When the newest posting was made. */
  Optional<Instant> newest() {
    synchronized (postings) {
      load();
      return byId.isEmpty() ? Optional.empty() : Optional.of(byId.lastEntry().getValue().at());
    }
  }

  /** Every posting, oldest first. */
  List<Posting> all() {
    synchronized (postings) {
      load();
      return new ArrayList<>(byId.values());
    }
  }
}
