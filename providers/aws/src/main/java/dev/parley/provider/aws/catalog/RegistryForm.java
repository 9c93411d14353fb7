package dev.parley.provider.aws.catalog;

import dev.parley.catalog.TypeSchema;
import dev.parley.catalog.TypeSchema.Tags;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a type as CloudFormation's registry writes it (provider definition schema of
 * cloudformation-cli: {@code typeName}, {@code properties}, {@code readOnlyProperties}, {@code
 * handlers} …).
 */
final class RegistryForm {
  /** Whose types these are. */
  static final String FAMILY = "aws";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::MODULE)?");
  private static final int DESCRIPTION = 600;

  private final Overlay overlay;

  RegistryForm(Overlay overlay) {
    this.overlay = overlay;
  }

  /**
   * The type that a document speaks of, before anything else of it is read.
   *
   * @throws Invalid if it is none
   */
  static String name(String source, Fields document) {
    String name = document.text("typeName").orElse("");
    if (!NAME.matcher(name).matches()) {
      throw new Invalid(
          new Problem(
              source + "#/typeName",
              name.isEmpty() ? "no typeName" : "'" + name + "'",
              "this is no type in registry form",
              "give a schema with typeName: Vendor::Service::Resource"));
    }
    return name;
  }

  /**
   * A document as an object. What {@code describe-type} prints is taken too: the schema stands in
   * it as text.
   *
   * @throws Invalid if it is none
   */
  static Fields document(String source, String json) {
    try {
      Value value = Json.parsePlain(json);
      if (value instanceof Fields fields) {
        Optional<String> inner = fields.text("Schema");
        return inner.isPresent() && fields.text("typeName").isEmpty()
            ? document(source, inner.get())
            : fields;
      }
      throw new Invalid(
          new Problem(source, Form.show(value), "a schema is an object", "give one type a file"));
    } catch (Invalid e) {
      throw new Invalid(
          e.problems().stream()
              .map(
                  p ->
                      p.where().startsWith(source)
                          ? p
                          : new Problem(source + ": " + p.where(), p.what(), p.why(), p.next()))
              .toList());
    }
  }

  /**
   * Reads one type.
   *
   * @param source names the document, for messages and {@link TypeSchema#source}
   * @throws Invalid with every mistake
   */
  AwsType read(String source, Fields document) {
    String name = name(source, document);
    var problems = new ArrayList<Problem>();
    Fields checked = Checkable.of(source, document, problems);
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    var places = new Places(checked);
    Set<Pointer> readOnly = places.of(texts(document, "readOnlyProperties"));
    List<Pointer> identifier = List.copyOf(places.of(texts(document, "primaryIdentifier")));
    Fields schema = sendable(checked, readOnly);
    Overlay.Entry said = overlay.of(name);
    Fields handlers = document.fieldsAt("handlers");
    var unordered = new LinkedHashSet<Pointer>();
    var links = new Links(overlay, name, readOnly, identifier);
    said.links().stream().filter(link -> places.knows(link.from())).forEach(links::said);
    SchemaWalk.through(
        schema,
        (at, part) -> {
          if (unordered(part)) {
            unordered.add(at);
          }
          links.look(at, part);
        });
    var type =
        new TypeSchema(
            new ResourceType(FAMILY, name),
            said.title().orElse(title(name)),
            brief(document.text("description").orElse("")),
            schema,
            readOnly,
            places.of(texts(document, "writeOnlyProperties")),
            places.of(texts(document, "createOnlyProperties")),
            identity(identifier, readOnly),
            links.all(),
            tags(document, schema, places),
            said.general(),
            said.stateful()
                .orElseGet(
                    () ->
                        overlay
                            .keeping()
                            .guess(name, schema.fieldsAt("properties").fields().keySet())),
            said.calls(),
            source,
            places.of(texts(document, "conditionalCreateOnlyProperties")),
            permissions(handlers));
    return new AwsType(
        type,
        identifier,
        handlers.fields().keySet(),
        parents(handlers),
        unordered,
        transforms(document, places),
        timeouts(handlers),
        replacement(document));
  }

  /** What the provider sets itself can't be required of those who ask. */
  private static Fields sendable(Fields schema, Set<Pointer> readOnly) {
    List<Value> required =
        schema.itemsAt("required").stream()
            .filter(
                name ->
                    !(name instanceof Text(var text)
                        && readOnly.contains(new Pointer(List.of(text)))))
            .toList();
    return required.isEmpty()
        ? schema.without("required")
        : schema.with("required", new Items(required));
  }

  /** Of several parts that which the provider chooses says most; else the innermost. */
  private static Pointer identity(List<Pointer> identifier, Set<Pointer> readOnly) {
    return identifier.stream()
        .filter(readOnly::contains)
        .findFirst()
        .orElse(identifier.isEmpty() ? Pointer.ROOT : identifier.getLast());
  }

  private static boolean unordered(Fields part) {
    return part.get("insertionOrder").equals(Optional.of(new Bool(false)))
        || part.get("uniqueItems").equals(Optional.of(new Bool(true)));
  }

  private static Optional<Tags> tags(Fields document, Fields schema, Places places) {
    Fields tagging = document.fieldsAt("tagging");
    boolean none =
        tagging
            .get("taggable")
            .or(() -> document.get("taggable"))
            .equals(Optional.of(new Bool(false)));
    if (none) {
      return Optional.empty();
    }
    return places
        .of(tagging.text("tagProperty").orElse("/properties/Tags"))
        .flatMap(at -> shape(schema, at).map(shape -> new Tags(at, shape)));
  }

  private static Optional<Tags.Shape> shape(Fields schema, Pointer at) {
    var kinds = new HashSet<String>();
    var names = new HashSet<String>();
    SchemaWalk.through(
        schema,
        (place, part) -> {
          if (place.equals(at)) {
            kinds.addAll(SchemaWalk.kinds(part));
          } else if (place.equals(at.child("*"))) {
            names.addAll(part.fieldsAt("properties").fields().keySet());
          }
        });
    if (kinds.contains("array")) {
      return names.containsAll(Set.of("Key", "Value"))
          ? Optional.of(Tags.Shape.KEY_VALUE_LIST)
          : Optional.empty();
    }
    return kinds.contains("object") ? Optional.of(Tags.Shape.MAP) : Optional.empty();
  }

  private static Map<String, List<String>> permissions(Fields handlers) {
    var permissions = new HashMap<String, List<String>>();
    handlers
        .fields()
        .forEach(
            (action, handler) -> {
              if (handler instanceof Fields fields) {
                permissions.put(action, texts(fields, "permissions"));
              }
            });
    return permissions;
  }

  /** What listing must be given. */
  private static Set<String> parents(Fields handlers) {
    return Set.copyOf(
        new HashSet<>(texts(handlers.fieldsAt("list").fieldsAt("handlerSchema"), "required")));
  }

  private static Map<String, Duration> timeouts(Fields handlers) {
    var timeouts = new HashMap<String, Duration>();
    handlers
        .fields()
        .forEach(
            (action, handler) -> {
              if (handler instanceof Fields fields
                  && fields.get("timeoutInMinutes").orElse(Value.NULL) instanceof Num(var number)) {
                timeouts.put(action, Duration.ofMinutes(number.longValue()));
              }
            });
    return timeouts;
  }

  private static Map<Pointer, String> transforms(Fields document, Places places) {
    var transforms = new LinkedHashMap<Pointer, String>();
    document
        .fieldsAt("propertyTransform")
        .fields()
        .forEach(
            (place, expression) -> {
              if (expression instanceof Text(var text)) {
                places.of(place).ifPresent(at -> transforms.put(at, text));
              }
            });
    return transforms;
  }

  private static Optional<Boolean> replacement(Fields document) {
    return document
        .text("replacementStrategy")
        .filter(Set.of("create_then_delete", "delete_then_create")::contains)
        .map("create_then_delete"::equals);
  }

  /** Without the vendor: {@code SQS Queue}. */
  static String title(String name) {
    return name.substring(name.indexOf("::") + 2).replace("::", " ");
  }

  /** The first words of a description, as one line. */
  static String brief(String description) {
    String line = description.replace("``", "").replaceAll("\\s+", " ").strip();
    return line.length() <= DESCRIPTION ? line : line.substring(0, DESCRIPTION - 1) + "…";
  }

  private static List<String> texts(Fields fields, String name) {
    return fields.itemsAt(name).stream()
        .filter(Text.class::isInstance)
        .map(item -> ((Text) item).text())
        .toList();
  }
}
