package dev.parley.provider.aws.look;

import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Optional;

/**
 * What a recipe's placeholders stand for.
 *
 * @param id several parts are joined by {@code |}
 * @param input what the caller gave
 * @param item the one of several things that is being looked at
 */
record Scope(
    ResourceId id, String name, String region, Fields properties, Fields input, Value item) {

  static Scope of(Resource resource) {
    return new Scope(
        resource.id(),
        resource.name(),
        resource.region(),
        resource.properties(),
        Fields.EMPTY,
        Value.NULL);
  }

  /** The same, looking at one of several things. */
  Scope at(Value one) {
    return new Scope(id, name, region, properties, input, one);
  }

  /** The same, with what the caller gave. */
  Scope given(Fields more) {
    return new Scope(id, name, region, properties, more, item);
  }

  /** What a placeholder stands for; empty if there is no such thing here. */
  Optional<Value> get(String placeholder) {
    if (placeholder.startsWith("/")) {
      return Pointer.of(placeholder).in(properties);
    }
    if (placeholder.startsWith("input.")) {
      return Pointer.of("/" + placeholder.substring("input.".length())).in(input);
    }
    if (placeholder.startsWith("item")) {
      return Pointer.of(placeholder.substring("item".length()))
          .in(item)
          .filter(value -> !(value instanceof Value.Null));
    }
    if (placeholder.matches("id\\.\\d")) {
      String[] parts = id.value().split("\\|", -1);
      int index = placeholder.charAt(3) - '0';
      return index < parts.length ? Optional.of(Value.text(parts[index])) : Optional.empty();
    }
    return switch (placeholder) {
      case "id" -> Optional.of(Value.text(id.value()));
      case "name" -> Optional.of(Value.text(name));
      case "region" -> Optional.of(Value.text(region));
      default -> Optional.empty();
    };
  }

  /** Whether a placeholder can stand for anything at all. */
  static boolean known(String placeholder) {
    return placeholder.matches("id(\\.\\d)?|name|region|item(/.+)?|input\\.[A-Za-z0-9_]+|/.+");
  }
}
