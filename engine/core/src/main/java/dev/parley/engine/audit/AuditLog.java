package dev.parley.engine.audit;

import dev.parley.engine.state.Events;
import dev.parley.engine.state.Witness;
import dev.parley.run.Entry;
import dev.parley.run.Event;
import dev.parley.run.Journal;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One line for every event, chained by hashes, in the same append as the event. Whoever changes,
 * removes, adds or reorders events or lines afterwards breaks the chain there. What stands behind
 * the last line can be cut off unseen; keep the head's hash elsewhere to notice that, too.
 */
public final class AuditLog implements Witness {
  /** The stream of a tenant's lines. */
  public static final String STREAM = "audit";

  private static final String KIND = "AuditLine";
  private static final int VERSION = 1;

  private final Map<String, Head> heads = new ConcurrentHashMap<>();

  /**
   * A line.
   *
   * @param sequence its place in the journal
   * @param number counts the tenant's lines from 1
   * @param hash SHA-256 over the former hash and this line
   */
  public record Line(
      long sequence, long number, Instant at, String who, String what, String about, String hash) {}

  /**
   * What a walk found.
   *
   * @param broken place in the journal of the first entry that does not fit
   * @param head the last line's hash
   */
  public record Report(
      long lines, boolean intact, Optional<Long> broken, String head, String detail) {}

  private record Head(long number, String hash) {}

  private static Head start(String tenant) {
    return new Head(0, Digest.ofText("audit log of " + tenant).hex());
  }

  @Override
  public Entry.Fresh beside(String tenant, Event event, Entry.Fresh written) {
    Head head = heads.computeIfAbsent(tenant, AuditLog::start);
    AuditText text = AuditText.of(event);
    Fields line =
        Fields.of("number", Value.num(head.number() + 1))
            .with("at", Value.text(event.at().toString()))
            .with("who", Value.text(text.who()))
            .with("what", Value.text(text.what()))
            .with("about", Value.text(text.about()))
            .with("event", Value.text(written.kind()))
            .with("digest", Value.text(digest(written.kind(), written.version(), written.body())));
    String hash = hash(head, line);
    heads.put(tenant, new Head(head.number() + 1, hash));
    return new Entry.Fresh(tenant, STREAM, KIND, VERSION, line.with("hash", Value.text(hash)));
  }

  @Override
  public void recalled(Entry entry) {
    if (entry.stream().equals(STREAM)) {
      Head head = heads.getOrDefault(entry.tenant(), start(entry.tenant()));
      heads.put(entry.tenant(), new Head(head.number() + 1, entry.body().text("hash").orElse("")));
    }
  }

  /** The line in an entry of the audit stream. */
  public static Line line(Entry entry) {
    Fields body = entry.body();
    return new Line(
        entry.sequence(),
        body.get("number")
            .map(value -> value instanceof Value.Num(var count) ? count.longValue() : 0L)
            .orElse(0L),
        body.text("at").map(Instant::parse).orElse(entry.at()),
        body.text("who").orElse(""),
        body.text("what").orElse(""),
        body.text("about").orElse(""),
        body.text("hash").orElse(""));
  }

  /** Walks a tenant's whole chain, and lays every line beside its event. */
  public static Report verify(Journal journal, String tenant) {
    var walk = new Walk(tenant);
    try {
      journal.replay(0, walk::take);
    } catch (JournalFailed | IllegalArgumentException e) {
      walk.fail(walk.last + 1, "the journal can't be read on: " + e.getMessage());
    }
    return walk.report();
  }

  private static String hash(Head former, Fields line) {
    return Digest.ofText(former.hash() + "\n" + CanonicalJson.write(line)).hex();
  }

  private static String digest(String kind, int version, Fields body) {
    return Digest.ofText(kind + "/" + version + "\n" + CanonicalJson.write(body)).hex();
  }

  /** The state of one walk. */
  private static final class Walk {
    private final String tenant;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private Head head;
    private long last;
    private Optional<Long> broken = Optional.empty();
    private String detail = "";

    private Walk(String tenant) {
      this.tenant = tenant;
      this.head = start(tenant);
    }

    private void take(Entry entry) {
      if (broken.isPresent()) {
        return;
      }
      if (entry.sequence() != last + 1) {
        fail(
            entry.sequence(),
            "the journal goes from entry "
                + last
                + " to "
                + entry.sequence()
                + ": entries were removed, added or moved");
        return;
      }
      last = entry.sequence();
      if (!entry.tenant().equals(tenant)) {
        return;
      }
      if (entry.stream().equals(Events.STREAM)) {
        waiting.add(entry);
      } else if (entry.stream().equals(STREAM)) {
        line(entry);
      }
    }

    private void line(Entry entry) {
      Fields body = entry.body();
      Entry event = waiting.poll();
      if (event == null) {
        fail(entry.sequence(), "line " + (head.number() + 1) + " is about no event");
        return;
      }
      String hash = body.text("hash").orElse("");
      Head next = new Head(head.number() + 1, hash);
      Fields bare = body.without("hash");
      if (!hash(head, bare).equals(hash)) {
        fail(
            entry.sequence(),
            "line "
                + next.number()
                + " does not follow from the line before: it, or one before it, was changed");
        return;
      }
      if (!bare.get("number").equals(Optional.of(Value.num(next.number())))) {
        fail(entry.sequence(), "line " + next.number() + " bears another number");
        return;
      }
      String digest = digest(event.kind(), event.version(), event.body());
      if (!bare.text("digest").equals(Optional.of(digest))
          || !bare.text("event").equals(Optional.of(event.kind()))) {
        fail(
            event.sequence(),
            "the event at "
                + event.sequence()
                + " is not the one that line "
                + next.number()
                + " is about: it was changed");
        return;
      }
      head = next;
    }

    private void fail(long at, String why) {
      if (broken.isEmpty()) {
        broken = Optional.of(at);
        detail = why;
      }
    }

    private Report report() {
      if (broken.isEmpty() && !waiting.isEmpty()) {
        long at = waiting.getFirst().sequence();
        fail(
            at,
            "the event at " + at + " has no line: its line was removed, or the event was added");
      }
      return new Report(
          head.number(),
          broken.isEmpty(),
          broken,
          head.hash(),
          broken.isEmpty()
              ? head.number() + " lines, unbroken; the last hash is " + head.hash()
              : detail);
    }
  }
}
