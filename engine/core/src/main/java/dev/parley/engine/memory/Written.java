package dev.parley.engine.memory;

import dev.parley.run.Entry;
import dev.parley.run.Store.Document;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.util.Optional;

/**
 * One write of a document, as it stands in the journal: an entry of the stream {@code
 * doc/<collection>/<key>}. A removal is a write without a body; it counts a version too, so that a
 * document made anew is never mistaken for the one before.
 *
 * @param version of the document after this write
 * @param body empty if it was removed
 */
public record Written(
    String tenant, String collection, String key, long version, Optional<Fields> body) {
  /** What the streams of documents begin with. */
  public static final String PREFIX = "doc/";

  private static final int SHAPE = 1;
  private static final String PUT = "put";
  private static final String REMOVED = "removed";

  public Written {
    if (collection.isBlank() || collection.indexOf('/') >= 0 || key.isBlank()) {
      throw new IllegalArgumentException(
          "a document has a collection without '/' and a key: " + collection + "/" + key);
    }
    if ((tenant + collection + key).indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a document's name has no NUL: " + collection + "/" + key);
    }
  }

  /** The stream of a document's writes. */
  public String stream() {
    return PREFIX + collection + "/" + key;
  }

  /** The document, unless it was removed. */
  public Optional<Document> document() {
    return body.map(content -> new Document(key, version, content));
  }

  /** This write as an entry. */
  public Entry.Fresh fresh() {
    Fields counted = Fields.of("version", Value.num(version));
    return new Entry.Fresh(
        tenant,
        stream(),
        body.isPresent() ? PUT : REMOVED,
        SHAPE,
        body.map(content -> counted.with("body", content)).orElse(counted));
  }

  /** The write an entry stands for; empty if it is something else. */
  public static Optional<Written> read(Entry entry) {
    if (!entry.stream().startsWith(PREFIX)) {
      return Optional.empty();
    }
    String name = entry.stream().substring(PREFIX.length());
    int slash = name.indexOf('/');
    Optional<Long> version = version(entry);
    boolean named =
        slash > 0
            && !name.substring(0, slash).isBlank()
            && !name.substring(slash + 1).isBlank()
            && (entry.tenant() + name).indexOf('\0') < 0;
    if (!named || version.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Written(
            entry.tenant(),
            name.substring(0, slash),
            name.substring(slash + 1),
            version.get(),
            entry.kind().equals(PUT)
                ? Optional.of(entry.body().fieldsAt("body"))
                : Optional.empty()));
  }

  private static Optional<Long> version(Entry entry) {
    boolean ours = entry.kind().equals(PUT) || entry.kind().equals(REMOVED);
    return ours && entry.body().get("version").orElse(Value.NULL) instanceof Num(var number)
        ? Optional.of(number.longValue())
        : Optional.empty();
  }
}
