package dev.parley.store;

import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import java.util.List;
import java.util.Optional;

/**
 * Documents and streams as they follow from the journal; made anew at any time. Every question
 * first catches up with what the journal acknowledged.
 */
interface Views {
  /** A document's last write, a removal too. */
  Optional<Written> last(String tenant, String collection, String key);

  /** The last writes of a collection's documents by key, removals too. */
  List<Written> all(String tenant, String collection);

  /** A stream's entries behind a place, oldest first. */
  List<Entry> read(String tenant, String stream, long after, int limit);

  /** Takes in what the journal has and they have not. */
  void catchUp();

  /** Ends their use, so that the next process can go on with them, if that can be had. */
  void close();
}
