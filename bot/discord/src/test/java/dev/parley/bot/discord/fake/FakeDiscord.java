package dev.parley.bot.discord.fake;

import dev.parley.value.Value.Fields;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stand-in for Discord: REST and gateway over loopback, as far as a bot with threads, Components
 * V2, reactions, forms and one slash command needs it. Ours, not Discord's: strict about limits,
 * unknown fields, permissions, intents, answers that come late or twice, and tokens; and, once
 * {@link #pace} is called, about Discord's pace. People act through its methods.
 */
public final class FakeDiscord implements AutoCloseable {
  public static final String TOKEN = "MTA.stand-in.token";
  public static final String SELF = "100000000000000001";
  public static final String GUILD = "200000000000000001";
  public static final String CHANNEL = "300000000000000001";

  /** What the set-up's invitation asks for, as Discord's bits. */
  public static final long PERMISSIONS = 309237763136L;

  private final World world = new World();
  private final Shapes shapes = new Shapes(world);
  private final FakeGateway gateway = new FakeGateway(world, shapes);
  private final Messages messages = new Messages(world, shapes, gateway);
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

  /** Somebody new in the guild. */
  public String person(String name) {
    return person(name, false, false);
  }

  public String person(String name, boolean bot, boolean pending) {
    synchronized (world) {
      return person(world.next(), name, bot, pending);
    }
  }

  /** The same under a given id. */
  public String person(String id, String name, boolean bot, boolean pending) {
    synchronized (world) {
      world.people.put(id, new Account(id, name, bot, pending));
      return id;
    }
  }

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
      Room made = Room.thread(world.next(), name, parent);
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

  // ---- what people do

  /** Says something in a channel or thread; gives the message's id. */
  public String say(String person, String channel, String text) {
    synchronized (world) {
      return say(person, channel, text, world.next());
    }
  }

  /** The same under a given id: a delivery that comes twice. */
  public String say(String person, String channel, String text, String id) {
    synchronized (world) {
      return said(new Posted(id, channel, person, "", "", Obj.of("content", text), List.of()));
    }
  }

  /** Says something with files. */
  public String say(String person, String channel, String text, List<String> files) {
    synchronized (world) {
      return said(
          new Posted(world.next(), channel, person, "", "", Obj.of("content", text), files));
    }
  }

  /** A webhook of the guild says something. */
  public String hook(String channel, String text) {
    synchronized (world) {
      String id = person("hook", true, false);
      var posted =
          new Posted(world.next(), channel, id, "", "", Obj.of("content", text), List.of());
      posted.webhook = true;
      return said(posted);
    }
  }

  /** Discord itself says what somebody did: 6 pinned a message, 7 joined, 18 made a thread. */
  public String system(String person, String channel, int type, String text) {
    synchronized (world) {
      var posted =
          new Posted(world.next(), channel, person, "", "", Obj.of("content", text), List.of());
      posted.type = type;
      return said(posted);
    }
  }

  private String said(Posted posted) {
    world.keep(posted);
    gateway.dispatch("MESSAGE_CREATE", seen(posted));
    return posted.id;
  }

  /** A message as the bot may read it. */
  private Fields seen(Posted posted) {
    Fields message = shapes.message(posted);
    boolean named = posted.content.contains("<@" + SELF + ">");
    boolean readable =
        named || gateway.readsEverything() || world.direct(posted.channel) || posted.type != 0;
    if (!readable) {
      message = message.with("content", Obj.value("")).with("attachments", Obj.value(List.of()));
    }
    if (named) {
      List<Fields> self = List.of(Shapes.user(world.people.get(SELF)));
      message = message.with("mentions", Obj.value(self));
    }
    return shapes.inGuild(message, posted);
  }

  public void edit(String message, String text) {
    synchronized (world) {
      Posted posted = world.posts.get(message);
      posted.show(Obj.of("content", text), posted.files);
      posted.edited = Instant.now().toString();
      gateway.dispatch("MESSAGE_UPDATE", seen(posted));
    }
  }

  /** Discord shows what is behind a link of a message: an update that nobody made. */
  public void unfurl(String message) {
    synchronized (world) {
      Fields embed = Obj.of("type", "link", "url", "https://example.org", "title", "Example");
      gateway.dispatch(
          "MESSAGE_UPDATE",
          seen(world.posts.get(message)).with("embeds", Obj.value(List.of(embed))));
    }
  }

  public void delete(String message) {
    synchronized (world) {
      Posted posted = world.posts.get(message);
      posted.gone = true;
      Fields data = Obj.of("id", message, "channel_id", posted.channel);
      gateway.dispatch("MESSAGE_DELETE", in(posted.channel, data));
    }
  }

  private Fields in(String channel, Fields data) {
    return world.direct(channel) ? data : data.with("guild_id", Obj.value(GUILD));
  }

  /** The direct conversation with the bot. */
  public String direct(String person) {
    synchronized (world) {
      return messages.direct(person).id();
    }
  }

  /** Presses a button of a message by its id; gives the delivery's id. */
  public String press(String person, String message, String customId) {
    synchronized (world) {
      return press(person, message, customId, world.next());
    }
  }

  /** The same under a given id: a press that is delivered twice has one token. */
  public String press(String person, String message, String customId, String id) {
    return press(person, message, customId, id, 2);
  }

  /** The same for another kind of component: 3 is a menu. */
  public String press(String person, String message, String customId, String id, int kind) {
    synchronized (world) {
      Posted posted = world.posts.get(message);
      Exchange exchange = exchange(id, person, posted.channel, message);
      Fields data = Obj.of("component_type", kind, "custom_id", customId, "id", 1);
      gateway.dispatch(
          "INTERACTION_CREATE",
          shapes
              .interaction(exchange, 3)
              .with("data", kind == 2 ? data : data.with("values", Obj.value(List.of("one"))))
              .with("message", shapes.message(posted)));
      return id;
    }
  }

  private Exchange exchange(String id, String person, String channel, String message) {
    return world.exchanges.computeIfAbsent(
        "token-" + id,
        token -> new Exchange(id, token, person, channel, message, world.nanos().getAsLong()));
  }

  /** Sends a form. */
  public void submit(String person, Opened form, Map<String, String> answers) {
    synchronized (world) {
      Exchange exchange = exchange(world.next(), person, form.channel(), "");
      List<Fields> parts =
          form.fields().stream()
              .map(
                  name ->
                      Obj.of("type", 4, "id", 2, "custom_id", name)
                          .with("value", Obj.value(answers.getOrDefault(name, ""))))
              .map(input -> Obj.of("type", 18, "id", 1, "component", input))
              .toList();
      gateway.dispatch(
          "INTERACTION_CREATE",
          shapes
              .interaction(exchange, 5)
              .with("data", Obj.of("custom_id", form.token(), "components", parts)));
    }
  }

  public void slash(String person, String channel, String words) {
    synchronized (world) {
      Exchange exchange = exchange(world.next(), person, channel, "");
      List<Fields> options = List.of(Obj.of("name", "words", "type", 3, "value", words));
      gateway.dispatch(
          "INTERACTION_CREATE",
          shapes
              .interaction(exchange, 2)
              .with(
                  "data",
                  Obj.of("id", world.next(), "name", "parley", "type", 1, "options", options)));
    }
  }

  public void react(String person, String message, String character, boolean on) {
    synchronized (world) {
      Posted posted = world.posts.get(message);
      Fields data =
          Obj.of("user_id", person, "channel_id", posted.channel, "message_id", message)
              .with("emoji", Obj.of("id", null, "name", character))
              .with("burst", Obj.value(false))
              .with("type", Obj.value(0));
      if (on && !world.direct(posted.channel)) {
        data = data.with("member", Shapes.member(world.people.get(person)));
      }
      gateway.dispatch(
          on ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", in(posted.channel, data));
    }
  }

  /** Anything at all arrives at the bot's gateway. */
  public void dispatch(String type, Fields data) {
    gateway.dispatch(type, data);
  }

  // ---- what people see

  /** The bot's messages in a channel or thread that everybody there sees, oldest first. */
  public List<Posted> of(String channel) {
    synchronized (world) {
      return world.posts.values().stream()
          .filter(one -> one.channel.equals(channel))
          .filter(one -> one.only.isEmpty() && one.author.equals(SELF))
          .toList();
    }
  }

  /** What a thread is called; empty if there is none. */
  public String named(String thread) {
    synchronized (world) {
      return Optional.ofNullable(world.rooms.get(thread)).map(Room::name).orElse("");
    }
  }

  /** Threads of a channel, oldest first. */
  public List<String> threads(String channel) {
    synchronized (world) {
      return world.rooms.values().stream()
          .filter(room -> room.parent().equals(channel))
          .map(Room::id)
          .toList();
    }
  }

  /** What one person alone has been shown: ephemeral answers and direct messages. */
  public List<Posted> privately(String person) {
    synchronized (world) {
      return world.posts.values().stream()
          .filter(one -> one.author.equals(SELF))
          .filter(one -> one.only.equals(person) || isWith(one.channel, person))
          .toList();
    }
  }

  private boolean isWith(String channel, String person) {
    return Optional.ofNullable(world.rooms.get(channel))
        .filter(room -> room.with().equals(person))
        .isPresent();
  }

  /** The forms somebody has open, newest last. */
  public List<Opened> forms(String person) {
    synchronized (world) {
      return world.exchanges.values().stream()
          .filter(one -> one.user.equals(person))
          .sorted(Comparator.comparingLong(one -> one.began))
          .flatMap(one -> one.form.stream())
          .toList();
    }
  }

  public List<Posted> all() {
    synchronized (world) {
      return List.copyOf(world.posts.values());
    }
  }

  @Override
  public void close() {
    rest.stop();
    try {
      gateway.stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
