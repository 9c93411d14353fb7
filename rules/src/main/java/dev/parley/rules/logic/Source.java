package dev.parley.rules.logic;

import dev.parley.value.Pointer;
import dev.parley.value.Value;

/** Where an assertion takes a value from. */
public sealed interface Source {
  /**
   * Relative to the item at hand, or to the resource where there is none: {@code /Encrypted},
   * {@code .}.
   */
  record Here(Pointer at) implements Source {
    @Override
    public String toString() {
      return at.segments().isEmpty() ? "." : at.toString();
    }
  }

  /** From the resource's root, also inside an item: {@code $/Name}. */
  record Root(Pointer at) implements Source {
    @Override
    public String toString() {
      return "$" + at;
    }
  }

  /** Derived by the rulebook: {@code @region}, {@code @tags/owner}, {@code @sku/vcpu}. */
  record Context(Pointer at) implements Source {
    @Override
    public String toString() {
      return "@" + at.toString().substring(1);
    }
  }

  /** Written in the rule. */
  record Literal(Value value) implements Source {
    @Override
    public String toString() {
      return Phrases.of(value);
    }
  }

  /**
   * Reads the text form of a place.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Source of(String text) {
    if (text.equals(".")) {
      return new Here(Pointer.ROOT);
    }
    if (text.startsWith("@") && text.length() > 1) {
      return new Context(Pointer.of("/" + text.substring(1)));
    }
    if (text.startsWith("$/")) {
      return new Root(Pointer.of(text.substring(1)));
    }
    if (text.startsWith("/")) {
      return new Here(Pointer.of(text));
    }
    throw new IllegalArgumentException(
        "a place is /property, $/property, @context or '.': " + text);
  }
}
