package dev.parley.store;

import dev.parley.run.Journal.JournalFailed;
import java.io.IOException;
import java.util.Optional;

/**
 * What stands in a segment's file, found by reading it from the beginning.
 *
 * @param forced how much of the file was certainly on disk
 * @param end where the last whole frame ends
 * @param length of the file
 * @param sealed whether the last frame only says what is forced, so that all before it is protected
 */
record Scan(long forced, long end, long length, boolean sealed) {
  private static final int READ_AHEAD = 1 << 20;

  /**
   * Reads all frames and tells the segment about them.
   *
   * @param active whether it is the last segment: only there a torn end is no damage
   * @throws JournalFailed naming file and byte, if something is broken that was forced before
   */
  static Scan of(Disk disk, DiskFile file, Segment segment, boolean active) throws IOException {
    long length = file.length();
    var frames = new FrameReader(file, length, READ_AHEAD);
    long forced = 0;
    long place = 0;
    boolean sealed = true;
    for (Optional<Frame> read = frames.at(0); read.isPresent(); read = frames.at(place)) {
      Frame frame = read.get();
      if (frame.first() != segment.last() + 1 || frame.forced() > place) {
        throw damage(disk, segment, place, "entry " + frame.first() + " is out of order");
      }
      forced = Math.max(forced, frame.forced());
      sealed = frame.count() == 0;
      segment.grown(place, frame.first(), frame.count(), frame.end());
      place = frame.end();
    }
    if (place < length && (!active || forcedBehind(frames, place, length))) {
      throw damage(disk, segment, place, "what stood here was on disk once");
    }
    return new Scan(forced, place, length, sealed);
  }

  /** Whether a later frame says that more than this was forced before it was written. */
  private static boolean forcedBehind(FrameReader frames, long place, long length)
      throws IOException {
    for (long mark = frames.nextMark(place + 1); mark < length; mark = frames.nextMark(mark + 1)) {
      if (frames.at(mark).filter(frame -> frame.forced() > place).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static JournalFailed damage(Disk disk, Segment segment, long place, String why) {
    return new JournalFailed(
        disk.name()
            + "/"
            + segment.name()
            + " is damaged at byte "
            + place
            + ", behind entry "
            + segment.last()
            + ": "
            + why
            + ". Nothing was changed. Restore the folder from a backup");
  }
}
