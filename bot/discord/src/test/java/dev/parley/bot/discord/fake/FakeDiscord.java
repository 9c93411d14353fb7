package dev.parley.bot.discord.fake;

import dev.parley.value.Value.Fields;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A stand-in for Discord: REST and gateway over loopback, as far as a bot with threads, Components
 * V2, reactions, forms and one slash command needs it. Ours, not Discord's: strict about limits,
 * unknown fields, permissions, intents, answers that come late or twice, and tokens; and, once
 * {@link #pace} is called, about Discord's pace. People act through its methods.
 */
public final class FakeDiscord extends Crowd implements AutoCloseable {
  public static final String TOKEN = "MTA.stand-in.token";
  public static final String SELF = "100000000000000001";
  public static final String GUILD = "200000000000000001";
  public static final String CHANNEL = "300000000000000001";

  /** What the set-up's invitation asks for, as Discord's bits. */
  public static final long PERMISSIONS = 309237763136L;

  private final Rest rest;

  /** A form as somebody sees it. */
  public record Opened(String token, String title, List<String> fields, String channel) {}

  /** Opens it on free ports of loopback, with a guild of one channel. */
  public FakeDiscord() {
    gateway.begin();
    rest = new Rest(world, shapes, messages, gateway);
  }

  /** Where its REST interface is, without a version. */
  public URI api() {
    return rest.api();
  }

  public URI gateway() {
    return gateway.uri();
  }

  // ---- the world

  /** One more text channel of the guild. */
  public String channel(String name) {
    return channel(name, Room.TEXT);
  }

  /** One more channel of Discord's type: 2 voice, 5 announcements, 15 forum. */
  public String channel(String name, int type) {
    synchronized (world) {
      Room made = Room.channel(world.next(), type, name);
      world.rooms.put(made.id(), made);
      gateway.dispatch("CHANNEL_CREATE", shapes.room(made));
      return made.id();
    }
  }

  /** A thread that somebody else made: a post of a forum, or any other. */
  public String foreignThread(String parent, String name) {
    synchronized (world) {
      Room made = Room.thread(world.next(), name, parent, "1");
      world.rooms.put(made.id(), made);
      gateway.dispatch("THREAD_CREATE", shapes.room(made));
      return made.id();
    }
  }

  /** A channel or thread is taken away, with all that stood in it. */
  public void remove(String channel) {
    synchronized (world) {
      Room was = world.rooms.remove(channel);
      world.posts.values().removeIf(post -> post.channel.equals(channel));
      gateway.dispatch(was.thread() ? "THREAD_DELETE" : "CHANNEL_DELETE", shapes.room(was));
    }
  }

  /** Puts a quiet thread away. */
  public void archive(String thread) {
    archive(thread, false);
  }

  /** The same; a locked one is opened again by moderators only. */
  public void archive(String thread, boolean locked) {
    synchronized (world) {
      Room now = world.rooms.get(thread).archived(true, locked);
      world.rooms.put(thread, now);
      gateway.dispatch("THREAD_UPDATE", shapes.room(now));
    }
  }

  /** Denies the bot permissions in a channel, as Discord's bits; 0 denies none. */
  public void deny(String channel, long permissions) {
    synchronized (world) {
      Room now = world.rooms.get(channel).denying(permissions);
      world.rooms.put(channel, now);
      gateway.dispatch("CHANNEL_UPDATE", shapes.room(now));
    }
  }

  /** What the bot may do in the guild, as Discord's bits; holds for the next connection. */
  public void permit(long permissions) {
    synchronized (world) {
      world.permissions = permissions;
    }
  }

  /** The bot is not, or no longer, a member of the guild. */
  public void expel() {
    synchronized (world) {
      world.member = false;
      gateway.dispatch("GUILD_DELETE", Obj.of("id", GUILD));
    }
  }

  /** Somebody takes no direct messages. */
  public void closesDirect(String person) {
    synchronized (world) {
      world.closedToDirect.add(person);
    }
  }

  /** Somebody is sent off for a while: sees all, says nothing. */
  public void sendsOff(String person) {
    synchronized (world) {
      world.sentOff.add(person);
    }
  }

  /** Somebody goes. */
  public void leaves(String person) {
    synchronized (world) {
      world.left.add(person);
      gateway.dispatch(
          "GUILD_MEMBER_REMOVE",
          Obj.of("guild_id", GUILD).with("user", Shapes.user(world.people.get(person))));
    }
  }

  // ---- how it behaves

  /** Keeps to Discord's pace from now on: limits for each route, fifty a second in all. */
  public void pace() {
    pace(1);
  }

  /** The same with windows so many times shorter. */
  public void pace(int timesFaster) {
    synchronized (world) {
      world.limits.keep(timesFaster);
    }
  }

  /**
   * Somebody else with the bot's token has just posted in a channel as often as its pace allows, so
   * that the bot's next post there is one too many.
   */
  public void exhaust(String channel) {
    synchronized (world) {
      world.limits.exhaust(Limits.Kind.POST, channel);
    }
  }

  /** Time goes by on Discord: tokens age, windows end. */
  public void passes(Duration time) {
    synchronized (world) {
      world.passes(time);
    }
  }

  /**
   * The next calls whose path holds this get this status; 0 drops each after it was carried out.
   */
  public void fault(String path, int status, int times) {
    rest.fault(path, status, times);
  }

  /** No more faults. */
  public void mend() {
    rest.mend();
  }

  /** The token is reset: the former one is good for nothing, on either interface. */
  public void resetToken(String fresh) {
    synchronized (world) {
      world.token = fresh;
      gateway.drop(4004);
    }
  }

  public void refuseMessageContent() {
    gateway.refuse(FakeGateway.MESSAGE_CONTENT);
  }

  /** Breaks the connection; what happens meanwhile is sent again after the resume. */
  public void drop(int code) {
    gateway.drop(code);
  }

  /** Breaks the connection for good: what happens meanwhile is told to nobody. */
  public void lose(int code) {
    gateway.lose(code);
  }

  /** Breaks the connection and lets nobody in. */
  public void away() {
    gateway.away();
  }

  /** Lets the bot in again. */
  public void back() {
    gateway.back();
  }

  // ---- what was counted

  public int resumes() {
    return gateway.resumes();
  }

  public int connects() {
    return gateway.identifies();
  }

  /** How often a connection was opened, whatever came of it. */
  public int tries() {
    return gateway.tries();
  }

  /** The intents of the last connection, as Discord's bits. */
  public int intents() {
    return gateway.intents();
  }

  /** Whether a bot is connected now. */
  public boolean online() {
    return gateway.online();
  }

  /**
   * Waits for the first answer to an interaction, for as long as a person's window does.
   *
   * @param id of its delivery
   * @return false if there was none in time: the person is told that it failed
   */
  public boolean answered(String id) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    do {
      synchronized (world) {
        if (world.exchanges.values().stream()
            .anyMatch(one -> one.id.equals(id) && one.answered != 0)) {
          return true;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    } while (System.nanoTime() < end);
    return false;
  }

  /** Whether every interaction so far has had its first answer. */
  public boolean quiet() {
    synchronized (world) {
      return world.exchanges.values().stream().allMatch(exchange -> exchange.answered != 0);
    }
  }

  public Tally tally() {
    synchronized (world) {
      return world.tally();
    }
  }

  /** Everything that a real Discord would have minded. */
  public List<String> wrongs() {
    synchronized (world) {
      return world.wrongs();
    }
  }

  /** Names of the slash commands that were registered. */
  public List<String> commands() {
    synchronized (world) {
      return List.copyOf(world.commands);
    }
  }

  /** Anything at all arrives at the bot's gateway. */
  public void dispatch(String type, Fields data) {
    gateway.dispatch(type, data);
  }

  @Override
  public void close() {
    rest.stop();
    synchronized (world) {
      world.ledger.write();
    }
    try {
      gateway.stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
