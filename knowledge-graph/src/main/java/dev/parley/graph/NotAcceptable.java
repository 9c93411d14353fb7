package dev.parley.graph;

/** A result can't be had in any of the wanted formats. */
final class NotAcceptable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAcceptable(String message) {
    super(message, null, false, false);
  }
}
