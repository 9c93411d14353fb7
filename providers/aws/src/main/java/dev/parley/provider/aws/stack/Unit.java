package dev.parley.provider.aws.stack;

import dev.parley.catalog.TypeSchema;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * Linked resources asked for as one: a resource of CloudFormation's own type, with a template. What
 * CDK synthesises is such a template.
 */
final class Unit {
  private static final String TYPE = "AWS::CloudFormation::Stack";
  private static final String HIDDEN = "****";

  /** What goes into a change set; everything else can't be asked for. */
  private static final Set<String> TAKEN =
      Set.of(
          "StackName",
          "TemplateBody",
          "TemplateURL",
          "Parameters",
          "Capabilities",
          "RoleARN",
          "NotificationARNs",
          "Tags");

  private Unit() {}

  /** Whether a resource of this type is a stack itself. */
  static boolean is(ResourceType type) {
    return type.name().equals(TYPE);
  }

  /** The name its stack shall have: the one that is asked for, else one from the correlation. */
  static String name(Fields desired, String correlation) {
    return desired.text("StackName").orElseGet(() -> Names.stack(correlation));
  }

  /** What was asked for and can't be sent. */
  static List<Pointer> foreign(Fields properties, TypeSchema schema) {
    return properties.fields().keySet().stream()
        .filter(name -> !TAKEN.contains(name))
        .map(Pointer.ROOT::child)
        .filter(at -> !schema.readOnly().contains(at))
        .toList();
  }

  /**
   * What to send.
   *
   * @param existing the stack as it is, if there is one: its hidden parameters keep their values
   * @param secret the text behind a secret's reference
   */
  static Submission submission(
      String stack,
      Fields properties,
      List<Tag> marks,
      Optional<Stack> existing,
      Function<String, String> secret) {
    Value given = properties.get("TemplateBody").orElse(Value.NULL);
    Concealed concealed =
        given instanceof Fields template
            ? Concealed.of(template, 1)
            : new Concealed(Fields.EMPTY, Map.of());
    Value body =
        given instanceof Fields ? declaring(concealed.properties(), concealed.parameters()) : given;
    var secrets = new ArrayList<String>();
    Function<String, String> kept =
        reference -> {
          String text = secret.apply(reference);
          secrets.add(text);
          return text;
        };
    List<Parameter> parameters = parameters(properties, concealed.parameters(), existing, kept);
    var tags = new ArrayList<Tag>(marks);
    for (Value item : properties.itemsAt("Tags")) {
      if (item instanceof Fields tag && tag.text("Key").isPresent()) {
        String key = tag.text("Key").get();
        if (marks.stream().noneMatch(mark -> mark.key().equals(key))) {
          tags.add(Tag.builder().key(key).value(plain(tag.get("Value"), kept)).build());
        }
      }
    }
    return new Submission(
        stack,
        body instanceof Value.Null ? Optional.empty() : Optional.of(Templates.text(body)),
        properties.text("TemplateURL"),
        parameters,
        tags,
        properties.itemsAt("Capabilities").stream()
            .map(item -> Capability.fromValue(plain(Optional.of(item), kept)))
            .toList(),
        properties.text("RoleARN"),
        properties.itemsAt("NotificationARNs").stream()
            .map(item -> plain(Optional.of(item), kept))
            .toList(),
        secrets,
        Digest.of(properties));
  }

  private static Fields declaring(Fields template, Map<String, String> secrets) {
    if (secrets.isEmpty()) {
      return template;
    }
    Fields declared = template.fieldsAt("Parameters");
    for (var more : Concealed.declared(secrets.keySet()).fields().entrySet()) {
      declared = declared.with(more.getKey(), more.getValue());
    }
    return template.with("Parameters", declared);
  }

  private static List<Parameter> parameters(
      Fields properties,
      Map<String, String> concealed,
      Optional<Stack> existing,
      Function<String, String> secret) {
    var parameters = new TreeMap<String, Parameter>();
    Set<String> declared = declared(properties);
    for (Parameter before : existing.map(Stack::parameters).orElse(List.of())) {
      if (declared.contains(before.parameterKey())) {
        parameters.put(
            before.parameterKey(),
            Parameter.builder().parameterKey(before.parameterKey()).usePreviousValue(true).build());
      }
    }
    properties
        .fieldsAt("Parameters")
        .fields()
        .forEach((name, value) -> parameters.put(name, parameter(name, value, secret)));
    concealed.forEach(
        (name, reference) -> parameters.put(name, parameter(name, new Secret(reference), secret)));
    return List.copyOf(parameters.values());
  }

