package dev.parley.bot.slack.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The methods of the Web API that are stood in for; each knows its fields and its scope. */
final class WebMethods {
  private static final Set<String> HISTORY =
      Set.of("channels:history", "groups:history", "im:history");
  private final World world;
  private final String base;
  private final Map<String, Method> methods = new TreeMap<>();
  private volatile boolean newer = true;

  /** One method. */
  private record Method(Set<String> scopes, Set<String> fields, Body body) {}

  @FunctionalInterface
  private interface Body {
    Fields answer(FakeTeam team, Arguments asked);
  }

  /** What was sent. */
  record Arguments(Map<String, String> values) {
    String text(String name) {
      return values.getOrDefault(name, "");
    }

    int number(String name, int usual) {
      String text = text(name);
      if (!text.isEmpty() && !text.matches("\\d{1,9}")) {
        throw new Refusal("invalid_arguments");
      }
      return text.isEmpty() ? usual : Integer.parseInt(text);
    }

    String needed(String name, String error) {
      String value = text(name);
      if (value.isEmpty()) {
        throw new Refusal(error);
      }
      return value;
    }

    Fields object(String name) {
      String text = text(name);
      return !text.isEmpty() && Json.parsePlain(text) instanceof Fields f ? f : Fields.EMPTY;
    }

    List<Value> items(String name) {
      String text = text(name);
      if (text.isEmpty()) {
        return List.of();
      }
      if (Json.parsePlain(text) instanceof Items(var items)) {
        return items;
      }
      throw new Refusal("invalid_blocks_format");
    }
  }

  WebMethods(World world, String base) {
    this.world = world;
    this.base = base;
    add("auth.test", Set.of(), Set.of(), this::authTest);
    add("api.test", Set.of(), Set.of(), (_, _) -> ok());
    add("users.info", Set.of("users:read"), Set.of("user", "include_locale"), this::usersInfo);
    add(
        "users.list",
        Set.of("users:read"),
        Set.of("limit", "cursor", "include_locale", "team_id", "presence"),
        this::usersList);
    add(
        "chat.postMessage",
        Set.of("chat:write"),
        Set.of(
            "channel",
            "thread_ts",
            "text",
            "blocks",
            "metadata",
            "mrkdwn",
            "parse",
            "link_names",
            "unfurl_links",
            "unfurl_media",
            "reply_broadcast"),
        this::postMessage);
    add(
        "chat.update",
        Set.of("chat:write"),
        Set.of(
            "channel",
            "ts",
            "text",
            "blocks",
            "metadata",
            "parse",
            "link_names",
            "reply_broadcast"),
        this::update);
    add(
        "chat.postEphemeral",
        Set.of("chat:write"),
        Set.of("channel", "user", "thread_ts", "text", "blocks", "parse", "link_names"),
        this::postEphemeral);
    add("chat.getPermalink", Set.of(), Set.of("channel", "message_ts"), this::permalink);
    add(
        "reactions.add",
        Set.of("reactions:write"),
        Set.of("channel", "timestamp", "name"),
        this::react);
    add(
        "views.open",
        Set.of(),
        Set.of("trigger_id", "view", "interactivity_pointer"),
        this::viewsOpen);
    add(
        "conversations.replies",
        HISTORY,
        Set.of("channel", "ts", "limit", "cursor", "include_all_metadata", "inclusive"),
        this::replies);
    add(
        "conversations.history",
        HISTORY,
        Set.of("channel", "limit", "cursor", "include_all_metadata", "inclusive"),
        this::history);
    add(
        "files.getUploadURLExternal",
        Set.of("files:write"),
        Set.of("filename", "length", "alt_txt", "alt_text", "snippet_type"),
        this::uploadUrl);
    add(
        "files.completeUploadExternal",
        Set.of("files:write"),
        Set.of("files", "channel_id", "channels", "thread_ts", "initial_comment"),
        this::completeUpload);
  }

  private void add(String name, Set<String> scopes, Set<String> fields, Body body) {
    methods.put(name, new Method(scopes, fields, body));
  }

