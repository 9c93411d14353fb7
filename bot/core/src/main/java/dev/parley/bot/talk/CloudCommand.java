package dev.parley.bot.talk;

import dev.parley.provider.Costs;
import java.util.Optional;

/** A command that looks into the accounts' clouds. */
sealed interface CloudCommand {
  record Discover(Optional<String> account, Optional<String> type) implements CloudCommand {}

  /**
   * @param what a type, an id, or {@code all}
   */
  record Import(String account, String what) implements CloudCommand {}

  record Drift(Optional<String> account) implements CloudCommand {}

  record Logs(String resource, String since) implements CloudCommand {}

  record Health(String resource) implements CloudCommand {}

  /**
   * @param tag the tag's name, if {@code by} is TAG
   * @param period as people write it; empty means this month
   */
  record Spent(Optional<String> account, Costs.By by, String tag, String period)
      implements CloudCommand {}

  record Operations(String words, Optional<String> account) implements CloudCommand {}

  /**
   * @param input a JSON object; empty means none
   */
  record Call(String operation, String input, Optional<String> account) implements CloudCommand {}

  record Types(String words, Optional<String> account) implements CloudCommand {}

  record Refresh(Optional<String> account) implements CloudCommand {}

  /**
   * @param of a plan's id, or a type
   */
  record Permissions(String of, Optional<String> account) implements CloudCommand {}

  /** A command's word with something wrong behind it. */
  record Wrong(String usage, String why) implements CloudCommand {}
}
