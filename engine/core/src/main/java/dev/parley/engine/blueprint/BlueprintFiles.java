package dev.parley.engine.blueprint;

import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.engine.json.Nearest;
import dev.parley.engine.json.Yaml;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Blueprint.Kind;
import dev.parley.plan.Blueprint.Parameter;
import dev.parley.plan.Draft;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blueprints as YAML: name, title, words, parameters, and a draft in the form of a Draft's JSON
 * with {@code ${parameter}} placeholders. What a draft leaves out is filled in: an open place, no
 * tags.
 */
public final class BlueprintFiles {
  private static final List<String> SHIPPED =
      List.of(
          "web-tier",
          "web-and-postgres",
          "static-site",
          "queue-worker",
          "private-network",
          "container-service",
          "small-kubernetes",
          "dev-box");

  private BlueprintFiles() {}

  /** Those for common shapes that come with the program. */
  public static List<Blueprint> shipped() {
    return SHIPPED.stream()
        .map(
            name ->
                read(name + ".yaml", resource("/dev/parley/engine/blueprints/" + name + ".yaml")))
        .toList();
  }

  /**
   * One blueprint.
   *
   * @param file its name, for messages
   * @throws Invalid with every mistake
   */
  public static Blueprint read(String file, String yaml) {
    Yaml parsed = Yaml.parse(file, yaml);
    Form form = Form.of(parsed);
    String name = form.required("name");
    if (!name.isEmpty() && !name.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      form.wrong(
          "name",
          "'" + name + "'",
          "a blueprint's name is lower-case letters, digits, dashes",
          "choose another name");
    }
    String title = form.required("title");
    List<String> words = form.texts("words");
    var parameters = new ArrayList<Parameter>();
    var names = new HashSet<String>();
    for (Form each : form.objects("parameters")) {
      parameter(each).ifPresent(parameters::add);
      String parameter = each.text("name").orElse("");
      if (!parameter.isEmpty() && !names.add(parameter)) {
        each.wrong("name", "'" + parameter + "'", "this parameter stands here twice", "leave one");
      }
    }
    Fields draft = form.object("draft").fields();
    if (draft.itemsAt("wants").isEmpty()) {
      form.wrong(
          "draft", "a draft without wants", "it would make nothing", "write wants: and a list");
    }
    for (String used : Template.placeholders(draft)) {
      if (!names.contains(used)) {
        form.wrong(
            "draft",
            "${" + used + "}",
            "there is no such parameter",
            Nearest.hint(used, names, "parameters"));
      }
    }
    int uses = form.number("uses").map(BigDecimal::intValue).orElse(0);
    form.done();
    form.check();
    return new Blueprint(name, title, Set.copyOf(words), parameters, draft, uses);
  }

