package dev.parley.engine.redact;

import java.util.List;

/**
 * A text without the credentials that stood in it.
 *
 * @param text safe to log, to keep and to show to a model
 * @param found what was taken out, by kind: {@code AWS access key}; never the thing itself
 */
public record Redaction(String text, List<String> found) {
  public Redaction {
    found = List.copyOf(found);
  }

  /** Whether nothing was found. */
  public boolean clean() {
    return found.isEmpty();
  }
}
