package dev.parley.bot.slack.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Slack on this machine, strict: unknown methods and fields, missing scopes, every limit and late
 * acknowledgements are refused with Slack's own errors and noted as {@link #faults}. People act
 * through its methods; each returns when what they did has been acknowledged.
 */
public final class FakeSlack implements AutoCloseable {
  /** The workspace that is always there. */
  public static final String TEAM = "T0PARLEY";

  /** Its app-level token. */
  public static final String APP_TOKEN = "xapp-1-parley";

  private final World world = new World();
  private final SocketServer socket = new SocketServer(world);
  private final ApiServer api = new ApiServer(world, socket::url);
  private volatile Optional<SignedRequests> requests = Optional.empty();
  private volatile Sent last = new Sent("", "", Fields.EMPTY);

  private record Sent(String team, String type, Fields payload) {}

  /** With one workspace. */
  public FakeSlack() {
    install(new FakeTeam(TEAM, APP_TOKEN).grant(FakeTeam.OPTIONAL));
  }

  /** Installs the app in a workspace. */
  public void install(FakeTeam team) {
    synchronized (world) {
      world.teams.put(team.id, team);
      world.users.put(team.botUser, new FakeUser(team.botUser, team.id, true, false, false, false));
    }
  }

  public FakeTeam team(String id) {
    return world.teams.get(id);
  }

  /** Where the Web API is; ends with a slash. */
  public String api() {
    return api.base() + "/api/";
  }

  /** Sends deliveries by signed requests from now on. */
  public void deliverTo(SignedRequests to) {
    to.warm();
    requests = Optional.of(to);
  }

  public void add(FakeUser user) {
    synchronized (world) {
      world.users.put(user.id(), user);
    }
  }

  /** A channel, with the app in it. */
  public void channel(String id, String team) {
    world.open(id, team);
  }

  /** A channel that the app has not been invited to. */
  public void foreignChannel(String id, String team) {
    synchronized (world) {
      world.channels.put(id, new World.Channel(id, team, new java.util.LinkedHashSet<>(), false));
    }
  }

  /** Somebody invites the app into a channel. */
  public void invite(String id, String team) {
    synchronized (world) {
      world.channels.get(id).bots().add(team);
    }
  }

  /** Somebody archives a channel. */
  public void archive(String id) {
    synchronized (world) {
      world.channels.computeIfPresent(
          id, (_, was) -> new World.Channel(was.id(), was.team(), was.bots(), true));
    }
  }

  /** The conversation of one person with the app. */
  public String direct(String team, String user) {
    return world.direct(team, user);
  }

  // ---- what people do

  /**
   * What became of a message.
   *
   * @param acknowledged whether all that the app was told of it was acknowledged
   */
  public record Heard(String ts, boolean acknowledged) {}

  /** Somebody says something; gives the message's timestamp. */
  public String say(
      String team, String user, String channel, Optional<String> thread, String text) {
    return tell(team, user, channel, thread, text).ts();
  }

  /** The same, and whether it was acknowledged; events come again as long as they are not. */
  public Heard tell(
      String team, String user, String channel, Optional<String> thread, String text) {
    FakeTeam here = world.teams.get(team);
    FakeUser speaker = world.users.get(user);
    var message =
        new FakeMessage(
            team,
            channel,
            world.ts(),
            thread,
            user,
            speaker.bot() ? Optional.of("B" + user) : Optional.empty(),
            text,
            List.of(),
            Fields.EMPTY,
            List.of(),
            Optional.empty());
    world.put(message);
    Fields event = message.json().with("channel", Value.text(channel));
    if (!speaker.team().equals(team)) {
      event = event.with("user_team", Value.text(speaker.team()));
    }
    boolean mention = text.contains("<@" + here.botUser + ">");
    boolean direct = channel.startsWith("D");
    boolean taken = true;
    if (mention && !direct && here.scopes.contains("app_mentions:read")) {
      taken = event(here, event.with("type", Value.text("app_mention")));
    }
    if (reads(here, channel)) {
      taken &= event(here, event.with("channel_type", Value.text(direct ? "im" : "channel")));
    }
    return new Heard(message.ts(), taken);
  }

