package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.memory.MemoryStore;
import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import dev.parley.run.Store;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the views, the answers are those of the journal, and soon. */
class DoubtTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger opens = new AtomicInteger();

  @TempDir Path folder;

  @BeforeAll
  static void load_mapdb_before_the_clock_ticks(@TempDir Path other) {
    EmbeddedStore.open(other, Clock.systemUTC()).close();
  }

  @AfterEach
  void let_hanging_threads_go() {
    never.countDown();
  }

  @Test
  void closed_properly_the_views_are_used_again() throws Exception {
    fill();
    assertThat(views()).containsExactly("stamp.json", "views-1.db");
    try (MapDbStore store = open(MapDbViews::new)) {
      assertRight(store);
      assertThat(views()).containsExactly("views-1.db");
      assertThat(store.check().detail()).contains("views in MapDB").doesNotContain("rebuilt");
    }
    assertThat(views()).containsExactly("stamp.json", "views-1.db");
  }

  @Test
  void views_without_a_stamp_are_made_anew() throws Exception {
    fill();
    Files.delete(viewsFolder().resolve("stamp.json"));
    assertRightAfterReopening("views-2.db");
  }

  @Test
  void a_stamp_that_cant_be_read_is_none() throws Exception {
    fill();
    Files.writeString(viewsFolder().resolve("stamp.json"), "{\"generation\":1,");
    assertRightAfterReopening("views-2.db");
  }

  @Test
  void the_whole_folder_may_be_deleted() throws Exception {
    fill();
    for (String file : views()) {
      Files.delete(viewsFolder().resolve(file));
    }
    Files.delete(viewsFolder());
    assertRightAfterReopening("views-1.db");
  }

  @Test
  void an_older_copy_of_the_file_is_found_out() throws Exception {
    fill();
    Path file = viewsFolder().resolve("views-1.db");
    Path older = folder.resolve("older.db");
    Files.copy(file, older);
    try (MapDbStore store = open(MapDbViews::new)) {
      store.put("acme", "notes", "n3", 1, body(7));
      store.append("acme", "talk/1", "Said", 1, body(8));
    }
    Files.move(older, file, StandardCopyOption.REPLACE_EXISTING);
    assertRightAfterReopening("views-2.db");
  }

  @Test
  void a_file_of_another_generation_is_found_out() throws Exception {
    fill();
    Files.move(viewsFolder().resolve("views-1.db"), viewsFolder().resolve("views-4.db"));
    Path stamp = viewsFolder().resolve("stamp.json");
    String text = Files.readString(stamp);
    Files.writeString(stamp, text.replace("\"generation\":1,", "\"generation\":4,"));
    assertRightAfterReopening("views-5.db");
  }

  @Test
  void views_of_another_journal_are_found_out() throws Exception {
    fill();
    for (String file : new FolderDisk(folder.resolve("journal")).files()) {
      Files.delete(folder.resolve("journal").resolve(file));
    }
    try (FileJournal journal = FileJournal.open(folder.resolve("journal"), clock)) {
      for (int i = 0; i < 500; i++) {
        journal.append(List.of(new Entry.Fresh("acme", "other", "Said", 1, body(i))));
      }
    }
    try (MapDbStore store = open(MapDbViews::new)) {
      assertThat(store.list("acme", "notes")).isEmpty();
      assertThat(store.read("acme", "other", 0, 1000)).hasSize(500);
    }
  }

  @Test
  void a_file_damaged_anywhere_never_gives_a_wrong_answer() throws Exception {
    fill();
    byte[] good = Files.readAllBytes(viewsFolder().resolve("views-1.db"));
    String stamp = Files.readString(viewsFolder().resolve("stamp.json"));
    var random = new Random(5);
    for (int round = 0; round < 25; round++) {
      for (String file : views()) {
        Files.delete(viewsFolder().resolve(file));
      }
      byte[] bad = good.clone();
      for (int at = 0; at < bad.length; at++) {
        if (bad[at] != 0 && random.nextInt(20 << round % 10) == 0) {
          bad[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
      Files.write(viewsFolder().resolve("views-1.db"), bad);
      Files.writeString(viewsFolder().resolve("stamp.json"), stamp);
      try (MapDbStore store = open(MapDbViews::new)) {
        assertRight(store);
      }
    }
  }

  @Test
  void a_file_damaged_while_it_is_in_use_never_gives_a_wrong_answer() throws Exception {
    fill();
    var random = new Random(7);
    for (int round = 0; round < 10; round++) {
      try (MapDbStore store = open(MapDbViews::new)) {
        assertRight(store);
        Path file = viewsFolder().resolve(views().getFirst());
        byte[] bad = Files.readAllBytes(file);
        for (int at = 1 << 20; at < bad.length; at++) {
          bad[at] ^= (byte) (random.nextInt(200) == 0 ? 1 << random.nextInt(8) : 0);
        }
        Files.write(file, bad);
        assertRight(store);
      }
    }
  }

  @Test
  void a_file_cut_short_is_found_out() throws Exception {
    fill();
    byte[] good = Files.readAllBytes(viewsFolder().resolve("views-1.db"));
    Files.write(viewsFolder().resolve("views-1.db"), Arrays.copyOf(good, good.length / 2));
    assertRightAfterReopening("views-2.db");
  }

  @Test
  void an_opening_that_never_returns_is_given_up_in_time() throws Exception {
    fill();
    long begun = System.nanoTime();
    try (MapDbStore store =
        open(
            (file, generation, stamp, journal, progress) -> {
              if (opens.incrementAndGet() == 1) {
                hang();
              }
              return new MapDbViews(file, generation, stamp, journal, progress);
            })) {
      assertRight(store);
      assertThat(store.check().detail()).contains("rebuilt in use: 1");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }
    assertThat(opens).hasValue(2);
    assertThat(views()).containsExactly("stamp.json", "views-2.db");
  }

  @Test
  void a_question_that_never_returns_is_answered_by_new_views() {
    try (MapDbStore store = open(troubled(3, this::hang))) {
      for (int i = 0; i < 30; i++) {
        store.put("acme", "notes", "n" + i, 0, body(i));
      }
      assertRight(store);
      assertThat(store.check().detail()).contains("rebuilt in use: 1");
    }
  }

  @Test
  void what_mapdb_throws_is_a_doubt_and_no_answer() {
    var trouble =
        List.<Runnable>of(
            () -> {
              throw new org.mapdb.DBException.PointerChecksumBroken();
            },
            () -> {
              throw new IndexOutOfBoundsException("at 4096");
            },
            () -> {
              throw new StackOverflowError();
            });
    for (Runnable one : trouble) {
      opens.set(0);
      try (MapDbStore store = open(troubled(3, one))) {
        long before = store.journal().last();
        store.put("acme", "notes", "n" + before, 0, body(1));
        store.append("acme", "talk/1", "Said", 1, body(2));
        assertRight(store);
        assertThat(store.check().detail()).contains("rebuilt in use: 1");
      }
    }
  }

  @Test
  void views_that_fail_again_and_again_end_in_memory() {
    try (MapDbStore store =
        open(
            (file, generation, stamp, journal, progress) -> {
              throw new IllegalStateException("no");
            })) {
      store.put("acme", "notes", "a", 0, body(1));
      assertRight(store);
      assertThat(store.check().ok()).isTrue();
      assertThat(store.check().detail()).contains("views in memory");
    }
  }

  @Test
  void a_folder_for_views_that_cant_be_made_is_no_obstacle() throws Exception {
    Files.writeString(viewsFolder(), "a file stands here");
    try (MapDbStore store = open(MapDbViews::new)) {
      store.put("acme", "notes", "a", 0, body(1));
      assertRight(store);
    }
  }

  @Test
  void an_interrupted_caller_gets_an_answer_and_breaks_nothing() {
    try (MapDbStore store = open(MapDbViews::new)) {
      Thread.currentThread().interrupt();
      try {
        store.put("acme", "notes", "a", 0, body(1));
        assertThat(store.get("acme", "notes", "a")).isPresent();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        Thread.interrupted();
      }
      assertRight(store);
      assertThat(store.check().detail()).doesNotContain("rebuilt");
    }
  }

  /** Views whose first generation is in trouble from some question on. */
  private MapDbStore.Opener troubled(int from, Runnable trouble) {
    return (file, generation, stamp, journal, progress) -> {
      var views = new MapDbViews(file, generation, stamp, journal, progress);
      return opens.incrementAndGet() > 1 ? views : new Troubled(views, from, trouble);
    };
  }

  private record Troubled(Views views, AtomicInteger left, Runnable trouble) implements Views {
    Troubled(Views views, int from, Runnable trouble) {
      this(views, new AtomicInteger(from), trouble);
    }

    @Override
    public Optional<Written> last(String tenant, String collection, String key) {
      step();
      return views.last(tenant, collection, key);
    }

    @Override
    public List<Written> all(String tenant, String collection) {
      step();
      return views.all(tenant, collection);
    }

    @Override
    public List<Entry> read(String tenant, String stream, long after, int limit) {
      step();
      return views.read(tenant, stream, after, limit);
    }

    @Override
    public void catchUp() {
      views.catchUp();
    }

    @Override
    public void close() {
      views.close();
    }

    private void step() {
      if (left.decrementAndGet() <= 0) {
        trouble.run();
      }
    }
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("let go");
  }

  private void assertRightAfterReopening(String expectedFile) throws IOException {
    try (MapDbStore store = open(MapDbViews::new)) {
      assertRight(store);
      assertThat(views()).containsExactly(expectedFile);
    }
    assertThat(views()).containsExactly("stamp.json", expectedFile);
  }

  private static void assertRight(Store store) {
    var reference = new MemoryStore(store.journal());
    for (String collection : List.of("notes", "lists")) {
      assertThat(store.list("acme", collection)).isEqualTo(reference.list("acme", collection));
      for (String key : reference.list("acme", collection).keySet()) {
        assertThat(store.get("acme", collection, key))
            .isEqualTo(reference.get("acme", collection, key));
      }
    }
    for (String stream : List.of("talk/1", "talk/2", "doc/notes/n3")) {
      assertThat(store.read("acme", stream, 0, 1000))
          .isEqualTo(reference.read("acme", stream, 0, 1000));
    }
  }

  private void fill() {
    try (MapDbStore store = open(MapDbViews::new)) {
      for (int i = 0; i < 40; i++) {
        store.put("acme", "notes", "n" + i, 0, body(i));
        store.put("acme", "lists", "l" + i % 7, i / 7 == 0 ? 0 : i / 7, body(i));
        store.append("acme", "talk/" + i % 3, "Said", 1, body(i));
      }
      store.remove("acme", "notes", "n5", 1);
      assertRight(store);
    }
  }

  private MapDbStore open(MapDbStore.Opener opener) {
    return new MapDbStore(
        viewsFolder(), FileJournal.open(folder.resolve("journal"), clock), DEADLINE, opener);
  }

  private Path viewsFolder() {
    return folder.resolve("views");
  }

  private List<String> views() throws IOException {
    return new ArrayList<>(new FolderDisk(viewsFolder()).files());
  }

  private static Fields body(int number) {
    return Fields.of("number", Value.num(number)).with("text", Value.text("x".repeat(number * 9)));
  }
}
