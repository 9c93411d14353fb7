package dev.parley.engine.audit;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.stand.World;
import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.value.Check;
import dev.parley.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private final World world = new World();
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void play() {
    world.carriedOut(thing("x"), thing("y"));
    world.restart();
    world.journal.replay(0, entries::add);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** A journal with just these entries. */
  private static Journal of(List<Entry> entries) {
    return new Journal() {
      @Override
      public List<Entry> append(List<Entry.Fresh> fresh) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void replay(long after, Consumer<Entry> reader) {
        entries.stream().filter(entry -> entry.sequence() > after).forEach(reader);
      }

      @Override
      public long last() {
        return entries.size();
      }

      @Override
      public Check check() {
        return Check.ok("");
      }

      @Override
      public void close() {}
    };
  }

  private static List<Entry> numbered(List<Entry> entries) {
    var numbered = new ArrayList<Entry>();
    for (Entry entry : entries) {
      numbered.add(
          new Entry(
              numbered.size() + 1L,
              entry.tenant(),
              entry.stream(),
              entry.kind(),
              entry.version(),
              entry.at(),
              entry.body()));
    }
    return numbered;
  }

  private List<Entry> with(int index, UnaryOperator<Entry> change) {
    var copy = new ArrayList<>(entries);
    copy.set(index, change.apply(copy.get(index)));
    return copy;
  }

  private static Entry field(Entry entry, String name, String text) {
    return new Entry(
        entry.sequence(),
        entry.tenant(),
        entry.stream(),
        entry.kind(),
        entry.version(),
        entry.at(),
        entry.body().with(name, Value.text(text)));
  }

  private AuditLog.Report verify(List<Entry> tampered) {
    return AuditLog.verify(of(tampered), TENANT);
  }

  @Test
  void an_untouched_journal_is_unbroken_and_every_event_has_a_line() {
    AuditLog.Report report = verify(entries);
    assertThat(report.intact()).as(report.detail()).isTrue();
    assertThat(report.lines())
        .isEqualTo(entries.stream().filter(entry -> entry.stream().equals("event")).count());
    assertThat(report.detail()).contains(report.head());
  }

  @Test
  void every_single_changed_entry_is_found_at_its_place() {
    for (int i = 0; i < entries.size(); i++) {
      AuditLog.Report report = verify(with(i, entry -> field(entry, "at", "2020-01-01T00:00:00Z")));
      assertThat(report.intact()).as("entry %s", i + 1).isFalse();
      assertThat(report.broken()).contains((long) i + 1);
    }
  }

  @Test
  void every_single_removed_entry_is_found_even_if_the_rest_is_renumbered() {
    for (int i = 0; i < entries.size() - 1; i++) {
      var copy = new ArrayList<>(entries);
      copy.remove(i);
      assertThat(verify(copy).intact()).isFalse();
      assertThat(verify(numbered(copy)).intact()).as("entry %s", i + 1).isFalse();
    }
  }

  @Test
  void an_event_that_was_slipped_in_is_found() {
    for (int i = 0; i <= entries.size(); i++) {
      var copy = new ArrayList<>(entries);
      copy.add(i, field(entries.getFirst(), "at", "2020-01-01T00:00:00Z"));
      assertThat(verify(numbered(copy)).intact()).as("before %s", i + 1).isFalse();
    }
  }

  @Test
  void swapped_events_are_found() {
    for (int i = 0; i + 3 < entries.size(); i += 2) {
      var copy = new ArrayList<>(entries);
      copy.set(i, entries.get(i + 2));
      copy.set(i + 2, entries.get(i));
      assertThat(verify(numbered(copy)).intact()).as("at %s", i + 1).isFalse();
    }
  }

  @Test
  void a_line_with_its_hash_reckoned_anew_breaks_the_next_one() {
    AuditLog.Report report =
        verify(
            with(
                1,
                entry -> {
                  Entry changed = field(entry, "who", "mallory");
                  String hash =
                      dev.parley.value.Digest.ofText(
                              dev.parley.value.Digest.ofText("audit log of " + TENANT).hex()
                                  + "\n"
                                  + dev.parley.value.CanonicalJson.write(
                                      changed.body().without("hash")))
                          .hex();
                  return field(changed, "hash", hash);
                }));
    assertThat(report.broken()).contains(4L);
  }

  @Test
  void lines_read_well() {
    List<String> lines =
        world.engine().audit(TENANT, 0, 100).stream()
            .map(line -> line.who() + " " + line.what() + " [" + line.about() + "]")
            .toList();
    assertThat(lines.get(0)).startsWith("ann asked for changes +2, 2 EUR a month [p-1 revision 1 ");
    assertThat(lines.get(1)).startsWith("bob approved by button as test:bob [p-1 revision 1 ");
    assertThat(lines.get(2)).startsWith("parley minted receipt-1 on the votes of bob");
    assertThat(lines.get(3))
        .isEqualTo("parley started the run under receipt-1 [r-1 p-1 revision 1]");
    assertThat(lines).contains("parley is sending attempt 1 of s-1 [r-1]");
    assertThat(lines)
        .anyMatch(line -> line.matches("parley s-1 is done: id-[12] \\[r-1 a/test:Thing/x\\]"));
    assertThat(lines.getLast()).isEqualTo("parley the run is succeeded: 2 of 2 steps done [r-1]");
  }

  @Test
  void pages_go_on_where_the_last_one_ended() {
    var all = world.engine().audit(TENANT, 0, 1000);
    var first = world.engine().audit(TENANT, 0, 3);
    var rest = world.engine().audit(TENANT, first.getLast().sequence(), 1000);
    assertThat(first.size() + rest.size()).isEqualTo(all.size());
    assertThat(rest.getFirst()).isEqualTo(all.get(3));
  }

  @Test
  void the_chain_goes_on_after_a_restart() {
    world.carriedOut(thing("z"));
    world.restart();
    assertThat(world.engine().verifyAudit(TENANT).intact()).isTrue();
  }
}
