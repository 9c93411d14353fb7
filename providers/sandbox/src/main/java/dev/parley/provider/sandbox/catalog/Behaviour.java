package dev.parley.provider.sandbox.catalog;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a simulated cloud treats one type, beyond what its schema says.
 *
 * @param defaults what the cloud sets where a request is silent; templates as in outputs
 * @param outputs what it generates, in this order; see {@code Outputs} for the templates
 * @param when further outputs, where a property stands and is not false
 * @param copies outputs copied from the resource another property points at
 * @param pending how outputs look while it is made
 * @param deleting how outputs look while it is deleted
 * @param effects what a call changes
 * @param unique the properties that together can exist once in a scope
 * @param protect the property that forbids deletion
 * @param health how to tell whether it works; empty where there is nothing to look at
 * @param create how long making one usually takes
 * @param logs which kind of lines it writes
 */
public record Behaviour(
    Map<Pointer, Value> defaults,
    Map<Pointer, Value> outputs,
    List<When> when,
    Map<Pointer, Copy> copies,
    Map<Pointer, Value> pending,
    Map<Pointer, Value> deleting,
    Map<String, Map<Pointer, Value>> effects,
    Optional<Unique> unique,
    Optional<Pointer> protect,
    Optional<Health> health,
    Duration create,
    Duration update,
    Duration delete,
    Optional<String> logs) {

  /** Outputs that exist only where a property stands and is not false. */
  public record When(Pointer property, Map<Pointer, Value> outputs) {}

  /** An output taken from the resource that a property points at. */
  public record Copy(Pointer property, Pointer output) {}

  /** What can exist once. */
  public record Unique(List<Pointer> at, Scope scope) {
    /** How far uniqueness reaches. */
    public enum Scope {
      REGION,
      ACCOUNT,
      GLOBAL
    }
  }

  /**
   * When it works.
   *
   * @param needs properties that must hold these values
   * @param follow the way to what does its work: {@code >Type} the resources it points at, {@code
   *     <Type} those that point at it
   * @param warmup how long it takes after it is ready
   */
  public record Health(Map<Pointer, Value> needs, List<String> follow, Duration warmup) {}

  /** A type that nothing is said about. */
  static final Behaviour PLAIN = of(Fields.EMPTY);

  /** Reads one. */
  static Behaviour of(Fields read) {
    List<Value> seconds = read.itemsAt("seconds");
    return new Behaviour(
        places(read.fieldsAt("defaults")),
        places(read.fieldsAt("outputs")),
        read.itemsAt("when").stream()
            .map(Fields.class::cast)
            .map(
                when ->
                    new When(
                        Pointer.of(when.text("if").orElse("")), places(when.fieldsAt("outputs"))))
            .toList(),
        copies(read.fieldsAt("copies")),
        places(read.fieldsAt("pending")),
        places(read.fieldsAt("deleting")),
        effects(read.fieldsAt("effects")),
        read.get("unique").map(Fields.class::cast).map(Behaviour::unique),
        read.text("protect").map(Pointer::of),
        read.get("health").map(Fields.class::cast).map(Behaviour::health),
        seconds(seconds, 0),
        seconds(seconds, 1),
        seconds(seconds, 2),
        read.text("logs"));
  }

  private static Unique unique(Fields read) {
    var at = read.itemsAt("at").stream().map(item -> Pointer.of(((Text) item).text())).toList();
    String scope = read.text("scope").orElse("account");
    return new Unique(at, Unique.Scope.valueOf(scope.toUpperCase(java.util.Locale.ROOT)));
  }

  private static Health health(Fields read) {
    Duration warmup = read.get("warmup").map(Behaviour::seconds).orElse(Duration.ZERO);
    List<String> follow =
        read.itemsAt("follow").stream().map(step -> ((Text) step).text()).toList();
    return new Health(places(read.fieldsAt("needs")), follow, warmup);
  }

  private static Map<String, Map<Pointer, Value>> effects(Fields read) {
    var effects = new LinkedHashMap<String, Map<Pointer, Value>>();
    read.fields().forEach((call, effect) -> effects.put(call, places((Fields) effect)));
    return Collections.unmodifiableMap(effects);
  }

  private static Map<Pointer, Copy> copies(Fields read) {
    var copies = new LinkedHashMap<Pointer, Copy>();
    read.fields()
        .keySet()
        .forEach(
            to -> {
              List<Value> from = read.itemsAt(to);
              copies.put(
                  Pointer.of(to),
                  new Copy(
                      Pointer.of(((Text) from.get(0)).text()),
                      Pointer.of(((Text) from.get(1)).text())));
            });
    return Collections.unmodifiableMap(copies);
  }

  private static Map<Pointer, Value> places(Fields read) {
    var places = new LinkedHashMap<Pointer, Value>();
    read.fields().forEach((pointer, value) -> places.put(Pointer.of(pointer), value));
    return Collections.unmodifiableMap(places);
  }

  private static Duration seconds(List<Value> seconds, int index) {
    return index < seconds.size() ? seconds(seconds.get(index)) : Duration.ZERO;
  }

  private static Duration seconds(Value value) {
    return value instanceof Num(var number)
        ? Duration.ofMillis(number.movePointRight(3).longValue())
        : Duration.ZERO;
  }

  /** Whether a property counts as given: it stands there and is not false. */
  public static boolean given(Optional<Value> value) {
    return value.isPresent()
        && !value.get().equals(new Bool(false))
        && !value.get().equals(Value.NULL);
  }
}
