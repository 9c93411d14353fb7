package dev.parley.engine.memory;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.value.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store with its views in memory, over any journal; they are folded from it when it is opened.
 */
public final class MemoryStore extends JournalStore {
  private final Fold fold;

  public MemoryStore(Journal journal) {
    super(journal);
    fold = new Fold(journal);
  }

  @Override
  protected Optional<Written> last(String tenant, String collection, String key) {
    return fold.last(tenant, collection, key);
  }

  @Override
  public Map<String, Document> list(String tenant, String collection) {
    var found = new LinkedHashMap<String, Document>();
    for (Written write : fold.all(tenant, collection)) {
      write.document().ifPresent(document -> found.put(document.key(), document));
    }
    return Collections.unmodifiableMap(found);
  }

  @Override
  public List<Entry> read(String tenant, String stream, long after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one entry has to be asked for: " + limit);
    }
    return fold.read(tenant, stream, after, limit);
  }

  @Override
  public Check check() {
    return journal().check();
  }

  @Override
  public void close() {
    journal().close();
  }
}
