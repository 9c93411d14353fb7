package dev.parley.provider.aws.stack;

import dev.parley.engine.json.Json;
import dev.parley.resource.Address;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The template of a stack of one: a single resource, its identifier and its attributes as outputs.
 * An output's description is the property it stands for.
 *
 * @param template the whole of it
 */
record Single(Fields template) {
  private static final Pointer PROPERTIES =
      new Pointer(List.of("Resources", Names.RESOURCE, "Properties"));

  /**
   * A new one.
   *
   * @param parameters those that hide secrets
   * @param attributes what is asked for as outputs
   */
  static Single of(
      Address at, Fields properties, Iterable<String> parameters, List<Pointer> attributes) {
    Fields resource =
        Fields.of("Type", Value.text(at.type().name())).with("Properties", properties);
    Fields template =
        new Fields(
            Map.of("AWSTemplateFormatVersion", Value.text("2010-09-09"), "Description", about(at)));
    template =
        template
            .with("Metadata", Fields.of("Parley", Fields.of("Address", Value.text(at.toString()))))
            .with("Resources", Fields.of(Names.RESOURCE, resource))
            .with("Outputs", outputs(attributes));
    Fields declared = Concealed.declared(parameters);
    return new Single(declared.isEmpty() ? template : template.with("Parameters", declared));
  }

  /** Reads one that Parley wrote; empty if the text is none. */
  static Optional<Single> read(String text) {
    return Templates.json(text).filter(Single::ours).map(Single::new);
  }

  private static boolean ours(Fields template) {
    return template.fieldsAt("Resources").fields().keySet().equals(java.util.Set.of(Names.RESOURCE))
        && template.fieldsAt("Metadata").get("Parley").isPresent();
  }

  Fields properties() {
    return PROPERTIES.in(template).map(Fields.class::cast).orElse(Fields.EMPTY);
  }

  Fields parameters() {
    return template.fieldsAt("Parameters");
  }

  String type() {
    return template.fieldsAt("Resources").fieldsAt(Names.RESOURCE).text("Type").orElse("");
  }

  /** Where the resource was planned, as it was written down. */
  Optional<String> address() {
    return template.fieldsAt("Metadata").fieldsAt("Parley").text("Address");
  }

  /** A copy with other properties, and with the parameters they still refer to. */
  Single with(Fields properties, Iterable<String> added) {
    Fields changed = PROPERTIES.set(template, properties);
    Fields declared = parameters();
    for (var more : Concealed.declared(added).fields().entrySet()) {
      declared = declared.with(more.getKey(), more.getValue());
    }
    String text = Json.write(properties);
    var used = new LinkedHashMap<String, Value>();
    declared
        .fields()
        .forEach(
            (name, parameter) -> {
              if (text.contains("{\"Ref\":\"" + name + "\"}")) {
                used.put(name, parameter);
              }
            });
    return new Single(
        used.isEmpty()
            ? changed.without("Parameters")
            : changed.with("Parameters", new Fields(used)));
  }

  private static Value about(Address at) {
    String text = "Made by Parley: " + at;
    return Value.text(text.length() > 1024 ? text.substring(0, 1024) : text);
  }

  private static Fields outputs(List<Pointer> attributes) {
    Fields outputs =
        Fields.of("Id", Fields.of("Value", Fields.of("Ref", Value.text(Names.RESOURCE))));
    for (Pointer at : attributes) {
      Value get =
          Fields.of(
              "Fn::GetAtt", Items.of(Value.text(Names.RESOURCE), Value.text(Attributes.name(at))));
      String key = "Attribute" + Attributes.name(at).replaceAll("[^A-Za-z0-9]", "");
      outputs =
          outputs.with(key, Fields.of("Description", Value.text(at.toString())).with("Value", get));
    }
    return outputs;
  }
}
