package dev.parley.app.house;

import dev.parley.app.settings.Chat;
import dev.parley.app.settings.References;
import dev.parley.app.settings.Settings;
import dev.parley.bot.discord.DiscordSettings;
import dev.parley.bot.discord.DiscordSurface;
import dev.parley.bot.route.Exchange;
import dev.parley.bot.route.Routes;
import dev.parley.bot.slack.SlackSettings;
import dev.parley.bot.slack.SlackSurface;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.engine.json.Form;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chat platforms of an installation: one surface each, shared by the tenants it is bound to.
 */
public final class Chats {
  private Chats() {}

  /**
   * The surfaces that the configuration names, not started.
   *
   * @throws Invalid with every mistake in the settings of any of them
   */
  public static Map<Chat, Surface> surfaces(Settings settings, Clock clock) {
    var surfaces = new LinkedHashMap<Chat, Surface>();
    var problems = new ArrayList<Problem>();
    for (Chat chat : settings.chats()) {
      try {
        surfaces.put(chat, surface(chat, settings.secrets(), clock));
      } catch (Invalid e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      surfaces.values().forEach(Surface::close);
      throw new Invalid(problems);
    }
    return surfaces;
  }

  /**
   * One of them, not started.
   *
   * @throws Invalid with every mistake in its settings, tokens that can't be found among them
   */
  public static Surface surface(Chat chat, References secrets, Clock clock) {
    String id = chat.routes().surface();
    String name = "surfaces." + id;
    var problems = new ArrayList<Problem>();
    Form form = Form.of(name, resolved(chat.own(), Pointer.ROOT, name, secrets, problems));
    Optional<Surface> surface =
        switch (id) {
          case "slack" -> SlackSettings.read(form).map(own -> SlackSurface.open(own, clock));
          case "discord" ->
              DiscordSettings.read(form)
                  .map(own -> new DiscordSurface(own.in(channels(chat.routes())), clock));
          default -> Optional.empty();
        };
    List<String> named = problems.stream().map(Problem::where).toList();
    form.problems().stream().filter(one -> !named.contains(one.where())).forEach(problems::add);
    if (!problems.isEmpty()) {
      surface.ifPresent(Surface::close);
      throw new Invalid(problems);
    }
    return surface.orElseThrow(() -> new IllegalStateException("no surface " + id));
  }

  /** Channels by their workspaces. */
  private static Map<String, List<String>> channels(Routes routes) {
    var channels = new LinkedHashMap<String, List<String>>();
    routes
        .workspaces()
        .forEach(
            (id, workspace) ->
                channels.put(id, workspace.channels().keySet().stream().sorted().toList()));
    return channels;
  }

  /** Tokens are looked up here, so that they stand nowhere else. */
  private static Value resolved(
      Value value, Pointer at, String name, References secrets, List<Problem> problems) {
    return switch (value) {
      case Value.Secret(var reference) -> {
        try {
          yield Value.text(secrets.look(reference));
        } catch (IllegalArgumentException e) {
          problems.add(
              new Problem(
                  name + "#" + at,
                  "${" + reference + "}",
                  String.valueOf(e.getMessage()),
                  "set it before Parley starts, or name another: ${env:NAME} or ${file:path}"));
          yield Value.text("");
        }
      }
      case Fields(var fields) -> {
        Fields out = Fields.EMPTY;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
          Pointer child = at.child(field.getKey());
          out =
              out.with(field.getKey(), resolved(field.getValue(), child, name, secrets, problems));
        }
        yield out;
      }
      case Items(var items) -> {
        var out = new ArrayList<Value>();
        for (int i = 0; i < items.size(); i++) {
          Pointer child = at.child(Integer.toString(i));
          out.add(resolved(items.get(i), child, name, secrets, problems));
        }
        yield new Items(out);
      }
      default -> value;
    };
  }

  /**
   * Those that serve.
   *
   * @param bots one for each tenant of each
   */
  public record Opened(List<Surface> surfaces, List<Bot> bots) {
    public Opened {
      surfaces = List.copyOf(surfaces);
      bots = List.copyOf(bots);
    }

    /** What is to be said about them. */
    public List<Examination.Finding> examine() {
      return surfaces.stream().flatMap(surface -> Examination.of(surface).stream()).toList();
    }
  }

  /** Opens all of them, with a bot for each tenant. */
  public static Opened open(Installation house) {
    var bots = new ArrayList<Bot>();
    Map<Chat, Surface> surfaces = surfaces(house.settings(), house.clock());
    surfaces.forEach(
        (chat, surface) -> {
          var exchange = new Exchange(surface, chat.routes(), house.engine().directory());
          for (String tenant : chat.routes().tenants()) {
            BotSettings how =
                BotSettings.of(tenant).withGrounds(place -> chat.routes().ground(tenant, place));
            Bot bot = house.bot(how);
            bot.attach(exchange.line(tenant));
            bots.add(bot);
          }
          exchange.open();
        });
    return new Opened(List.copyOf(surfaces.values()), bots);
  }
}
