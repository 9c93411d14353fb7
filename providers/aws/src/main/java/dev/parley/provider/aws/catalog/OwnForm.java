package dev.parley.provider.aws.catalog;

import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Types of which some published schemas tell only a part, in a form of our own that is whole. Ours
 * stands in where the other lacks a property that ours has.
 */
final class OwnForm {
  private OwnForm() {}

  /** Our form of a type, if there is one and the document tells less. */
  static Optional<String> instead(String type, Fields document) {
    String file = "own/" + type.replace("::", "-") + ".json";
    try (InputStream own = OwnForm.class.getResourceAsStream(file)) {
      if (own == null) {
        return Optional.empty();
      }
      String text = new String(own.readAllBytes(), StandardCharsets.UTF_8);
      Fields whole = RegistryForm.document(file, text);
      boolean less =
          !document
              .fieldsAt("properties")
              .fields()
              .keySet()
              .containsAll(whole.fieldsAt("properties").fields().keySet());
      return less ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the program can't be read: " + file, e);
    }
  }
}
