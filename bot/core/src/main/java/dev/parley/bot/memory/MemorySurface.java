package dev.parley.bot.memory;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.identity.Person;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A surface that holds everything in memory. People act on it through its own methods; what the bot
 * shows is kept in order.
 */
public final class MemorySurface implements Surface {
  /** Everything claimed, nothing limited. */
  public static final Capabilities ALL =
      new Capabilities(true, true, true, true, true, true, 1_000_000, 25);

  /**
   * As of a platform beyond a network: one card for each request in the channel, files apart from
   * cards, pictures as PNG, limits as narrow as the narrowest of them.
   */
  public static final Capabilities REMOTE =
      new Capabilities(
          true, true, true, true, true, true, 12_000, 5, true, true, true, 24, 3_000, Pace.ANY);

  private final String id;
  private final Capabilities capabilities;
  private final Clock clock;
  private final String born = Long.toString(System.nanoTime(), 36) + "-";
  private final AtomicLong counter = new AtomicLong();
  private final List<Output> outputs = new ArrayList<>();
  private final Map<String, MessageRef> byKey = new HashMap<>();
  private final Map<MessageRef, Card> cards = new LinkedHashMap<>();
  private final Map<MessageRef, Long> revisions = new HashMap<>();
  private final List<Past> recalled = new ArrayList<>();
  private final Deque<SurfaceFailure> refusals = new ArrayDeque<>();
  private boolean down;
  private Consumer<Inbound> inbox = _ -> {};

  /** With all capabilities. */
  public MemorySurface(String id, Clock clock) {
    this(id, ALL, clock);
  }

  public MemorySurface(String id, Capabilities capabilities, Clock clock) {
    this.id = id;
    this.capabilities = capabilities;
    this.clock = clock;
  }

  // ---- what people do

  /** A thread of the surface's one channel. */
  public Place place(String thread) {
    return new Place(id, "", "main", Optional.of(thread));
  }

  /** A human of the surface. */
  public Speaker human(String person) {
    return new Speaker(new Person(id, "", person), Speaker.Kind.HUMAN);
  }

  /** Somebody says something; gives the message's id. */
  public String say(Speaker who, Place place, String text) {
    String message = next("m");
    deliver(new Inbound.Said(next("d"), who, place, message, text, true, clock.instant()));
    return message;
  }

  /** Somebody presses a button by its token. */
  public void press(Speaker who, Place place, String message, String token) {
    deliver(new Inbound.Pressed(next("d"), who, place, message, token, clock.instant()));
  }

  /** Somebody sends a form. */
  public void submit(Speaker who, Place place, Form form, Map<String, String> fields) {
    deliver(new Inbound.Submitted(next("d"), who, place, form.token(), fields, clock.instant()));
  }

  /** Somebody puts an emoji on a message. */
  public void emoji(Speaker who, MessageRef message, String emoji) {
    deliver(
        new Inbound.Reacted(next("d"), who, message.place(), message.id(), emoji, clock.instant()));
  }

  /** Somebody takes an emoji off a message. */
  public void noEmoji(Speaker who, MessageRef message, String emoji) {
    deliver(
        new Inbound.Unreacted(
            next("d"), who, message.place(), message.id(), emoji, clock.instant()));
  }

  /** Unlike every id of this surface before, in former lives too: a delivery is taken once. */
  private String next(String kind) {
    return kind + born + counter.incrementAndGet();
  }

  /** Hands anything to the bot, as the platform would. */
  public void deliver(Inbound inbound) {
    Consumer<Inbound> to;
    synchronized (this) {
      to = inbox;
    }
    to.accept(inbound);
  }

  /** The next messages, edits and files are refused like this, one after another. */
  public synchronized void refuse(List<? extends SurfaceFailure> failures) {
    refusals.addAll(failures);
  }

  /** It can't be reached, until it is told to be back. */
  public synchronized void down(boolean now) {
    down = now;
  }

  // ---- what was shown

  /** Everything since the beginning, in order. */
  public synchronized List<Output> outputs() {
    return List.copyOf(outputs);
  }

  /** The messages of a thread in their last state, oldest first. */
  public synchronized Map<MessageRef, Card> cards(Place place) {
    var found = new LinkedHashMap<MessageRef, Card>();
    cards.forEach(
        (message, card) -> {
          if (message.place().equals(place)) {
            found.put(message, card);
          }
        });
    return found;
  }

  /** A card's last state. */
  public synchronized Optional<Card> card(MessageRef message) {
    return Optional.ofNullable(cards.get(message));
  }

  /** What the bot gave back after a restart. */
  public synchronized List<Past> recalled() {
    return List.copyOf(recalled);
  }

  /** The button with a label, upper and lower case alike. */
  public static Optional<Button> button(Card card, String label) {
    return card.buttons().stream()
        .filter(button -> button.label().equalsIgnoreCase(label))
        .findFirst();
  }

  // ---- Surface

  @Override
  public String id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public synchronized void start(Consumer<Inbound> inbox) {
    this.inbox = inbox;
  }

  @Override
  public synchronized MessageRef post(Place place, Card card, String key) {
    MessageRef known = byKey.get(key);
    if (known != null) {
      return known;
    }
    fail();
    var message = new MessageRef(place, next("m"));
    byKey.put(key, message);
    cards.put(message, card);
    outputs.add(new Output.Posted(message, card));
    return message;
  }

  @Override
  public synchronized Optional<MessageRef> find(Place place, String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** A file is a message that holds nothing else. */
  @Override
  public MessageRef attach(Place place, Part.Attachment file, String words, String key) {
    var card =
        new Card(
            Card.Stage.NOTICE,
            Card.Tone.NEUTRAL,
            words,
            List.of(new Part.Attached(file)),
            List.of(),
            words,
            Fields.EMPTY);
    return post(place, card, key);
  }

  private void fail() {
    if (down) {
      throw new SurfaceFailure.Unreachable("no network");
    }
    SurfaceFailure failure = refusals.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized void edit(MessageRef message, Card card, long revision) {
    if (revision <= revisions.getOrDefault(message, 0L)) {
      return;
    }
    fail();
    revisions.put(message, revision);
    cards.put(message, card);
    outputs.add(new Output.Edited(message, card, revision));
  }

  @Override
  public synchronized void whisper(Inbound answered, Card card) {
    outputs.add(new Output.Whispered(answered.speaker().person(), answered.place(), card));
  }

  @Override
  public synchronized void open(Inbound answered, Form form) {
    outputs.add(new Output.Opened(answered.speaker().person(), answered.place(), form));
  }

  @Override
  public synchronized void react(MessageRef message, String emoji) {
    outputs.add(new Output.Reacted(message, emoji));
  }

  @Override
  public synchronized void recall(List<Past> threads) {
    recalled.clear();
    recalled.addAll(threads);
  }

  @Override
  public Check check() {
    return Check.ok("in memory");
  }

  @Override
  public synchronized void close() {
    inbox = _ -> {};
  }
}