  /** Whether the workspaces know the newer blocks. */
  void newer(boolean known) {
    newer = known;
  }

  static Fields ok() {
    return Fields.of("ok", Value.bool(true));
  }

  /** Answers a call; a mistake no real client may make is a fault as well. */
  Fields call(String name, FakeTeam team, Map<String, String> values) {
    Method method = methods.get(name);
    if (method == null) {
      world.fault("unknown method " + name);
      throw new Refusal("unknown_method");
    }
    var unknown = new HashSet<>(values.keySet());
    unknown.removeAll(method.fields());
    unknown.remove("token");
    unknown.remove("team_id");
    if (!unknown.isEmpty()) {
      world.fault(name + ": unknown fields " + unknown);
      throw new Refusal("invalid_arguments");
    }
    Set<String> needed =
        method.scopes().equals(HISTORY)
            ? history(Optional.ofNullable(values.get("channel")))
            : method.scopes();
    if (!team.scopes.containsAll(needed)) {
      throw new Refusal(
          "missing_scope",
          Fields.of("needed", Value.text(String.join(",", needed.stream().sorted().toList())))
              .with(
                  "provided",
                  Value.text(String.join(",", team.scopes.stream().sorted().toList()))));
    }
    synchronized (world) {
      return method.body().answer(team, new Arguments(values));
    }
  }

  /** What it takes to read a channel depends on its kind, which its id begins with. */
  static Set<String> history(Optional<String> channel) {
    return switch (channel.filter(id -> !id.isEmpty()).orElse("C").charAt(0)) {
      case 'D' -> Set.of("im:history");
      case 'G' -> Set.of("groups:history");
      default -> Set.of("channels:history");
    };
  }

  /** The scopes that each method asks for, whatever the channel. */
  Map<String, Set<String>> scopes() {
    var scopes = new TreeMap<String, Set<String>>();
    methods.forEach((name, method) -> scopes.put(name, method.scopes()));
    return scopes;
  }

  private Fields authTest(FakeTeam team, Arguments asked) {
    return ok().with("url", Value.text("https://fake.slack.com/"))
        .with("team", Value.text("Fake " + team.id))
        .with("user", Value.text("parley"))
        .with("team_id", Value.text(team.id))
        .with("user_id", Value.text(team.botUser))
        .with("bot_id", Value.text(team.botId))
        .with("is_enterprise_install", Value.bool(false));
  }

  private Fields usersInfo(FakeTeam team, Arguments asked) {
    FakeUser user = world.users.get(asked.needed("user", "user_not_found"));
    if (user == null) {
      throw new Refusal("user_not_found");
    }
    return ok().with("user", shown(user));
  }

  /** Strangers of shared channels are no members. */
  private Fields usersList(FakeTeam team, Arguments asked) {
    List<FakeUser> members =
        world.users.values().stream()
            .filter(user -> user.team().equals(team.id) && !user.stranger())
            .sorted(Comparator.comparing(FakeUser::id))
            .toList();
    int from = asked.number("cursor", 0);
    int to = Math.min(members.size(), from + asked.number("limit", members.size()));
    String next = to < members.size() ? Integer.toString(to) : "";
    List<Value> page = members.subList(from, to).stream().<Value>map(this::shown).toList();
    return ok().with("members", new Value.Items(page))
        .with("response_metadata", Fields.of("next_cursor", Value.text(next)));
  }

  private Fields shown(FakeUser user) {
    return Fields.of("id", Value.text(user.id()))
        .with("team_id", Value.text(user.team()))
        .with("name", Value.text("an admin"))
        .with("deleted", Value.bool(false))
        .with("is_bot", Value.bool(user.bot()))
        .with("is_restricted", Value.bool(user.restricted()))
        .with("is_ultra_restricted", Value.bool(user.ultraRestricted()))
        .with("is_stranger", Value.bool(user.stranger()));
  }

