package dev.parley.engine.price;

import dev.parley.value.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a type of resource costs money for.
 *
 * @param what for people, with {@code {variable}} placeholders
 * @param with what is looked up in the resource's properties
 * @param service the vendor's service, with placeholders
 * @param sku what is sold, with placeholders
 * @param unit the unit of the price, and of the quantity
 * @param quantity factors whose product is the quantity a month
 * @param each a list, each of whose items costs by itself
 * @param when what variables must be for the line to be there
 */
record UsageModel(
    String what,
    Map<String, Variable> with,
    String service,
    String sku,
    String unit,
    List<Factor> quantity,
    Optional<Pointer> each,
    Map<String, List<String>> when) {
  UsageModel {
    with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    quantity = List.copyOf(quantity);
    when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
  }

  /**
   * Something looked up.
   *
   * @param at where in the properties; {@code ./x} is inside the current item of {@code each}
   * @param follow if a reference stands there: where to look in the resource it refers to
   * @param map what certain values are called in the price list
   * @param steps sizes that are sold; the smallest that is enough is meant
   * @param otherwise what the provider takes when nothing is said
   * @param assume what we take when nothing is known; makes the line an assumption
   */
  record Variable(
      String at,
      Optional<Pointer> follow,
      Map<String, String> map,
      List<BigDecimal> steps,
      Optional<String> otherwise,
      Optional<String> assume) {
    Variable {
      map = Map.copyOf(map);
      var sorted = new ArrayList<>(steps);
      Collections.sort(sorted);
      steps = List.copyOf(sorted);
    }
  }

  /** What a quantity is made of. */
  sealed interface Factor {
    /** A number. */
    record Fixed(BigDecimal number) implements Factor {}

    /** A variable. */
    record Named(String variable) implements Factor {}

    /** A guess at how much will be used, by environment; {@code otherwise} for all others. */
    record Guess(Map<String, BigDecimal> byEnvironment) implements Factor {
      public Guess {
        byEnvironment = Map.copyOf(byEnvironment);
      }
    }
  }
}
