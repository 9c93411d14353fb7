package dev.parley.app.house;

import dev.parley.app.settings.Chat;
import dev.parley.app.settings.Settings;
import dev.parley.bot.discord.DiscordSettings;
import dev.parley.bot.discord.DiscordSurface;
import dev.parley.bot.route.Exchange;
import dev.parley.bot.slack.SlackSettings;
import dev.parley.bot.slack.SlackSurface;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.engine.json.Form;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
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
   * @throws dev.parley.value.Invalid with every mistake in a surface's own settings
   */
  public static Map<Chat, Surface> surfaces(Settings settings, Clock clock) {
    var surfaces = new LinkedHashMap<Chat, Surface>();
    settings.chats().forEach(chat -> surfaces.put(chat, surface(chat, settings, clock)));
    return surfaces;
  }

  private static Surface surface(Chat chat, Settings settings, Clock clock) {
    String id = chat.routes().surface();
    Form form = Form.of("surfaces." + id, resolved(chat.own(), settings));
    Optional<Surface> surface =
        switch (id) {
          case "slack" -> SlackSettings.read(form).map(own -> SlackSurface.open(own, clock));
          case "discord" -> DiscordSettings.read(form).map(own -> new DiscordSurface(own, clock));
          default -> Optional.empty();
        };
    form.check();
    return surface.orElseThrow(() -> new IllegalStateException("no surface " + id));
  }

  /** Tokens are looked up here, so that they stand nowhere else. */
  private static Value resolved(Value value, Settings settings) {
    return switch (value) {
      case Value.Secret(var reference) -> Value.text(settings.secrets().look(reference));
      case Fields(var fields) -> {
        Fields out = Fields.EMPTY;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
          out = out.with(field.getKey(), resolved(field.getValue(), settings));
        }
        yield out;
      }
      default -> value;
    };
  }

  /** Opens all of them, with a bot for each tenant; gives the bots. */
  public static List<Bot> open(Installation house) {
    var bots = new ArrayList<Bot>();
    surfaces(house.settings(), house.clock())
        .forEach(
            (chat, surface) -> {
              var exchange = new Exchange(surface, chat.routes(), house.engine().directory());
              for (String tenant : chat.routes().tenants()) {
                BotSettings how =
                    BotSettings.of(tenant)
                        .withGrounds(place -> chat.routes().ground(tenant, place));
                Bot bot = house.bot(how);
                bot.attach(exchange.line(tenant));
                bots.add(bot);
              }
              exchange.open();
            });
    return bots;
  }
}
