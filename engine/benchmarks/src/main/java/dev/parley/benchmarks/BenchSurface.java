package dev.parley.benchmarks;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.identity.Person;
import dev.parley.value.Check;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A surface that costs nothing: it says things, and hears of plan cards. */
final class BenchSurface implements Surface {
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, CompletableFuture<Card>> waiting = new ConcurrentHashMap<>();
  private volatile Consumer<Inbound> inbox = _ -> {};

  /** Says something in a thread of its own, and waits for the plan card; in nanoseconds. */
  long plan(String thread, String text) throws Exception {
    var card = new CompletableFuture<Card>();
    waiting.put(thread, card);
    var place = new Place(id(), "", "bench", Optional.of(thread));
    var ann = new Speaker(new Person(id(), "", "ann"), Speaker.Kind.HUMAN);
    String id = "m-" + ids.incrementAndGet();
    long start = System.nanoTime();
    inbox.accept(new Inbound.Said(id, ann, place, id, text, false, Instant.now()));
    Card shown = card.get(2, TimeUnit.MINUTES);
    if (shown.stage() != Card.Stage.PLAN) {
      throw new IllegalStateException(text + ": " + shown.fallback());
    }
    return System.nanoTime() - start;
  }

  @Override
  public String id() {
    return "console";
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true, true, true, 1_000_000, 25);
  }

  @Override
  public void start(Consumer<Inbound> started) {
    inbox = started;
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    if (card.stage() != Card.Stage.HEARD) {
      Optional.ofNullable(waiting.remove(place.thread().orElse("")))
          .ifPresent(one -> one.complete(card));
    }
    return new MessageRef(place, "b-" + ids.incrementAndGet());
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {}

  @Override
  public void whisper(Inbound answered, Card card) {}

  @Override
  public void open(Inbound answered, Form form) {}

  @Override
  public void react(MessageRef message, String emoji) {}

  @Override
  public Check check() {
    return Check.ok("counts");
  }

  @Override
  public void close() {}
}
