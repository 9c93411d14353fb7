package dev.parley.bot.talk;

import dev.parley.bot.card.Fit;
import dev.parley.bot.card.Notice;
import dev.parley.bot.card.Pages;
import dev.parley.bot.outbox.Letter;
import dev.parley.bot.outbox.Outbox;
import dev.parley.bot.outbox.Recipient;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.engine.json.Codec;
import dev.parley.identity.Person;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says things: posts cards with working buttons, changes them, whispers, opens forms. What is
 * posted may arrive later; its row is known at once.
 */
final class Voice {
  private static final Logger LOG = LoggerFactory.getLogger(Voice.class);
  private static final Duration LIVES = Duration.ofDays(2);

  /** Longer than any plan waits for its votes; the plan's own expiry is the engine's to judge. */
  private static final Duration STANDS = Duration.ofDays(31);

  private static final int WHISPERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String UNSHOWN = "unshown:";

  private final Deck deck;
  private final Talks talks;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Instant began;

  /** The last number that a former life gave a card. */
  private final long former;

  private final AtomicLong counter;
  private final Map<String, Mouth> mouths = new ConcurrentHashMap<>();
  private final Map<String, Card> last = new ConcurrentHashMap<>();
  private final Set<String> spoken = ConcurrentHashMap.newKeySet();

  private record Mouth(Surface surface, Outbox outbox) {
    boolean remote() {
      return surface.capabilities().remote();
    }
  }

  Voice(Deck deck, Talks talks, Clock clock, Supplier<String> ids) {
    this.deck = deck;
    this.talks = talks;
    this.clock = clock;
    this.ids = ids;
    began = clock.instant();
    former = deck.all(_ -> true).stream().mapToLong(Shown::number).max().orElse(0);
    counter = new AtomicLong(former);
  }

  /**
   * A new place to talk. What a former life left is known before anything can be said there; its
   * rows whose card it had no time to hand in are forgotten.
   *
   * @param outbox made for whoever hears what became of its letters
   */
  void attach(Surface surface, Function<Recipient, Outbox> outbox) {
    Outbox made = outbox.apply(new Letters(surface));
    Set<String> owners = made.owners();
    deck.all(
            row ->
                row.place().surface().equals(surface.id())
                    && row.message().isEmpty()
                    && row.only().isEmpty()
                    && !owners.contains(row.id()))
        .forEach(deck::forget);
    mouths.put(surface.id(), new Mouth(surface, made));
  }

  /** Sends what a former life left. */
  void resume(String surface) {
    Mouth mouth = mouths.get(surface);
    if (mouth == null) {
      return;
    }
    mouth.outbox().resume();
    deck.all(
            row ->
                row.number() <= former
                    && row.place().surface().equals(surface)
                    && row.subject() instanceof Subject.Heard
                    && !row.closed())
        .forEach(row -> close(row, Notice.begunAnew()));
  }

  boolean idle() {
    return mouths.values().stream().allMatch(mouth -> mouth.outbox().idle());
  }

  void flush() {
    mouths.values().forEach(mouth -> mouth.outbox().flush());
  }

  void close() {
    mouths.values().forEach(mouth -> mouth.outbox().close());
  }

  /** Whether something waits to be shown at a place, or at its neighbours. */
  boolean busy(Place place) {
    Mouth mouth = mouths.get(place.surface());
    return mouth != null && mouth.outbox().busy(place);
  }

  /** Whether a card waits to be sent. */
  boolean waits(Shown shown) {
    Mouth mouth = mouths.get(shown.place().surface());
    return mouth != null && mouth.outbox().owners().contains(shown.id());
  }

  /** Whether a card is on its way to its place at this moment. */
  boolean sending(Shown shown) {
    Mouth mouth = mouths.get(shown.place().surface());
    return mouth != null
        && shown.message().isEmpty()
        && mouth.outbox().sending(shown.place(), shown.id());
  }

  /** What waits for a surface. */
  Optional<Check> waiting(String surface) {
    return Optional.ofNullable(mouths.get(surface)).map(mouth -> mouth.outbox().check());
  }

