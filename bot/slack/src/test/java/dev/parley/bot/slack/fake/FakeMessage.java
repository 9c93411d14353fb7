package dev.parley.bot.slack.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/**
 * A message as it stands.
 *
 * @param thread the root's timestamp; empty for a message in the channel itself
 * @param files what was shared with it, as Slack's file objects
 * @param only who alone sees it
 */
public record FakeMessage(
    String team,
    String channel,
    String ts,
    Optional<String> thread,
    String user,
    Optional<String> bot,
    String text,
    List<Value> blocks,
    Fields metadata,
    List<Value> files,
    Optional<String> only) {
  FakeMessage edited(String words, List<Value> others, Fields meta) {
    return new FakeMessage(
        team,
        channel,
        ts,
        thread,
        user,
        bot,
        words,
        others,
        meta.isEmpty() ? metadata : meta,
        files,
        only);
  }

  /** As events and answers show it. */
  public Fields json() {
    Fields out =
        Fields.of("type", Value.text("message"))
            .with("ts", Value.text(ts))
            .with("user", Value.text(user))
            .with("text", Value.text(text))
            .with("team", Value.text(team))
            .with("blocks", new Value.Items(blocks));
    if (bot.isPresent()) {
      out = out.with("bot_id", Value.text(bot.get()));
    }
    if (thread.isPresent()) {
      out = out.with("thread_ts", Value.text(thread.get()));
    }
    if (!files.isEmpty()) {
      out = out.with("files", new Value.Items(files)).with("upload", Value.bool(true));
    }
    return metadata.isEmpty() ? out : out.with("metadata", metadata);
  }

  /** The thread it belongs to: a message in the channel is the root of its own. */
  public String root() {
    return thread.orElse(ts);
  }

  /** As a person reads it. */
  public String drawn() {
    return Drawn.blocks(blocks, text);
  }

  /** All buttons on it. */
  public List<Fields> buttons() {
    return blocks.stream()
        .map(Fields.class::cast)
        .filter(block -> block.text("type").equals(Optional.of("actions")))
        .flatMap(block -> block.itemsAt("elements").stream())
        .map(Fields.class::cast)
        .toList();
  }
}