  private String channel(FakeTeam team, Arguments asked) {
    String id = asked.needed("channel", "channel_not_found");
    if (world.users.containsKey(id)) {
      return world.direct(team.id, id);
    }
    World.Channel channel = world.channel(id, team);
    if (channel.archived()) {
      throw new Refusal("is_archived");
    }
    if (!channel.bots().contains(team.id)) {
      throw new Refusal(channel.team().equals(team.id) ? "not_in_channel" : "channel_not_found");
    }
    return id;
  }

  private Optional<String> thread(String channel, Arguments asked) {
    String ts = asked.text("thread_ts");
    if (ts.isEmpty()) {
      return Optional.empty();
    }
    FakeMessage root =
        world.message(channel, ts).orElseThrow(() -> new Refusal("thread_not_found"));
    return Optional.of(root.root());
  }

  private List<Value> content(Arguments asked) {
    List<Value> blocks = asked.items("blocks");
    if (blocks.isEmpty() && asked.text("text").isEmpty()) {
      throw new Refusal("no_text");
    }
    if (asked.text("text").length() > 4000) {
      world.fault("a text of " + asked.text("text").length() + " characters");
    }
    if (asked.text("text").matches("(?s).*<[!@#].*")) {
      world.fault("the text mentions somebody: " + asked.text("text"));
    }
    BlockRules.message(blocks, newer)
        .ifPresent(
            why -> {
              if (newer) {
                world.fault(why);
              }
              throw new Refusal(why.substring(0, why.indexOf(' ')));
            });
    return blocks;
  }

  private Fields postMessage(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    if (asked.text("link_names").matches("1|true")
        || asked.text("unfurl_links").matches("1|true")) {
      world.fault("chat.postMessage with link_names or unfurl_links");
    }
    var message =
        new FakeMessage(
            team.id,
            channel,
            world.ts(),
            thread(channel, asked),
            team.botUser,
            Optional.of(team.botId),
            asked.text("text"),
            content(asked),
            asked.object("metadata"),
            List.of(),
            Optional.empty());
    world.put(message);
    world.posted(message);
    world.show(World.Kind.POSTED, message);
    return ok().with("channel", Value.text(channel))
        .with("ts", Value.text(message.ts()))
        .with("message", message.json());
  }

  private Fields update(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    FakeMessage message =
        world
            .message(channel, asked.needed("ts", "message_not_found"))
            .orElseThrow(() -> new Refusal("message_not_found"));
    if (!message.user().equals(team.botUser)) {
      throw new Refusal("cant_update_message");
    }
    List<Value> blocks = content(asked);
    FakeMessage changed =
        world.change(message, m -> m.edited(asked.text("text"), blocks, asked.object("metadata")));
    world.show(World.Kind.EDITED, changed);
    return ok().with("channel", Value.text(channel))
        .with("ts", Value.text(message.ts()))
        .with("text", Value.text(changed.text()))
        .with("message", changed.json());
  }

  private Fields postEphemeral(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    String user = asked.needed("user", "user_not_in_channel");
    var message =
        new FakeMessage(
            team.id,
            channel,
            world.ts(),
            thread(channel, asked),
            team.botUser,
            Optional.of(team.botId),
            asked.text("text"),
            content(asked),
            Fields.EMPTY,
            List.of(),
            Optional.of(user));
    world.put(message);
    world.show(World.Kind.WHISPERED, message);
    return ok().with("message_ts", Value.text(message.ts()));
  }

  private Fields permalink(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    String ts = asked.needed("message_ts", "message_not_found");
    FakeMessage message =
        world.message(channel, ts).orElseThrow(() -> new Refusal("message_not_found"));
    String plain = "https://fake.slack.com/archives/" + channel + "/p" + ts.replace(".", "");
    return ok().with("channel", Value.text(channel))
        .with(
            "permalink",
            Value.text(
                message
                    .thread()
                    .map(root -> plain + "?thread_ts=" + root + "&cid=" + channel)
                    .orElse(plain)));
  }

