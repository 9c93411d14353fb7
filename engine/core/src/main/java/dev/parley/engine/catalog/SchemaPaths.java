package dev.parley.engine.catalog;

import dev.parley.catalog.TypeSchema;
import dev.parley.value.Pointer;
import java.util.List;

/** Which places a type's schema speaks about. */
public final class SchemaPaths {
  private SchemaPaths() {}

  /** Whether the schema knows the place; the whole is always known. */
  public static boolean knows(TypeSchema type, Pointer place) {
    return place.segments().isEmpty() || !SchemaNode.of(type.schema()).at(place).silent();
  }

  /** The names of the properties at a place, sorted. */
  public static List<String> names(TypeSchema type, Pointer place) {
    return SchemaNode.of(type.schema()).at(place).names();
  }
}
