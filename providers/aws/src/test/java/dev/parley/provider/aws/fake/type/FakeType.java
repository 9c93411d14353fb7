package dev.parley.provider.aws.fake.type;

import dev.parley.engine.catalog.Patterns;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A registered type.
 *
 * @param schema in the registry's form
 */
public record FakeType(Fields schema, Manners manners) {
  /** A property that names a resource of another type by one of its properties. */
  public record Link(Pointer from, String type, Pointer to) {}

  /** For example {@code AWS::EC2::VPC}. */
  public String name() {
    return schema.text("typeName").orElseThrow();
  }

  /** The pointers of a list such as {@code readOnlyProperties}, without {@code /properties}. */
  public List<Pointer> pointers(String list) {
    var found = new ArrayList<Pointer>();
    for (Value each : schema.itemsAt(list)) {
      if (each instanceof Text(var text)) {
        found.add(pointer(text));
      }
    }
    return found;
  }

  private static Pointer pointer(String text) {
    List<String> segments = Pointer.of(text).segments();
    return new Pointer(segments.subList(1, segments.size()));
  }

  /** Whether it can do create, read, update, delete or list. */
  public boolean can(String handler) {
    return schema.fieldsAt("handlers").get(handler).isPresent();
  }

  /** What a listing must be given, as a schema; empty if it can be listed without more. */
  public Fields listing() {
    return schema.fieldsAt("handlers").fieldsAt("list").fieldsAt("handlerSchema");
  }

  /** The identifier of a resource with these properties, if it has all its parts. */
  public Optional<String> identifier(Fields properties) {
    var parts = new ArrayList<String>();
    for (Pointer each : pointers("primaryIdentifier")) {
      if (each.in(properties).orElse(Value.NULL) instanceof Text(var text)) {
        parts.add(text);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(String.join("|", parts));
  }

  /** The properties that make the identifier, and no others. */
  public Fields onlyIdentifier(Fields properties) {
    Fields only = Fields.EMPTY;
    for (Pointer each : pointers("primaryIdentifier")) {
      only = each.set(only, each.in(properties).orElseThrow());
    }
    return only;
  }

  /** Without what a read never shows. */
  public Fields shown(Fields properties) {
    return without(properties, pointers("writeOnlyProperties"));
  }

  /** Without what stands at the places that the patterns mean. */
  public static Fields without(Fields properties, List<Pointer> patterns) {
    Fields left = properties;
    for (Pointer pattern : patterns) {
      for (Pointer place : Patterns.places(pattern, left).reversed()) {
        left = place.remove(left);
      }
    }
    return left;
  }

  /** Where its tags stand; empty if it has none. */
  public Optional<Pointer> tags() {
    Fields tagging = schema.fieldsAt("tagging");
    boolean taggable = !tagging.get("taggable").equals(Optional.of(new Bool(false)));
    return taggable ? tagging.text("tagProperty").map(FakeType::pointer) : Optional.empty();
  }

  /** What its properties refer to. */
  public List<Link> links() {
    var found = new ArrayList<Link>();
    links(schema, Pointer.ROOT, 0, found);
    return found;
  }

  private void links(Fields part, Pointer at, int depth, List<Link> found) {
    if (depth > 8) {
      return;
    }
    Fields target = part.fieldsAt("relationshipRef");
    target
        .text("typeName")
        .ifPresent(
            type ->
                found.add(new Link(at, type, pointer(target.text("propertyPath").orElseThrow()))));
    part.fieldsAt("properties")
        .fields()
        .forEach(
            (name, property) -> {
              if (property instanceof Fields fields) {
                links(resolved(fields), at.child(name), depth + 1, found);
              }
            });
    if (!part.fieldsAt("items").isEmpty()) {
      links(resolved(part.fieldsAt("items")), at.child("*"), depth + 1, found);
    }
  }

  private Fields resolved(Fields part) {
    String prefix = "#/definitions/";
    return part.text("$ref")
        .filter(ref -> ref.startsWith(prefix))
        .map(ref -> schema.fieldsAt("definitions").fieldsAt(ref.substring(prefix.length())))
        .orElse(part);
  }
}
