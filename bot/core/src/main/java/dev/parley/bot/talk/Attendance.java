package dev.parley.bot.talk;

import dev.parley.bot.card.Say;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.plan.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Whether the people who talk about a plan can be told of its run: the chat is down for them when
 * its connection is lost, or when what is on its way to them does not get through, for longer than
 * the {@link #GRACE}. A platform that only asks for patience is not down.
 */
final class Attendance {
  /**
   * How long an outage lasts before it counts. Slack moves a connection to another server several
   * times a day, and Discord asks for a resume as often; both are back within seconds, and nobody
   * wants a run to stop for that.
   */
  static final Duration GRACE = Duration.ofSeconds(10);

  private final Talks talks;
  private final Deck deck;
  private final Voice voice;
  private final Clock clock;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();

  /**
   * What is known of a surface's connection.
   *
   * @param since when it was lost; {@link Instant#MIN} if it has not stood yet
   * @param lost what is wrong with it, if anything is
   */
  private record Connection(Surface surface, Instant since, Optional<String> lost) {}

  Attendance(Talks talks, Deck deck, Voice voice, Clock clock) {
    this.talks = talks;
    this.deck = deck;
    this.voice = voice;
    this.clock = clock;
  }

  /** A surface that has been started, and whose former letters are on their way again. */
  void attached(Surface surface) {
    connections.put(surface.id(), new Connection(surface, Instant.MIN, lost(surface)));
  }

  /** Looks how the connections stand. May take some seconds. */
  void look() {
    for (Connection known : connections.values()) {
      Optional<String> lost = lost(known.surface());
      Instant since = known.lost().isEmpty() ? clock.instant() : known.since();
      connections.put(known.surface().id(), new Connection(known.surface(), since, lost));
    }
  }

  private static Optional<String> lost(Surface surface) {
    try {
      return surface.lost();
    } catch (RuntimeException e) {
      return Optional.of("it does not say how it stands: " + e.getMessage());
    }
  }

  /** Whether the bot talks on a surface by now. */
  boolean attends(String surface) {
    return connections.containsKey(surface);
  }

  /**
   * How the places stand at which this bot shows a plan: it is enough if one of them can be
   * reached. Empty if it shows it nowhere. Does not block.
   */
  Optional<Sight> sight(Plan plan) {
    List<Place> places =
        Stream.concat(
                talks.get(plan.thread()).map(Talk::place).stream(),
                deck.ofPlan(plan.id()).stream().map(Shown::place))
            .filter(place -> attends(place.surface()))
            .distinct()
            .toList();
    List<String> away = places.stream().flatMap(place -> away(place).stream()).toList();
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(away.size() < places.size() ? Sight.REACHED : Sight.away(away.getFirst()));
  }

  private Optional<String> away(Place place) {
    Optional<String> lost =
        Optional.ofNullable(connections.get(place.surface()))
            .filter(connection -> lasting(connection.since()))
            .flatMap(Connection::lost)
            .map(why -> place.surface() + " is not connected: " + why);
    return lost.or(
        () ->
            voice
                .unreachable(place)
                .filter(this::lasting)
                .map(
                    since ->
                        place.surface()
                            + " can't be reached, nothing got through since "
                            + Say.time(since)));
  }

  private boolean lasting(Instant since) {
    return since.equals(Instant.MIN) || !clock.instant().isBefore(since.plus(GRACE));
  }
}
