package dev.parley.bot.talk;

import dev.parley.plan.Plan;
import dev.parley.run.Presence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All bots of one process, as far as runs ask them: made before the engine, which takes up its runs
 * at once, and told of the bots afterwards. A plan is attended if one bot reaches a place that
 * shows it. One that no bot shows is talked about nowhere, so that nobody is waited for; but a chat
 * that is expected and has not come yet is down.
 */
public final class House implements Presence {
  private final Map<String, Set<String>> expected;
  private final List<Bot> bots = new CopyOnWriteArrayList<>();

  /**
   * @param expected by tenant, the chats that will be talked on, by the ids of their surfaces
   */
  public House(Map<String, Set<String>> expected) {
    this.expected = Map.copyOf(expected);
  }

  /** Another bot is here. */
  public void enter(Bot bot) {
    bots.add(bot);
  }

  @Override
  public Optional<String> away(Plan plan) {
    List<Bot> own = bots.stream().filter(bot -> bot.tenant().equals(plan.tenant())).toList();
    List<Sight> sights = own.stream().flatMap(bot -> bot.sight(plan).stream()).toList();
    if (!sights.isEmpty()) {
      return sights.stream().anyMatch(sight -> sight.away().isEmpty())
          ? Optional.empty()
          : sights.getFirst().away();
    }
    String surface = plan.thread().split("/", 2)[0];
    boolean comes = expected.getOrDefault(plan.tenant(), Set.of()).contains(surface);
    return comes && own.stream().noneMatch(bot -> bot.attends(surface))
        ? Optional.of(surface + " is not connected yet")
        : Optional.empty();
  }
}
