package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.engine.Engine;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import java.util.List;
import java.util.Set;

/** What may be done in the place where somebody does it; whoever may not is told why. */
final class Bounds {
  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;

  Bounds(Engine engine, BotSettings settings, Voice voice) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
  }

  Ground at(Place place) {
    return settings.grounds().apply(place);
  }

  /** Whether changes may be asked for and decided on here. */
  boolean changes(Inbound from) {
    if (at(from.place()).changes()) {
      return true;
    }
    voice.whisper(
        from,
        Notice.warn(
            "Not from here",
            from.place().direct()
                ? "A direct conversation is for questions and your own status. Changes are asked"
                    + " for and decided on where others see it: in a channel of your team."
                : "Changes may not be asked for or decided on in this channel. Go to one that is"
                    + " bound for it, or ask an admin to bind this one."));
    return false;
  }

  /** Whether a plan may be decided on here: in a channel that its accounts are bound to. */
  boolean covers(Inbound from, String plan) {
    List<String> beyond =
        engine
            .proposal(settings.tenant(), plan)
            .map(proposal -> beyond(from.place(), proposal.plan()))
            .orElse(List.of());
    if (beyond.isEmpty()) {
      return true;
    }
    voice.whisper(
        from,
        Notice.warn(
            "Not from here",
            plan
                + " touches "
                + String.join(", ", beyond)
                + ", which this channel is not bound to. Nothing changed."));
    return false;
  }

  /** The same for the plan of a run. */
  boolean coversRun(Inbound from, String run) {
    return engine.run(settings.tenant(), run).map(one -> covers(from, one.plan())).orElse(true);
  }

  /** The accounts of a plan that a place is not bound to. */
  List<String> beyond(Place place, Plan plan) {
    Set<String> allowed = at(place).accounts();
    return allowed.isEmpty()
        ? List.of()
        : plan.changes().stream()
            .filter(Change::mutates)
            .map(change -> change.at().account())
            .distinct()
            .filter(account -> !allowed.contains(account))
            .sorted()
            .toList();
  }
}
