package dev.parley.rules.logic;

import dev.parley.value.Pointer;

/**
 * What an assertion says, and what decided it.
 *
 * @param at the deciding place in the resource
 * @param actual what stands there, in words
 * @param expected what should stand there, in words
 */
public record Result(Tri tri, Pointer at, String actual, String expected) {
  /** Nothing to object to. */
  static final Result NOTHING = new Result(Tri.PASS, Pointer.ROOT, "nothing", "");

  Result not() {
    String other = expected.startsWith("not ") ? expected.substring(4) : "not " + expected;
    return new Result(tri.not(), at, actual, other);
  }

  Result as(Tri other) {
    return new Result(other, at, actual, expected);
  }
}
