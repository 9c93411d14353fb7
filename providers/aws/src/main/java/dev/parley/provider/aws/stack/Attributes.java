package dev.parley.provider.aws.stack;

import dev.parley.catalog.TypeSchema;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which attributes of a type a template asks for as outputs. An output must be a text, and an
 * attribute that the service refuses is remembered and left out from then on.
 */
final class Attributes {
  /** {@code Template error: resource X does not support attribute type Y in Fn::GetAtt}. */
  private static final Pattern REFUSED =
      Pattern.compile("(?i)attribute(?: type)?:? '?\"?([A-Za-z0-9.]+)'?\"?.*(?:GetAtt|attribute)");

  private static final Pattern GETATT = Pattern.compile("(?i)getatt|attribute");
  private static final int MOST = 60;

  private final Map<String, Set<String>> refused = new ConcurrentHashMap<>();

  /** The read-only texts of a type, as {@code Fn::GetAtt} names them: {@code Endpoint.Address}. */
  List<Pointer> of(AwsType type) {
    TypeSchema schema = type.schema();
    Set<String> known = refused.getOrDefault(schema.type().name(), Set.of());
    if (known.contains("*")) {
      return List.of();
    }
    return schema.readOnly().stream()
        .filter(at -> !at.segments().contains("*") && text(schema.schema(), at))
        .filter(at -> !known.contains(name(at)))
        .sorted(Comparator.comparing(Pointer::toString))
        .limit(MOST)
        .toList();
  }

  /** Remembers a refusal; false if it was not about an attribute. */
  boolean refuse(AwsType type, String message) {
    if (!GETATT.matcher(message).find()) {
      return false;
    }
    Matcher named = REFUSED.matcher(message);
    List<Pointer> asked = of(type);
    Optional<String> attribute =
        named.find() ? Optional.of(named.group(1)) : Optional.<String>empty();
    String which =
        attribute.filter(one -> asked.stream().anyMatch(at -> name(at).equals(one))).orElse("*");
    return !asked.isEmpty()
        && refused
            .computeIfAbsent(type.schema().type().name(), _ -> ConcurrentHashMap.newKeySet())
            .add(which);
  }

  static String name(Pointer attribute) {
    return String.join(".", attribute.segments());
  }

  private static boolean text(Fields schema, Pointer at) {
    Fields node = schema;
    for (String segment : at.segments()) {
      node = resolved(schema, resolved(schema, node).fieldsAt("properties").fieldsAt(segment));
    }
    return node.get("type").filter(Value.text("string")::equals).isPresent();
  }

  private static Fields resolved(Fields root, Fields node) {
    Optional<String> reference = node.text("$ref");
    return reference
        .filter(ref -> ref.startsWith("#/"))
        .flatMap(ref -> Pointer.of(ref.substring(1)).in(root))
        .map(found -> found instanceof Fields fields ? fields : Fields.EMPTY)
        .orElse(node);
  }
}
