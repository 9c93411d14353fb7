package dev.parley.bot.web;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.text.Inert;
import dev.parley.engine.json.Codec;
import dev.parley.identity.Person;
import dev.parley.value.Check;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The page as a surface. The servlets hand in what people do; what the bot says goes to the board
 * and to every open page.
 */
public final class WebSurface implements Surface {
  /** The surface's id. */
  public static final String ID = "web";

  private static final String CHANNEL = "page";
  private final Board board;
  private final Listeners listeners;
  private final Clock clock;
  private final Supplier<String> ids;
  private final UnaryOperator<String> redact;
  private volatile Optional<Consumer<Inbound>> inbox = Optional.empty();

  /**
   * A page that nobody has opened yet.
   *
   * @param ids fresh ids of deliveries and threads, never the same again
   * @param redact takes secrets out of a text before it is kept
   */
  public WebSurface(Clock clock, Supplier<String> ids, UnaryOperator<String> redact) {
    this.board = new Board(clock, () -> "t-" + ids.get());
    this.listeners =
        new Listeners(Long.toString(clock.millis(), Character.MAX_RADIX) + "." + ids.get());
    this.clock = clock;
    this.ids = ids;
    this.redact = redact;
    board.read(posting -> listeners.tell("posting", Optional.empty(), PageJson.posting(posting)));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true, true, true, 100_000, 5);
  }

  @Override
  public void start(Consumer<Inbound> started) {
    inbox = Optional.of(started);
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    return ref(board.post(threadOf(place), card, key));
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    board.edit(idOf(message.id()), card, revision);
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    listeners.tell(
        "whisper",
        Optional.of(answered.speaker().person().id()),
        Fields.of("card", PageJson.card(card, board.whispered(card)))
            .with("thread", Value.text(threadOf(answered.place()))));
  }

  @Override
  public void open(Inbound answered, Form form) {
    listeners.tell(
        "form",
        Optional.of(answered.speaker().person().id()),
        Codec.encode(form).with("thread", Value.text(threadOf(answered.place()))));
  }

  @Override
  public void react(MessageRef message, String emoji) {
    board.react(idOf(message.id()), emoji, Posting.BOT, true);
  }

  @Override
  public void recall(List<Past> threads) {
    for (Past past : threads) {
      String thread = threadOf(past.place());
      for (Past.Line line : past.lines()) {
        long id = idOf(line.message());
        switch (line) {
          case Past.Heard(_, var speaker, var text, var at) ->
              board.recall(id, thread, speaker.person().id(), text, Optional.empty(), at);
          case Past.Shown(_, var card, var at) ->
              board.recall(id, thread, Posting.BOT, "", Optional.of(card), at);
        }
      }
    }
  }

  @Override
  public Check check() {
    return inbox.isPresent()
        ? Check.ok(listeners.size() + " pages open")
        : Check.failed("not started", "attach it to the bot");
  }

  @Override
  public void close() {
    listeners.close();
  }

  /** Something was done on the page before the bot took it over. */
  static final class NotStarted extends IllegalStateException {
    private static final long serialVersionUID = 1L;
  }

  Board board() {
    return board;
  }

  Listeners listeners() {
    return listeners;
  }

  /** A person wrote something; an empty thread opens a new one. */
  Posting say(String person, Optional<String> thread, String text, Optional<String> delivery) {
    Consumer<Inbound> bot = started();
    Posting posting = board.said(thread, person, Inert.lines(redact.apply(text)));
    String in = posting.thread();
    bot.accept(
        new Inbound.Said(
            delivery.orElseGet(ids),
            speaker(person),
            place(in),
            Long.toString(posting.id()),
            text,
            false,
            clock.instant()));
    return posting;
  }

  void press(String person, long message, String token, Optional<String> delivery) {
    hand(
        new Inbound.Pressed(
            delivery.orElseGet(ids),
            speaker(person),
            placeOf(message),
            Long.toString(message),
            token,
            clock.instant()));
  }

  /** The same on a card that was whispered to them in a thread. */
  void pressWhispered(String person, String thread, String token, Optional<String> delivery) {
    hand(
        new Inbound.Pressed(
            delivery.orElseGet(ids), speaker(person), placeOf(thread), "", token, clock.instant()));
  }

  void submit(
      String person,
      String thread,
      String token,
      Map<String, String> fields,
      Optional<String> delivery) {
    hand(
        new Inbound.Submitted(
            delivery.orElseGet(ids),
            speaker(person),
            placeOf(thread),
            token,
            fields,
            clock.instant()));
  }

  void reactFrom(String person, long message, String emoji, boolean on, Optional<String> delivery) {
    Place place = placeOf(message);
    Consumer<Inbound> bot = started();
    if (!board.react(message, emoji, person, on)) {
      return;
    }
    String id = delivery.orElseGet(ids);
    String text = Long.toString(message);
    bot.accept(
        on
            ? new Inbound.Reacted(id, speaker(person), place, text, emoji, clock.instant())
            : new Inbound.Unreacted(id, speaker(person), place, text, emoji, clock.instant()));
  }

  private void hand(Inbound inbound) {
    started().accept(inbound);
  }

  private Consumer<Inbound> started() {
    return inbox.orElseThrow(NotStarted::new);
  }

  private Place placeOf(long message) {
    return place(
        board
            .posting(message)
            .orElseThrow(() -> new Missing("there is no message " + message))
            .thread());
  }

  private Place placeOf(String thread) {
    if (!board.has(thread)) {
      throw new Missing("there is no thread " + thread);
    }
    return place(thread);
  }

  static Place place(String thread) {
    return new Place(ID, "", CHANNEL, Optional.of(thread));
  }

  private static Speaker speaker(String person) {
    return new Speaker(new Person(ID, "", person), Speaker.Kind.HUMAN);
  }

  private static MessageRef ref(Posting posting) {
    return new MessageRef(place(posting.thread()), Long.toString(posting.id()));
  }

  private static String threadOf(Place place) {
    return place.thread().orElse("t-0");
  }

  private static long idOf(String message) {
    return Long.parseLong(message);
  }
}
