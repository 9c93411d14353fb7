package dev.parley.bot.web;

/** Something the page asked for by name that is not there. */
final class Missing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Missing(String message) {
    super(message, null, false, false);
  }
}
