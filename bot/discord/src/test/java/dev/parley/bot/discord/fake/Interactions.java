package dev.parley.bot.discord.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers to presses, forms and commands, by their tokens: the first within three seconds (a test
 * minds one second), all within a quarter of an hour.
 */
final class Interactions {
  private static final Duration WAITS = Duration.ofSeconds(3);
  private static final Duration PROMPT = Duration.ofSeconds(1);
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final World world;
  private final Shapes shapes;

  Interactions(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
  }

  private Duration age(Exchange exchange) {
    return Duration.ofNanos(world.nanos().getAsLong() - exchange.began);
  }

  /** The first answer. */
  Value answered(String id, String token, Fields body, List<String> files) {
    Exchange exchange = world.exchanges.get(token);
    if (exchange == null || !exchange.id.equals(id) || age(exchange).compareTo(WAITS) > 0) {
      throw new Refusal(404, 10062, "Unknown interaction");
    }
    if (exchange.answered != 0) {
      throw new Refusal(400, 40060, "Interaction has already been acknowledged.");
    }
    if (age(exchange).compareTo(PROMPT) > 0) {
      world.late(age(exchange));
    }
    int type = Obj.number(body, "type");
    Fields data = body.fieldsAt("data");
    switch (type) {
      case 4 -> exchange.original = said(exchange, data, files);
      case 5, 6 -> {}
      case 9 ->
          exchange.form =
              Optional.of(
                  new FakeDiscord.Opened(
                      data.text("custom_id").orElse(""),
                      data.text("title").orElse(""),
                      Rules.modal(data),
                      exchange.channel));
      default -> throw Refusal.form("type: not one of 4, 5, 6, 9");
    }
    exchange.answered = type;
    return new Value.Null();
  }

  /** A further answer. */
  Value followed(String token, Fields body, List<String> files) {
    return shapes.message(world.posts.get(said(live(token), body, files)));
  }

  /** Changes the first answer. */
  Value original(String token, Fields body, List<String> files) {
    Posted posted = world.posts.get(live(token).original);
    if (posted == null || posted.gone) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    Rules.message(body, files, true);
    posted.show(body, files);
    return shapes.message(posted);
  }

  /** Takes the first answer away, or the message whose button was pressed. */
  Value taken(String token) {
    Exchange exchange = live(token);
    String id = exchange.original.isEmpty() ? exchange.message : exchange.original;
    Posted posted = world.posts.get(id);
    if (posted == null || posted.gone) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    posted.gone = true;
    return new Value.Null();
  }

  private Exchange live(String token) {
    Exchange exchange = world.exchanges.get(token);
    if (exchange == null || exchange.answered == 0) {
      throw new Refusal(404, 10015, "Unknown Webhook");
    }
    if (age(exchange).compareTo(LIFE) > 0) {
      throw new Refusal(401, 50027, "Invalid Webhook Token");
    }
    return exchange;
  }

  private String said(Exchange exchange, Fields body, List<String> files) {
    Rules.message(body, files, false);
    boolean alone = (Obj.number(body, "flags") & Rules.EPHEMERAL) != 0;
    String only = alone ? exchange.user : "";
    var posted =
        new Posted(world.next(), exchange.channel, FakeDiscord.SELF, "", only, body, files);
    world.posts.put(posted.id, posted);
    return posted.id;
  }
}