  /** The parameters of a template in JSON; of another text we don't know them. */
  private static Set<String> declared(Fields properties) {
    Value body = properties.get("TemplateBody").orElse(Value.NULL);
    Optional<Fields> template =
        body instanceof Fields object ? Optional.of(object) : Templates.json(Templates.text(body));
    return template.map(object -> object.fieldsAt("Parameters").fields().keySet()).orElse(Set.of());
  }

  private static Parameter parameter(String name, Value value, Function<String, String> secret) {
    return Parameter.builder()
        .parameterKey(name)
        .parameterValue(plain(Optional.of(value), secret))
        .build();
  }

  /** CloudFormation takes texts only; a list is joined by commas. */
  private static String plain(Optional<Value> value, Function<String, String> secret) {
    return switch (value.orElse(Value.text(""))) {
      case Text(var text) -> text;
      case Num(var number) -> number.toPlainString();
      case Bool(var bool) -> Boolean.toString(bool);
      case Secret(var reference) -> secret.apply(reference);
      case Items(var items) ->
          String.join(",", items.stream().map(item -> plain(Optional.of(item), secret)).toList());
      case Value other -> Templates.text(other);
    };
  }

  /**
   * A stack's properties as they can be seen.
   *
   * @param template empty if it was not looked at
   */
  static Fields properties(Stack stack, Optional<String> template) {
    Fields seen =
        Fields.of("StackName", Value.text(stack.stackName()))
            .with("StackId", Value.text(stack.stackId()))
            .with("StackStatus", Value.text(stack.stackStatusAsString()));
    if (template.isPresent()) {
      seen = seen.with("TemplateBody", Templates.shown(template.get()));
    }
    if (stack.description() != null) {
      seen = seen.with("Description", Value.text(stack.description()));
    }
    if (stack.roleARN() != null) {
      seen = seen.with("RoleARN", Value.text(stack.roleARN()));
    }
    Fields parameters = Fields.EMPTY;
    Set<String> concealed = concealed(template);
    for (Parameter parameter : stack.parameters()) {
      if (parameter.parameterValue() != null
          && !parameter.parameterValue().equals(HIDDEN)
          && !concealed.contains(parameter.parameterKey())) {
        parameters =
            parameters.with(parameter.parameterKey(), Value.text(parameter.parameterValue()));
      }
    }
    if (!parameters.isEmpty()) {
      seen = seen.with("Parameters", parameters);
    }
    if (!stack.capabilities().isEmpty()) {
      seen = seen.with("Capabilities", Value.texts(stack.capabilitiesAsStrings()));
    }
    if (!stack.notificationARNs().isEmpty()) {
      seen = seen.with("NotificationARNs", Value.texts(stack.notificationARNs()));
    }
    var outputs = stack.outputs().stream().map(Unit::output).toList();
    if (!outputs.isEmpty()) {
      seen = seen.with("Outputs", new Items(outputs));
    }
    var tags = stack.tags().stream().filter(Unit::asked).map(Unit::tag).toList();
    return tags.isEmpty() ? seen : seen.with("Tags", new Items(tags));
  }

  /** Parameters that a template hides: not everybody who serves a stack does so as well. */
  private static Set<String> concealed(Optional<String> template) {
    return template
        .flatMap(Templates::json)
        .map(object -> object.fieldsAt("Parameters").fields())
        .orElse(Map.of())
        .entrySet()
        .stream()
        .filter(
            declared ->
                declared.getValue() instanceof Fields about
                    && about
                        .get("NoEcho")
                        .filter(no -> plain(Optional.of(no), _ -> "").equals("true"))
                        .isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean asked(Tag tag) {
    return !tag.key().equals(Tagging.CORRELATION);
  }

  private static Value tag(Tag tag) {
    return Fields.of("Key", Value.text(tag.key())).with("Value", Value.text(tag.value()));
  }

  private static Value output(Output output) {
    Fields shown =
        Fields.of("OutputKey", Value.text(output.outputKey()))
            .with("OutputValue", Value.text(Optional.ofNullable(output.outputValue()).orElse("")));
    return output.description() == null
        ? shown
        : shown.with("Description", Value.text(output.description()));
  }
}
