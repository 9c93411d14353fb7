package dev.parley.engine.catalog;

import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.engine.json.Nearest;
import dev.parley.engine.json.Yaml;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files catalogs are written in: one JSON file for each type, one YAML file of offerings for
 * each family. Every mistake of a file is told at once.
 */
public final class CatalogFiles {
  private static final String TYPE_FORM = "write family:name, for example aws:AWS::SQS::Queue";

  private CatalogFiles() {}

  /**
   * One type.
   *
   * @param file its name, for messages
   * @throws Invalid with every mistake
   */
  public static TypeSchema type(String file, String json) {
    Value value;
    try {
      value = Json.parsePlain(json);
    } catch (Invalid e) {
      throw new Invalid(
          e.problems().stream()
              .map(p -> new Problem(file + ": " + p.where(), p.what(), p.why(), p.next()))
              .toList());
    }
    Form form = Form.of(file, value);
    Optional<ResourceType> type = type(form, "type");
    String title = form.required("title");
    String description = form.text("description").orElse("");
    Form schemaForm = form.object("schema");
    Fields schema = schemaForm.fields();
    if (schema.fieldsAt("properties").isEmpty()) {
      form.wrong(
          "schema",
          "a schema without properties",
          "a type has at least one",
          "write schema: {\"type\": \"object\", \"properties\": {…}}");
    }
    var node = SchemaNode.of(schema);
    Set<Pointer> readOnly = places(form, "readOnly", node);
    Set<Pointer> writeOnly = places(form, "writeOnly", node);
    Set<Pointer> createOnly = places(form, "createOnly", node);
    Pointer identity = form.pointer("identity").orElse(Pointer.ROOT);
    if (form.required("identity").isEmpty() || node.at(identity).silent()) {
      form.wrong(
          "identity",
          "'" + identity + "'",
          "the schema has no such property",
          Nearest.hint(name(identity), node.names(), "properties"));
    }
    var links = new ArrayList<TypeSchema.Link>();
    for (Form link : form.objects("links")) {
      links.add(link(link, node));
    }
    Optional<TypeSchema.Tags> tags =
        form.value("tags").flatMap(_ -> tags(form.object("tags"), node));
    Optional<String> general = form.text("general");
    boolean stateful = form.flag("stateful", false);
    Set<String> calls = Set.copyOf(new HashSet<>(form.texts("calls")));
    form.text("source");
    form.done();
    form.check();
    return new TypeSchema(
        type.orElseThrow(),
        title,
        description,
        schema,
        readOnly,
        writeOnly,
        createOnly,
        identity,
        links,
        tags,
        general,
        stateful,
        calls,
        file + " sha256:" + Digest.ofText(json).hex());
  }

  /**
   * The offerings of one family.
   *
   * @param file its name, for messages
   * @throws Invalid with every mistake
   */
  public static List<Offering> offerings(String file, String yaml) {
    Form form = Form.of(Yaml.parse(file, yaml));
    var read = new ArrayList<Offering>();
    var services = new HashSet<String>();
    for (Form each : form.objects("offerings")) {
      offering(each).ifPresent(read::add);
      String service = each.text("service").orElse("");
      if (!service.isEmpty() && !services.add(service)) {
        each.wrong("service", "'" + service + "'", "this service stands here twice", "leave one");
      }
    }
    if (form.value("offerings").isEmpty()) {
      form.wrong("offerings", "nothing", "'offerings' is needed", "write offerings: and a list");
    }
    form.done();
    form.check();
    return List.copyOf(read);
  }

