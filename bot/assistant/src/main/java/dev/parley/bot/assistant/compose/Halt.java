package dev.parley.bot.assistant.compose;

import dev.parley.plan.Reading;

/** Ends composing early: something must be asked, or can't be understood. */
final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Reading reading;

  Halt(Reading reading) {
    super("composing ends here", null, false, false);
    this.reading = reading;
  }

  Reading reading() {
    return reading;
  }
}
