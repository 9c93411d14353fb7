package dev.parley.store;

import dev.parley.engine.memory.Fold;
import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import java.util.List;
import java.util.Optional;

/** Views without MapDB: the last resort when it fails again and again. */
record MemoryViews(Fold fold) implements Views {
  @Override
  public Optional<Written> last(String tenant, String collection, String key) {
    return fold.last(tenant, collection, key);
  }

  @Override
  public List<Written> all(String tenant, String collection) {
    return fold.all(tenant, collection);
  }

  @Override
  public List<Entry> read(String tenant, String stream, long after, int limit) {
    return fold.read(tenant, stream, after, limit);
  }

  @Override
  public void catchUp() {
    // each question does
  }

  @Override
  public void close() {
    // they end with the process
  }
}
