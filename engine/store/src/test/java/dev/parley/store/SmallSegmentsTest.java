package dev.parley.store;

import dev.parley.run.Journal;
import dev.parley.testkit.JournalContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** The same promises when nearly every append begins a new file. */
class SmallSegmentsTest extends JournalContract {
  @TempDir Path folder;

  @Override
  protected Journal open(Clock clock) {
    return FileJournal.open(folder, clock, 400);
  }

  @Override
  protected boolean durable() {
    return true;
  }
}
