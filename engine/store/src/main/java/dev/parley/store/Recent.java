package dev.parley.store;

import dev.parley.run.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The last entries, so that who follows the journal needs no file. Bounded in number and bytes. */
final class Recent {
  private static final int MOST = 4096;
  private static final long MOST_BYTES = 4 << 20;

  private final Map<Long, Sized> entries = new HashMap<>();
  private long from = 1;
  private long bytes;

  private record Sized(Entry entry, int size) {}

  synchronized void add(Entry entry, int size) {
    while (!entries.isEmpty() && (entries.size() >= MOST || bytes + size > MOST_BYTES)) {
      bytes -= Objects.requireNonNull(entries.remove(from)).size();
      from++;
    }
    if (entries.isEmpty()) {
      from = entry.sequence();
    }
    entries.put(entry.sequence(), new Sized(entry, size));
    bytes += size;
  }

  /** From one to another, if all are still here. */
  synchronized Optional<List<Entry>> between(long first, long last) {
    var found = new ArrayList<Entry>();
    for (long sequence = first; sequence <= last; sequence++) {
      Sized sized = entries.get(sequence);
      if (sized == null) {
        return Optional.empty();
      }
      found.add(sized.entry());
    }
    return Optional.of(found);
  }
}
