package dev.parley.bot.outbox;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.value.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A chat platform that posts whatever it is given, does not know keys when it posts, but finds a
 * message by its key; and fails as it is told to.
 */
class Platform implements Surface {
  static final Capabilities CAN =
      new Capabilities(
          true, true, true, true, true, true, 4000, 5, true, true, true, 40, 3000, Pace.ANY);

  /** What one call does. */
  enum Mood {
    WELL,
    SLOW,
    DOWN,
    /** Done, but the answer is lost. */
    LOST_AFTER,
    /** Not done, and the answer is lost. */
    LOST_BEFORE,
    CRASH_AFTER,
    CRASH_BEFORE
  }

  /** The program dies; nothing but the outbox's own caller may catch it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Titles as they were posted, by channel. */
  final Map<String, List<String>> posted = new LinkedHashMap<>();

  /** Keys of messages and files as they arrived, by channel and thread. */
  final Map<String, List<String>> arrived = new LinkedHashMap<>();

  final List<String> reactions = new ArrayList<>();
  final Map<String, String> state = new HashMap<>();
  final List<Long> postTimes = new ArrayList<>();
  final List<Long> editTimes = new ArrayList<>();
  final List<Long> fileTimes = new ArrayList<>();
  private final Map<String, MessageRef> keys = new HashMap<>();
  private final VirtualTime time;
  private final Pace pace;
  private Supplier<Mood> mood = () -> Mood.WELL;
  private int counter;

  Platform(VirtualTime time, Pace pace) {
    this.time = time;
    this.pace = pace;
  }

  void moods(Supplier<Mood> moods) {
    mood = moods;
  }

  private void before(Mood how) {
    switch (how) {
      case SLOW ->
          throw new dev.parley.bot.surface.SurfaceFailure.Slow("429", Duration.ofSeconds(3));
      case DOWN -> throw new dev.parley.bot.surface.SurfaceFailure.Unreachable("no route");
      case LOST_BEFORE ->
          throw new dev.parley.bot.surface.SurfaceFailure.Unknown(
              "reset", new java.io.IOException("reset"));
      case CRASH_BEFORE -> throw new Crash();
      case WELL, LOST_AFTER, CRASH_AFTER -> {}
    }
  }

  private static void after(Mood how) {
    switch (how) {
      case LOST_AFTER ->
          throw new dev.parley.bot.surface.SurfaceFailure.Unknown(
              "reset", new java.io.IOException("reset"));
      case CRASH_AFTER -> throw new Crash();
      case WELL, SLOW, DOWN, LOST_BEFORE, CRASH_BEFORE -> {}
    }
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    Mood now = mood.get();
    postTimes.add(time.nanos());
    before(now);
    var message = new MessageRef(place, "m" + ++counter);
    keys.put(key, message);
    state.put(message.id(), card.title());
    posted.computeIfAbsent(place.channel(), _ -> new ArrayList<>()).add(card.title());
    arrived.computeIfAbsent(place.key(), _ -> new ArrayList<>()).add(key);
    after(now);
    return message;
  }

  @Override
  public MessageRef attach(Place place, Part.Attachment file, String words, String key) {
    Mood now = mood.get();
    fileTimes.add(time.nanos());
    before(now);
    var message = new MessageRef(place, "f" + ++counter);
    keys.put(key, message);
    arrived.computeIfAbsent(place.key(), _ -> new ArrayList<>()).add(key);
    after(now);
    return message;
  }

  @Override
  public Optional<MessageRef> find(Place place, String key) {
    return Optional.ofNullable(keys.get(key));
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    Mood now = mood.get();
    editTimes.add(time.nanos());
    before(now);
    state.put(message.id(), card.title());
    after(now);
  }

  @Override
  public String id() {
    return "platform";
  }

  @Override
  public Capabilities capabilities() {
    return CAN.at(pace);
  }

  @Override
  public void start(Consumer<Inbound> inbox) {}

  @Override
  public void whisper(Inbound answered, Card card) {}

  @Override
  public void open(Inbound answered, Form form) {}

  @Override
  public void react(MessageRef message, String emoji) {
    before(mood.get());
    reactions.add(message.id());
  }

  @Override
  public Check check() {
    return Check.ok("in a test");
  }

  @Override
  public void close() {}
}
