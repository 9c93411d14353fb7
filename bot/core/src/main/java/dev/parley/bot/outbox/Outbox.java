package dev.parley.bot.outbox;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on its way to one surface. A post is tried several times under one key; edits of a
 * message go out at most once in an interval, the newest wins, and the last one always arrives.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final Surface surface;
  private final Duration every;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final AtomicLong revision = new AtomicLong();
  private final Map<MessageRef, Pace> paces = new HashMap<>();

  /** When the last edit of a message went out, and the one that waits. */
  private record Pace(long sentNanos, boolean scheduled, java.util.Optional<Card> waiting) {}

  /**
   * An empty outbox.
   *
   * @param every least time between two edits of one message; zero sends each at once
   */
  public Outbox(Surface surface, Duration every, ScheduledExecutorService timer, Clock clock) {
    this.surface = surface;
    this.every = every;
    this.timer = timer;
    this.clock = clock;
  }

  /**
   * Posts a card.
   *
   * @throws Undelivered if the surface refused it every time
   */
  public MessageRef post(Place place, Card card, String key) {
    RuntimeException last = new IllegalStateException("not tried");
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        return surface.post(place, card, key);
      } catch (RuntimeException e) {
        last = e;
        LOG.warn(
            "post to {} failed, attempt {} of {}: {}",
            surface.id(),
            attempt,
            TRIES,
            e.getMessage());
        pause(pause);
        pause = pause.multipliedBy(2);
      }
    }
    throw new Undelivered(surface.id(), last);
  }

  /** Changes a card in place, now or when the interval is over. */
  public void edit(MessageRef message, Card card) {
    if (every.isZero()) {
      send(message, card);
      return;
    }
    boolean now = false;
    synchronized (paces) {
      Pace pace = paces.get(message);
      long nanos = System.nanoTime();
      if (pace == null || (!pace.scheduled() && nanos - pace.sentNanos() >= every.toNanos())) {
        now = true;
        paces.put(message, new Pace(nanos, false, java.util.Optional.empty()));
      } else {
        if (!pace.scheduled()) {
          timer.schedule(
              () -> later(message),
              every.toNanos() - (nanos - pace.sentNanos()),
              TimeUnit.NANOSECONDS);
        }
        paces.put(message, new Pace(pace.sentNanos(), true, java.util.Optional.of(card)));
      }
    }
    if (now) {
      send(message, card);
    }
  }

  /** Whether nothing waits. */
  public boolean idle() {
    synchronized (paces) {
      return paces.values().stream().noneMatch(Pace::scheduled);
    }
  }

  /** Sends what waits, at once. */
  public void flush() {
    Map<MessageRef, Card> waiting = new HashMap<>();
    synchronized (paces) {
      paces.forEach(
          (message, pace) -> pace.waiting().ifPresent(card -> waiting.put(message, card)));
      waiting
          .keySet()
          .forEach(
              message ->
                  paces.put(
                      message, new Pace(System.nanoTime(), false, java.util.Optional.empty())));
    }
    waiting.forEach(this::send);
  }

  private void later(MessageRef message) {
    java.util.Optional<Card> card;
    synchronized (paces) {
      Pace pace = paces.get(message);
      card = pace == null ? java.util.Optional.empty() : pace.waiting();
      card.ifPresent(
          _ -> paces.put(message, new Pace(System.nanoTime(), false, java.util.Optional.empty())));
      paces
          .values()
          .removeIf(
              old ->
                  !old.scheduled() && System.nanoTime() - old.sentNanos() > 10 * every.toNanos());
    }
    card.ifPresent(found -> Thread.ofVirtual().start(() -> send(message, found)));
  }

  private void send(MessageRef message, Card card) {
    long mine = revision.updateAndGet(former -> Math.max(former + 1, clock.millis()));
    try {
      surface.edit(message, card, mine);
    } catch (RuntimeException e) {
      LOG.warn("edit on {} failed: {}", surface.id(), e.getMessage());
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A surface took a card at no attempt. */
  public static final class Undelivered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undelivered(String surface, Throwable cause) {
      super("can't be posted on " + surface + ": " + cause.getMessage(), cause);
    }
  }
}
