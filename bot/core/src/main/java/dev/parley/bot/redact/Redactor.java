package dev.parley.bot.redact;

/** Takes credentials out of what people write, as the engine does with what clouds answer. */
public final class Redactor {
  private Redactor() {}

  /** The text with each credential replaced by {@code [redacted: kind]}. */
  public static Redaction redact(String text) {
    var redacted = dev.parley.engine.redact.Redactor.redact(text);
    return new Redaction(redacted.text(), redacted.found());
  }

  /** Whether a text holds nothing that looks like a credential. */
  public static boolean clean(String text) {
    return redact(text).clean();
  }
}
