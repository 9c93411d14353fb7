package dev.parley.store;

import dev.parley.run.Journal.JournalFailed;
import java.nio.file.Path;
import java.time.Clock;

/** Tries to open a journal and says how that went. */
final class OtherOwner {
  private OtherOwner() {}

  public static void main(String[] arguments) {
    try (FileJournal journal = FileJournal.open(Path.of(arguments[0]), Clock.systemUTC())) {
      System.out.println("opened with " + journal.last());
    } catch (JournalFailed e) {
      System.out.println(e.getMessage());
    }
  }
}
