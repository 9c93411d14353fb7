package dev.parley.engine.catalog;

import dev.parley.catalog.TypeSchema;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.List;

/** Which places a type's schema speaks about. */
public final class SchemaPaths {
  private SchemaPaths() {}

  /** Whether the schema knows the place; the whole is always known. */
  public static boolean knows(TypeSchema type, Pointer place) {
    return place.segments().isEmpty() || !SchemaNode.of(type.schema()).at(place).silent();
  }

  /** The same for a bare schema. */
  public static boolean knows(Fields schema, Pointer place) {
    return place.segments().isEmpty() || !SchemaNode.of(schema).at(place).silent();
  }

  /** Whether a list stands at a place: its items are spoken of. */
  public static boolean list(Fields schema, Pointer place) {
    return !SchemaNode.of(schema).at(place).item().silent();
  }

  /** The names of the properties at a place, sorted. */
  public static List<String> names(TypeSchema type, Pointer place) {
    return SchemaNode.of(type.schema()).at(place).names();
  }
}
