package dev.parley.provider.aws.catalog;

import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Types read from schemas, the ones used last kept in memory. */
final class Parsed {
  private static final int KEPT = 128;

  private final RegistryForm form = new RegistryForm(Overlay.shipped());
  private final Map<String, AwsType> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, AwsType> eldest) {
              return size() > KEPT;
            }
          });

  /**
   * The type in a schema.
   *
   * @param sha of the text
   * @throws Invalid with every mistake
   */
  AwsType of(String source, String sha, String text) {
    AwsType known = kept.get(sha);
    if (known != null) {
      return known;
    }
    AwsType read = read(source + " sha256:" + sha.substring(0, 8), text);
    kept.put(sha, read);
    return read;
  }

  /**
   * Reads a schema that is not kept, and tries it out.
   *
   * @throws Invalid with every mistake
   */
  AwsType read(String source, String text) {
    AwsType type = form.read(source, RegistryForm.document(source, text));
    try {
      SchemaValidator.validate(type.schema(), Fields.EMPTY);
      return type;
    } catch (RuntimeException | StackOverflowError e) {
      throw new Invalid(
          new Problem(
              source,
              "a schema that nothing can be checked against",
              String.valueOf(e.getMessage()),
              "take it from its vendor anew"));
    }
  }
}
