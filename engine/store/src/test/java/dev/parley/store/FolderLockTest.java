package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final long OURS = ProcessHandle.current().pid();

  @TempDir Path folder;

  @Test
  void another_process_is_refused_and_told_who_has_it() throws Exception {
    try (FileJournal journal = FileJournal.open(folder, Clock.systemUTC())) {
      assertThat(otherOwner())
          .isEqualTo(
              "the journal in %s is in use by process %s. Stop that process, or choose another folder"
                  .formatted(folder, OURS));
      journal.append(List.of(new Entry.Fresh("acme", "s", "k", 1, Fields.EMPTY)));
    }
    assertThat(otherOwner()).isEqualTo("opened with 1");
  }

  @Test
  void the_same_process_is_refused_too_and_its_lock_stays() throws Exception {
    try (var journal = FileJournal.open(folder, Clock.systemUTC())) {
      assertThatThrownBy(() -> FileJournal.open(folder, Clock.systemUTC()))
          .isInstanceOf(JournalFailed.class)
          .hasMessageContaining("in use by this process, " + OURS);
      assertThat(otherOwner()).contains("in use by process " + OURS);
      assertThat(journal.check().ok()).isTrue();
    }
    FileJournal.open(folder, Clock.systemUTC()).close();
  }

  private String otherOwner() throws Exception {
    Path errors = folder.resolveSibling(folder.getFileName() + ".err");
    Process other = ChildProcess.start(OtherOwner.class, errors, folder.toString());
    try (var out = other.inputReader()) {
      return out.readLine();
    } finally {
      other.waitFor();
    }
  }
}