  private static boolean reads(FakeTeam team, String channel) {
    return team.scopes.containsAll(WebMethods.history(Optional.of(channel)));
  }

  /** Events that tell of messages come to an app that may read the channel. */
  private void heard(FakeMessage message, Fields event) {
    FakeTeam team = world.teams.get(message.team());
    if (reads(team, message.channel())) {
      event(team, event);
    }
  }

  /** The same, addressed to the app. */
  public String mention(
      String team, String user, String channel, Optional<String> thread, String text) {
    return say(team, user, channel, thread, "<@" + world.teams.get(team).botUser + "> " + text);
  }

  /** As Slack spells what people type. */
  public static String typed(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Somebody changes their message. */
  public void edit(String channel, String ts, String text) {
    FakeMessage before = world.message(channel, ts).orElseThrow();
    FakeMessage now = world.change(before, m -> m.edited(text, m.blocks(), Fields.EMPTY));
    Fields event =
        Fields.of("type", Value.text("message"))
            .with("subtype", Value.text("message_changed"))
            .with("channel", Value.text(channel))
            .with("ts", Value.text(world.ts()))
            .with(
                "message",
                now.json()
                    .with(
                        "edited",
                        Fields.of("user", Value.text(now.user()))
                            .with("ts", Value.text(world.ts()))))
            .with("previous_message", before.json());
    heard(before, event);
  }

  /** Somebody deletes their message. */
  public void delete(String channel, String ts) {
    FakeMessage before = world.message(channel, ts).orElseThrow();
    synchronized (world) {
      world.messages.remove(World.key(channel, ts));
    }
    heard(
        before,
        Fields.of("type", Value.text("message"))
            .with("subtype", Value.text("message_deleted"))
            .with("channel", Value.text(channel))
            .with("ts", Value.text(world.ts()))
            .with("deleted_ts", Value.text(ts))
            .with("previous_message", before.json()));
  }

  /** Somebody puts an emoji on a message, or takes it off. */
  public void react(String user, String channel, String ts, String emoji, boolean on) {
    FakeMessage message = world.message(channel, ts).orElseThrow();
    Fields event =
        Fields.of("type", Value.text(on ? "reaction_added" : "reaction_removed"))
            .with("user", Value.text(user))
            .with("reaction", Value.text(emoji))
            .with("item_user", Value.text(message.user()))
            .with(
                "item",
                Fields.of("type", Value.text("message"))
                    .with("channel", Value.text(channel))
                    .with("ts", Value.text(ts)))
            .with("event_ts", Value.text(world.ts()));
    FakeTeam team = world.teams.get(message.team());
    if (team.scopes.contains("reactions:read")) {
      event(team, event);
    }
  }

  private boolean event(FakeTeam team, Fields event) {
    Fields payload =
        Fields.of("token", Value.text("verification"))
            .with("team_id", Value.text(team.id))
            .with("api_app_id", Value.text("A0PARLEY"))
            .with("event", event)
            .with("type", Value.text("event_callback"))
            .with("event_id", Value.text(world.id("Ev")))
            .with("event_time", Value.num(Instant.now().getEpochSecond()))
            .with(
                "authorizations",
                Items.of(
                    Fields.of("team_id", Value.text(team.id))
                        .with("user_id", Value.text(team.botUser))
                        .with("is_bot", Value.bool(true))
                        .with("is_enterprise_install", Value.bool(false))))
            .with("is_ext_shared_channel", Value.bool(false));
    return deliver(team, "events_api", payload, 0);
  }

  private boolean deliver(FakeTeam team, String type, Fields payload, int retry) {
    last = new Sent(team.id, type, payload);
    if (requests.isPresent()) {
      long start = System.nanoTime();
      int code = requests.get().send(type, payload, retry);
      if (code == 200) {
        world.acknowledged(type, System.nanoTime() - start);
      } else {
        world.lost(type + " was answered with " + code);
      }
      return code == 200;
    }
    return socket.send(team.appToken, type, payload, retry);
  }

  /** Sends the last delivery again, as after a lost acknowledgement. */
  public void again() {
    deliver(world.teams.get(last.team()), last.type(), last.payload(), 1);
  }

  /**
   * Somebody presses a button of a message that they see.
   *
   * @return whether it was acknowledged; if not, Slack shows them a warning, and tells nobody again
   */
  public boolean press(String user, FakeMessage message, Fields button) {
    FakeTeam team = world.teams.get(message.team());
    Fields row =
        message.blocks().stream()
            .map(Fields.class::cast)
            .filter(block -> block.itemsAt("elements").contains(button))
            .findFirst()
            .orElseThrow();
    boolean whispered = message.only().isPresent();
    Fields container =
        Fields.of("type", Value.text("message"))
            .with("message_ts", Value.text(message.ts()))
            .with("channel_id", Value.text(message.channel()))
            .with("is_ephemeral", Value.bool(whispered));
    if (message.thread().isPresent() && !whispered) {
      container = container.with("thread_ts", Value.text(message.thread().get()));
    }
    Fields action =
        Fields.of("type", Value.text("button"))
            .with("action_id", button.get("action_id").orElseThrow())
            .with("block_id", row.get("block_id").orElse(Value.text("x")))
            .with("text", button.fieldsAt("text"))
            .with("value", button.get("value").orElse(Value.text("")))
            .with("action_ts", Value.text(world.ts()));
    Fields payload =
        interaction(team, user, "block_actions")
            .with("container", container)
            .with("channel", Fields.of("id", Value.text(message.channel())))
            .with(
                "response_url",
                Value.text(api.respond(team.id, message.channel(), message.thread(), user)))
            .with("actions", Items.of(action));
    return deliver(
        team, "interactive", whispered ? payload : payload.with("message", message.json()), 0);
  }

  private Fields interaction(FakeTeam team, String user, String type) {
    return Fields.of("type", Value.text(type))
        .with(
            "user",
            Fields.of("id", Value.text(user))
                .with("username", Value.text("Admin"))
                .with("team_id", Value.text(world.users.get(user).team())))
        .with("api_app_id", Value.text("A0PARLEY"))
        .with("token", Value.text("verification"))
        .with("team", Fields.of("id", Value.text(team.id)).with("domain", Value.text("fake")))
        .with("trigger_id", Value.text(trigger(user)));
  }

  private String trigger(String user) {
    synchronized (world) {
      String id = world.id("TR") + ".1.abc";
      world.triggers.put(id, new World.Trigger(user, Instant.now().plusSeconds(3)));
      return id;
    }
  }

  /** Makes every trigger too old, as if people had thought for a while. */
  public void expireTriggers() {
    synchronized (world) {
      world.triggers.replaceAll((_, t) -> new World.Trigger(t.user(), Instant.EPOCH));
    }
  }

  /** The newest modal that a person sees. */
  public Optional<Fields> view(String user) {
    synchronized (world) {
      return world.views.stream()
          .filter(one -> one.user().equals(user))
          .reduce((_, newest) -> newest)
          .map(one -> one.view().with("id", Value.text(one.id())));
    }
  }

  /** Waits for a modal that was opened after so many others. */
  public Fields awaitView(String user, int before) {
    await("a form for " + user, () -> views(user) > before);
    return view(user).orElseThrow();
  }

  /** How many modals a person has been shown. */
  public int views(String user) {
    synchronized (world) {
      return (int) world.views.stream().filter(one -> one.user().equals(user)).count();
    }
  }

  /**
   * Somebody sends the newest modal they see.
   *
   * @param texts by the block's id
   */
  public void submit(String user, Map<String, String> texts) {
    World.OpenView open;
    synchronized (world) {
      open =
          world.views.stream()
              .filter(one -> one.user().equals(user))
              .reduce((_, newest) -> newest)
              .orElseThrow(() -> new AssertionError("no form is open for " + user));
    }
    Fields values = Fields.EMPTY;
    for (Value block : open.view().itemsAt("blocks")) {
      Fields input = (Fields) block;
      if (!input.text("type").equals(Optional.of("input"))) {
        continue;
      }
      String id = input.text("block_id").orElseThrow();
      String text = texts.getOrDefault(id, "");
      Fields element = input.fieldsAt("element");
      boolean select = element.text("type").equals(Optional.of("static_select"));
      Fields answer =
          select
              ? Fields.of("type", Value.text("static_select"))
                  .with("selected_option", Fields.of("value", Value.text(text)))
              : Fields.of("type", Value.text("plain_text_input")).with("value", Value.text(text));
      values = values.with(id, Fields.of(element.text("action_id").orElseThrow(), answer));
    }
    FakeTeam team = world.teams.get(open.team());
    Fields view =
        open.view()
            .with("id", Value.text(open.id()))
            .with("hash", Value.text("1." + open.id()))
            .with("app_installed_team_id", Value.text(team.id))
            .with("state", Fields.of("values", values));
    deliver(team, "interactive", interaction(team, user, "view_submission").with("view", view), 0);
  }

  /** Somebody types the slash command. */
  public void command(String team, String user, String channel, String text) {
    FakeTeam here = world.teams.get(team);
    Fields payload =
        Fields.of("token", Value.text("verification"))
            .with("team_id", Value.text(team))
            .with("team_domain", Value.text("fake"))
            .with("channel_id", Value.text(channel))
            .with("channel_name", Value.text("somewhere"))
            .with("user_id", Value.text(user))
            .with("user_name", Value.text("admin"))
            .with("command", Value.text("/parley"))
            .with("text", Value.text(text))
            .with("api_app_id", Value.text("A0PARLEY"))
            .with("is_enterprise_install", Value.text("false"))
            .with("response_url", Value.text(api.respond(team, channel, Optional.empty(), user)))
            .with("trigger_id", Value.text(trigger(user)));
    if (here.scopes.contains("commands")) {
      deliver(here, "slash_commands", payload, 0);
    }
  }

  /** Sends any payload. */
  public void send(String team, String type, Fields payload) {
    deliver(world.teams.get(team), type, payload, 0);
  }

  /** Sends any payload; false if nobody acknowledges it within some seconds. */
  public boolean sendUnacknowledged(String team, String type, Fields payload) {
    return socket.sendUnacknowledged(world.teams.get(team).appToken, type, payload, 0);
  }

  // ---- what goes wrong

  /** Every call of the Web API is answered with 503, until told otherwise. */
  public void outage(boolean now) {
    api.outage(now);
  }

  /** HTTP 429 for the next calls of a method. */
  public void slow(String method, int times, int seconds) {
    api.slow(method, times, seconds);
  }

  /** This error for the next calls of a method. */
  public void error(String method, int times, String error) {
    api.error(method, times, error);
  }

  /** The connection breaks at the next calls, and nothing is done. */
  public void down(String method, int times) {
    api.down(method, times);
  }

  /** Everything is answered as it should be again. */
  public void well() {
    api.well();
  }

  /** The next calls are done, but their answers are lost. */
  public void silent(String method, int times) {
    api.silent(method, times);
  }

  /**
   * Refuses more than Slack's pace from now on, with 429 and {@code Retry-After}: one new message a
   * second and channel after a burst of four; in any sixty seconds and workspace 50 of {@code
   * chat.update}, {@code reactions.add}, {@code conversations.history} and {@code .replies} each,
   * and 100 of {@code chat.postEphemeral}, {@code views.open}, {@code users.info} and the calls of
   * an upload each.
   *
   * @param clock whose time is measured
   */
  public void strictPace(Clock clock) {
    api.buckets().strict(clock);
  }

  /** The scopes that each method and each kind of delivery needs, whatever the channel. */
  public Map<String, Set<String>> needs() {
    var needs = new TreeMap<>(api.methods().scopes());
    needs.put("app_mention", Set.of("app_mentions:read"));
    needs.put("message.im", Set.of("im:history"));
    needs.put("message.channels", Set.of("channels:history"));
    needs.put("message.groups", Set.of("groups:history"));
    needs.put("reaction_added", Set.of("reactions:read"));
    needs.put("reaction_removed", Set.of("reactions:read"));
    needs.put("slash_commands", Set.of("commands"));
    return needs;
  }

  /** What was counted so far. */
  public Counters counters() {
    synchronized (world) {
      var doubles = new TreeMap<String, Integer>();
      world.keys.forEach(
          (key, times) -> {
            if (times > 1) {
              doubles.put(key, times - 1);
            }
          });
      return new Counters(
          api.buckets().refused(),
          api.buckets().early(),
          world.late,
          world.lost,
          world.posts,
          doubles);
    }
  }

  /** Whether the workspaces know tables and plans. */
  public void newerBlocks(boolean known) {
    api.methods().newer(known);
  }

  public void refresh() {
    socket.refresh();
  }

  public void dropConnections() {
    socket.drop();
  }

  /** Breaks the connections without a word. */
  public void cutConnections() {
    socket.cut();
  }

  /** Whether pings are left without an answer, so that a connection is dead and does not know. */
  public void deaf(boolean now) {
    socket.deaf(now);
  }

  /** The next acknowledgement is lost together with its connection; an event comes again then. */
  public void loseAcknowledgement() {
    socket.loseAcknowledgement();
  }

  /** Turns Socket Mode off or on in the app's settings. */
  public void socketMode(boolean on) {
    socket.enabled(on);
  }

  public int connections() {
    return socket.connections();
  }

  public int calls(String method) {
    return api.calls(method);
  }

  // ---- what is seen

  /** All that everybody in a channel has been shown, in order; edits as they came. */
  public List<FakeMessage> shown(String channel) {
    return seen(one -> one.message().only().isEmpty() && one.message().channel().equals(channel));
  }

  /** All that one person alone has been shown. */
  public List<FakeMessage> whispered(String user) {
    return seen(
        one ->
            one.message().only().equals(Optional.of(user))
                || one.message().channel().startsWith("D")
                    && one.message().channel().endsWith(user.toUpperCase(java.util.Locale.ROOT)));
  }

  private List<FakeMessage> seen(Predicate<World.Seen> which) {
    synchronized (world) {
      return world.seen.stream().filter(which).map(World.Seen::message).toList();
    }
  }

  /** The blocks of every message in every state in which it was shown, oldest first. */
  public List<List<Value>> blocks() {
    synchronized (world) {
      return world.seen.stream()
          .map(one -> one.message().blocks())
          .filter(blocks -> !blocks.isEmpty())
          .toList();
    }
  }

  /** Every modal that was opened, oldest first. */
  public List<Fields> modals() {
    synchronized (world) {
      return world.views.stream().map(World.OpenView::view).toList();
    }
  }

  /** The messages of the app as they stand now, oldest first. */
  public List<FakeMessage> standing(String channel) {
    synchronized (world) {
      return world.messages.values().stream()
          .filter(one -> one.channel().equals(channel) && one.bot().isPresent())
          .filter(one -> one.only().isEmpty())
          .toList();
    }
  }

  /** A message as it stands now. */
  public Optional<FakeMessage> message(String channel, String ts) {
    return world.message(channel, ts);
  }

  /** Names of the emoji on a message. */
  public List<String> reactions(String channel, String ts) {
    synchronized (world) {
      return world.reactions.getOrDefault(World.key(channel, ts), Set.of()).stream()
          .map(one -> one.substring(0, one.indexOf(' ')))
          .toList();
    }
  }

  /** The bytes of an uploaded file, by its name; the newest. */
  public Optional<byte[]> file(String name) {
    synchronized (world) {
      return world.uploads.values().stream()
          .filter(one -> one.name().equals(name))
          .reduce((_, newest) -> newest)
          .flatMap(World.Upload::bytes);
    }
  }

  /** What was done that Slack does not allow; must be empty. */
  public List<String> faults() {
    synchronized (world) {
      return List.copyOf(world.faults);
    }
  }

  /** Forgets the faults that a test made on purpose. */
  public void forgive() {
    synchronized (world) {
      world.faults.clear();
    }
  }

  /** Waits until something is so. */
  public static void await(String what, java.util.function.BooleanSupplier seen) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not seen in time: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  /** The whole of a payload as Slack would write it. */
  public static String json(Fields payload) {
    return Json.write(payload);
  }

  @Override
  public void close() {
    socket.close();
    api.close();
  }
}
