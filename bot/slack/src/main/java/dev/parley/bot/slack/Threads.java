package dev.parley.bot.slack;

import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In which thread a message of ours stands; a reaction does not say. */
final class Threads {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
  private static final int MOST = 50_000;
  private static final Pattern THREAD = Pattern.compile("[?&]thread_ts=([0-9.]+)");

  private final Web web;
  private final Recent<MessageRef, Place> known = new Recent<>(MOST);

  Threads(Web web) {
    this.web = web;
  }

  void remember(MessageRef message) {
    known.put(bare(message.place(), message.id()), message.place());
  }

  /** What the bot still knows from before a restart. */
  void remember(List<Past> threads) {
    threads.forEach(
        past ->
            past.lines().forEach(line -> remember(new MessageRef(past.place(), line.message()))));
  }

  /** The place of a message, with its thread; the channel if nobody can tell. */
  Place of(Place channel, String message) {
    MessageRef bare = bare(channel, message);
    return known
        .get(bare)
        .orElseGet(
            () -> {
              Place found = channel.root();
              try {
                found = ask(channel, message).map(channel::in).orElse(found);
                known.put(bare, found);
              } catch (SurfaceFailure e) {
                LOG.warn("slack: the thread of a message is unknown: {}", e.getMessage());
              }
              return found;
            });
  }

  /** A message's permanent address names its thread, and needs no scope to be asked for. */
  private Optional<String> ask(Place channel, String message) {
    var answer =
        web.tryRead(
            channel.workspace(),
            "chat.getPermalink",
            client ->
                client.chatGetPermalink(r -> r.channel(Channel.id(channel)).messageTs(message)));
    return Optional.ofNullable(answer.getPermalink())
        .map(THREAD::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .filter(thread -> !thread.equals(message));
  }

  private static MessageRef bare(Place place, String message) {
    return new MessageRef(place.root(), message);
  }
}
