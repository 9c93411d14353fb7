package dev.parley.rules.logic;

import dev.parley.value.Pointer;
import java.util.function.Supplier;

/**
 * What an assertion says, and what decided it. The words are made only when somebody reads them:
 * nearly all results are passes that nobody does.
 *
 * @param at the deciding place in the resource
 * @param found what stands there
 * @param wanted what should stand there
 */
public record Result(Tri tri, Pointer at, Supplier<String> found, Supplier<String> wanted) {
  /** Nothing to object to. */
  static final Result NOTHING = new Result(Tri.PASS, Pointer.ROOT, () -> "nothing", () -> "");

  static Result of(Tri tri, Pointer at, Found found, String wanted) {
    return new Result(tri, at, () -> Phrases.of(found), () -> wanted);
  }

  /** What stands there, in words. */
  public String actual() {
    return found.get();
  }

  /** What should stand there, in words. */
  public String expected() {
    return wanted.get();
  }

  Result not() {
    return new Result(tri.not(), at, found, () -> turned(wanted.get()));
  }

  /** The same with another outcome. */
  public Result as(Tri other) {
    return new Result(other, at, found, wanted);
  }

  private static String turned(String wanted) {
    return wanted.startsWith("not ") ? wanted.substring(4) : "not " + wanted;
  }
}