  /** Since when nothing gets through to a place. */
  Optional<Instant> unreachable(Place place) {
    return Optional.ofNullable(mouths.get(place.surface()))
        .flatMap(mouth -> mouth.outbox().unreachable(place));
  }

  /** Whether somebody listens there. */
  boolean reaches(Place place) {
    return mouths.containsKey(place.surface());
  }

  /** Whether a place is on a platform with shared channels. */
  boolean remote(Place place) {
    Mouth mouth = mouths.get(place.surface());
    return mouth != null && mouth.remote();
  }

  /** Whether something can be said to one person alone there. */
  boolean whispers(Place place) {
    Mouth mouth = mouths.get(place.surface());
    return mouth != null && mouth.surface().capabilities().whisper();
  }

  /** Posts a card that only tells. */
  void post(Place place, Card card) {
    post(place, card, new Subject.Other(), List.of());
  }

  /** Posts a card and keeps what its buttons do. */
  Optional<Shown> post(Place place, Card card, Subject subject, List<Offer> offers) {
    return post(place, place.key(), card, subject, offers, ids.get(), false);
  }

  /**
   * Posts a card and keeps what its buttons do.
   *
   * @param key the same key posts once
   */
  Optional<Shown> post(Place place, Card card, Subject subject, List<Offer> offers, String key) {
    return post(place, place.key(), card, subject, offers, key, doubtful(place.key()));
  }

  /** Posts the card that stands for a thread into its channel. */
  Optional<Shown> root(Talk talk, Card card) {
    String key = "root:" + talk.thread();
    return post(
        talk.place().root(),
        talk.thread(),
        card,
        new Subject.OfRoot(),
        List.of(),
        key,
        old(talk.thread()));
  }

  /**
   * Changes the card that stands for a thread, unless it reads so already. What it reads is written
   * down behind the change itself, so that a crash in between makes it again; for the same reason
   * nobody else may change it meanwhile.
   */
  void root(Shown row, Card card) {
    if (!reaches(row.place())) {
      return;
    }
    Digest now = Digest.of(Codec.encode(card));
    if (deck.get(row.id()).flatMap(Shown::stands).equals(Optional.of(now))) {
      return;
    }
    edit(row, card, List.of());
    deck.change(row, known -> known.standing(now));
  }

  private Optional<Shown> post(
      Place place,
      String thread,
      Card card,
      Subject subject,
      List<Offer> offers,
      String key,
      boolean doubtful) {
    Mouth mouth = mouths.get(place.surface());
    if (mouth == null) {
      return Optional.empty();
    }
    Shown shown = fresh(place, thread, subject, offers, Optional.empty());
    if (mouth.remote() && !passing(shown)) {
      deck.keep(shown);
    } else {
      deck.announce(shown);
    }
    last.put(shown.id(), card);
    if (subject instanceof Subject.OfRoot) {
      talks.change(thread, talk -> talk.rooted(shown.id()));
    }
    Fit.Fitted fitted = fit(mouth, card.withButtons(shown.buttons()));
    mouth.outbox().post(place, fitted.card(), key, shown.id(), doubtful);
    int number = 0;
    for (Fit.Enclosed enclosed : fitted.files()) {
      number++;
      mouth
          .outbox()
          .attach(place, enclosed.file(), enclosed.words(), key + ":" + number, shown.id());
    }
    return Optional.of(deck.get(shown.id()).orElse(shown));
  }

  /**
   * Whether a former life may have posted it: it noted behind the post that it was said, so that of
   * what is said once this can hold for the first message of a thread only.
   */
  private boolean doubtful(String thread) {
    return old(thread) && spoken.add(thread);
  }

  private boolean old(String thread) {
    return talks.get(thread).map(talk -> talk.opened().isBefore(began)).orElse(false);
  }

  private static boolean passing(Shown shown) {
    return shown.subject() instanceof Subject.Other && shown.offers().isEmpty();
  }

  /** Changes a card and its buttons in place; cards of surfaces of others are theirs to change. */
  void edit(Shown shown, Card card, List<Offer> offers) {
    if (!reaches(shown.place())) {
      return;
    }
    Shown former = deck.get(shown.id()).orElse(shown);
    boolean differs = !offers.equals(former.offers()) || !former.edited() || former.closed();
    Shown now = differs ? deck.change(shown, known -> known.offering(offers)) : former;
    last.put(shown.id(), card);
    send(now, card.withButtons(now.buttons()));
  }

