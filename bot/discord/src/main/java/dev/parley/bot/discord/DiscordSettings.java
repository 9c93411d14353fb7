package dev.parley.bot.discord;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What the Discord surface is configured with.
 *
 * @param token the bot's token, as text
 * @param guilds the guilds that are heard; empty means all the bot was invited to
 * @param everything whether the bot was granted the privileged intent to read all messages; without
 *     it, it hears mentions, direct messages and commands only
 * @param api where Discord's REST interface is, without the version; for a proxy or a stand-in
 * @param gateway where its gateway is, likewise
 */
public record DiscordSettings(
    String token,
    Set<String> guilds,
    boolean everything,
    Optional<URI> api,
    Optional<URI> gateway) {
  public DiscordSettings {
    guilds = Set.copyOf(guilds);
  }

  @Override
  public String toString() {
    return "DiscordSettings[guilds=" + guilds + ", everything=" + everything + "]";
  }
}
