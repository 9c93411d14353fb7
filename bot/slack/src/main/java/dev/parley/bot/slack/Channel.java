package dev.parley.bot.slack;

import dev.parley.bot.surface.Place;
import java.util.Optional;

/** Slack's channels and threads as places, and back. */
final class Channel {
  private Channel() {}

  /** A place; conversations with one person have ids that begin with D. */
  static Place place(String team, String channel, Optional<String> thread) {
    String id = channel.startsWith("D") ? Place.DIRECT + channel : channel;
    return new Place(SlackSurface.ID, team, id, thread.filter(t -> !t.isBlank()));
  }

  /** Slack's own id of the channel. */
  static String id(Place place) {
    return place.direct() ? place.channel().substring(Place.DIRECT.length()) : place.channel();
  }
}
