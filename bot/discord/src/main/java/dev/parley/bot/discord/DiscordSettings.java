package dev.parley.bot.discord;

import dev.parley.engine.json.Form;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the Discord surface is configured with.
 *
 * @param token the bot's token, as text
 * @param guilds the guilds that are heard; empty means all the bot was invited to
 * @param channels the channels it works in, by their guilds; empty if they are not known
 * @param everything whether the bot was granted the privileged intent to read all messages; without
 *     it, it hears mentions, direct messages and commands only
 * @param api where Discord's REST interface is, without the version; for a proxy or a stand-in
 * @param gateway where its gateway is, likewise
 */
public record DiscordSettings(
    String token,
    Set<String> guilds,
    Map<String, List<String>> channels,
    boolean everything,
    Optional<URI> api,
    Optional<URI> gateway) {
  public DiscordSettings {
    guilds = Set.copyOf(guilds);
    channels =
        channels.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }

  /** The same, as a bot that works in these channels. */
  public DiscordSettings in(Map<String, List<String>> bound) {
    return new DiscordSettings(token, guilds, bound, everything, api, gateway);
  }

  /**
   * Reads {@code surfaces.discord}; mistakes are noted in the form.
   *
   * @return empty if there was any mistake
   */
  public static Optional<DiscordSettings> read(Form form) {
    int before = form.problems().size();
    String token = form.required("token").strip();
    if (!token.isEmpty() && !token.matches("[A-Za-z0-9_.-]{10,}")) {
      form.wrong(
          "token",
          "a token of " + token.length() + " characters",
          "a bot's token is letters, digits, dots, dashes and underscores",
          "copy it from the developer portal: your application, Bot, Reset Token");
    }
    var guilds = new LinkedHashSet<String>();
    for (String guild : form.texts("guilds")) {
      if (!guild.matches("[0-9]{5,20}")) {
        form.wrong(
            "guilds",
            "'" + guild + "'",
            "a server's id is a number",
            "switch on Developer Mode in Discord, then Copy Server ID; write it in quotes");
      }
      guilds.add(guild);
    }
    boolean everything = form.flag("everything", false);
    Optional<URI> api = address(form, "api", "http");
    Optional<URI> gateway = address(form, "gateway", "ws");
    form.done();
    return form.problems().size() > before
        ? Optional.empty()
        : Optional.of(new DiscordSettings(token, guilds, Map.of(), everything, api, gateway));
  }

  private static Optional<URI> address(Form form, String name, String scheme) {
    return form.text(name)
        .flatMap(
            text ->
                form.read(
                    name,
                    text,
                    given -> {
                      URI uri = URI.create(given);
                      if (uri.getHost() == null
                          || !String.valueOf(uri.getScheme()).startsWith(scheme)) {
                        throw new IllegalArgumentException("not an address");
                      }
                      return uri;
                    },
                    "write " + scheme + "s://host/path, or leave it out for Discord's own"));
  }

  @Override
  public String toString() {
    return "DiscordSettings[guilds=" + guilds + ", everything=" + everything + "]";
  }
}
