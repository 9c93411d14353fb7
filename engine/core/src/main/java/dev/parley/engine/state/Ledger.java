package dev.parley.engine.state;

import dev.parley.run.Entry;
import dev.parley.run.Event;
import dev.parley.run.Journal;
import dev.parley.run.Journal.JournalFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The one owner of the engine's state. A decision sees the tenant's state standing still, is
 * journaled with its audit lines in one append, and only then changes the state and is heard of.
 *
 * <p>After a failed append it can't be known what is on disk: nothing more is decided until the
 * journal is opened anew.
 */
public final class Ledger {
  private final Journal journal;
  private final Witness witness;
  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> halted = new AtomicReference<>(Optional.empty());

  public Ledger(Journal journal, Witness witness) {
    this.journal = journal;
    this.witness = witness;
  }

  /** Rebuilds the state from the journal; once, before anything else. */
  public void open() {
    journal.replay(0, this::recall);
  }

  private void recall(Entry entry) {
    Optional<Event> event;
    try {
      event = Events.read(entry);
    } catch (IllegalArgumentException e) {
      throw new JournalFailed(
          "entry "
              + entry.sequence()
              + " of the journal can't be read as a "
              + entry.kind()
              + "; it was written by a newer version, or is damaged: "
              + e.getMessage(),
          e);
    }
    if (event.isPresent()) {
      shelf(entry.tenant()).fold(entry.sequence(), event.get());
    } else {
      witness.recalled(entry);
    }
  }

  /** Tells the listener of every later event. */
  public AutoCloseable listen(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The tenants that have any state. */
  public Set<String> tenants() {
    return new TreeSet<>(shelves.keySet());
  }

  /** Looks at a tenant's state. The Book must not be kept. */
  public <T> T read(String tenant, Function<Book, T> question) {
    Shelf shelf = shelf(tenant);
    shelf.reading.readLock().lock();
    try {
      return question.apply(shelf.book);
    } finally {
      shelf.reading.readLock().unlock();
    }
  }

  /**
   * Decides on the tenant's state as it stands, and makes the decision last. The decider must not
   * block on anything outside.
   *
   * @throws JournalFailed if it can't be known whether the decision is on disk
   */
  public <T> T decide(String tenant, Function<Book, Decision<T>> decider) {
    Shelf shelf = shelf(tenant);
    shelf.deciding.lock();
    try {
      Decision<T> decision = decider.apply(shelf.book);
      if (!decision.events().isEmpty()) {
        append(tenant, shelf, decision.events());
      }
      return decision.answer().apply(shelf.book);
    } finally {
      shelf.deciding.unlock();
    }
  }

  /** Makes events last that need no decision. */
  public void record(String tenant, List<? extends Event> events) {
    decide(tenant, _ -> Decision.<Boolean>of(List.copyOf(events), _ -> true));
  }

  /** The place of the tenant's last event; 0 if there is none. */
  public long last(String tenant) {
    return read(tenant, Book::sequence);
  }

  /** Why nothing can be decided any more, if so. */
  public Optional<String> halted() {
    return halted.get();
  }

  private void append(String tenant, Shelf shelf, List<Event> events) {
    halted
        .get()
        .ifPresent(
            why -> {
              throw new JournalFailed(
                  "nothing can be decided since the journal failed: " + why + "; restart");
            });
    var fresh = new ArrayList<Entry.Fresh>(events.size() * 2);
    for (Event event : events) {
      Entry.Fresh written = Events.fresh(tenant, event);
      fresh.add(written);
      fresh.add(witness.beside(tenant, event, written));
    }
    List<Entry> entries;
    try {
      entries = journal.append(fresh);
    } catch (RuntimeException e) {
      halted.compareAndSet(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
      throw e;
    }
    for (int i = 0; i < events.size(); i++) {
      long sequence = entries.get(2 * i).sequence();
      shelf.fold(sequence, events.get(i));
      for (Listener listener : listeners) {
        listener.heard(tenant, sequence, events.get(i));
      }
    }
  }

  private Shelf shelf(String tenant) {
    return shelves.computeIfAbsent(tenant, Shelf::new);
  }

  /** One tenant's state, and the locks that guard it. */
  private static final class Shelf {
    private final Book book;

    /** Held from looking at the state until the decision is on disk and folded in. */
    private final ReentrantLock deciding = new ReentrantLock(true);

    private final ReentrantReadWriteLock reading = new ReentrantReadWriteLock();

    private Shelf(String tenant) {
      book = new Book(tenant);
    }

    private void fold(long sequence, Event event) {
      reading.writeLock().lock();
      try {
        book.fold(sequence, event);
      } finally {
        reading.writeLock().unlock();
      }
    }
  }
}
