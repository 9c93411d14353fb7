package dev.parley.store;

/** The views can't be trusted; they are thrown away and made anew from the journal. */
final class Doubt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Doubt(String why) {
    super(why);
  }

  Doubt(String why, Throwable cause) {
    super(why, cause);
  }
}
