package dev.parley.bot.discord.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The world in Discord's JSON, as documented for version 10. */
final class Shapes {
  private static final String BEGAN = "2026-01-01T00:00:00Z";

  private static final Fields GUILD =
      json(
          """
          {"name": "Demo guild", "owner_id": "1", "verification_level": 0, "afk_timeout": 300,
           "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
           "premium_tier": 0, "nsfw_level": 0, "system_channel_flags": 0, "large": false,
           "unavailable": false, "premium_progress_bar_enabled": false,
           "preferred_locale": "en-US", "joined_at": "2026-01-01T00:00:00Z", "presences": [],
           "voice_states": [], "emojis": [], "stickers": [], "features": [],
           "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": []}
          """);
  private static final Fields ROLE =
      json(
          """
          {"name": "@everyone", "position": 0, "color": 0, "hoist": false, "managed": false,
           "mentionable": false, "flags": 0,
           "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}}
          """);
  private static final Fields CHANNEL =
      json("{\"position\": 0, \"flags\": 0, \"rate_limit_per_user\": 0}");
  private static final Fields VOICE =
      json("{\"bitrate\": 64000, \"user_limit\": 0, \"rtc_region\": null}");
  private static final Fields FORUM =
      json("{\"available_tags\": [], \"default_forum_layout\": 0, \"default_sort_order\": null}");
  private static final Fields THREAD =
      json("{\"message_count\": 0, \"member_count\": 2, \"total_message_sent\": 0}");
  private static final Fields MESSAGE =
      json(
          """
          {"timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false,
           "mention_everyone": false, "pinned": false, "mentions": [], "mention_roles": [],
           "embeds": []}
          """);
  private static final Fields INTERACTION =
      json(
          """
          {"version": 1, "locale": "en-US", "entitlements": [],
           "authorizing_integration_owners": {}, "attachment_size_limit": 10485760}
          """);

  private final World world;

  Shapes(World world) {
    this.world = world;
  }

  static Fields json(String text) {
    return (Fields) Json.parsePlain(text);
  }

