package dev.parley.provider.aws.catalog;

import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record kept in a file of the account's folder. One that can't be read counts as not there. */
final class Notes {
  private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

  private final Documents documents;

  Notes(Documents documents) {
    this.documents = documents;
  }

  <T> Optional<T> read(String name, Class<T> type) {
    return documents
        .note(name)
        .flatMap(
            text -> {
              try {
                return Json.parsePlain(text) instanceof Fields fields
                    ? Optional.of(Codec.decode(fields, type))
                    : Optional.empty();
              } catch (Invalid | IllegalArgumentException e) {
                LOG.warn("{} is set aside, it can't be read: {}", name, e.getMessage());
                return Optional.empty();
              }
            });
  }

  void write(String name, Object note) {
    documents.note(name, Json.write(Codec.encode(note)));
  }
}