  /**
   * Changes a card for the last time; its buttons go. What only said "wait" may never appear. The
   * change is handed in before the row says so: after a crash in between it is closed once more.
   */
  void close(Shown shown, Card card) {
    Mouth mouth = mouths.get(shown.place().surface());
    if (mouth == null) {
      return;
    }
    if (shown.subject() instanceof Subject.Heard
        && mouth.outbox().withdraw(shown.place(), shown.id())) {
      deck.forget(shown);
      last.remove(shown.id());
      return;
    }
    send(shown, card);
    Shown now = deck.change(shown, Shown::close);
    last.remove(shown.id());
    now.ref().ifPresent(message -> talks.edited(now.thread(), message, card));
  }

  /** The card as it was last sent, if that was since the start. */
  Optional<Card> last(Shown shown) {
    return Optional.ofNullable(last.get(shown.id()));
  }

  /** Takes a card as the one that stands, after a restart. */
  void standing(Shown shown, Card card) {
    last.put(shown.id(), card);
  }

  /** Tells one person only. */
  void whisper(Inbound answered, Card card) {
    whisper(answered, card, List.of());
  }

  /** Tells one person only, with buttons that only they may press. */
  void whisper(Inbound answered, Card card, List<Offer> offers) {
    Mouth mouth = mouths.get(answered.place().surface());
    if (mouth == null) {
      return;
    }
    Shown shown =
        fresh(
            answered.place(),
            answered.place().key(),
            new Subject.Other(),
            offers,
            Optional.of(answered.speaker().person()));
    if (!offers.isEmpty()) {
      deck.keep(shown);
    }
    Card asked = card.withButtons(shown.buttons());
    if (mouth.surface().capabilities().whisper()) {
      for (Card page : Pages.of(asked, mouth.surface().capabilities())) {
        privately(() -> mouth.surface().whisper(shownAt(answered), page));
      }
    } else {
      Card whole = fit(mouth, asked).card();
      mouth.outbox().post(answered.place(), whole, ids.get(), shown.id(), false);
    }
  }

  /** Whether forms can be opened there. */
  boolean asks(Place place) {
    Mouth mouth = mouths.get(place.surface());
    return mouth != null && mouth.surface().capabilities().form();
  }

  /**
   * Opens a form for one person.
   *
   * @return false if the surface has none
   */
  boolean open(
      Inbound answered, String title, List<Form.Field> fields, String submit, Action action) {
    Mouth mouth = mouths.get(answered.place().surface());
    if (mouth == null || !mouth.surface().capabilities().form()) {
      return false;
    }
    Shown shown =
        fresh(
            answered.place(),
            answered.place().key(),
            new Subject.Other(),
            List.of(Offer.plain(submit, action)),
            Optional.of(answered.speaker().person()));
    deck.keep(shown);
    Form form = new Form(shown.buttons().getFirst().token(), title, fields, submit);
    privately(() -> mouth.surface().open(shownAt(answered), form));
    return true;
  }

  /** Shows that a message was seen; nothing more, so that nothing is done if it can't be. */
  void react(Place place, String message, String emoji) {
    Mouth mouth = mouths.get(place.surface());
    if (mouth != null && mouth.surface().capabilities().reactions() && !message.isEmpty()) {
      mouth.outbox().react(new MessageRef(place, message), emoji);
    }
  }

  /** An answer to an act is of use for a short time only: it is tried a few times, and not kept. */
  private static void privately(Runnable say) {
    for (int attempt = 1; ; attempt++) {
      try {
        say.run();
        return;
      } catch (SurfaceFailure.Refused e) {
        LOG.warn("a private answer was refused: {}; {}", e.getMessage(), e.next());
        return;
      } catch (SurfaceFailure e) {
        Duration wait =
            e instanceof SurfaceFailure.Slow slow ? slow.after() : Duration.ofMillis(200);
        if (attempt == WHISPERS || wait.compareTo(PATIENCE) > 0) {
          LOG.warn("a private answer did not arrive: {}", e.getMessage());
          return;
        }
        java.util.concurrent.locks.LockSupport.parkNanos(wait.toNanos());
      }
    }
  }