  /** A blueprint as YAML that {@link #read} takes. */
  public static String write(Blueprint blueprint) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(blueprint.name()));
    fields.put("title", Value.text(blueprint.title()));
    fields.put("words", Value.texts(blueprint.words().stream().sorted().toList()));
    fields.put(
        "parameters",
        new Items(blueprint.parameters().stream().map(BlueprintFiles::written).toList()));
    fields.put("draft", blueprint.draft());
    fields.put("uses", Value.num(blueprint.uses()));
    return Json.pretty(new Fields(fields)) + "\n"; // JSON is YAML
  }

  /**
   * The Draft for these arguments.
   *
   * @param arguments by parameter; missing ones take their fallback
   * @throws Invalid with every argument that is missing, unknown or wrong
   */
  public static Draft fill(Blueprint blueprint, Fields arguments) {
    var problems = new ArrayList<Problem>();
    var values = new LinkedHashMap<String, Value>();
    for (Parameter parameter : blueprint.parameters()) {
      Optional<Value> given = arguments.get(parameter.name()).or(parameter::fallback);
      if (given.isEmpty()) {
        problems.add(
            new Problem(
                parameter.name(), "nothing", parameter.title() + " is needed", choices(parameter)));
        continue;
      }
      value(parameter, given.get(), problems)
          .ifPresent(value -> values.put(parameter.name(), value));
    }
    List<String> known = blueprint.parameters().stream().map(Parameter::name).toList();
    for (String name : arguments.fields().keySet()) {
      if (!known.contains(name)) {
        problems.add(
            new Problem(
                name,
                "'" + name + "'",
                "the blueprint " + blueprint.name() + " has no such parameter",
                Nearest.hint(name, known, "parameters")));
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    Value filled = new Template(values).fill(blueprint.draft());
    try {
      return Codec.decode(
          complete(blueprint, filled instanceof Fields fields ? fields : Fields.EMPTY),
          Draft.class);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          new Problem(
              "draft",
              "the blueprint " + blueprint.name(),
              String.valueOf(e.getMessage()),
              "mend the blueprint's draft"));
    }
  }

  private static Optional<Parameter> parameter(Form form) {
    String name = form.required("name");
    String title = form.text("title").orElse(name);
    Kind kind =
        form.oneOf("kind", List.of("text", "number", "flag"))
            .map(k -> Kind.valueOf(k.toUpperCase(java.util.Locale.ROOT)))
            .orElse(Kind.TEXT);
    Optional<Value> fallback = form.value("fallback");
    List<Value> choices =
        form.value("choices").orElse(Items.of()) instanceof Items(var items) ? items : List.of();
    if (fallback.isPresent() && !fits(kind, fallback.get())) {
      form.wrong(
          "fallback", Form.show(fallback.get()), "it is no " + word(kind), "write a " + word(kind));
    }
    for (Value choice : choices) {
      if (!fits(kind, choice)) {
        form.wrong("choices", Form.show(choice), "it is no " + word(kind), "write a " + word(kind));
      }
    }
    if (fallback.isPresent() && !choices.isEmpty() && !choices.contains(fallback.get())) {
      form.wrong(
          "fallback", Form.show(fallback.get()), "it is none of the choices", "take one of them");
    }
    form.done();
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Parameter(name, title, kind, fallback, choices));
  }

  private static Value written(Parameter parameter) {
    Fields fields =
        Fields.of("name", Value.text(parameter.name()))
            .with("title", Value.text(parameter.title()))
            .with("kind", Value.text(word(parameter.kind())));
    if (parameter.fallback().isPresent()) {
      fields = fields.with("fallback", parameter.fallback().get());
    }
    return parameter.choices().isEmpty()
        ? fields
        : fields.with("choices", new Items(parameter.choices()));
  }

  /** The value in the parameter's kind: "3" is a number where one is wanted. */
  private static Optional<Value> value(Parameter parameter, Value given, List<Problem> problems) {
    Value value = given;
    if (given instanceof Text(var text)
        && parameter.kind() == Kind.NUMBER
        && text.strip().matches("-?\\d{1,12}(\\.\\d+)?")) {
      value = Value.num(new BigDecimal(text.strip()));
    } else if (given instanceof Text(var text)
        && parameter.kind() == Kind.FLAG
        && text.strip().matches("true|false")) {
      value = Value.bool(Boolean.parseBoolean(text.strip()));
    } else if (given instanceof Num(var number) && parameter.kind() == Kind.TEXT) {
      value = Value.text(number.toPlainString());
    }
    if (!fits(parameter.kind(), value)) {
      problems.add(
          new Problem(
              parameter.name(),
              Form.show(given),
              parameter.title() + " is a " + word(parameter.kind()),
              choices(parameter)));
      return Optional.empty();
    }
    if (!parameter.choices().isEmpty() && !parameter.choices().contains(value)) {
      problems.add(
          new Problem(
              parameter.name(), Form.show(given), "it is none of the choices", choices(parameter)));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static boolean fits(Kind kind, Value value) {
    return switch (kind) {
      case TEXT -> value instanceof Text;
      case NUMBER -> value instanceof Num;
      case FLAG -> value instanceof Bool;
    };
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String choices(Parameter parameter) {
    if (!parameter.choices().isEmpty()) {
      return "choose " + String.join(", ", parameter.choices().stream().map(Form::show).toList());
    }
    return "give a " + word(parameter.kind());
  }

  /** What a draft in a file may leave out. */
  private static Fields complete(Blueprint blueprint, Fields draft) {
    var wants = new ArrayList<Value>();
    for (Value want : draft.itemsAt("wants")) {
      wants.add(want instanceof Fields fields ? want(fields) : want);
    }
    Fields whole = draft.with("wants", new Items(wants));
    whole = absent(whole, "title", Value.text(blueprint.title()));
    whole = whole.with("place", place(draft.fieldsAt("place")));
    whole = absent(whole, "tags", Fields.EMPTY);
    whole = absent(whole, "rollback", Value.bool(false));
    return absent(whole, "planner", Value.text("blueprint"));
  }

  private static Value want(Fields want) {
    Fields whole = want;
    if (want.get("what").isPresent()) {
      Fields what = want.fieldsAt("what");
      whole = absent(whole, "kind", Value.text("Make"));
      whole = whole.with("place", place(want.fieldsAt("place")));
      boolean service = what.get("service").isPresent();
      what = absent(what, "kind", Value.text(service ? "OfService" : "OfType"));
      what = absent(what, service ? "arguments" : "properties", Fields.EMPTY);
      whole = whole.with("what", what);
    }
    return whole;
  }

  private static Fields place(Fields place) {
    return absent(place, "cheapest", Value.bool(false));
  }

  private static Fields absent(Fields fields, String name, Value value) {
    return fields.get(name).isPresent() ? fields : fields.with(name, value);
  }

  private static String resource(String path) {
    try (@Nullable InputStream in = BlueprintFiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing in the program: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + path, e);
    }
  }
}
