package dev.parley.app.kill;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A message of the program as it stands.
 *
 * @param root whether it stands in the channel itself
 * @param buttons their labels
 */
record Shown(String id, String channel, boolean root, String text, List<String> buttons) {
  private static final Pattern PLAN = Pattern.compile("^\\W*p-\\d+ v\\d+: ");
  private static final Pattern PROGRESS = Pattern.compile("^\\W*r-\\d+ carries out ");
  private static final Pattern RESULT = Pattern.compile("^\\W*r-\\d+ succeeded");
  private static final Pattern RECEIPT = Pattern.compile("^\\W*Receipt ");

  Shown {
    buttons = List.copyOf(buttons);
  }

  /** A plan that is or was put to the vote. */
  boolean plan() {
    return !root && PLAN.matcher(text).find();
  }

  boolean progress() {
    return !root && PROGRESS.matcher(text).find();
  }

  boolean result() {
    return !root && RESULT.matcher(text).find();
  }

  boolean receipt() {
    return !root && RECEIPT.matcher(text).find();
  }

  /** Whether it can still be decided on. */
  boolean open() {
    return buttons.contains("Approve");
  }

  String title() {
    return text.strip().lines().findFirst().orElse("");
  }
}
