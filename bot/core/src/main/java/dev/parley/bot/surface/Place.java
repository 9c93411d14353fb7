package dev.parley.bot.surface;

import java.util.Optional;

/**
 * Where something is said.
 *
 * @param surface slack, discord, console, web
 * @param workspace team or guild; "" where there is none
 * @param channel the surface's id of it
 * @param thread the surface's id of the thread in it
 */
public record Place(String surface, String workspace, String channel, Optional<String> thread) {
  /** The same channel, in this thread. */
  public Place in(String inThread) {
    return new Place(surface, workspace, channel, Optional.of(inThread));
  }

  /** One text for the whole place; names the conversation in the engine. */
  public String key() {
    return surface + "/" + workspace + "/" + channel + thread.map(t -> "/" + t).orElse("");
  }
}
