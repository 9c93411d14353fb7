package dev.parley.bot.talk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.card.Notice;
import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.outbox.Letter;
import dev.parley.bot.outbox.Outbox;
import dev.parley.bot.outbox.Recipient;
import dev.parley.bot.outbox.Shelf;
import dev.parley.bot.outbox.Ticks;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VoiceTest {
  private static final Capabilities APART =
      new Capabilities(
          true,
          true,
          true,
          true,
          true,
          true,
          12_000,
          5,
          true,
          true,
          true,
          24,
          3_000,
          new Pace(Duration.ZERO, 5, 60, Duration.ZERO, Pace.Rate.ANY, Pace.Rate.ANY, true));

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final MemoryStore store = new MemoryStore(new MemoryJournal(clock));
  private final Deck deck = new Deck(store, "t");
  private final Talks talks = new Talks(store, "t", clock);
  private final AtomicInteger ids = new AtomicInteger();
  private final Voice voice = new Voice(deck, talks, clock, () -> "id" + ids.incrementAndGet());
  private final MemorySurface surface = new MemorySurface("far", APART, clock);
  private final ByHand ticks = new ByHand();

  /** Everything waits until it is told to go on. */
  private static final class ByHand implements Ticks {
    private final Deque<Runnable> soon = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void later(Duration after, Runnable what) {
      later.add(what);
    }

    @Override
    public void soon(Runnable what) {
      soon.add(what);
    }

    void now() {
      while (!soon.isEmpty()) {
        soon.poll().run();
      }
    }

    void all() {
      now();
      while (!later.isEmpty()) {
        now += Duration.ofMinutes(1).toNanos();
        later.poll().run();
        now();
      }
    }
  }

  @Test
  void of_two_changes_the_later_one_stands_even_if_the_thread_found_its_home_in_between() {
    var arriving = new AtomicReference<Runnable>(() -> {});
    voice.attach(surface, letters -> outbox(new Heeding(letters, arriving)));
    Talk talk = talks.open(new Place("far", "w", "c", Optional.of("asked")), "asked");
    voice.root(talk, say("root"));
    ticks.all();
    Shown shown =
        voice
            .post(talk.place(), say("running"), new Subject.OfProgress("r-1"), List.of(), "k")
            .orElseThrow();
    arriving.set(
        () -> {
          voice.edit(shown, say("verifying"), List.of());
          surface.refuse(List.of(new SurfaceFailure.Unreachable("no network")));
        });
    ticks.now();
    voice.edit(deck.get(shown.id()).orElseThrow(), say("succeeded"), List.of());
    ticks.all();
    assertThat(surface.card(deck.get(shown.id()).flatMap(Shown::ref).orElseThrow()))
        .map(Card::title)
        .contains("succeeded");
  }

  private Outbox outbox(Recipient recipient) {
    return new Outbox(surface, Duration.ofSeconds(2), Shelf.memory(), recipient, ticks, clock);
  }

  /** Does something once, after the next message was posted and before anybody knows of it. */
  private record Heeding(Recipient inner, AtomicReference<Runnable> once) implements Recipient {
    @Override
    public void delivered(Letter letter, MessageRef message) {
      once.getAndSet(() -> {}).run();
      inner.delivered(letter, message);
    }

    @Override
    public void failed(Letter letter, String why) {
      inner.failed(letter, why);
    }

    @Override
    public Place destination(Place said) {
      return inner.destination(said);
    }

    @Override
    public boolean ready(String place) {
      return inner.ready(place);
    }

    @Override
    public Part.Attachment enclosed(Part.Attachment file) {
      return inner.enclosed(file);
    }

    @Override
    public Optional<MessageRef> message(String owner) {
      return inner.message(owner);
    }
  }

  private static Card say(String title) {
    return Notice.say(title, "");
  }
}
