package dev.parley.plan;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A shape worth asking for again: a Draft with parameters.
 *
 * @param name lower-case letters, digits, dashes
 * @param words by which a request is recognised as the like
 * @param draft a Draft as JSON, with {@code ${parameter}} placeholders
 * @param uses how often a plan made from it was carried out
 */
public record Blueprint(
    String name,
    String title,
    Set<String> words,
    List<Parameter> parameters,
    Fields draft,
    int uses) {
  public Blueprint {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      throw new IllegalArgumentException(
          "a blueprint's name is lower-case letters, digits, dashes: " + name);
    }
    words = Set.copyOf(words);
    parameters = List.copyOf(parameters);
  }

  /**
   * Something to fill in.
   *
   * @param kind text, number or flag
   * @param fallback its value when none is given; none means it must be asked for
   * @param choices allowed values; empty means any
   */
  public record Parameter(
      String name, String title, Kind kind, Optional<Value> fallback, List<Value> choices) {
    public Parameter {
      choices = List.copyOf(choices);
    }
  }

  /** What a parameter holds. */
  public enum Kind {
    TEXT,
    NUMBER,
    FLAG
  }
}
