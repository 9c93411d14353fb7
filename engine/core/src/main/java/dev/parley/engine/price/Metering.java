package dev.parley.engine.price;

import dev.parley.resource.Address;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out how much of what a resource will use, as its usage models say. */
final class Metering {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_-]+)}");
  private static final Pattern AMOUNT =
      Pattern.compile("\\s*(\\d+(?:\\.\\d+)?|\\.\\d+)\\s*([A-Za-z]*)\\s*");

  private final String environment;
  private final Function<Address, Optional<Fields>> others;

  /**
   * For an environment's assumptions.
   *
   * @param others the properties of other resources of the plan, for references
   */
  Metering(String environment, Function<Address, Optional<Fields>> others) {
    this.environment = environment;
    this.others = others;
  }

  /**
   * So much of one thing.
   *
   * @param slot tells lines of one resource apart; the same before and after a change
   * @param assumptions what was assumed
   * @param missing what is not known, so that no price can be found
   */
  record Reading(
      String slot,
      String what,
      String service,
      String sku,
      String unit,
      BigDecimal quantity,
      List<String> assumptions,
      Optional<String> missing) {}

  /** All that a resource with these properties uses in a month. */
  List<Reading> read(List<UsageModel> models, Fields properties) {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < models.size(); i++) {
      UsageModel model = models.get(i);
      if (model.each().isEmpty()) {
        read(model, Integer.toString(i), properties, properties).ifPresent(readings::add);
      } else if (model.each().get().in(properties).orElse(Value.NULL) instanceof Items(var items)) {
        for (int n = 0; n < items.size(); n++) {
          read(model, i + "/" + n, properties, items.get(n)).ifPresent(readings::add);
        }
      }
    }
    return readings;
  }

  private Optional<Reading> read(UsageModel model, String slot, Fields root, Value item) {
    var values = new HashMap<String, String>();
    var assumptions = new ArrayList<String>();
    var missing = new ArrayList<String>();
    model
        .with()
        .forEach(
            (name, variable) -> {
              Optional<String> found = look(variable, root, item);
              if (found.isEmpty() && variable.assume().isPresent()) {
                found = variable.assume();
                assumptions.add(name + " " + found.get());
              }
              found.ifPresentOrElse(value -> values.put(name, value), () -> missing.add(name));
            });
    for (var condition : model.when().entrySet()) {
      if (!condition.getValue().contains(values.getOrDefault(condition.getKey(), ""))) {
        return Optional.empty();
      }
    }
    BigDecimal quantity = BigDecimal.ONE;
    for (UsageModel.Factor factor : model.quantity()) {
      quantity = quantity.multiply(amount(factor, values, missing), MathContext.DECIMAL64);
    }
    quantity = whole(quantity);
    if (model.quantity().stream().anyMatch(UsageModel.Factor.Guess.class::isInstance)) {
      assumptions.add(
          quantity.toPlainString() + " " + model.unit().replace("-month", "") + " a month");
    }
    Optional<String> unknown =
        missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    return Optional.of(
        new Reading(
            slot,
            fill(model.what(), values),
            fill(model.service(), values),
            fill(model.sku(), values),
            model.unit(),
            quantity,
            assumptions,
            unknown));
  }

  /** Without trailing zeros, and without an exponent. */
  private static BigDecimal whole(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private Optional<String> look(UsageModel.Variable variable, Fields root, Value item) {
    String at = variable.at();
    Optional<Value> there =
        at.startsWith(".") ? Pointer.of(at.substring(1)).in(item) : Pointer.of(at).in(root);
    if (variable.follow().isPresent()) {
      there =
          there
              .filter(Ref.class::isInstance)
              .flatMap(ref -> followed((Ref) ref, variable.follow().get()));
    }
    return there
        .flatMap(Metering::plain)
        .or(variable::otherwise)
        .map(text -> step(variable, variable.map().getOrDefault(text, text)));
  }

  private Optional<Value> followed(Ref ref, Pointer to) {
    try {
      return others.apply(Address.of(ref.target())).flatMap(to::in);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The smallest size sold that is enough; the value itself if it is larger than all. */
  private static String step(UsageModel.Variable variable, String text) {
    Optional<BigDecimal> amount = variable.steps().isEmpty() ? Optional.empty() : number(text);
    return amount
        .flatMap(
            number ->
                variable.steps().stream().filter(size -> size.compareTo(number) >= 0).findFirst())
        .map(BigDecimal::toPlainString)
        .orElse(text);
  }

  private BigDecimal amount(
      UsageModel.Factor factor, Map<String, String> values, List<String> missing) {
    return switch (factor) {
      case UsageModel.Factor.Fixed(var number) -> number;
      case UsageModel.Factor.Named(var name) -> {
        Optional<BigDecimal> number =
            Optional.ofNullable(values.get(name)).flatMap(Metering::number);
        if (number.isEmpty() && !missing.contains(name)) {
          missing.add(name);
        }
        yield number.orElse(BigDecimal.ONE);
      }
      case UsageModel.Factor.Guess(var guess) ->
          guess.getOrDefault(environment, guess.getOrDefault("otherwise", BigDecimal.ONE));
    };
  }

  static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String fill(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "?")));
  }

  private static Optional<String> plain(Value value) {
    return switch (value) {
      case Text(var text) -> Optional.of(text);
      case Num(var number) -> Optional.of(number.toPlainString());
      case Bool(var bool) -> Optional.of(Boolean.toString(bool));
      case Items(var items) -> Optional.of(Integer.toString(items.size()));
      default -> Optional.empty();
    };
  }

  /** A number, with a unit in front of which it stands: {@code 512Mi} and {@code 512M} are 0.5. */
  private static Optional<BigDecimal> number(String text) {
    Matcher match = AMOUNT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "m" -> number.divide(BigDecimal.valueOf(1000), MathContext.DECIMAL64);
          case "M", "Mi", "MB", "MiB" ->
              number.divide(BigDecimal.valueOf(1024), MathContext.DECIMAL64);
          case "T", "Ti", "TB", "TiB" -> number.multiply(BigDecimal.valueOf(1024));
          default -> number;
        });
  }
}
