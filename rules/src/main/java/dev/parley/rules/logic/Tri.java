package dev.parley.rules.logic;

/** Kleene's three truth values, weakest first: and is the minimum, or is the maximum. */
public enum Tri {
  FAIL,
  UNKNOWN,
  PASS;

  /** A truth that is known. */
  public static Tri of(boolean truth) {
    return truth ? PASS : FAIL;
  }

  /** The other way round; unknown stays unknown. */
  public Tri not() {
    return switch (this) {
      case FAIL -> PASS;
      case UNKNOWN -> UNKNOWN;
      case PASS -> FAIL;
    };
  }
}
