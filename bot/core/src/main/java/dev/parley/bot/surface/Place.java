package dev.parley.bot.surface;

import java.util.Optional;

/**
 * Where something is said.
 *
 * @param surface slack, discord, console, web
 * @param workspace team or guild; "" where there is none
 * @param channel the surface's id of it; a conversation with one person alone begins with {@code @}
 * @param thread the surface's id of the thread in it
 */
public record Place(String surface, String workspace, String channel, Optional<String> thread) {
  /** What the channel of a direct conversation begins with; no platform's own ids do. */
  public static final String DIRECT = "@";

  /** Whether it is a conversation with one person alone. */
  public boolean direct() {
    return channel.startsWith(DIRECT);
  }

  /** The channel itself, outside its threads. */
  public Place root() {
    return new Place(surface, workspace, channel, Optional.empty());
  }

  /** The same channel, in this thread. */
  public Place in(String inThread) {
    return new Place(surface, workspace, channel, Optional.of(inThread));
  }

  /** One text for the whole place; names the conversation in the engine. */
  public String key() {
    return surface + "/" + workspace + "/" + channel + thread.map(t -> "/" + t).orElse("");
  }
}
