package dev.parley.store;

import dev.parley.run.Journal.JournalFailed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder to one process. The file {@code lock} holds the process id; the lock itself is on
 * a byte far behind it, so that the refused can read who holds it. A process that dies lets go.
 */
final class FolderLock implements AutoCloseable {
  /** Folders this process holds: a second look at the file here would let the lock go. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final RandomAccessFile file;

  private FolderLock(Path folder, RandomAccessFile file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Takes the lock.
   *
   * @throws JournalFailed naming the process that has it
   */
  static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    long pid = ProcessHandle.current().pid();
    if (!HELD.add(real)) {
      throw refused(folder, "this process, " + pid);
    }
    boolean taken = false;
    var file = new RandomAccessFile(real.resolve("lock").toFile(), "rw");
    try {
      if (file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
        throw refused(folder, "process " + holder(file));
      }
      byte[] text = (pid + "\n").getBytes(StandardCharsets.US_ASCII);
      file.setLength(0);
      file.write(text);
      taken = true;
      return new FolderLock(real, file);
    } finally {
      if (!taken) {
        file.close();
        HELD.remove(real);
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    HELD.remove(folder);
  }

  private static JournalFailed refused(Path folder, String who) {
    return new JournalFailed(
        "the journal in "
            + folder
            + " is in use by "
            + who
            + ". Stop that process, or choose another folder");
  }

  private static String holder(RandomAccessFile file) throws IOException {
    String pid = file.readLine();
    return pid == null || pid.isBlank() ? "unknown" : pid;
  }
}
