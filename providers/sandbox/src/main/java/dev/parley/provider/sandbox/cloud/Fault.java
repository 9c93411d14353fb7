package dev.parley.provider.sandbox.cloud;

import dev.parley.engine.json.Form;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A scripted misfortune.
 *
 * @param on the verb it strikes, or {@code *}
 * @param type glob over type names without family, for example {@code AWS::EC2::*}
 * @param name glob over resource names
 * @param from the first matching call that it strikes, from 1
 * @param times how often it strikes; negative means always
 * @param seconds how long: the wait of a throttle, the delay of a slow operation
 */
public record Fault(
    String on, String type, String name, int from, int times, Effect effect, int seconds) {

  /** What happens. */
  public enum Effect {
    /** 429 with Retry-After. */
    THROTTLE,
    /** The permission is missing. */
    DENY,
    /** The credentials have expired. */
    EXPIRED,
    /** 503, nothing done. */
    DOWN,
    /** A limit of the account. */
    QUOTA,
    /** No hardware of that kind. */
    CAPACITY,
    /** The service is not enabled. */
    NOT_REGISTERED,
    /** The connection breaks before anything was done. */
    DROP_REQUEST,
    /** It is done, and the connection breaks before the answer. */
    DROP,
    /** It is done, and the answer arrives cut off. */
    TRUNCATE,
    /** It is done, and the answer says nothing. */
    EMPTY,
    /** It is done, and the answer is a 500. */
    ERROR,
    /** The operation fails in the end. */
    FAIL,
    /** The operation fails and leaves something half made. */
    FAIL_HALFWAY,
    /** The operation takes longer. */
    SLOW,
    /** The health check fails. */
    UNHEALTHY;

    /** Reads {@code drop-request}, {@code DROP_REQUEST} or {@code drop_request}. */
    public static Optional<Effect> of(String word) {
      String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
      for (Effect effect : values()) {
        if (effect.name().equals(name)) {
          return Optional.of(effect);
        }
      }
      return Optional.empty();
    }

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final List<String> VERBS =
      List.of(
          "create", "update", "delete", "call", "cancel", "read", "list", "find", "poll", "health",
          "logs", "check", "*");

  /** Reads a list of faults; mistakes are noted in the form. */
  public static List<Fault> all(Form form, String field) {
    return form.objects(field).stream().map(Fault::one).toList();
  }

  private static Fault one(Form form) {
    List<String> words = java.util.Arrays.stream(Effect.values()).map(Effect::word).toList();
    Effect effect = form.oneOf("effect", words).flatMap(Effect::of).orElse(Effect.FAIL);
    if (form.value("effect").isEmpty()) {
      form.wrong(
          "effect", "nothing", "a fault has an effect", "write one of " + String.join(", ", words));
    }
    String usual = effect == Effect.UNHEALTHY ? "health" : "create";
    var fault =
        new Fault(
            form.oneOf("on", VERBS).orElse(usual),
            form.text("type").orElse("*"),
            form.text("name").orElse("*"),
            form.number("from").map(Number::intValue).orElse(1),
            form.number("times").map(Number::intValue).orElse(effect == Effect.UNHEALTHY ? -1 : 1),
            effect,
            form.number("seconds").map(Number::intValue).orElse(effect == Effect.SLOW ? 60 : 1));
    form.done();
    return fault;
  }

  boolean fits(Request.Verb verb, String typeName, String resourceName) {
    return (on.equals("*") || on.equals(verb.word()))
        && glob(type, typeName)
        && glob(name, resourceName);
  }

  static boolean glob(String pattern, String text) {
    if (pattern.equals("*")) {
      return true;
    }
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    return text.matches(regex);
  }
}
