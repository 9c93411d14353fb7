package dev.parley.bot.discord.fake;

import static dev.parley.bot.discord.fake.FakeDiscord.GUILD;
import static dev.parley.bot.discord.fake.FakeDiscord.SELF;

import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people on the stand-in do, and what they see. */
public abstract sealed class Crowd permits FakeDiscord {
  final World world = new World();
  final Shapes shapes = new Shapes(world);
  final FakeGateway gateway = new FakeGateway(world, shapes);
  final Messages messages = new Messages(world, shapes, gateway);

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

  /** Answers a message; its author is called by that. */
  public String reply(String person, String message, String text) {
    synchronized (world) {
      Posted answered = world.posts.get(message);
      var posted =
          new Posted(
              world.next(), answered.channel, person, "", "", Obj.of("content", text), List.of());
      posted.type = 19;
      posted.answers = message;
      return said(posted);
    }
  }

  private String said(Posted posted) {
    world.keep(posted);
    gateway.dispatch("MESSAGE_CREATE", messages.told(posted));
    return posted.id;
  }

  public void edit(String message, String text) {
    synchronized (world) {
      Posted posted = world.posts.get(message);
      posted.show(Obj.of("content", text), posted.files);
      posted.edited = Instant.now().toString();
      gateway.dispatch("MESSAGE_UPDATE", messages.told(posted));
    }
  }

  /** Discord shows what is behind a link of a message: an update that nobody made. */
  public void unfurl(String message) {
    synchronized (world) {
      Fields embed = Obj.of("type", "link", "url", "https://example.org", "title", "Example");
      gateway.dispatch(
          "MESSAGE_UPDATE",
          messages.told(world.posts.get(message)).with("embeds", Obj.value(List.of(embed))));
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
  public void submit(String person, FakeDiscord.Opened form, Map<String, String> answers) {
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
        data =
            data.with("member", Shapes.member(world.people.get(person)))
                .with("message_author_id", Obj.value(posted.author));
      }
      gateway.dispatch(
          on ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", in(posted.channel, data));
    }
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

  /** Makes the bot's thread on a message, of which its connection is told nothing. */
  public void threadUnheard(String channel, String message) {
    synchronized (world) {
      world.rooms.put(message, Room.thread(message, "unheard of", channel, SELF));
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
  public List<FakeDiscord.Opened> forms(String person) {
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
}