  private static Optional<Offering> offering(Form form) {
    String service = form.required("service");
    String title = form.required("title");
    List<String> words = form.texts("words");
    var parts = new ArrayList<Offering.Part>();
    for (Form part : form.objects("parts")) {
      String suffix = part.text("suffix").orElse("");
      Optional<ResourceType> type = type(part, "type");
      Fields properties = part.object("properties").fields();
      Set<String> only = Set.copyOf(new HashSet<>(part.texts("only")));
      part.done();
      type.ifPresent(found -> parts.add(new Offering.Part(suffix, found, properties, only)));
    }
    if (parts.isEmpty()) {
      form.wrong(
          "parts",
          "no parts",
          "an offering is made of at least one type",
          "write parts: and a list of {suffix, type, properties}");
    }
    Form roleForm = form.object("roles");
    var roles = new LinkedHashMap<String, Pointer>();
    for (String role : roleForm.names()) {
      roleForm.pointer(role).ifPresent(pointer -> roles.put(role, pointer));
    }
    Fields defaults = form.object("defaults").fields();
    Form variantForm = form.object("variants");
    var variants = new LinkedHashMap<String, Fields>();
    for (String variant : variantForm.names()) {
      variants.put(variant, variantForm.object(variant).fields());
    }
    var sizes = new ArrayList<Offering.Size>();
    for (Form size : form.objects("sizes")) {
      String sku = size.required("sku");
      BigDecimal vcpu = amount(size, "vcpu");
      BigDecimal memory = amount(size, "memory");
      Map<String, Value> more = new HashMap<>(size.fields().fields());
      List.of("sku", "vcpu", "memory").forEach(more::remove);
      sizes.add(new Offering.Size(sku, vcpu, memory, more));
    }
    List<String> needs = form.texts("needs");
    form.value("elsewhere"); // roles of other parts: for readers of the file, not for the engine
    form.done();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Offering(service, title, words, parts, roles, defaults, variants, sizes, needs));
  }

  private static BigDecimal amount(Form form, String name) {
    Optional<BigDecimal> amount = form.number(name);
    if (amount.isEmpty() && form.value(name).isEmpty()) {
      form.wrong(name, "nothing", "'" + name + "' is needed", "write " + name + ": and a number");
    }
    return amount.orElse(BigDecimal.ZERO);
  }

  private static TypeSchema.Link link(Form form, SchemaNode schema) {
    Pointer from = form.pointer("from").orElse(Pointer.ROOT);
    if (form.required("from").isEmpty() || schema.at(from).silent()) {
      form.wrong(
          "from",
          "'" + from + "'",
          "the schema has no such property",
          Nearest.hint(name(from), schema.names(), "properties"));
    }
    var to = new ArrayList<ResourceType>();
    for (String target : form.texts("to")) {
      form.read("to", target, ResourceType::of, TYPE_FORM).ifPresent(to::add);
    }
    Pointer output = form.pointer("output").orElse(Pointer.ROOT);
    String relation =
        form.oneOf("relation", List.of("dependsOn", "deployedIn", "attachedTo"))
            .orElse("dependsOn");
    form.done();
    return new TypeSchema.Link(from, to, output, relation);
  }

  private static Optional<TypeSchema.Tags> tags(Form form, SchemaNode schema) {
    Pointer at = form.pointer("at").orElse(Pointer.ROOT);
    if (form.required("at").isEmpty() || schema.at(at).silent()) {
      form.wrong(
          "at",
          "'" + at + "'",
          "the schema has no such property",
          Nearest.hint(name(at), schema.names(), "properties"));
    }
    Optional<String> shape = form.oneOf("shape", List.of("MAP", "KEY_VALUE_LIST"));
    if (form.required("shape").isEmpty()) {
      return Optional.empty();
    }
    form.done();
    return shape.map(s -> new TypeSchema.Tags(at, TypeSchema.Tags.Shape.valueOf(s)));
  }

  private static Optional<ResourceType> type(Form form, String field) {
    return form.read(field, form.required(field), ResourceType::of, TYPE_FORM);
  }

  private static Set<Pointer> places(Form form, String field, SchemaNode schema) {
    var places = new HashSet<Pointer>();
    for (Pointer place : form.pointers(field)) {
      if (schema.at(place).silent()) {
        form.wrong(
            field,
            "'" + place + "'",
            "the schema has no such property",
            Nearest.hint(name(place), schema.names(), "properties"));
      }
      places.add(place);
    }
    return places;
  }

  private static String name(Pointer pointer) {
    return pointer.segments().isEmpty() ? "" : pointer.segments().getFirst();
  }
}
