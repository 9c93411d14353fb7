package dev.parley.engine.resolve;

import dev.parley.catalog.TypeSchema;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.List;
import java.util.Optional;

/**
 * Where a type of which no offering knows the everyday words has its resource's name: a text called
 * {@code Name}, or {@code QueueName} of a {@code Queue}.
 */
final class OwnName {
  private OwnName() {}

  /** The properties of one that is to be made, with the wanted name where none was given. */
  static Fields in(TypeSchema type, Fields properties, String name) {
    Fields schema = type.schema();
    String last = type.type().name().replaceAll(".*[:/.]", "");
    for (String candidate : List.of("Name", last + "Name", "name")) {
      if (text(schema, candidate) && !type.readOnly().contains(Pointer.of("/" + candidate))) {
        return properties.get(candidate).isPresent()
            ? properties
            : properties.with(candidate, Value.text(name));
      }
    }
    return properties;
  }

  private static boolean text(Fields schema, String property) {
    Optional<Value> kind = schema.fieldsAt("properties").fieldsAt(property).get("type");
    return kind.equals(Optional.of(new Text("string")));
  }
}
