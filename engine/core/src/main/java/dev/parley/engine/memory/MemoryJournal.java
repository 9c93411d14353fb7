package dev.parley.engine.memory;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.value.Check;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A journal that lasts as long as the process: the reference the durable ones are held against. */
public final class MemoryJournal implements Journal {
  private static final int AT_ONCE = 1024;

  private final Clock clock;
  private final ReentrantLock entriesLock = new ReentrantLock();
  private final List<Entry> entries = new ArrayList<>();
  private boolean closed;

  public MemoryJournal(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<Entry> append(List<Entry.Fresh> fresh) {
    entriesLock.lock();
    try {
      if (closed) {
        throw new JournalFailed("the journal is closed; open it again");
      }
      Instant now = clock.instant();
      var placed = new ArrayList<Entry>(fresh.size());
      for (Entry.Fresh one : fresh) {
        long sequence = entries.size() + placed.size() + 1L;
        placed.add(
            new Entry(
                sequence, one.tenant(), one.stream(), one.kind(), one.version(), now, one.body()));
      }
      entries.addAll(placed);
      return List.copyOf(placed);
    } finally {
      entriesLock.unlock();
    }
  }

  @Override
  public void replay(long after, Consumer<Entry> reader) {
    long end = last();
    for (long from = Math.max(0, after); from < end; from += AT_ONCE) {
      slice((int) from, (int) Math.min(end, from + AT_ONCE)).forEach(reader);
    }
  }

  @Override
  public long last() {
    entriesLock.lock();
    try {
      return entries.size();
    } finally {
      entriesLock.unlock();
    }
  }

  @Override
  public Check check() {
    entriesLock.lock();
    try {
      return closed
          ? Check.failed("the journal is closed", "open it again")
          : Check.ok(entries.size() + " entries in memory; they end with the process");
    } finally {
      entriesLock.unlock();
    }
  }

  @Override
  public void close() {
    entriesLock.lock();
    try {
      closed = true;
    } finally {
      entriesLock.unlock();
    }
  }

  private List<Entry> slice(int from, int to) {
    entriesLock.lock();
    try {
      return List.copyOf(entries.subList(from, to));
    } finally {
      entriesLock.unlock();
    }
  }
}
