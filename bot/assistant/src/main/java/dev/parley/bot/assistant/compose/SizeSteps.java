package dev.parley.bot.assistant.compose;

import dev.parley.catalog.Offering;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Text;
import java.util.List;
import java.util.Optional;

/** The next size up or down. */
final class SizeSteps {
  private static final List<String> WORDS =
      List.of("micro", "small", "medium", "large", "xlarge", "2xlarge");

  private SizeSteps() {}

  /** The size a target has now: wanted, observed, or the offering's default. */
  static Optional<String> current(Target target, Offering offering) {
    Optional<String> wanted =
        target
            .make()
            .flatMap(
                make ->
                    make.what() instanceof OfService(_, var arguments)
                        ? arguments.text("size")
                        : Optional.empty());
    Optional<String> observed =
        target
            .tracked()
            .flatMap(
                t ->
                    Optional.ofNullable(offering.roles().get("size"))
                        .flatMap(role -> role.in(t.resource().properties())))
            .flatMap(
                value -> value instanceof Text(var text) ? Optional.of(text) : Optional.empty());
    return wanted.or(() -> observed).or(() -> offering.defaults().text("size"));
  }

  /** The size {@code by} steps on; empty at either end. */
  static Optional<Value> step(String current, int by, Offering offering) {
    int word = WORDS.indexOf(current);
    if (word >= 0) {
      return word + by >= 0 && word + by < WORDS.size()
          ? Optional.of(Value.text(WORDS.get(word + by)))
          : Optional.empty();
    }
    List<String> skus = offering.sizes().stream().map(Offering.Size::sku).toList();
    int index = skus.indexOf(current);
    if (index < 0) {
      return Optional.empty();
    }
    String family = family(current);
    for (int i = index + by; i >= 0 && i < skus.size(); i += by) {
      if (family(skus.get(i)).equals(family)) {
        return Optional.of(Value.text(skus.get(i)));
      }
    }
    int next = index + by;
    return next >= 0 && next < skus.size()
        ? Optional.of(Value.text(skus.get(next)))
        : Optional.empty();
  }

  /**
   * What stands before the size proper: {@code t3} of t3.medium, {@code Standard_B} of
   * Standard_B2s.
   */
  private static String family(String sku) {
    int dot = sku.lastIndexOf('.');
    return dot > 0 ? sku.substring(0, dot) : sku.replaceAll("\\d.*$", "");
  }
}
