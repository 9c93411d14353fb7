package dev.parley.store;

import dev.parley.run.Journal.JournalFailed;
import dev.parley.run.Store;
import java.nio.file.Path;
import java.time.Clock;

/** The store of one process on one machine: all it needs is a folder. */
public final class EmbeddedStore {
  private EmbeddedStore() {}

  /**
   * Opens the store in a folder; the journal is in {@code journal}, the views are in {@code views}
   * below it, where they may be deleted at any time when nobody uses them.
   *
   * @throws JournalFailed if another process has it, or if the journal is damaged
   */
  public static Store open(Path folder, Clock clock) {
    return MapDbStore.open(
        folder.resolve("views"), FileJournal.open(folder.resolve("journal"), clock));
  }
}
