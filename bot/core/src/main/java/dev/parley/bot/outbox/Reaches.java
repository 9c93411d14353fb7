package dev.parley.bot.outbox;

import dev.parley.bot.surface.Place;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Since when the channels of one platform can't be reached, by what became of the letters to them.
 * Its owner guards it.
 */
final class Reaches {
  private final Map<String, Workspace> workspaces = new HashMap<>();

  private static final class Workspace {
    private final Map<String, Instant> failing = new HashMap<>();
    private Instant answered = Instant.MIN;
  }

  /** Nothing got through to a place; the first time since it last answered counts. */
  void failed(Place place, Instant when) {
    of(place).failing.putIfAbsent(place.channel(), when);
  }

  /** The platform answered there, whatever it said. */
  void answered(Place place, Instant when) {
    Workspace workspace = of(place);
    workspace.failing.remove(place.channel());
    workspace.answered = when;
  }

  /**
   * Since when a place can't be reached. A place that nothing is on its way to is judged by its
   * neighbours, unless one of them has been reached since.
   *
   * @param waits whether something waits for a channel of the workspace
   */
  Optional<Instant> since(Place place, Predicate<String> waits) {
    Workspace workspace = of(place);
    Instant own = workspace.failing.get(place.channel());
    if (own != null && waits.test(place.channel())) {
      return Optional.of(own);
    }
    return workspace.failing.entrySet().stream()
        .filter(neighbour -> waits.test(neighbour.getKey()))
        .map(Map.Entry::getValue)
        .filter(when -> when.isAfter(workspace.answered))
        .min(Instant::compareTo);
  }

  /**
   * Since when any place can't be reached.
   *
   * @param waits whether something waits for a channel of a workspace
   */
  Optional<Instant> first(BiPredicate<String, String> waits) {
    return workspaces.entrySet().stream()
        .flatMap(
            workspace ->
                workspace.getValue().failing.entrySet().stream()
                    .filter(channel -> waits.test(workspace.getKey(), channel.getKey())))
        .map(Map.Entry::getValue)
        .min(Instant::compareTo);
  }

  private Workspace of(Place place) {
    return workspaces.computeIfAbsent(place.workspace(), _ -> new Workspace());
  }
}
