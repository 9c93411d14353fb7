package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.run.Store;
import dev.parley.run.Store.Document;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes until it is killed, and prints each thing once it is acknowledged. */
final class Victim {
  private static final int THREADS = 4;

  private Victim() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    Writer writer =
        switch (arguments[0]) {
          case "journal" -> appending(FileJournal.open(folder, Clock.systemUTC(), 200_000));
          case "store" -> storing(EmbeddedStore.open(folder, Clock.systemUTC()));
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println("ready");
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      new Thread(() -> write(writer, number)).start();
    }
  }

  @FunctionalInterface
  private interface Writer {
    /** Writes something; what to print when it is acknowledged. */
    String write(int thread, Random random);
  }

  private static void write(Writer writer, int thread) {
    var random = new Random();
    while (true) {
      String line = writer.write(thread, random);
      System.out.println(line);
    }
  }

  private static Writer appending(Journal journal) {
    return (thread, random) -> {
      int size = 1 + random.nextInt(3);
      var fresh = new ArrayList<Entry.Fresh>();
      for (int index = 0; index < size; index++) {
        Fields body =
            Fields.of("of", Value.num(size))
                .with("index", Value.num(index))
                .with("filler", Value.text("x".repeat(random.nextInt(600))));
        fresh.add(new Entry.Fresh("acme", "thread/" + thread, "Counted", 1, body));
      }
      List<Entry> placed = journal.append(fresh);
      return placed.getFirst().sequence() + " " + size + " " + thread;
    };
  }

  private static Writer storing(Store store) {
    return (thread, random) -> {
      String key = "k" + thread + "-" + random.nextInt(5);
      Document now = store.get("acme", "notes", key).orElse(new Document(key, 0, Fields.EMPTY));
      Fields body = Fields.of("version", Value.num(now.version() + 1));
      if (random.nextInt(4) == 0) {
        Entry said = store.append("acme", "talk/" + thread, "Said", 1, body);
        return "talk " + thread + " " + said.sequence();
      }
      Document put = store.put("acme", "notes", key, now.version(), body);
      return "note " + key + " " + put.version();
    };
  }
}
