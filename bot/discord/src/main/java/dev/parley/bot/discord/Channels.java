package dev.parley.bot.discord;

import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.bot.text.Inert;
import java.util.function.Function;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.attribute.IThreadContainer;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.RestAction;

/** Places as Discord's channels; a thread is made, woken or made again where there is need. */
final class Channels {
  private static final int NAME = 100;
  private static final String UNNAMED = "Parley";

  private Channels() {}

  static MessageChannel at(JDA open, Place place) {
    if (place.direct()) {
      return open.openPrivateChannelById(place.channel().substring(Place.DIRECT.length()))
          .complete();
    }
    GuildChannel parent = guildChannel(open, place);
    if (place.thread().isEmpty()) {
      if (parent instanceof MessageChannel channel) {
        return channel;
      }
      throw threadless(place);
    }
    ThreadChannel thread = open.getThreadChannelById(place.thread().get());
    return thread != null && !thread.isArchived() ? thread : away(parent, place);
  }

  /**
   * Before the guilds are there, nothing can be said about a channel; nor while the bot is not a
   * member of its guild. Afterwards it is gone.
   */
  private static GuildChannel guildChannel(JDA open, Place place) {
    GuildChannel channel = open.getChannelById(GuildChannel.class, place.channel());
    if (channel != null) {
      return channel;
    }
    if (open.getStatus() != JDA.Status.CONNECTED) {
      throw new SurfaceFailure.Unreachable("Discord is not connected");
    }
    if (open.getGuildById(place.workspace()) == null) {
      throw new SurfaceFailure.Unreachable(
          "the bot is not a member of guild " + place.workspace() + "; invite it again");
    }
    throw new SurfaceFailure.Refused(
        "there is no channel " + place.channel() + " any more", "bind another channel");
  }

  private static SurfaceFailure.Refused threadless(Place place) {
    return new SurfaceFailure.Refused(
        "channel " + place.channel() + " has no threads", "bind Parley to a text channel");
  }

  private static IThreadContainer holder(GuildChannel channel, Place place) {
    if (channel instanceof IThreadContainer holder) {
      return holder;
    }
    throw threadless(place);
  }

  /**
   * A thread that is not open: one that Discord put away for being quiet is woken; one that does
   * not exist yet, or was deleted, hangs on the message that it is named by.
   */
  private static ThreadChannel away(GuildChannel parent, Place place) {
    String id = place.thread().orElseThrow();
    IThreadContainer holder = holder(parent, place);
    for (ThreadChannel thread : holder.retrieveArchivedPublicThreadChannels()) {
      if (thread.getId().equals(id)) {
        return woken(thread);
      }
    }
    return again(parent, place);
  }

  private static ThreadChannel woken(ThreadChannel thread) {
    if (thread.isLocked()) {
      throw new SurfaceFailure.Unreachable(
          "thread " + thread.getId() + " is locked; a moderator opens it again");
    }
    Failures.now("waking a thread", thread.getManager().setArchived(false));
    return thread;
  }

  private static ThreadChannel again(GuildChannel parent, Place place) {
    String message = place.thread().orElseThrow();
    try {
      return Failures.once("a thread", holder(parent, place).createThreadChannel(UNNAMED, message));
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() == ErrorResponse.THREAD_WITH_THIS_MESSAGE_ALREADY_EXISTS) {
        return unheardOf(parent, message);
      }
      throw Failures.of("a thread", e);
    }
  }

  /** A thread that a former life asked for as it ended, and of which Discord has told nothing. */
  private static ThreadChannel unheardOf(GuildChannel parent, String id) {
    return Failures.now("the threads", parent.getGuild().retrieveActiveThreads()).stream()
        .filter(thread -> thread.getId().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new SurfaceFailure.Unreachable("thread " + id + " exists and is not to be seen"));
  }

  /** Posts at a place; where its thread turns out to be gone, in a new one on the same message. */
  static Message posted(
      JDA open, Place place, Function<MessageChannel, RestAction<Message>> message) {
    try {
      return awake(open, place, message);
    } catch (ErrorResponseException e) {
      boolean gone = e.getErrorResponse() == ErrorResponse.UNKNOWN_CHANNEL;
      if (!gone || place.thread().isEmpty()) {
        throw e;
      }
      return Failures.now("a post", message.apply(again(guildChannel(open, place), place)));
    }
  }

  /**
   * Does something at a place; its thread is woken where it turns out to have been put away, of
   * which JDA hears a moment later than Discord knows it.
   */
  static <T> T awake(JDA open, Place place, Function<MessageChannel, RestAction<T>> what) {
    MessageChannel channel = at(open, place);
    try {
      return Failures.once("a card", what.apply(channel));
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() != ErrorResponse.ILLEGAL_OPERATION_ARCHIVED_THREAD) {
        throw e;
      }
      return Failures.once("a card", what.apply(away(guildChannel(open, place), place)));
    }
  }

  /** The thread that hangs on a message of a channel. */
  static Place thread(JDA open, Place channel, String message, String title) {
    GuildChannel parent = guildChannel(open, channel);
    try {
      ThreadChannel made =
          Failures.once(
              "a thread", holder(parent, channel).createThreadChannel(name(title), message));
      return channel.in(made.getId());
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() == ErrorResponse.THREAD_WITH_THIS_MESSAGE_ALREADY_EXISTS) {
        return channel.in(message); // a thread has its root message's id
      }
      throw Failures.of("a thread", e);
    }
  }

  private static String name(String title) {
    String line = Inert.line(title).strip();
    String named = line.isEmpty() ? UNNAMED : line;
    return named.length() <= NAME ? named : named.substring(0, NAME - 1) + "…";
  }
}
