package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A disk that is full, that fails, that loses its power. */
class TroubleTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
  private final PaperDisk disk = new PaperDisk();

  @Test
  void a_full_disk_acknowledges_nothing_and_goes_on_when_there_is_room() throws Exception {
    try (FileJournal journal = open(disk)) {
      journal.append(batch(1, 2));
      for (int room : new int[] {0, 1, 31, 40, 200}) {
        disk.room(room);
        assertThat(journal.check().ok()).isFalse();
        assertThatThrownBy(() -> journal.append(batch(2, 3)))
            .isInstanceOf(JournalFailed.class)
            .hasMessageContaining("nothing was written", "No space left", "Make room");
        assertThat(entries(journal)).hasSize(2);
      }
      disk.room(Long.MAX_VALUE);
      assertThat(journal.append(batch(3, 1)).getFirst().sequence()).isEqualTo(3);
      assertThat(journal.check().ok()).isTrue();
      assertThat(entries(open(disk))).isEqualTo(entries(journal)).hasSize(3);
    }
  }

  @Test
  void a_disk_that_fills_when_a_new_file_is_due_loses_nothing() throws Exception {
    try (FileJournal journal = new FileJournal(disk, clock, 400, () -> {})) {
      journal.append(batch(1, 3));
      disk.room(10);
      assertThatThrownBy(() -> journal.append(batch(2, 3))).isInstanceOf(JournalFailed.class);
      assertThatThrownBy(() -> journal.append(batch(2, 3))).isInstanceOf(JournalFailed.class);
      disk.room(Long.MAX_VALUE);
      journal.append(batch(3, 3));
      assertThat(entries(journal)).extracting(Entry::stream).containsOnly("b/1", "b/3").hasSize(6);
      assertThat(entries(open(disk))).isEqualTo(entries(journal));
    }
  }

  @Test
  void what_a_failed_force_leaves_unknown_is_never_acknowledged() throws Exception {
    try (FileJournal journal = open(disk)) {
      journal.append(batch(1, 2));
      disk.failForces(1);
      assertThatThrownBy(() -> journal.append(batch(2, 2)))
          .isInstanceOf(JournalFailed.class)
          .hasMessageContaining("can't be known", "not acknowledged");
      assertThat(journal.last()).isEqualTo(2);
      assertThat(entries(journal)).hasSize(2);
      assertThat(journal.check().ok()).isFalse();
    }
  }

  @Test
  void after_a_failed_force_it_looks_before_it_goes_on() throws Exception {
    try (FileJournal journal = open(disk)) {
      journal.append(batch(1, 2));
      disk.failForces(2);
      assertThatThrownBy(() -> journal.append(batch(2, 2))).isInstanceOf(JournalFailed.class);
      assertThatThrownBy(() -> journal.append(batch(3, 2)))
          .isInstanceOf(JournalFailed.class)
          .hasMessageContaining("nothing was written");
      Entry next = journal.append(batch(4, 1)).getFirst();
      assertThat(next.sequence()).isEqualTo(3);
      assertThat(entries(journal)).extracting(Entry::stream).containsExactly("b/1", "b/1", "b/4");
      assertThat(journal.check().ok()).isTrue();
      assertThat(entries(open(disk))).isEqualTo(entries(journal));
    }
  }

  @Test
  void a_write_that_cant_even_be_taken_back_stops_it_until_it_can() throws Exception {
    try (FileJournal journal = open(disk)) {
      journal.append(batch(1, 2));
      disk.room(50);
      disk.failTruncates(2);
      assertThatThrownBy(() -> journal.append(batch(2, 2))).isInstanceOf(JournalFailed.class);
      disk.room(Long.MAX_VALUE);
      assertThat(journal.check().ok()).isFalse();
      assertThatThrownBy(() -> journal.append(batch(3, 2))).isInstanceOf(JournalFailed.class);
      journal.append(batch(4, 1));
      assertThat(entries(journal)).extracting(Entry::stream).containsExactly("b/1", "b/1", "b/4");
      assertThat(entries(open(disk))).isEqualTo(entries(journal));
    }
  }

  @Test
  void all_who_wait_are_told_of_a_failure() throws Exception {
    try (FileJournal journal = open(disk);
        ExecutorService pool = Executors.newCachedThreadPool()) {
      disk.failForces(1000);
      var results = new ArrayList<Future<List<Entry>>>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        results.add(pool.submit(() -> journal.append(batch(number, 1))));
      }
      for (Future<List<Entry>> result : results) {
        assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(JournalFailed.class);
      }
      assertThat(journal.last()).isZero();
    }
  }

  @Test
  void who_comes_during_a_force_shares_the_next_one() throws Exception {
    try (FileJournal journal = open(disk);
        ExecutorService pool = Executors.newCachedThreadPool()) {
      var forcing = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      disk.beforeForce(
          () -> {
            forcing.countDown();
            awaited(goOn);
          });
      var first = pool.submit(() -> journal.append(batch(0, 1)));
      awaited(forcing);
      var arrived = new ArrayList<Thread>();
      var results = new ArrayList<Future<List<Entry>>>();
      for (int i = 1; i <= 10; i++) {
        int number = i;
        results.add(
            pool.submit(
                () -> {
                  synchronized (arrived) {
                    arrived.add(Thread.currentThread());
                  }
                  return journal.append(batch(number, 1));
                }));
      }
      untilAllWait(arrived, 10);
      int before = disk.forces();
      goOn.countDown();
      first.get();
      for (Future<List<Entry>> result : results) {
        result.get();
      }
      assertThat(disk.forces()).isEqualTo(before + 1);
      assertThat(entries(journal)).hasSize(11);
    }
  }

  @Test
  void a_power_loss_at_any_moment_keeps_all_that_was_acknowledged_and_appends_whole()
      throws Exception {
    int cuts = 0;
    for (int seed = 0; seed < 400; seed++) {
      var random = new Random(seed);
      int name = seed * 100;
      PaperDisk now = new PaperDisk();
      int acknowledged = 0;
      for (int life = 0; life < 4; life++) {
        FileJournal journal = new FileJournal(now, clock, 300 + random.nextInt(2000), () -> {});
        List<Entry> found = entries(journal);
        assertThat(found.size()).as("seed %s: %s", seed, now).isGreaterThanOrEqualTo(acknowledged);
        assertWhole(found, seed);
        acknowledged = found.size();
        for (int i = random.nextInt(6); i > 0; i--) {
          acknowledged += journal.append(batch(name + i, 1 + random.nextInt(4))).size();
        }
        if (random.nextInt(4) == 0) {
          journal.close();
        } else if (random.nextBoolean()) {
          now.failForces(1 + random.nextInt(3));
          assertThatThrownBy(() -> journal.append(batch(name, 3)))
              .isInstanceOf(JournalFailed.class);
          now.failForces(0);
          if (random.nextBoolean()) {
            acknowledged += journal.append(batch(name + 50, 2)).size();
          }
        }
        PaperDisk after = now.afterPowerLoss(random);
        cuts += after.toString().equals(now.toString()) ? 0 : 1;
        now = after;
      }
    }
    assertThat(cuts).as("power losses that lost something").isGreaterThan(50);
  }

  private static void assertWhole(List<Entry> found, int seed) {
    for (int i = 0; i < found.size(); ) {
      Fields body = found.get(i).body();
      int size = ((Value.Num) body.get("of").orElseThrow()).number().intValue();
      for (int index = 0; index < size; index++) {
        assertThat(found.get(i + index).body().get("index"))
            .as("seed %s", seed)
            .contains(Value.num(index));
      }
      i += size;
    }
  }

  private FileJournal open(PaperDisk on) throws IOException {
    return new FileJournal(on, clock, 64 << 20, () -> {});
  }

  private static List<Entry.Fresh> batch(int number, int size) {
    return IntStream.range(0, size)
        .mapToObj(
            index ->
                new Entry.Fresh(
                    "acme",
                    "b/" + number,
                    "Counted",
                    1,
                    Fields.of("of", Value.num(size)).with("index", Value.num(index))))
        .toList();
  }

  private static List<Entry> entries(FileJournal journal) {
    var found = new ArrayList<Entry>();
    journal.replay(0, found::add);
    return found;
  }

  private static void untilAllWait(List<Thread> threads, int count) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < until) {
      synchronized (threads) {
        if (threads.size() == count
            && threads.stream().allMatch(one -> one.getState() == Thread.State.WAITING)) {
          return;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("not all threads came to wait");
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
