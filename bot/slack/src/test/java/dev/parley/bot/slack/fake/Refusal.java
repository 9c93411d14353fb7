package dev.parley.bot.slack.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;

/** A call that Slack says no to. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Fields body;

  /** With Slack's error code. */
  Refusal(String error) {
    this(error, Fields.EMPTY);
  }

  Refusal(String error, Fields more) {
    super(error);
    Fields out = Fields.of("ok", Value.bool(false)).with("error", Value.text(error));
    for (var field : more.fields().entrySet()) {
      out = out.with(field.getKey(), field.getValue());
    }
    this.body = out;
  }

  Fields body() {
    return body;
  }
}
