package dev.parley.provider.aws.stack;

import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Null;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import dev.parley.value.Value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Properties whose secrets have become parameters that CloudFormation never shows: a template can
 * be read by everybody who may look at the stack.
 *
 * @param properties with a {@code Ref} where a secret stood
 * @param parameters the secret's reference by the parameter's name
 */
record Concealed(Fields properties, Map<String, String> parameters) {
  private static final String PREFIX = "ParleySecret";

  Concealed {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Takes the secrets out.
   *
   * @param from the number of the first parameter, so that those that stay keep their names
   */
  static Concealed of(Fields properties, int from) {
    var parameters = new LinkedHashMap<String, String>();
    return new Concealed((Fields) hide(properties, parameters, from), parameters);
  }

  /** Whether a value is what a secret became. */
  static boolean hides(Value value) {
    return value instanceof Fields fields
        && fields.fields().size() == 1
        && fields.text("Ref").filter(name -> name.startsWith(PREFIX)).isPresent();
  }

  /** The number behind the last parameter that a template has. */
  static int next(Fields parameters) {
    return parameters.fields().keySet().stream()
            .filter(name -> name.matches(PREFIX + "[0-9]{1,6}"))
            .mapToInt(name -> Integer.parseInt(name.substring(PREFIX.length())))
            .max()
            .orElse(0)
        + 1;
  }

  /** The properties without what hides secrets; lists and objects stay, though emptier. */
  static Fields shown(Fields properties) {
    return (Fields) strip(properties);
  }

  /** How a template declares the parameters. */
  static Fields declared(Iterable<String> names) {
    Fields declared = Fields.EMPTY;
    for (String name : names) {
      declared =
          declared.with(
              name, Fields.of("Type", Value.text("String")).with("NoEcho", Value.bool(true)));
    }
    return declared;
  }

  private static Value hide(Value value, Map<String, String> parameters, int from) {
    return switch (value) {
      case Secret(var reference) -> {
        String name = PREFIX + (from + parameters.size());
        parameters.put(name, reference);
        yield Fields.of("Ref", Value.text(name));
      }
      case Fields(var fields) -> {
        var hidden = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> hidden.put(name, hide(field, parameters, from)));
        yield new Fields(hidden);
      }
      case Items(var items) -> {
        List<Value> hidden = new ArrayList<>();
        items.forEach(item -> hidden.add(hide(item, parameters, from)));
        yield new Items(hidden);
      }
      case Ref _, Unknown _ ->
          throw new IllegalArgumentException("not resolved before the call: " + value);
      case Text _, Num _, Bool _, Null _ -> value;
    };
  }

  private static Value strip(Value value) {
    return switch (value) {
      case Fields(var fields) -> {
        var shown = new LinkedHashMap<String, Value>();
        fields.forEach(
            (name, field) -> {
              if (!hides(field)) {
                shown.put(name, strip(field));
              }
            });
        yield new Fields(shown);
      }
      case Items(var items) ->
          new Items(items.stream().filter(item -> !hides(item)).map(Concealed::strip).toList());
      case Text _, Num _, Bool _, Null _, Ref _, Secret _, Unknown _ -> value;
    };
  }
}
