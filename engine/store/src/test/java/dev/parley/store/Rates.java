package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Store;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the embedded store on this machine: {@code Rates [seconds for each line]}. */
final class Rates {
  private Rates() {}

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    Path root = Files.createTempDirectory(Path.of("."), "rates");
    for (int round = 0; round < 2; round++) {
      for (int writers : new int[] {1, 8, 64}) {
        Path folder = root.resolve(round + "-" + writers);
        try (FileJournal journal = FileJournal.open(folder, Clock.systemUTC())) {
          long written = appended(journal, writers, seconds);
          System.out.printf("%3d writers: %,9d entries/s%n", writers, written / seconds);
        }
      }
    }
    start(root.resolve("1-64"));
    views(root);
    smallStart(root);
  }

  private static long appended(FileJournal journal, int writers, int seconds) throws Exception {
    Fields body =
        Fields.of("run", Value.text("r-17"))
            .with("step", Value.text("acme/aws:AWS::EC2::Instance/web-1"))
            .with("attempt", Value.num(1))
            .with("message", Value.text("x".repeat(200)));
    var written = new AtomicLong();
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < writers; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                while (System.nanoTime() < until) {
                  journal.append(List.of(new Entry.Fresh("acme", "event", "StepDone", 1, body)));
                  written.incrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return written.get();
  }

  private static void start(Path folder) {
    long begun = System.nanoTime();
    try (FileJournal journal = FileJournal.open(folder, Clock.systemUTC())) {
      System.out.printf("open and scan of %,d entries: %d ms%n", journal.last(), millis(begun));
      long replay = System.nanoTime();
      var count = new AtomicLong();
      journal.replay(0, _ -> count.incrementAndGet());
      System.out.printf("replay of %,d entries: %d ms%n", count.get(), millis(replay));
    }
  }

  private static void views(Path root) throws IOException {
    Path folder = root.resolve("views");
    Files.createDirectories(folder);
    Files.move(root.resolve("1-64"), folder.resolve("journal"));
    long begun = System.nanoTime();
    try (Store store = EmbeddedStore.open(folder, Clock.systemUTC())) {
      store.get("acme", "notes", "a");
      System.out.printf(
          "views of %,d entries made anew: %d ms%n", store.journal().last(), millis(begun));
      Fields body = Fields.of("text", Value.text("x".repeat(300)));
      long puts = System.nanoTime();
      for (int i = 0; i < 2000; i++) {
        store.put("acme", "notes", "n" + i, 0, body);
      }
      System.out.printf("put of a document: %d us%n", millis(puts) / 2);
      long gets = System.nanoTime();
      for (int i = 0; i < 20_000; i++) {
        store.get("acme", "notes", "n" + i % 2000);
      }
      System.out.printf("get of a document: %d us%n", millis(gets) / 20);
      long reads = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        store.read("acme", "event", i * 300L, 50);
      }
      System.out.printf("read of 50 entries: %d us%n", millis(reads) * 1000 / 200);
    }
    long again = System.nanoTime();
    try (Store store = EmbeddedStore.open(folder, Clock.systemUTC())) {
      store.get("acme", "notes", "a");
      System.out.printf("views verified and used again: %d ms%n", millis(again));
    }
  }

  private static void smallStart(Path root) {
    Path folder = root.resolve("small");
    for (int i = 0; i < 3; i++) {
      long begun = System.nanoTime();
      try (Store store = EmbeddedStore.open(folder, Clock.systemUTC())) {
        long opened = millis(begun);
        store.get("acme", "notes", "a");
        System.out.printf(
            "small store opened in %d ms, first answer after %d ms%n", opened, millis(begun));
      }
    }
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }
}
