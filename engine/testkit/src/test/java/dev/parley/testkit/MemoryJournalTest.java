package dev.parley.testkit;

import dev.parley.engine.memory.MemoryJournal;
import dev.parley.run.Journal;
import java.time.Clock;

class MemoryJournalTest extends JournalContract {
  @Override
  protected Journal open(Clock clock) {
    return new MemoryJournal(clock);
  }

  @Override
  protected boolean durable() {
    return false;
  }
}