  private Fields react(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    String ts = asked.needed("timestamp", "no_item_specified");
    if (world.message(channel, ts).isEmpty()) {
      throw new Refusal("message_not_found");
    }
    String name = asked.needed("name", "invalid_name");
    if (!name.matches("[a-z0-9_+'-]+")) {
      throw new Refusal("invalid_name");
    }
    boolean fresh =
        world
            .reactions
            .computeIfAbsent(World.key(channel, ts), _ -> new HashSet<>())
            .add(name + " " + team.botUser);
    if (!fresh) {
      throw new Refusal("already_reacted");
    }
    return ok();
  }

  private Fields viewsOpen(FakeTeam team, Arguments asked) {
    String id = asked.needed("trigger_id", "invalid_arguments");
    World.Trigger trigger = world.triggers.remove(id);
    if (trigger == null) {
      throw new Refusal("exchanged_trigger_id");
    }
    if (trigger.until().isBefore(Instant.now())) {
      throw new Refusal("expired_trigger_id");
    }
    Fields view = asked.object("view");
    BlockRules.view(view)
        .ifPresent(
            why -> {
              world.fault(why);
              throw new Refusal("invalid_arguments");
            });
    var opened = new World.OpenView(world.id("V"), team.id, trigger.user(), view);
    world.views.add(opened);
    world.notifyAll();
    return ok().with(
            "view",
            view.with("id", Value.text(opened.id())).with("hash", Value.text("1." + opened.id())));
  }

  private Fields replies(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    String root = asked.needed("ts", "thread_not_found");
    return listed(channel, message -> message.root().equals(root), asked);
  }

  private Fields history(FakeTeam team, Arguments asked) {
    String channel = channel(team, asked);
    return listed(channel, message -> message.thread().isEmpty(), asked);
  }

  private Fields listed(
      String channel, java.util.function.Predicate<FakeMessage> which, Arguments asked) {
    var out = new ArrayList<Value>();
    boolean metadata = asked.text("include_all_metadata").matches("1|true");
    for (FakeMessage message : world.messages.values()) {
      if (message.channel().equals(channel) && message.only().isEmpty() && which.test(message)) {
        out.add(metadata ? message.json() : message.json().without("metadata"));
      }
    }
    return ok().with("messages", new Items(out)).with("has_more", Value.bool(false));
  }

  private Fields uploadUrl(FakeTeam team, Arguments asked) {
    String name = asked.needed("filename", "missing_argument");
    int length = Integer.parseInt(asked.needed("length", "missing_argument"));
    if (length <= 0) {
      throw new Refusal("invalid_arguments");
    }
    String id = world.id("F");
    world.uploads.put(id, new World.Upload(id, team.id, name, length, Optional.empty()));
    return ok().with("upload_url", Value.text(base + "/upload/" + id))
        .with("file_id", Value.text(id));
  }

  private Fields completeUpload(FakeTeam team, Arguments asked) {
    var out = new ArrayList<Value>();
    for (Value value : asked.items("files")) {
      Fields file = (Fields) value;
      World.Upload upload = world.uploads.get(file.text("id").orElse(""));
      if (upload == null || !upload.team().equals(team.id) || upload.bytes().isEmpty()) {
        throw new Refusal("file_not_found");
      }
      if (!asked.text("channel_id").isEmpty()) {
        String id = asked.text("channel_id");
        World.Channel channel = world.channel(id, team);
        if (!channel.bots().contains(team.id)) {
          throw new Refusal("not_in_channel");
        }
        var message =
            new FakeMessage(
                team.id,
                id,
                world.ts(),
                thread(id, asked),
                team.botUser,
                Optional.of(team.botId),
                "(file: "
                    + upload.name()
                    + ", "
                    + upload.length()
                    + " bytes) "
                    + file.text("title").orElse(""),
                List.of(),
                Fields.EMPTY,
                List.of(
                    file.with("name", Value.text(upload.name()))
                        .with("size", Value.num(upload.length()))
                        .with("user", Value.text(team.botUser))),
                Optional.empty());
        world.put(message);
        world.show(World.Kind.FILE, message);
      }
      out.add(file.with("name", Value.text(upload.name())));
    }
    return ok().with("files", new Items(out));
  }
}
