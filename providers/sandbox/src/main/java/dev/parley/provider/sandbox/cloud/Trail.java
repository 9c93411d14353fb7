package dev.parley.provider.sandbox.cloud;

import dev.parley.value.Value.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What reached the cloud: a count, and the last thousand requests without their secrets. */
public final class Trail {
  private static final int KEPT = 1000;
  private final Deque<Seen> last = new ArrayDeque<>();
  private long count;
  private long mutations;

  /**
   * One request and its status.
   *
   * @param body without what the type's schema calls write-only
   */
  public record Seen(
      String verb, String account, String type, String id, String name, Fields body, int status) {}

  synchronized void note(Seen seen, boolean mutates) {
    count++;
    mutations += mutates ? 1 : 0;
    last.addLast(seen);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  /** How many requests came. */
  public synchronized long count() {
    return count;
  }

  /** How many of them could have changed something. */
  public synchronized long mutations() {
    return mutations;
  }

  /** The last thousand, oldest first. */
  public synchronized List<Seen> last() {
    return new ArrayList<>(last);
  }
}
