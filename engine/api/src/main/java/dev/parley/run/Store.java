package dev.parley.run;

import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Versioned documents and append-only streams, per tenant, kept in the journal. What is
 * acknowledged is on disk.
 */
public interface Store extends AutoCloseable {
  /** A document, if it is there. */
  Optional<Document> get(String tenant, String collection, String key);

  /**
   * Writes a document if it still has the expected version.
   *
   * @param expected 0 if it must not exist yet
   * @return the document with its new version
   * @throws Stale if somebody else was faster; nothing is written
   */
  Document put(String tenant, String collection, String key, long expected, Fields body);

  /**
   * Removes a document if it still has the expected version.
   *
   * @throws Stale if somebody else was faster
   */
  void remove(String tenant, String collection, String key, long expected);

  /** All documents of a collection, by key. */
  Map<String, Document> list(String tenant, String collection);

  /** Appends to a stream. */
  Entry append(String tenant, String stream, String kind, int version, Fields body);

  /** A stream's entries behind a place, oldest first, at most so many. */
  List<Entry> read(String tenant, String stream, long after, int limit);

  /** The journal underneath. */
  Journal journal();

  /** Whether it can be used, and whether its views are being rebuilt. */
  Check check();

  @Override
  void close();

  /**
   * A document.
   *
   * @param version counts from 1
   */
  record Document(String key, long version, Fields body) {}

  /** Somebody else was faster. */
  final class Stale extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Stale(String collection, String key, long expected, long actual) {
      super(
          collection
              + "/"
              + key
              + " is at version "
              + actual
              + ", not "
              + expected
              + "; read it again");
    }
  }
}
