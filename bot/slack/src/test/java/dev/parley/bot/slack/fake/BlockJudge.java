package dev.parley.bot.slack.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/** The stand-in's rules for blocks, to be asked without sending anything. */
public final class BlockJudge {
  private BlockJudge() {}

  /** Why Slack would refuse a message of these blocks. */
  public static Optional<String> message(List<? extends Value> blocks, boolean newer) {
    return BlockRules.message(List.copyOf(blocks), newer);
  }

  /** Why Slack would refuse a modal. */
  public static Optional<String> view(Fields view) {
    return BlockRules.view(view);
  }
}
