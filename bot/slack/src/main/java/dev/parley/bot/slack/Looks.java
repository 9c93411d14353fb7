package dev.parley.bot.slack;

import dev.parley.bot.slack.block.CardMessage;
import dev.parley.bot.slack.block.Look;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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

  /** Draws a card and sends it; again in an older look as long as its blocks are refused. */
  <T> T send(Place place, Card card, Function<CardMessage, T> sender) {
    return drawn(place, look -> sender.apply(CardMessage.of(card, look, rows.next(place))));
  }

  /** The same to one person alone, in as many messages as it takes. */
  void whisper(Place place, Card card, Consumer<CardMessage> sender) {
    drawn(
        place,
        look -> {
          CardMessage.pages(card, look, rows.next(place)).forEach(sender);
          return look;
        });
  }

  private <T> T drawn(Place place, Function<Look, T> sender) {
    String team = place.workspace();
    Look first = looks.getOrDefault(team, Look.NATIVE);
    Look look = first;
    while (true) {
      try {
        T sent = sender.apply(look);
        if (look == Look.CLASSIC && first == Look.NATIVE) {
          LOG.warn("slack: {} refuses the newer blocks; the old ones are used from now on", team);
          looks.put(team, Look.CLASSIC);
        }
        return sent;
      } catch (SurfaceFailure.Refused e) {
        if (look == Look.WORDS || !SlackErrors.ofBlocks(e)) {
          throw e;
        }
        LOG.warn("slack: blocks were refused, the card goes out simpler: {}", e.getMessage());
        look = look == Look.NATIVE ? Look.CLASSIC : Look.WORDS;
      }
    }
  }
}
