package dev.parley.engine.record;

import dev.parley.engine.state.Events;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Triples;
import dev.parley.run.Entry;
import dev.parley.run.Event;
import dev.parley.run.Journal;
import dev.parley.value.Check;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the graph behind the journal, on a thread of its own. Nobody waits for it but who asks to:
 * what it can't keep up with it reads from the journal later, so its memory is bounded and nothing
 * is lost. After a restart it goes on where the graph ends.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private static final int QUEUE = 2_048;
  private static final int BATCH = 256;
  private static final int STATEMENTS = 60_000;
  private static final long PROGRESS = 50_000;
  private static final long NOTHING = Long.MAX_VALUE;

  private final Knowledge knowledge;
  private final Journal journal;
  private final Surroundings around;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Queue<Told> queue = new ArrayDeque<>();
  private final Set<String> toRebuild = new HashSet<>();
  private boolean closed;

  /** Places that were heard and are not recorded yet. */
  private final TreeSet<Long> waiting = new TreeSet<>();

  /** The lowest place that only the journal can tell; at first all of them. */
  private long missed = 0;

  /** The lowest place that the journal is being read for. */
  private long sought = NOTHING;

  private long heard;
  private long recorded;
  private Optional<String> trouble = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  // Owned by the recorder's thread.
  private final Map<String, Page> tenants = new HashMap<>();
  private long swept;
  private long latest;
  private int untold;

  private record Told(String tenant, long sequence, Event event) {}

  /** A tenant's fold, and up to where its graph was already written when we came. */
  private static final class Page {
    final Chronicle chronicle;
    final long written;
    long position;
    boolean dirty;

    Page(Chronicle chronicle, long written) {
      this.chronicle = chronicle;
      this.written = written;
    }
  }

  /** Not started yet. */
  public Recorder(Knowledge knowledge, Journal journal, Surroundings around) {
    this.knowledge = knowledge;
    this.journal = journal;
    this.around = around;
  }

  /** Begins to replay the journal from where each tenant's graph ends; returns at once. */
  public void start() {
    lock.lock();
    try {
      if (thread.isEmpty() && !closed) {
        thread = Optional.of(Thread.ofPlatform().name("recorder").daemon(true).start(this::work));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hears of an event that stands in the journal; a tenant's events come in order. Never blocks,
   * never throws.
   */
  public void accept(String tenant, long sequence, Event event) {
    lock.lock();
    try {
      heard = Math.max(heard, sequence);
      if (missed == NOTHING && queue.size() < QUEUE) {
        queue.add(new Told(tenant, sequence, event));
        waiting.add(sequence);
      } else {
        missed = Math.min(missed, sequence);
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything up to a journal place can be asked.
   *
   * @return false if it took longer
   */
  public boolean await(long sequence, Duration longest) {
    long left = longest.toNanos();
    lock.lock();
    try {
      if (heard < sequence && recorded < sequence) {
        missed = Math.min(missed, sequence);
        moved.signalAll();
      }
      while (!isRecorded(sequence)) {
        if (left <= 0 || closed) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isRecorded(long sequence) {
    long first = waiting.isEmpty() ? NOTHING : waiting.first();
    return recorded >= sequence && Math.min(first, Math.min(missed, sought)) > sequence;
  }

  /** Throws a tenant's graph away and writes it anew from the journal. */
  public void rebuild(String tenant) {
    lock.lock();
    try {
      toRebuild.add(tenant);
      recorded = 0;
      missed = 0;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the graph keeps up with the journal. */
  public Check check() {
    lock.lock();
    try {
      String place =
          "graph at journal place " + recorded + (recorded < heard ? " of " + heard : "");
      return trouble
          .map(
              why ->
                  Check.failed(
                      place + "; " + why, "look at the graph's folder and disk; it is tried again"))
          .orElseGet(() -> Check.ok(place));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    Optional<Thread> working;
    try {
      closed = true;
      working = thread;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    working.ifPresent(Recorder::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    for (long pause = 100; ; pause = Math.min(pause * 2, 30_000)) {
      try {
        keepUp();
        return;
      } catch (Closed e) {
        LOG.debug("recorder closed at journal place {}", latest);
        return;
      } catch (RuntimeException e) {
        LOG.error("recorder fell at journal place {}, it begins anew in {} ms", latest, pause, e);
        failed("it fell: " + e);
        if (!pause(pause)) {
          return;
        }
        beginAnew(Set.of());
      }
    }
  }

  private void keepUp() {
    while (true) {
      List<Told> batch = next();
      Set<String> again = rebuilds();
      if (!again.isEmpty()) {
        again.forEach(knowledge::clear);
        beginAnew(again);
      } else if (batch.isEmpty() && !hasMissed()) {
        return;
      } else {
        batch.forEach(this::tell);
      }
      if (seek()) {
        sweep();
      }
      flush(batch);
    }
  }

  /** Up to a batch of what was heard; empty if it is time to read the journal, or to stop. */
  private List<Told> next() {
    lock.lock();
    try {
      while (queue.isEmpty() && missed == NOTHING && !closed && toRebuild.isEmpty()) {
        moved.await();
      }
      var batch = new ArrayList<Told>();
      while (batch.size() < BATCH && !queue.isEmpty()) {
        batch.add(queue.remove());
      }
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Closed();
    } finally {
      lock.unlock();
    }
  }

  private Set<String> rebuilds() {
    lock.lock();
    try {
      return closed ? Set.of() : Set.copyOf(toRebuild);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was folded; the journal tells it again from the first entry. */
  private void beginAnew(Set<String> rebuilt) {
    tenants.clear();
    swept = 0;
    untold = 0;
    lock.lock();
    try {
      toRebuild.removeAll(rebuilt);
      queue.clear();
      waiting.clear();
      missed = 0;
      sought = NOTHING;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasMissed() {
    lock.lock();
    try {
      return missed != NOTHING && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the journal must be read; from here on everything is queued again. */
  private boolean seek() {
    lock.lock();
    try {
      boolean must = missed != NOTHING && queue.isEmpty() && !closed;
      if (must) {
        sought = missed;
        missed = NOTHING;
      }
      return must;
    } finally {
      lock.unlock();
    }
  }

  /** Reads the journal from where it was last read to its end. */
  private void sweep() {
    long from = swept;
    long last = journal.last();
    journal.replay(
        from,
        entry -> {
          stopIfClosed();
          read(entry);
          swept = entry.sequence();
          if (untold >= BATCH * 8 || statements() > STATEMENTS) {
            write();
          }
          if ((entry.sequence() - from) % PROGRESS == 0) {
            LOG.info("graph: read {} of {} journal entries", entry.sequence(), last);
          }
        });
    latest = Math.max(latest, swept);
  }

  private void read(Entry entry) {
    if (!entry.stream().equals(Events.STREAM)
        || entry.sequence() <= page(entry.tenant()).position) {
      return;
    }
    try {
      Events.read(entry)
          .ifPresent(event -> tell(new Told(entry.tenant(), entry.sequence(), event)));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "journal entry {} ({}) is left out of the graph: {}",
          entry.sequence(),
          entry.kind(),
          e.getMessage());
    }
  }

  private Page page(String tenant) {
    return tenants.computeIfAbsent(tenant, this::open);
  }

  private void tell(Told told) {
    Page page = page(told.tenant());
    if (told.sequence() <= page.position) {
      return;
    }
    try {
      page.chronicle.tell(told.sequence(), told.event());
    } catch (RuntimeException e) {
      LOG.warn(
          "event {} ({}) is left out of the graph",
          told.sequence(),
          told.event().getClass().getSimpleName(),
          e);
    }
    page.position = told.sequence();
    latest = Math.max(latest, told.sequence());
    if (told.sequence() <= page.written) {
      page.chronicle.skip();
    } else {
      page.dirty = true;
      untold++;
    }
  }

  private Page open(String tenant) {
    long written = knowledge.recorded(tenant);
    if (written > journal.last()) {
      LOG.warn(
          "graph of {} is ahead of the journal ({} > {}): it is rebuilt",
          tenant,
          written,
          journal.last());
      knowledge.clear(tenant);
      written = 0;
    }
    return new Page(new Chronicle(tenant, around, run -> recall(tenant, run)), written);
  }

  /**
   * What the journal says of a run up to where we are: its proposal first. Reads all of it, twice.
   */
  private List<Event> recall(String tenant, String run) {
    var told = new ArrayList<Event>();
    events(
        tenant,
        event -> {
          if (RunSheets.of(event).filter(run::equals).isPresent()) {
            told.add(event);
          }
        });
    if (!told.isEmpty() && told.getFirst() instanceof Event.RunStarted started) {
      events(
          tenant,
          event -> {
            if (event instanceof Event.Proposed proposed
                && proposed.proposal().plan().digest().equals(started.plan().digest())) {
              told.addFirst(proposed);
            }
          });
    }
    return told;
  }

  private void events(String tenant, Consumer<Event> reader) {
    long told = page(tenant).position;
    journal.replay(
        0,
        entry -> {
          if (entry.sequence() <= told && entry.tenant().equals(tenant)) {
            Events.read(entry).ifPresent(reader);
          }
        });
  }

  private int statements() {
    return tenants.values().stream().mapToInt(page -> page.chronicle.waiting()).sum();
  }

  private void write() {
    tenants.forEach(
        (tenant, page) -> {
          if (page.dirty) {
            record(tenant, page.position, page.chronicle.drain());
            page.dirty = false;
          }
        });
    untold = 0;
  }

  private void flush(List<Told> batch) {
    write();
    lock.lock();
    try {
      if (toRebuild.isEmpty()) {
        recorded = Math.max(recorded, latest);
      }
      batch.forEach(told -> waiting.remove(told.sequence()));
      sought = NOTHING;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tries until it is written: what is dropped here would be missing until the next rebuild. */
  private void record(String tenant, long position, List<Triples> pages) {
    for (long pause = 100; ; pause = Math.min(pause * 2, 30_000)) {
      try {
        knowledge.record(tenant, position, pages);
        failed("");
        return;
      } catch (IllegalArgumentException e) {
        LOG.warn("a graph of {} is no graph; the others are written without it", tenant, e);
        oneByOne(tenant, position, pages);
        return;
      } catch (RuntimeException e) {
        LOG.warn("graph of {} can't be written, tried again in {} ms", tenant, pause, e);
        failed("can't be written: " + e.getMessage());
        if (!pause(pause)) {
          throw new Closed();
        }
      }
    }
  }

  private void oneByOne(String tenant, long position, List<Triples> pages) {
    for (Triples page : pages) {
      try {
        knowledge.record(tenant, position, List.of(page));
      } catch (IllegalArgumentException e) {
        LOG.warn("left out of the graph: {}", page.graph().iri(), e);
      }
    }
  }

  private void failed(String why) {
    lock.lock();
    try {
      trouble = why.isEmpty() ? Optional.empty() : Optional.of(why);
    } finally {
      lock.unlock();
    }
  }

  /** Waits; false if it was closed meanwhile. */
  private boolean pause(long millis) {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (left > 0 && !closed) {
        left = moved.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void stopIfClosed() {
    lock.lock();
    try {
      if (closed) {
        throw new Closed();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the work where it is: the journal has it all. */
  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("closed", null, false, false);
    }
  }
}