  private Inbound shownAt(Inbound answered) {
    return talks
        .get(answered.place().key())
        .map(talk -> answered.at(talk.shows()))
        .orElse(answered);
  }

  private void send(Shown shown, Card card) {
    Mouth mouth = mouths.get(shown.place().surface());
    if (mouth != null) {
      mouth
          .outbox()
          .edit(origin(shown), Fit.again(card, mouth.surface().capabilities()), shown.id());
    }
  }

  /**
   * Where a card was said, under which it was posted: its changes keep their order there, wherever
   * its thread hangs by now.
   */
  private Place origin(Shown shown) {
    return shown.subject() instanceof Subject.OfRoot
        ? shown.place()
        : talks.get(shown.thread()).map(Talk::place).orElse(shown.place());
  }

  private Shown fresh(
      Place place, String thread, Subject subject, List<Offer> offers, Optional<Person> only) {
    var now = clock.instant();
    return new Shown(
        ids.get(),
        place,
        thread,
        subject,
        offers,
        Optional.empty(),
        only,
        now,
        now.plus(subject instanceof Subject.Other ? LIVES : STANDS),
        false,
        false,
        counter.incrementAndGet(),
        Optional.empty());
  }

  private static Fit.Fitted fit(Mouth mouth, Card card) {
    return Fit.to(card, mouth.surface().capabilities());
  }

  /** Hears what became of one surface's letters. */
  private final class Letters implements Recipient {
    private final Surface surface;

    Letters(Surface surface) {
      this.surface = surface;
    }

    @Override
    public Place destination(Place said) {
      return talks.get(said.key()).map(Talk::shows).orElse(said);
    }

    @Override
    public boolean ready(String place) {
      return talks
          .get(place)
          .filter(talk -> talk.home().isEmpty())
          .flatMap(Talk::root)
          .flatMap(deck::get)
          .isEmpty();
    }

    @Override
    public Part.Attachment enclosed(Part.Attachment file) {
      return Fit.enclosed(file, surface.capabilities());
    }

    @Override
    public Optional<MessageRef> message(String owner) {
      return deck.get(owner).flatMap(Shown::ref);
    }

    @Override
    public void delivered(Letter letter, MessageRef message) {
      if (letter.kind() != Letter.Kind.POST) {
        return;
      }
      Optional<Shown> row = deck.get(letter.owner());
      String thread = row.map(Shown::thread).orElse(letter.place().key());
      row.ifPresent(
          shown -> {
            if (passing(shown)) {
              deck.forget(shown);
              last.remove(shown.id());
            } else if (!shown.ref().equals(Optional.of(message))) {
              deck.change(shown, known -> known.at(message));
            }
          });
      if (row.map(shown -> shown.subject() instanceof Subject.OfRoot).orElse(false)) {
        String title = talks.get(thread).map(Talk::title).orElse("Parley");
        Place home = surface.thread(message, title);
        talks.change(thread, talk -> talk.at(home));
      } else {
        letter.card().ifPresent(card -> talks.shown(thread, message, card));
      }
    }

    @Override
    public void failed(Letter letter, String why) {
      Optional<Shown> row = deck.get(letter.owner());
      row.filter(shown -> shown.subject() instanceof Subject.OfRoot)
          .filter(_ -> letter.kind() == Letter.Kind.POST)
          .ifPresent(shown -> talks.change(shown.thread(), talk -> talk.at(talk.shows())));
      row.filter(shown -> shown.message().isEmpty())
          .ifPresent(
              shown -> {
                deck.forget(shown);
                last.remove(shown.id());
              });
      if (letter.kind() == Letter.Kind.EDIT || letter.key().startsWith(UNSHOWN)) {
        return;
      }
      Card notice =
          dev.parley.bot.card.Notice.warn(
              "Something could not be shown here",
              letter.card().map(Card::fallback).orElse(letter.words())
                  + " The operator has been told why.");
      Thread.ofVirtual()
          .start(
              () ->
                  post(
                      letter.place(),
                      notice,
                      new Subject.Other(),
                      List.of(),
                      UNSHOWN + letter.key()));
    }
  }
}
