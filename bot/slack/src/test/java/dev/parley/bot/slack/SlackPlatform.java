package dev.parley.bot.slack;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.testkit.WatchedSurface;
import dev.parley.bot.transcript.Platform;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stand-in for Slack as a stage for scripts: whatever people do goes over the wire and through
 * the SDK, and a button can be pressed only if it stands on a message that they were shown.
 */
public final class SlackPlatform implements Platform, AutoCloseable {
  /** The channel in which scripts are played. */
  public static final String CHANNEL = "C0OPS";

  private final FakeSlack slack = new FakeSlack();
  private final Clock clock;
  private Optional<SlackSurface> surface = Optional.empty();

  /**
   * A workspace with one channel.
   *
   * @param people who are members of it; their names are their user ids
   */
  public SlackPlatform(Clock clock, List<String> people) {
    this.clock = clock;
    slack.channel(CHANNEL, FakeSlack.TEAM);
    people.forEach(person -> slack.add(FakeUser.member(person, FakeSlack.TEAM)));
  }

  /** How the directory must know somebody: surface, workspace and id. */
  public static String person(String name) {
    return SlackSurface.ID + ":" + FakeSlack.TEAM + ":" + name;
  }

  /** The workspace and its channel, as configuration names them. */
  public static Place channel() {
    return new Place(SlackSurface.ID, FakeSlack.TEAM, CHANNEL, Optional.empty());
  }

  /** What Slack does not allow and was done all the same; must be empty. */
  public List<String> faults() {
    return slack.faults();
  }

  /** Slack takes nothing any more, until it is told to be back. */
  public void down(boolean now) {
    slack.outage(now);
  }

  /** All that stands or stood in the channel, as people see it, oldest first. */
  public String told() {
    return slack.shown(CHANNEL).stream().map(FakeMessage::drawn).collect(Collectors.joining("\n"));
  }

  @Override
  public Surface surface() {
    surface.ifPresent(SlackSurface::close);
    FakeSlack.await("the former connection to close", () -> slack.connections() == 0);
    SlackSurface opened = SlackSurface.open(SlackRig.settings(slack), clock);
    surface = Optional.of(opened);
    return new WatchedSurface(opened);
  }

  @Override
  public Place say(String person, String thread, Optional<Place> place, String text) {
    String typed = FakeSlack.typed(text);
    if (place.isPresent()) {
      slack.say(FakeSlack.TEAM, person, CHANNEL, place.get().thread(), typed);
      return place.get();
    }
    return channel().in(slack.mention(FakeSlack.TEAM, person, CHANNEL, Optional.empty(), typed));
  }

  @Override
  public void press(String person, Place place, String message, Button button) {
    Stream<FakeMessage> seen =
        message.isEmpty()
            ? slack.whispered(person).stream()
            : slack.shown(CHANNEL).stream().filter(one -> one.ts().equals(message));
    seen.flatMap(
            one ->
                one.buttons().stream()
                    .filter(b -> b.text("value").equals(Optional.of(button.token())))
                    .map(b -> Map.entry(one, b)))
        .reduce((_, newest) -> newest)
        .ifPresentOrElse(
            found -> slack.press(person, found.getKey(), found.getValue()),
            () -> {
              throw new AssertionError(
                  "[" + button.label() + "] stands on no message that Slack showed to " + person);
            });
  }

  @Override
  public void submit(String person, Place place, Form form, Map<String, String> fields) {
    slack.submit(person, fields);
  }

  @Override
  public void react(String person, MessageRef message, String emoji, boolean taken) {
    slack.react(person, CHANNEL, message.id(), emoji, !taken);
  }

  /**
   * Keeps whatever was shown where {@code -Dslack.cards=folder} asks for it, each thing once:
   * {@code card-*.json} are the blocks of messages, {@code view-*.json} modals.
   */
  private void keep(Path folder) {
    try {
      Files.createDirectories(folder);
      for (List<Value> blocks : slack.blocks()) {
        keep(folder, "card-", Json.pretty(new Items(blocks)));
      }
      for (Fields modal : slack.modals()) {
        keep(folder, "view-", Json.pretty(modal));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(Path folder, String kind, String json) throws IOException {
    String name = UUID.nameUUIDFromBytes(json.getBytes(StandardCharsets.UTF_8)).toString();
    Files.writeString(folder.resolve(kind + name + ".json"), json);
  }

  @Override
  public void close() {
    surface.ifPresent(SlackSurface::close);
    Optional.ofNullable(System.getProperty("slack.cards")).map(Path::of).ifPresent(this::keep);
    slack.close();
  }
}
