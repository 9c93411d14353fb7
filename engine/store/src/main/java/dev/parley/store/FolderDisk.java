package dev.parley.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A real folder. Files are random access files: an interrupt closes a channel, but not them. */
record FolderDisk(Path folder) implements Disk {
  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public DiskFile open(String file) throws IOException {
    return new Opened(new RandomAccessFile(folder.resolve(file).toFile(), "rw"));
  }

  @Override
  public void force() throws IOException {
    force(folder);
  }

  @Override
  public long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Makes a folder's list of files durable, where the system can. */
  static void force(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Opened(RandomAccessFile file) implements DiskFile {
    @Override
    public synchronized int read(long at, byte[] into, int offset, int length) throws IOException {
      file.seek(at);
      int done = 0;
      while (done < length) {
        int read = file.read(into, offset + done, length - done);
        if (read < 0) {
          break;
        }
        done += read;
      }
      return done;
    }

    @Override
    public synchronized void write(long at, byte[] from, int offset, int length)
        throws IOException {
      file.seek(at);
      file.write(from, offset, length);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void truncate(long length) throws IOException {
      file.setLength(length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
