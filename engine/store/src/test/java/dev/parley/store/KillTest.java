package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.memory.MemoryStore;
import dev.parley.run.Entry;
import dev.parley.run.Store;
import dev.parley.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again, at random moments, and looks whether everything it
 * was told to be on disk is there. {@code -Dparley.kills=1000} makes the default of 50 more.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("parley.kills", 50);

  @TempDir Path root;

  @Test
  void kill_9_loses_nothing_acknowledged() throws Exception {
    try (var lanes = Executors.newFixedThreadPool(2)) {
      var journal = lanes.submit(() -> journalSurvives(KILLS - KILLS / 2));
      var store = lanes.submit(() -> storeSurvives(KILLS / 2));
      assertThat(journal.get()).as("acknowledged appends").isGreaterThan(KILLS);
      assertThat(store.get()).as("acknowledged writes").isGreaterThan(KILLS);
    }
  }

  private int journalSurvives(int kills) throws IOException, InterruptedException {
    Path folder = root.resolve("journal");
    int acknowledged = 0;
    Map<Long, String> all = new HashMap<>();
    for (int kill = 0; kill < kills; kill++) {
      List<String> lines = killed("journal", folder);
      acknowledged += lines.size();
      for (String line : lines) {
        all.put(Long.parseLong(line.substring(0, line.indexOf(' '))), line);
      }
      try (FileJournal journal = FileJournal.open(folder, Clock.systemUTC(), 200_000)) {
        var entries = new ArrayList<Entry>();
        journal.replay(0, entries::add);
        assertThat(entries).hasSize((int) journal.last());
        Map<Long, String> found = appends(entries);
        assertThat(found).as("after kill %s", kill).containsAllEntriesOf(all);
        all = found;
      }
    }
    return acknowledged;
  }

  /** Each append by its first entry, in the words of the victim; fails if one is not whole. */
  private static Map<Long, String> appends(List<Entry> entries) {
    var found = new HashMap<Long, String>();
    for (int at = 0; at < entries.size(); ) {
      Entry first = entries.get(at);
      int size = number(first, "of");
      for (int index = 0; index < size; index++) {
        Entry entry = entries.get(at + index);
        assertThat(entry.sequence()).isEqualTo(at + index + 1L);
        assertThat(number(entry, "index")).isEqualTo(index);
        assertThat(entry.stream()).isEqualTo(first.stream());
      }
      String thread = first.stream().substring("thread/".length());
      found.put(first.sequence(), first.sequence() + " " + size + " " + thread);
      at += size;
    }
    return found;
  }

  private int storeSurvives(int kills) throws IOException, InterruptedException {
    Path folder = root.resolve("store");
    int acknowledged = 0;
    Map<String, Long> versions = new HashMap<>();
    Map<Long, String> said = new HashMap<>();
    for (int kill = 0; kill < kills; kill++) {
      List<String> lines = killed("store", folder);
      acknowledged += lines.size();
      for (String line : lines) {
        String[] words = line.split(" ");
        if (words[0].equals("note")) {
          versions.put(words[1], Long.parseLong(words[2]));
        } else {
          said.put(Long.parseLong(words[2]), "talk/" + words[1]);
        }
      }
      try (Store store = EmbeddedStore.open(folder, Clock.systemUTC())) {
        for (var version : versions.entrySet()) {
          var document = store.get("acme", "notes", version.getKey()).orElseThrow();
          assertThat(document.version()).isBetween(version.getValue(), version.getValue() + 1);
          assertThat(document.body().get("version")).contains(Value.num(document.version()));
          version.setValue(document.version()); // the next life writes behind what it finds
        }
        var reference = new MemoryStore(store.journal());
        assertThat(store.list("acme", "notes")).isEqualTo(reference.list("acme", "notes"));
        for (int thread = 0; thread < 4; thread++) {
          String stream = "talk/" + thread;
          List<Entry> talk = store.read("acme", stream, 0, Integer.MAX_VALUE);
          assertThat(talk).isEqualTo(reference.read("acme", stream, 0, Integer.MAX_VALUE));
          talk.forEach(entry -> said.remove(entry.sequence(), stream));
        }
        assertThat(said).as("said, acknowledged and lost after kill %s", kill).isEmpty();
        assertThat(store.check().detail()).doesNotContain("rebuilt in use");
      }
    }
    return acknowledged;
  }

  /** Runs the victim, kills it, and gives what it printed, but a last line that was torn. */
  private List<String> killed(String what, Path folder) throws IOException, InterruptedException {
    Path errors = root.resolve(what + ".err");
    var random = new Random();
    Process victim = ChildProcess.start(Victim.class, errors, what, folder.toString());
    try (BufferedReader out = victim.inputReader()) {
      String ready = out.readLine();
      assertThat(ready).as(Files.readString(errors)).isEqualTo("ready");
      String first = random.nextInt(4) > 0 ? out.readLine() + "\n" : ""; // or while it still opens
      boolean ended = victim.waitFor(60 + random.nextInt(240), TimeUnit.MILLISECONDS);
      assertThat(ended).as(Files.readString(errors)).isFalse();
      victim.toHandle().destroyForcibly(); // unlike the process's own, it leaves the pipe open
      String rest = first + String.join("", readAll(out));
      victim.waitFor();
      assertThat(Files.readString(errors)).as("what it has to say").isEmpty();
      int end = rest.lastIndexOf('\n');
      return end < 0 ? List.of() : rest.substring(0, end).lines().toList();
    } finally {
      victim.destroyForcibly();
    }
  }

  private static List<String> readAll(BufferedReader out) throws IOException {
    var parts = new ArrayList<String>();
    char[] buffer = new char[8192];
    for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
      parts.add(new String(buffer, 0, read));
    }
    return parts;
  }

  private static int number(Entry entry, String name) {
    return ((Value.Num) entry.body().get(name).orElseThrow()).number().intValueExact();
  }
}
