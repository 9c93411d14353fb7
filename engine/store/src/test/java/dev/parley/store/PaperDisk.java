package dev.parley.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A folder in memory that can be full, fail to force, and lose its power: then only what was forced
 * is certain, and of everything written since any part may be there, torn at any sector.
 */
final class PaperDisk implements Disk {
  private static final int SECTOR = 64;

  private final Map<String, Sheet> sheets = new TreeMap<>();
  private long room = Long.MAX_VALUE;
  private int failingForces;
  private int failingTruncates;
  private int forces;
  private Runnable beforeForce = () -> {};

  private static final class Sheet {
    byte[] now = new byte[0];
    byte[] forced = new byte[0];
    boolean listed;
  }

  /** From now on only so many bytes can be written. */
  synchronized void room(long bytes) {
    room = bytes;
  }

  /** The next forces fail. */
  synchronized void failForces(int count) {
    failingForces = count;
  }

  /** The next truncations fail. */
  synchronized void failTruncates(int count) {
    failingTruncates = count;
  }

  synchronized void beforeForce(Runnable work) {
    beforeForce = work;
  }

  synchronized int forces() {
    return forces;
  }

  synchronized byte[] content(String file) {
    return sheets.get(file).now.clone();
  }

  /** What a power loss leaves. */
  synchronized PaperDisk afterPowerLoss(Random random) {
    var left = new PaperDisk();
    sheets.forEach(
        (name, sheet) -> {
          if (!sheet.listed && random.nextBoolean()) {
            return;
          }
          var copy = new Sheet();
          copy.now = torn(sheet, random);
          copy.forced = copy.now.clone();
          copy.listed = true;
          left.sheets.put(name, copy);
        });
    return left;
  }

  private static byte[] torn(Sheet sheet, Random random) {
    int shortest = Math.min(sheet.forced.length, sheet.now.length);
    int longest = Math.max(sheet.forced.length, sheet.now.length);
    int length = longest == shortest ? longest : shortest + random.nextInt(longest - shortest + 1);
    byte[] left = new byte[length];
    for (int at = 0; at < length; at += SECTOR) {
      byte[] from = random.nextBoolean() ? sheet.now : sheet.forced;
      for (int i = at; i < Math.min(at + SECTOR, length); i++) {
        left[i] = i < from.length ? from[i] : 0;
      }
    }
    return left;
  }

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public synchronized List<String> files() {
    return List.copyOf(sheets.keySet());
  }

  @Override
  public synchronized DiskFile open(String file) {
    Sheet sheet = sheets.computeIfAbsent(file, _ -> new Sheet());
    return new Opened(sheet);
  }

  @Override
  public synchronized void force() {
    sheets.values().forEach(sheet -> sheet.listed = true);
  }

  @Override
  public synchronized long free() {
    return room;
  }

  private final class Opened implements DiskFile {
    private final Sheet sheet;

    Opened(Sheet sheet) {
      this.sheet = sheet;
    }

    @Override
    public int read(long at, byte[] into, int offset, int length) {
      synchronized (PaperDisk.this) {
        int read = (int) Math.max(0, Math.min(length, sheet.now.length - at));
        System.arraycopy(sheet.now, (int) Math.min(at, sheet.now.length), into, offset, read);
        return read;
      }
    }

    @Override
    public void write(long at, byte[] from, int offset, int length) throws IOException {
      synchronized (PaperDisk.this) {
        int fits = (int) Math.min(length, room);
        int end = (int) at + fits;
        if (end > sheet.now.length) {
          sheet.now = Arrays.copyOf(sheet.now, end);
        }
        System.arraycopy(from, offset, sheet.now, (int) at, fits);
        if (room != Long.MAX_VALUE) {
          room -= fits;
        }
        if (fits < length) {
          throw new IOException("No space left on device");
        }
      }
    }

    @Override
    public void force() throws IOException {
      Runnable before;
      synchronized (PaperDisk.this) {
        forces++;
        before = beforeForce;
      }
      before.run();
      synchronized (PaperDisk.this) {
        if (failingForces > 0) {
          failingForces--;
          throw new IOException("Input/output error");
        }
        sheet.forced = sheet.now.clone();
      }
    }

    @Override
    public long length() {
      synchronized (PaperDisk.this) {
        return sheet.now.length;
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      synchronized (PaperDisk.this) {
        if (failingTruncates > 0) {
          failingTruncates--;
          throw new IOException("Input/output error");
        }
        if (length != sheet.now.length) {
          sheet.now = Arrays.copyOf(sheet.now, (int) length);
        }
      }
    }

    @Override
    public void close() {
      // nothing to let go of
    }
  }

  /** The sizes of all files, for messages. */
  @Override
  public synchronized String toString() {
    var sizes = new ArrayList<String>();
    sheets.forEach((name, sheet) -> sizes.add(name + "=" + sheet.now.length));
    return String.join(", ", sizes);
  }
}
