package dev.parley.provider.sandbox.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cloud's memory on disk: one line for each commit, with its checksum. A commit has reached the
 * operating system when {@link #append} returns, so that a killed process loses nothing; it is
 * forced to the disk twice a second and on close. A line that was cut off is dropped at the next
 * opening, which also writes the file anew with what still matters.
 */
final class Ledger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final FileChannel lockFile;
  private final FileLock lock;
  private final Path file;
  private FileChannel out;
  private final AtomicBoolean unforced = new AtomicBoolean();
  private final ScheduledExecutorService forcer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sandbox-ledger").factory());

  private Ledger(FileChannel lockFile, FileLock lock, Path file, FileChannel out) {
    this.lockFile = lockFile;
    this.lock = lock;
    this.file = file;
    this.out = out;
    var unused = forcer.scheduleWithFixedDelay(this::force, 500, 500, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the ledger of a folder, which is made where it is missing.
   *
   * @throws IllegalStateException if another process has it open
   */
  static Ledger open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve("cloud.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(lockFile, folder);
      Path file = folder.resolve("cloud.log");
      FileChannel out =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
      return new Ledger(lockFile, lock, file, out);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't open its folder " + folder, e);
    }
  }

  private static FileLock lock(FileChannel lockFile, Path folder) throws IOException {
    FileLock lock = null;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.debug("already locked by this process: {}", folder);
    }
    if (lock == null) {
      lockFile.close();
      throw new IllegalStateException(
          "the sandbox in "
              + folder
              + " is open already; close the other Parley, or give this one another folder");
    }
    return lock;
  }

  /** Every commit of the file, in order; cuts off a torn end. */
  List<Commit> read() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      var commits = new ArrayList<Commit>();
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
          if (line.length() < 10 || !line.substring(0, 8).equals(checksum(line.substring(9)))) {
            break;
          }
          commits.add(CommitLine.read(line.substring(9)));
          start = i + 1;
        }
      }
      if (start < bytes.length) {
        LOG.warn("a torn end of {} bytes was cut off file={}", bytes.length - start, file);
        out.truncate(start);
      }
      out.position(start);
      return commits;
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't read " + file, e);
    }
  }

  /** Replaces the whole file. */
  void rewrite(List<Commit> commits) {
    try {
      Path fresh = file.resolveSibling("cloud.log.new");
      FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      for (Commit commit : commits) {
        write(channel, commit);
      }
      channel.force(true);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      out.close();
      out = channel;
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't write " + file, e);
    }
  }

  /** Adds one commit. */
  synchronized void append(Commit commit) {
    try {
      write(out, commit);
      unforced.set(true);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't write " + file, e);
    }
  }

  private static void write(FileChannel channel, Commit commit) throws IOException {
    String json = CommitLine.write(commit);
    ByteBuffer bytes =
        ByteBuffer.wrap((checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private void force() {
    if (unforced.getAndSet(false)) {
      try {
        out.force(false);
      } catch (IOException e) {
        LOG.warn("the ledger was not forced to disk file={} error={}", file, e.toString());
      }
    }
  }

  @Override
  public synchronized void close() {
    forcer.shutdown();
    try {
      forcer.awaitTermination(2, TimeUnit.SECONDS); // a force under way would fail on a closed file
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    force();
    try {
      out.close();
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      LOG.warn("the ledger was not closed cleanly file={} error={}", file, e.toString());
    }
  }
}
