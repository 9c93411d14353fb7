package dev.parley.bot.discord;

import dev.parley.value.Check;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
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

  private static final String TOKEN =
      "copy the bot's token from the developer portal, Bot, Reset Token, and start again";

  private final DiscordSettings settings;
  private volatile Optional<CloseCode> closed = Optional.empty();
  private volatile Optional<Check> command = Optional.empty();

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

  /** Discord has taken the slash command. */
  void registered() {
    command = Optional.of(Check.ok("/parley is registered"));
  }

  /** Discord has not taken the slash command. */
  void unregistered(String why) {
    command =
        Optional.of(
            Check.failed(
                "/parley is not registered: " + why,
                "invite the bot again with the scope applications.commands, then start again;"
                    + " mentions work without it"));
  }

  /** Why it is not connected, if it is not. */
  Optional<String> lost(JDA jda) {
    return jda.getStatus() == JDA.Status.CONNECTED
        ? Optional.empty()
        : Optional.of(closed.map(Connection::why).orElse("state " + jda.getStatus()));
  }

  /** What is wrong, if anything. */
  Check check(JDA jda) {
    List<Examined> wrong =
        examine(jda).stream().filter(one -> one.needed() && !one.check().ok()).toList();
    if (wrong.isEmpty()) {
      return Check.ok("connected to " + jda.getGuilds().size() + " guilds");
    }
    return Check.failed(
        String.join("; ", wrong.stream().map(one -> one.check().detail()).toList()),
        String.join(
            "; ", wrong.stream().flatMap(one -> one.check().next().stream()).distinct().toList()));
  }

  /** Everything that can be right or wrong, in the order in which it is set up. */
  List<Examined> examine(JDA jda) {
    var all = new ArrayList<Examined>();
    Check connected = connected(jda);
    all.add(new Examined("connection", connected, true));
    if (!connected.ok()) {
      return all;
    }
    all.add(new Examined("message content", content(), false));
    command.ifPresent(check -> all.add(new Examined("command", check, false)));
    for (String guild : guilds(jda)) {
      guild(jda, guild, all);
    }
    return all;
  }

  private Check connected(JDA jda) {
    return lost(jda)
        .map(
            why ->
                Check.failed(
                    "not connected: " + why,
                    closed.map(Connection::mend).orElse("wait; it connects by itself")))
        .orElseGet(() -> Check.ok("connected as " + jda.getSelfUser().getId()));
  }

  private Check content() {
    return settings.everything()
        ? Check.ok("all that is written in threads is read")
        : Check.failed(
            "only mentions are read: follow-ups in a thread begin with a mention",
            "to change that, switch on Message Content Intent in the developer portal, Bot, and say"
                + " surfaces.discord.everything: true");
  }

  private List<String> guilds(JDA jda) {
    return settings.guilds().isEmpty()
        ? jda.getGuilds().stream().map(Guild::getId).sorted().toList()
        : settings.guilds().stream().sorted().toList();
  }

  private void guild(JDA jda, String id, List<Examined> all) {
    Guild guild = jda.getGuildById(id);
    if (guild == null && jda.isUnavailable(Long.parseLong(id))) {
      Check out = Check.failed("guild " + id + " is out of order at Discord", "wait");
      all.add(new Examined("guild " + id, out, true));
      return;
    }
    if (guild == null) {
      String next = "an admin of the server invites it: " + jda.getInviteUrl(NEEDED);
      all.add(new Examined("guild " + id, Check.failed("not a member of guild " + id, next), true));
      return;
    }
    if (settings.channels().isEmpty()) {
      Check may = permissions("guild " + id, guild.getSelfMember().getPermissions(), jda);
      all.add(new Examined("guild " + id, may, true));
    }
    for (String channel : settings.channels().getOrDefault(id, List.of())) {
      all.add(new Examined("channel " + channel, channel(guild, channel, jda), true));
    }
  }

  private static Check channel(Guild guild, String id, JDA jda) {
    GuildChannel channel = guild.getGuildChannelById(id);
    if (channel == null) {
      return Check.failed(
          "there is no channel " + id + " in guild " + guild.getId(),
          "copy its id from Discord (Developer Mode, Copy Channel ID), or take it out of the"
              + " configuration");
    }
    return permissions("channel " + id, guild.getSelfMember().getPermissions(channel), jda);
  }

  private static Check permissions(String where, EnumSet<Permission> has, JDA jda) {
    EnumSet<Permission> missing = EnumSet.copyOf(NEEDED);
    missing.removeAll(has);
    return missing.isEmpty()
        ? Check.ok("the bot may do all it needs")
        : Check.failed(
            "in "
                + where
                + " the bot lacks "
                + String.join(", ", missing.stream().map(Permission::getName).toList()),
            "grant that to the bot's role there, or invite it again: " + jda.getInviteUrl(NEEDED));
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
      case AUTHENTICATION_FAILED -> TOKEN;
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
