package dev.parley.bot.discord.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What the bot may do with messages, threads and reactions, and what it is refused. */
final class Messages {
  private static final long REACT = 1L << 6;
  private static final long VIEW = 1L << 10;
  private static final long SEND = 1L << 11;
  private static final long ATTACH = 1L << 15;
  private static final long HISTORY = 1L << 16;
  private static final long MAKE_THREADS = 1L << 35;
  private static final long SEND_IN_THREADS = 1L << 38;

  private final World world;
  private final Shapes shapes;
  private final FakeGateway gateway;

  Messages(World world, Shapes shapes, FakeGateway gateway) {
    this.world = world;
    this.shapes = shapes;
    this.gateway = gateway;
  }

  private Room allowed(String channel, long permission) {
    Room room = world.known(channel);
    if (room.direct()) {
      return room;
    }
    Room ruling = room.thread() ? world.known(room.parent()) : room;
    long has = world.permissions & ~ruling.denied();
    if ((has & VIEW) == 0 || !world.member) {
      throw new Refusal(403, 50001, "Missing Access");
    }
    if ((has & permission) != permission) {
      throw new Refusal(403, 50013, "Missing Permissions");
    }
    return room;
  }

  Value posted(String channel, Fields body, List<String> files) {
    Room room = allowed(channel, world.known(channel).thread() ? SEND_IN_THREADS : SEND);
    if (!files.isEmpty()) {
      allowed(channel, ATTACH);
    }
    Rules.message(body, files, false);
    if (room.direct() && world.closedToDirect.contains(room.with())) {
      throw new Refusal(403, 50007, "Cannot send messages to this user");
    }
    if (room.locked()) {
      throw new Refusal(400, 160005, "Thread is locked");
    }
    if (room.archived()) {
      woken(channel, false);
    }
    String nonce = body.text("nonce").orElse("");
    Posted former = world.nonces.get(nonce);
    if (former != null && Obj.flag(body, "enforce_nonce") && former.channel.equals(channel)) {
      world.repeated();
      return shapes.fresh(former);
    }
    var posted = new Posted(world.next(), channel, FakeDiscord.SELF, nonce, "", body, files);
    world.keep(posted);
    gateway.dispatch("MESSAGE_CREATE", shapes.inGuild(shapes.fresh(posted), posted));
    return shapes.fresh(posted);
  }

  Value edited(String channel, String message, Fields body, List<String> files) {
    Room room = allowed(channel, 0);
    Posted posted = world.standing(channel, message);
    if (!posted.author.equals(FakeDiscord.SELF)) {
      throw new Refusal(403, 50005, "Cannot edit a message authored by another user");
    }
    if (room.archived()) {
      throw new Refusal(400, 50083, "Thread is archived");
    }
    Rules.message(body, files, true);
    posted.edited = Instant.now().toString();
    posted.show(body, files);
    gateway.dispatch("MESSAGE_UPDATE", shapes.inGuild(shapes.message(posted), posted));
    return shapes.message(posted);
  }

  Value threaded(String channel, String message, Fields body) {
    Room room = allowed(channel, MAKE_THREADS);
    if (room.type() != Room.TEXT && room.type() != 5) {
      throw new Refusal(400, 50024, "Cannot execute action on this channel type");
    }
    world.standing(channel, message);
    if (world.rooms.containsKey(message)) {
      throw new Refusal(400, 160004, "A thread has already been created for this message");
    }
    String name = body.text("name").orElse("");
    if (name.isEmpty() || name.length() > 100) {
      throw Refusal.form("name: 1 to 100 in length");
    }
    Room thread = Room.thread(message, name, channel, FakeDiscord.SELF);
    world.rooms.put(message, thread);
    gateway.dispatch("THREAD_CREATE", shapes.room(thread));
    return shapes.room(thread);
  }

  /** A message of somebody as the bot may read it. */
  private Fields seen(Posted posted) {
    Fields message = shapes.message(posted);
    boolean named =
        posted.content.contains("<@" + FakeDiscord.SELF + ">")
            || !posted.answers.isEmpty()
                && world.posts.get(posted.answers).author.equals(FakeDiscord.SELF);
    boolean readable =
        named
            || gateway.readsEverything()
            || world.direct(posted.channel)
            || posted.type != 0
            || posted.author.equals(FakeDiscord.SELF);
    if (!readable) {
      message = message.with("content", Obj.value("")).with("attachments", Obj.value(List.of()));
    }
    List<Fields> self = List.of(Shapes.user(world.people.get(FakeDiscord.SELF)));
    return named ? message.with("mentions", Obj.value(self)) : message;
  }

  /** The same as it is told when it was said. */
  Fields told(Posted posted) {
    return shapes.inGuild(seen(posted), posted);
  }

  /** Changes whether a thread is put away. */
  Value woken(String channel, boolean archived) {
    Room was = world.known(channel);
    if (was.locked()) {
      throw new Refusal(403, 50013, "Missing Permissions");
    }
    Room now = was.archived(archived, false);
    world.rooms.put(channel, now);
    gateway.dispatch("THREAD_UPDATE", shapes.room(now));
    return shapes.room(now);
  }

  Value reacted(String[] at) {
    allowed(at[1], REACT | HISTORY);
    Posted posted = world.standing(at[1], at[3]);
    posted.reactions.add(URLDecoder.decode(at[5], StandardCharsets.UTF_8));
    return new Value.Null();
  }

  /**
   * Messages of a channel, its threads that were put away, or the channel itself.
   *
   * @param after of messages, only those that are younger than this one
   */
  Value got(String[] at, long after) {
    Room room = world.known(at[1]);
    if (at.length == 3 && at[2].equals("messages")) {
      allowed(at[1], HISTORY);
      List<Posted> standing =
          world.posts.values().stream()
              .filter(one -> one.channel.equals(at[1]) && one.only.isEmpty() && !one.gone)
              .filter(one -> Long.parseLong(one.id) > after)
              .toList();
      List<Posted> some =
          after == 0
              ? standing.subList(Math.max(0, standing.size() - 100), standing.size())
              : standing.subList(0, Math.min(100, standing.size()));
      return Obj.value(some.reversed().stream().map(this::seen).toList());
    }
    if (at.length > 2 && at[2].equals("messages")) {
      allowed(at[1], HISTORY);
      return shapes.message(world.standing(at[1], at[3]));
    }
    if (at.length > 2 && at[2].equals("threads")) {
      allowed(at[1], HISTORY);
      Value away = shapes.rooms(one -> one.parent().equals(at[1]) && one.archived());
      return Obj.of("threads", away, "members", List.of(), "has_more", false);
    }
    allowed(at[1], 0);
    return shapes.room(room);
  }

  /** The conversation of one person with the bot. */
  Room direct(String person) {
    return world.rooms.values().stream()
        .filter(room -> room.direct() && room.with().equals(person))
        .findFirst()
        .orElseGet(
            () -> {
              Room made = Room.direct(world.next(), person);
              world.rooms.put(made.id(), made);
              gateway.dispatch("CHANNEL_CREATE", shapes.room(made));
              return made;
            });
  }
}
