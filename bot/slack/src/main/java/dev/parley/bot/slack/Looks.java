package dev.parley.bot.slack;

import dev.parley.bot.slack.block.CardMessage;
import dev.parley.bot.slack.block.Look;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws cards with all that a workspace can show. A workspace that refuses the newer blocks is
 * shown the old ones from then on.
 */
final class Looks {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
  private final Map<String, Look> looks = new ConcurrentHashMap<>();
  private final Rows rows = new Rows();

  /** Draws a card and sends it; once more in the old look if its blocks are refused. */
  <T> T send(Place place, Card card, Function<CardMessage, T> sender) {
    String team = place.workspace();
    Look look = looks.getOrDefault(team, Look.NATIVE);
    try {
      return sender.apply(CardMessage.of(card, look, rows.next(place)));
    } catch (SurfaceFailure.Refused e) {
      boolean blocks =
          SlackErrors.says(e, "invalid_blocks") || SlackErrors.says(e, "invalid_arguments");
      if (look == Look.CLASSIC || !blocks) {
        throw e;
      }
      T sent = sender.apply(CardMessage.of(card, Look.CLASSIC, rows.next(place)));
      LOG.warn("slack: {} refuses the newer blocks; the old ones are used from now on", team);
      looks.put(team, Look.CLASSIC);
      return sent;
    }
  }
}