  private static Fields and(Fields some, Fields more) {
    Fields all = some;
    for (var entry : more.fields().entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }

  // ---- people

  static Fields user(Account account) {
    return Obj.of("id", account.id(), "username", account.name(), "global_name", account.name())
        .with("discriminator", Obj.value("0"))
        .with("avatar", Obj.value(null))
        .with("bot", Obj.value(account.bot()))
        .with("flags", Obj.value(0))
        .with("public_flags", Obj.value(0));
  }

  static Fields member(Account account) {
    return Obj.of("user", user(account), "pending", account.pending(), "joined_at", BEGAN)
        .with("roles", Obj.value(List.of()))
        .with("deaf", Obj.value(false))
        .with("mute", Obj.value(false))
        .with("flags", Obj.value(0))
        .with("nick", Obj.value(null));
  }

  /** Somebody as a member of the guild, with what they may not do for a while. */
  Fields sent(Account account) {
    Fields all = member(account);
    return world.sentOff.contains(account.id())
        ? all.with("communication_disabled_until", Obj.value("2999-01-01T00:00:00Z"))
        : all;
  }

  // ---- places

  Fields ready(String session) {
    List<Fields> guilds =
        world.member
            ? List.of(Obj.of("id", FakeDiscord.GUILD, "unavailable", true))
            : List.<Fields>of();
    return Obj.of("v", 10, "session_id", session, "guilds", guilds)
        .with("user", user(world.people.get(FakeDiscord.SELF)))
        .with("private_channels", Obj.value(List.of()))
        .with("application", Obj.of("id", FakeDiscord.SELF, "flags", 0));
  }

  Fields guild() {
    Fields everybody =
        and(ROLE, Obj.of("id", FakeDiscord.GUILD, "permissions", Long.toString(world.permissions)));
    List<Fields> members =
        world.people.values().stream()
            .filter(one -> !world.left.contains(one.id()))
            .map(Shapes::member)
            .toList();
    return and(GUILD, Obj.of("id", FakeDiscord.GUILD, "member_count", members.size()))
        .with("roles", Obj.value(List.of(everybody)))
        .with("members", Obj.value(members))
        .with("channels", rooms(room -> !room.direct() && !room.thread()))
        .with("threads", rooms(room -> room.thread() && !room.archived()));
  }

  Value rooms(Predicate<Room> which) {
    return Obj.value(world.rooms.values().stream().filter(which).map(this::room).toList());
  }

  Fields room(Room room) {
    Fields all = Obj.of("id", room.id(), "type", room.type());
    if (room.direct()) {
      return all.with("recipients", Obj.value(List.of(user(world.people.get(room.with())))))
          .with("flags", Obj.value(0));
    }
    List<Fields> denied =
        room.denied() == 0
            ? List.of()
            : List.of(
                Obj.of("id", FakeDiscord.GUILD, "type", 0, "allow", "0")
                    .with("deny", Obj.value(Long.toString(room.denied()))));
    all =
        and(all, CHANNEL)
            .with("name", Obj.value(room.name()))
            .with("guild_id", Obj.value(FakeDiscord.GUILD))
            .with("permission_overwrites", Obj.value(denied));
    return switch (room.type()) {
      case 2 -> and(all, VOICE);
      case 15 -> and(all, FORUM);
      case Room.THREAD -> thread(and(all, THREAD), room);
      default -> all;
    };
  }

  private static Fields thread(Fields all, Room room) {
    Fields state =
        Obj.of("archived", room.archived(), "locked", room.locked(), "create_timestamp", BEGAN)
            .with("auto_archive_duration", Obj.value(1440))
            .with("archive_timestamp", Obj.value(BEGAN));
    Fields self =
        Obj.of("id", room.id(), "user_id", FakeDiscord.SELF, "join_timestamp", BEGAN, "flags", 0);
    return all.with("parent_id", Obj.value(room.parent()))
        .with("owner_id", Obj.value(room.owner()))
        .with("thread_metadata", state)
        .with("member", self);
  }

  // ---- messages

  Fields message(Posted posted) {
    var attached = new ArrayList<Fields>();
    for (String file : posted.files) {
      attached.add(
          Obj.of("id", world.next(), "filename", file, "size", 1)
              .with("url", Obj.value(address(file)))
              .with("proxy_url", Obj.value(address(file))));
    }
    var numbers = new int[] {0};
    List<Fields> components =
        posted.body.itemsAt("components").stream()
            .map(one -> stored((Fields) one, numbers))
            .toList();
    Fields all =
        and(MESSAGE, Obj.of("id", posted.id, "type", posted.type, "channel_id", posted.channel))
            .with("content", Obj.value(posted.content))
            .with("author", user(world.people.get(posted.author)))
            .with("attachments", Obj.value(attached))
            .with("flags", Obj.value(Obj.number(posted.body, "flags")))
            .with("components", Obj.value(components));
    if (!posted.edited.isEmpty()) {
      all = all.with("edited_timestamp", Obj.value(posted.edited));
    }
    if (!posted.answers.isEmpty()) {
      Posted answered = world.posts.get(posted.answers);
      all =
          all.with("message_reference", Obj.of("type", 0, "message_id", answered.id))
              .with("referenced_message", message(answered));
    }
    return posted.webhook ? all.with("webhook_id", Obj.value(posted.author)) : all;
  }

  /** A message as Discord tells it when it is made: later it does not know the nonce any more. */
  Fields fresh(Posted posted) {
    return message(posted).with("nonce", Obj.value(posted.nonce));
  }

  /** What a message in a guild says of its author as a member. */
  Fields inGuild(Fields message, Posted posted) {
    if (world.direct(posted.channel)) {
      return message;
    }
    Fields all = message.with("guild_id", Obj.value(FakeDiscord.GUILD));
    return posted.webhook
        ? all
        : all.with("member", sent(world.people.get(posted.author)).without("user"));
  }

  private static String address(String file) {
    return "https://cdn.invalid/" + file;
  }

  /** Components as Discord gives them back: numbered, and files with an address. */
  private static Fields stored(Fields component, int[] numbers) {
    Fields all =
        Obj.number(component, "id") == 0
            ? component.with("id", Obj.value(++numbers[0]))
            : component;
    if (component.fields().containsKey("components")) {
      List<Fields> inside =
          component.itemsAt("components").stream()
              .map(one -> stored((Fields) one, numbers))
              .toList();
      all = all.with("components", Obj.value(inside));
    }
    if (component.fields().containsKey("file")) {
      all = all.with("file", media(component.fieldsAt("file")));
    }
    if (component.fields().containsKey("items")) {
      List<Fields> items =
          component.itemsAt("items").stream()
              .map(Fields.class::cast)
              .map(item -> item.with("media", media(item.fieldsAt("media"))))
              .toList();
      all = all.with("items", Obj.value(items));
    }
    return all;
  }

  private static Fields media(Fields media) {
    String file = media.text("url").orElse("").replace("attachment://", "");
    return Obj.of("id", "1", "url", address(file), "proxy_url", address(file))
        .with("width", Obj.value(10))
        .with("height", Obj.value(10))
        .with("content_type", Obj.value("image/png"))
        .with("loading_state", Obj.value(2))
        .with("flags", Obj.value(0))
        .with("attachment_id", Obj.value("1"));
  }

  // ---- interactions

  /** A press (3), form (5) or command (2). */
  Fields interaction(Exchange exchange, int type) {
    String allowed = Long.toString(world.permissions);
    Fields channel =
        room(world.rooms.get(exchange.channel)).with("permissions", Obj.value(allowed));
    Fields all =
        and(INTERACTION, Obj.of("id", exchange.id, "type", type, "token", exchange.token))
            .with("application_id", Obj.value(FakeDiscord.SELF))
            .with("channel_id", Obj.value(exchange.channel))
            .with("channel", channel);
    Account who = world.people.get(exchange.user);
    if (world.direct(exchange.channel)) {
      return all.with("user", user(who)).with("context", Obj.value(1));
    }
    Fields guild = json("{\"locale\": \"en-US\", \"features\": []}");
    return all.with("guild_id", Obj.value(FakeDiscord.GUILD))
        .with("guild", guild.with("id", Obj.value(FakeDiscord.GUILD)))
        .with("member", sent(who).with("permissions", Obj.value(allowed)))
        .with("context", Obj.value(0));
  }
}
