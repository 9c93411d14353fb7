package dev.parley.bot.discord;

import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A surface on the stand-in, and what it heard. */
abstract class OnDiscord {
  static final String NAME = "<@" + FakeDiscord.SELF + "> ";
  static final Place CHANNEL =
      new Place("discord", FakeDiscord.GUILD, FakeDiscord.CHANNEL, Optional.empty());
  static final Duration LONGEST = Duration.ofSeconds(20);

  final List<Inbound> heard = new CopyOnWriteArrayList<>();
  final FakeDiscord discord = new FakeDiscord();
  final String ann = discord.person("ann");
  DiscordSurface surface;

  @AfterEach
  void close() {
    if (surface != null) {
      surface.close();
    }
    discord.close();
  }

  /**
   * Starts it, and waits until it is well.
   *
   * @param everything whether it may read all messages
   */
  void start(boolean everything) {
    start(DiscordRig.settings(discord, everything));
    connected();
  }

  void start(DiscordSettings settings) {
    surface = new DiscordSurface(settings, Clock.systemUTC());
    surface.start(heard::add);
  }

  void connected() {
    await().atMost(LONGEST).until(() -> surface.check().ok());
  }

  /** The next delivery, of a kind. */
  <T extends Inbound> T next(Class<T> kind) {
    await().atMost(LONGEST).until(() -> !heard.isEmpty());
    return kind.cast(heard.removeFirst());
  }

  /** Nothing of all that was done before is heard: waits for a message behind it. */
  void nothing() {
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "behind");
    var behind = next(Inbound.Said.class);
    if (!behind.text().equals("behind")) {
      throw new AssertionError("heard " + behind);
    }
  }

  static Card card(String title, List<Part> parts, Button... buttons) {
    return new Card(
        Card.Stage.PLAN, Card.Tone.NEUTRAL, title, parts, List.of(buttons), title, Fields.EMPTY);
  }

  static Button button(String label, String token) {
    return new Button(Button.Style.PRIMARY, label, token, Optional.empty());
  }
}
