package dev.parley.bot.discord;

import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.identity.Person;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.attribute.IThreadContainer;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.ErrorResponse;

/**
 * Who and where, in the bot's words: by ids alone. Nothing is kept of people; where it matters who
 * somebody is now, Discord is asked.
 */
final class People {
  private People() {}

  static Place place(MessageChannel channel, String user) {
    if (channel.getType() == ChannelType.PRIVATE) {
      return new Place(DiscordSurface.ID, "", Place.DIRECT + user, Optional.empty());
    }
    if (channel instanceof ThreadChannel thread) {
      return new Place(
          DiscordSurface.ID,
          thread.getGuild().getId(),
          thread.getParentChannel().getId(),
          Optional.of(thread.getId()));
    }
    String guild = channel instanceof GuildChannel in ? in.getGuild().getId() : "";
    return new Place(DiscordSurface.ID, guild, channel.getId(), Optional.empty());
  }

  /** Whether a plan has a place there: in a thread, beside one, or between two alone. */
  static boolean threads(MessageChannel channel) {
    return channel.getType() == ChannelType.PRIVATE
        || channel.getType().isThread()
        || channel instanceof IThreadContainer;
  }

  /** Somebody in a guild is known by that guild. */
  static Speaker speaker(String guild, User user, Optional<Member> member, boolean webhook) {
    Speaker.Kind kind =
        user.isBot() || user.isSystem() || webhook
            ? Speaker.Kind.BOT
            : member.map(People::kind).orElse(Speaker.Kind.HUMAN);
    return speaker(guild, user.getId(), kind);
  }

  static Speaker speaker(String guild, String user, Speaker.Kind kind) {
    return new Speaker(new Person(DiscordSurface.ID, guild, user), kind);
  }

  /** One who has not accepted the rules yet, or was sent off for a while, is a guest. */
  private static Speaker.Kind kind(Member member) {
    return member.isPending() || member.isTimedOut() ? Speaker.Kind.GUEST : Speaker.Kind.HUMAN;
  }

  /**
   * Somebody as a member of a guild at this moment; asks Discord.
   *
   * @return empty for one who has left, or never was there
   */
  static Optional<Member> member(Guild guild, String user) {
    try {
      return Optional.of(guild.retrieveMemberById(user).useCache(false).complete());
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() == ErrorResponse.UNKNOWN_MEMBER
          || e.getErrorResponse() == ErrorResponse.UNKNOWN_USER) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Somebody who does something in private that counts elsewhere: an ordinary member only as long
   * as they may see the channel.
   */
  static Speaker elsewhere(JDA jda, Place counts, User user) {
    GuildChannel channel = jda.getChannelById(GuildChannel.class, counts.channel());
    Optional<Member> member =
        Optional.ofNullable(channel).flatMap(in -> member(in.getGuild(), user.getId()));
    boolean sees = member.isPresent() && channel != null && member.get().hasAccess(channel);
    return sees
        ? speaker(counts.workspace(), user, member, false)
        : speaker(counts.workspace(), user.getId(), Speaker.Kind.EXTERNAL);
  }

  /**
   * Somebody in a direct conversation, as a member of the one guild that they share with the bot;
   * of no guild if there are several or none. Asks Discord.
   *
   * @param heard ids of the guilds that count; empty means all
   */
  static Speaker directly(JDA jda, User user, Set<String> heard) {
    if (user.isBot()) {
      return speaker("", user.getId(), Speaker.Kind.BOT);
    }
    List<Member> shared =
        jda.getGuilds().stream()
            .filter(guild -> heard.isEmpty() || heard.contains(guild.getId()))
            .flatMap(guild -> member(guild, user.getId()).stream())
            .limit(2)
            .toList();
    return shared.size() == 1
        ? speaker(shared.getFirst().getGuild().getId(), user, Optional.of(shared.getFirst()), false)
        : speaker("", user.getId(), Speaker.Kind.HUMAN);
  }
}
