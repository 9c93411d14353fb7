package dev.parley.provider.aws.stack;

import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a resource of a type is named in its account: the values of some properties, joined by {@code
 * |}. A stack knows its resource by one text only, the physical id, which for most types is the one
 * part that the service assigns.
 *
 * @param parts the properties, in order
 * @param assigned those of them that the service assigns
 */
record Identifier(List<Pointer> parts, List<Pointer> assigned) {
  Identifier {
    parts = List.copyOf(parts);
    assigned = List.copyOf(assigned);
  }

  static Identifier of(AwsType type) {
    List<Pointer> parts = type.identifier();
    return new Identifier(
        parts, parts.stream().filter(type.schema().readOnly()::contains).toList());
  }

  /**
   * The identifier.
   *
   * @param properties as far as known, outputs included
   * @param physical the stack's own name for it; empty if it has none
   */
  Optional<String> in(Fields properties, String physical) {
    if (parts.isEmpty()) {
      return Optional.of(physical).filter(id -> !id.isBlank());
    }
    var values = new ArrayList<String>();
    for (Pointer part : parts) {
      values.add(value(part, properties, physical));
    }
    String joined = String.join("|", values);
    return Optional.of(joined).filter(_ -> values.stream().anyMatch(value -> !value.isBlank()));
  }

  /** The properties with the parts that only the identifier tells. */
  Fields lay(String id, Fields properties) {
    String[] values = parts.size() == 1 ? new String[] {id} : id.split("\\|", -1);
    Fields laid = properties;
    for (int i = 0; i < parts.size() && values.length == parts.size(); i++) {
      if (!values[i].isBlank() && parts.get(i).in(laid).isEmpty()) {
        laid = parts.get(i).set(laid, Value.text(values[i]));
      }
    }
    return laid;
  }

  private String value(Pointer part, Fields properties, String physical) {
    Optional<String> known =
        part.in(properties)
            .flatMap(
                value ->
                    switch (value) {
                      case Text(var text) -> Optional.of(text);
                      case Num(var number) -> Optional.of(number.toPlainString());
                      default -> Optional.empty();
                    });
    boolean named = parts.size() == 1 || (assigned.size() == 1 && assigned.contains(part));
    return known.filter(text -> !text.isBlank()).orElse(named ? physical : "");
  }
}
