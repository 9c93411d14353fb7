package dev.parley.benchmarks;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.run.Store;
import dev.parley.store.EmbeddedStore;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Durable appends a second, from 1, 8 and 64 writers. */
final class JournalDriver {
  private JournalDriver() {}

  public static void main(String[] args) throws InterruptedException {
    for (int writers : new int[] {1, 8, 64}) {
      Path folder = Bench.folder();
      try (Store store = EmbeddedStore.open(folder, Clock.systemUTC())) {
        append(store.journal(), writers, 200);
        int each = writers == 1 ? 5_000 : 2_000;
        long start = System.nanoTime();
        append(store.journal(), writers, each);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%3d writers: %,8.0f appends/s%n", writers, writers * each / seconds);
      } finally {
        Bench.delete(folder);
      }
    }
  }

  private static void append(Journal journal, int writers, int each) throws InterruptedException {
    var done = new CountDownLatch(writers);
    Fields body = Fields.of("text", Value.text("x".repeat(300)));
    for (int w = 0; w < writers; w++) {
      Thread.ofVirtual()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  journal.append(List.of(new Entry.Fresh(Bench.TENANT, "bench", "bench", 1, body)));
                }
                done.countDown();
              });
    }
    done.await();
  }
}
