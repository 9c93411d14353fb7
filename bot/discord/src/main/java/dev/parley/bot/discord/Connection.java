package dev.parley.bot.discord;

import dev.parley.value.Check;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.CloseCode;

/** How the connection to Discord stands, and what it lacks. */
final class Connection extends ListenerAdapter {
  /**
   * What the bot needs in a channel where it works; the set-up's invitation asks for just these.
   */
  static final EnumSet<Permission> NEEDED =
      EnumSet.of(
          Permission.VIEW_CHANNEL,
          Permission.MESSAGE_SEND,
          Permission.MESSAGE_SEND_IN_THREADS,
          Permission.CREATE_PUBLIC_THREADS,
          Permission.MESSAGE_ATTACH_FILES,
          Permission.MESSAGE_EMBED_LINKS,
          Permission.MESSAGE_ADD_REACTION,
          Permission.MESSAGE_HISTORY);

  private final DiscordSettings settings;
  private volatile Optional<CloseCode> closed = Optional.empty();

  Connection(DiscordSettings settings) {
    this.settings = settings;
  }

  @Override
  public void onSessionDisconnect(SessionDisconnectEvent event) {
    closed = Optional.ofNullable(event.getCloseCode());
  }

  @Override
  public void onShutdown(ShutdownEvent event) {
    closed = Optional.ofNullable(event.getCloseCode());
  }

  /** Why it is not connected, if it is not. */
  Optional<String> lost(JDA jda) {
    return jda.getStatus() == JDA.Status.CONNECTED
        ? Optional.empty()
        : Optional.of(closed.map(Connection::why).orElse("state " + jda.getStatus()));
  }

  /** What is wrong, if anything. */
  Check check(JDA jda) {
    Optional<String> lost = lost(jda);
    if (lost.isPresent()) {
      return Check.failed(
          "not connected: " + lost.get(),
          closed.map(Connection::mend).orElse("wait; it connects by itself"));
    }
    List<String> lacks = new ArrayList<>();
    List<String> absent =
        settings.guilds().stream().filter(id -> jda.getGuildById(id) == null).sorted().toList();
    if (!absent.isEmpty()) {
      lacks.add("not a member of guild " + String.join(", ", absent));
    }
    for (Guild guild : jda.getGuilds()) {
      EnumSet<Permission> missing = EnumSet.copyOf(NEEDED);
      missing.removeAll(guild.getSelfMember().getPermissions());
      if (!missing.isEmpty()
          && (settings.guilds().isEmpty() || settings.guilds().contains(guild.getId()))) {
        lacks.add(
            "in guild "
                + guild.getId()
                + " it lacks "
                + String.join(", ", missing.stream().map(Permission::getName).toList()));
      }
    }
    return lacks.isEmpty()
        ? Check.ok("connected to " + jda.getGuilds().size() + " guilds")
        : Check.failed(String.join("; ", lacks), "invite it again: " + jda.getInviteUrl(NEEDED));
  }

  private static String why(CloseCode code) {
    return switch (code) {
      case AUTHENTICATION_FAILED -> "Discord does not know the token (4004)";
      case DISALLOWED_INTENTS -> "an intent was not granted (4014)";
      case INVALID_INTENTS -> "Discord does not know an intent (4013)";
      default -> code.getMeaning() + " (" + code.getCode() + ")";
    };
  }

  private static String mend(CloseCode code) {
    return switch (code) {
      case AUTHENTICATION_FAILED ->
          "copy the bot's token from the developer portal, Bot, Reset Token, and start again";
      case DISALLOWED_INTENTS, INVALID_INTENTS ->
          "switch on Message Content Intent in the developer portal, Bot, or leave"
              + " surfaces.discord.everything out; then start again";
      default ->
          code.isReconnect()
              ? "wait; it connects by itself"
              : "start again; see Discord's status page";
    };
  }
}
