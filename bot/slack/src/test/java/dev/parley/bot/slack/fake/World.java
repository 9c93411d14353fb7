package dev.parley.bot.slack.fake;

import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Everything the stand-in knows; one lock for all of it. */
final class World {
  final Map<String, FakeTeam> teams = new LinkedHashMap<>();
  final Map<String, FakeUser> users = new HashMap<>();
  final Map<String, Channel> channels = new HashMap<>();
  final Map<String, FakeMessage> messages = new LinkedHashMap<>();
  final List<Seen> seen = new ArrayList<>();
  final Map<String, Set<String>> reactions = new HashMap<>();
  final Map<String, Trigger> triggers = new HashMap<>();
  final Map<String, Respond> responds = new HashMap<>();
  final List<OpenView> views = new ArrayList<>();
  final Map<String, Upload> uploads = new LinkedHashMap<>();
  final List<String> faults = new ArrayList<>();
  final Map<String, Integer> posts = new HashMap<>();
  final Map<String, Integer> keys = new HashMap<>();
  int late;
  int lost;
  private long lastMicros;
  private long counter;

  /**
   * A channel.
   *
   * @param team whose it is
   * @param bots apps that were invited, by their team
   */
  record Channel(String id, String team, Set<String> bots, boolean archived) {}

  /** Something shown, in the order in which it was. */
  record Seen(Kind kind, FakeMessage message, String drawn) {}

  enum Kind {
    POSTED,
    EDITED,
    WHISPERED,
    FILE
  }

  /** Opens one view, for three seconds. */
  record Trigger(String user, Instant until) {}

  /** A response url: five times, half an hour. */
  record Respond(String team, String channel, Optional<String> thread, String user, int left) {
    Respond used() {
      return new Respond(team, channel, thread, user, left - 1);
    }
  }

  /** A modal as one person sees it. */
  record OpenView(String id, String team, String user, Fields view) {}

  /** A file on its way. */
  record Upload(String id, String team, String name, int length, Optional<byte[]> bytes) {}

  /** A timestamp as Slack makes them: the time, and never the same again. */
  synchronized String ts() {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    lastMicros = Math.max(lastMicros + 1, micros);
    return lastMicros / 1_000_000 + "." + "%06d".formatted(lastMicros % 1_000_000);
  }

  synchronized String id(String prefix) {
    counter++;
    return prefix + Long.toString(0x10000 + counter, 36).toUpperCase(java.util.Locale.ROOT);
  }

  synchronized void fault(String text) {
    faults.add(text);
  }

  /** Slack's patience with acknowledgements is three seconds; ours is one. */
  synchronized void acknowledged(String what, long nanos) {
    if (nanos > TimeUnit.SECONDS.toNanos(1)) {
      late++;
      fault(what + " was acknowledged after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
    }
  }

  /** Nobody acknowledged a delivery. */
  synchronized void lost(String text) {
    lost++;
    fault(text);
  }

  /** Counts a new message of the app. */
  synchronized void posted(FakeMessage message) {
    posts.merge(message.channel(), 1, Integer::sum);
    message
        .metadata()
        .fieldsAt("event_payload")
        .text("key")
        .ifPresent(key -> keys.merge(key, 1, Integer::sum));
  }

  static String key(String channel, String ts) {
    return channel + "/" + ts;
  }

  synchronized void show(Kind kind, FakeMessage message) {
    seen.add(new Seen(kind, message, message.drawn()));
    notifyAll();
  }

  synchronized void put(FakeMessage message) {
    messages.put(key(message.channel(), message.ts()), message);
  }

  synchronized Optional<FakeMessage> message(String channel, String ts) {
    return Optional.ofNullable(messages.get(key(channel, ts)));
  }

  synchronized FakeMessage change(FakeMessage message, UnaryOperator<FakeMessage> change) {
    FakeMessage changed = change.apply(message);
    put(changed);
    return changed;
  }

  synchronized Channel channel(String id, FakeTeam team) {
    Channel found = channels.get(id);
    if (found == null) {
      throw new Refusal("channel_not_found");
    }
    return found;
  }

  /** A channel of people, in which the app is. */
  synchronized void open(String channel, String team) {
    channels.putIfAbsent(
        channel, new Channel(channel, team, new LinkedHashSet<>(Set.of(team)), false));
  }

  /** The conversation of one person with the app. */
  synchronized String direct(String team, String user) {
    String id = "D" + team.substring(1) + user.toUpperCase(java.util.Locale.ROOT);
    open(id, team);
    return id;
  }
}
