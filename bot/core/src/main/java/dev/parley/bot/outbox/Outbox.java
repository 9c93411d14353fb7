package dev.parley.bot.outbox;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Check;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on its way to one surface. New messages of a thread arrive in their order, each once for
 * its key, no faster than the surface's pace; those of different threads as they were handed in,
 * cards before pictures and files. Of a message's edits the newest one wins and the last one
 * arrives; a message that still waits is changed before it goes. What a surface does not take for
 * now is tried until it does; what it refuses for good is reported. Letters lie on a shelf until
 * they have arrived, so that with one in the store neither an outage nor a crash loses any.
 *
 * <p>To a platform beyond a network it sends on threads of its own, so that nobody waits for the
 * network; elsewhere on the caller's, as long as nothing has to wait. Holds about 200 bytes for
 * each letter that waits; the letter itself lies on the shelf.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int REMEMBERED = 20;
  private static final int LANES = 1000;

  private final Surface surface;
  private final Pace pace;
  private final boolean remote;
  private final Shelf shelf;
  private final Recipient recipient;
  private final Ticks ticks;
  private final Clock clock;
  private final AtomicLong revision = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<String, Workspace> workspaces = new HashMap<>();
  private final Reaches reaches = new Reaches();
  private final Deque<String> failures = new ArrayDeque<>();

  /** Since when all that was sent is known; a place that was silent since may get a burst. */
  private long since;

  private boolean closed;

  /** What is counted over a whole workspace. */
  private record Workspace(Bucket edits, Bucket files, Bucket reactions) {}

  /**
   * An outbox that knows what lies on its shelf, in front of all that is handed in; {@link #resume}
   * sends it.
   *
   * @param every least time between two edits of one message; zero sends everything at once,
   *     whatever the surface's pace
   */
  public Outbox(
      Surface surface, Duration every, Shelf shelf, Recipient recipient, Ticks ticks, Clock clock) {
    this.surface = surface;
    Pace own = surface.capabilities().pace();
    this.pace = every.isZero() ? Pace.ANY : own.betweenEdits(every);
    this.remote = surface.capabilities().remote();
    this.shelf = shelf;
    this.recipient = recipient;
    this.ticks = ticks;
    this.since = ticks.nanos();
    this.clock = clock;
    synchronized (lanes) {
      shelf.all().forEach(this::left);
    }
  }

  /** A letter of a former life; what that had begun to send may have arrived. */
  private void left(Letter letter) {
    Lane lane = lane(letter.place());
    Optional<Slip> former = lane.add(Slip.of(letter, shelf.begun(letter.id())));
    reaches.failed(letter.place(), letter.written());
    ids.accumulateAndGet(number(letter.id()), Math::max);
    former.ifPresent(slip -> shelf.remove(slip.id()));
  }

  /** Sends what a former life left. */
  public void resume() {
    synchronized (lanes) {
      lanes.values().forEach(lane -> later(lane, Duration.ZERO));
    }
  }

  /**
   * Posts a card, now or when its turn comes; the same key once.
   *
   * @param doubtful whether a former life may have posted it; then it is looked for first
   */
  public void post(Place place, Card card, String key, String owner, boolean doubtful) {
    send(
        letter(Letter.Kind.POST, place, key, owner, Optional.of(card), Optional.empty(), ""),
        doubtful);
  }

  /** Sends a file behind what was posted before. */
  public void attach(Place place, Part.Attachment file, String words, String key, String owner) {
    send(
        letter(Letter.Kind.FILE, place, key, owner, Optional.empty(), Optional.of(file), words),
        false);
  }

  /** Changes an owner's message, now or when its turn comes; one that still waits goes changed. */
  public void edit(Place place, Card card, String owner) {
    if (changed(place, card, owner)) {
      return;
    }
    send(
        letter(Letter.Kind.EDIT, place, "edit", owner, Optional.of(card), Optional.empty(), ""),
        false);
  }

  /** Changes a card that still waits; false if there is none. */
  private boolean changed(Place place, Card card, String owner) {
    Lane lane;
    Slip waits;
    synchronized (lanes) {
      lane = lane(place);
      Optional<Slip> unsent = unsent(lane, owner);
      if (unsent.isEmpty()) {
        return false;
      }
      waits = unsent.get();
      lane.changes(waits);
    }
    Optional<Letter> letter = Optional.empty();
    lane.pen.lock();
    try {
      letter = shelf.get(waits.id());
      letter.ifPresent(found -> shelf.replace(found.saying(card)));
    } finally {
      lane.pen.unlock();
      synchronized (lanes) {
        lane.changed(waits);
      }
      drain(lane);
    }
    return letter.isPresent();
  }

  /**
   * Takes an owner's card back if it still waits.
   *
   * @return false if it has been sent, or may have been
   */
  public boolean withdraw(Place place, String owner) {
    Optional<Slip> waits;
    synchronized (lanes) {
      Lane lane = lane(place);
      waits = unsent(lane, owner);
      waits.ifPresent(lane::drop);
    }
    waits.ifPresent(slip -> shelf.remove(slip.id()));
    return waits.isPresent();
  }

  /** A card that waits and of which there is no message; one may wait for its thread alone. */
  private Optional<Slip> unsent(Lane lane, String owner) {
    return lane.unsent(owner).filter(_ -> recipient.message(owner).isEmpty());
  }

  /** Puts an emoji on a message if the pace allows it now; nothing depends on it. */
  public void react(MessageRef message, String emoji) {
    Bucket bucket;
    synchronized (lanes) {
      long now = ticks.nanos();
      bucket = workspace(message.place(), now).reactions();
      if (closed || bucket.lack(now) > 0) {
        return;
      }
      bucket.take(now);
    }
    try {
      surface.react(message, emoji);
    } catch (SurfaceFailure.Slow e) {
      synchronized (lanes) {
        bucket.shut(ticks.nanos() + e.after().toNanos());
      }
    } catch (SurfaceFailure e) {
      LOG.info("no {} on {}: {}", emoji, surface.id(), e.getMessage());
    }
  }

  private Letter letter(
      Letter.Kind kind,
      Place place,
      String key,
      String owner,
      Optional<Card> card,
      Optional<Part.Attachment> file,
      String words) {
    var now = clock.instant();
    long number = ids.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli() * 1000));
    return new Letter("%019d".formatted(number), kind, place, key, owner, card, file, words, now);
  }

  private static long number(String id) {
    return Long.parseLong(id);
  }

  /** Nothing is written while others wait for the lanes: a disk may take its time. */
  private void send(Letter letter, boolean doubtful) {
    Lane lane;
    synchronized (lanes) {
      lane = lane(letter.place());
      if (!lane.promise(letter)) {
        return;
      }
    }
    Optional<Slip> former = Optional.empty();
    boolean written = false;
    try {
      shelf.put(letter);
      written = true;
    } finally {
      synchronized (lanes) {
        lane.promised(letter);
        if (written) {
          former = lane.add(Slip.of(letter, doubtful));
        }
      }
    }
    former.ifPresent(slip -> shelf.remove(slip.id()));
    drain(lane);
  }

  private Lane lane(Place place) {
    long now = ticks.nanos();
    if (lanes.size() > LANES && lanes.values().removeIf(lane -> lane.waiting() == 0)) {
      since = now;
    }
    Workspace workspace = workspace(place, now);
    return lanes.computeIfAbsent(
        name(pace.threadsApart() ? place : place.root()),
        _ -> {
          Bucket edits = pace.threadsApart() ? new Bucket(pace.edits(), since) : workspace.edits();
          return new Lane(pace, edits, workspace.files(), since);
        });
  }

  private static String name(Place place) {
    return place.workspace()
        + "/"
        + place.channel()
        + place.thread().map(id -> "/" + id).orElse("");
  }

  private Workspace workspace(Place place, long now) {
    return workspaces.computeIfAbsent(
        place.workspace(),
        _ ->
            new Workspace(
                new Bucket(pace.edits(), since),
                new Bucket(pace.files(), since),
                Bucket.full(pace.reactions(), now)));
  }

  // ---- sending

  private void drain(Lane lane) {
    if (!remote) {
      lane.turn.lock();
      try {
        work(lane);
      } finally {
        lane.turn.unlock();
      }
    } else if (lane.looks.getAndIncrement() == 0) {
      ticks.soon(() -> look(lane));
    }
  }

  /** Works until nobody has wanted another look meanwhile. */
  private void look(Lane lane) {
    int seen;
    do {
      seen = lane.looks.get();
      try {
        work(lane);
      } catch (RuntimeException e) {
        LOG.error("what waits for {} is tried again later", surface.id(), e);
        later(lane, LONGEST_PAUSE);
      } catch (Error e) {
        lane.looks.set(0);
        throw e;
      }
    } while (!lane.looks.compareAndSet(seen, 0));
  }

  private void work(Lane lane) {
    while (true) {
      Lane.Next next;
      synchronized (lanes) {
        if (closed) {
          return;
        }
        long now = ticks.nanos();
        next = lane.next(now, recipient::ready, owner -> recipient.message(owner).isPresent());
        if (next instanceof Lane.Next.Send(var slip)) {
          lane.sends(slip, now);
        }
      }
      switch (next) {
        case Lane.Next.Send(var slip) -> send(lane, slip);
        case Lane.Next.Wait(var span) -> {
          later(lane, span);
          return;
        }
        case Lane.Next.Nothing() -> {
          return;
        }
      }
    }
  }

  private void later(Lane lane, Duration span) {
    synchronized (lanes) {
      long now = ticks.nanos();
      if (!lane.arrange(now, now + span.toNanos())) {
        return;
      }
    }
    ticks.later(span.plusNanos(1), () -> drain(lane));
  }

  /** What hangs on a message of a channel may wait for it in lanes of its own. */
  private void follow(Place place) {
    if (!pace.threadsApart() || place.thread().isPresent()) {
      return;
    }
    List<Lane> below;
    synchronized (lanes) {
      below =
          lanes.entrySet().stream()
              .filter(one -> one.getKey().startsWith(name(place) + "/"))
              .map(Map.Entry::getValue)
              .filter(lane -> lane.waiting() > 0)
              .toList();
    }
    below.forEach(lane -> later(lane, Duration.ZERO));
  }

  private void send(Lane lane, Slip slip) {
    Optional<Letter> letter = shelf.get(slip.id());
    if (letter.isEmpty()) {
      done(lane, slip);
      return;
    }
    try {
      if (!slip.edit()) {
        shelf.begin(slip.id());
      }
      Optional<MessageRef> shown = carry(letter.get(), slip.doubtful());
      shown.ifPresent(message -> recipient.delivered(letter.get(), message));
      shelf.remove(slip.id());
      answered(letter.get());
      done(lane, slip);
      follow(letter.get().place());
    } catch (SurfaceFailure.Slow e) {
      answered(letter.get());
      synchronized (lanes) {
        lane.slow(slip, ticks.nanos() + e.after().toNanos());
      }
      hold(lane, slip, false, e.after());
    } catch (SurfaceFailure.Unreachable e) {
      warn(slip, e);
      unreached(letter.get());
      hold(lane, slip, false, pause(slip));
    } catch (SurfaceFailure.Unknown e) {
      warn(slip, e);
      unreached(letter.get());
      hold(lane, slip, true, pause(slip));
    } catch (SurfaceFailure.Refused e) {
      answered(letter.get());
      refused(lane, slip, letter.get(), e.getMessage() + "; " + e.next());
    } catch (RuntimeException e) {
      warn(slip, e);
      if (slip.tries() + 1 >= TRIES) {
        refused(lane, slip, letter.get(), String.valueOf(e.getMessage()));
      } else {
        hold(lane, slip, true, pause(slip));
      }
    } catch (Error e) {
      hold(lane, slip, true, LONGEST_PAUSE); // nobody knows how far it came
      throw e;
    }
  }

  /** Gives the message that was made; none for an edit. */
  private Optional<MessageRef> carry(Letter letter, boolean doubtful) {
    switch (letter.kind()) {
      case POST, FILE -> {
        Place place = recipient.destination(letter.place());
        Optional<MessageRef> bound =
            letter.kind() == Letter.Kind.POST
                ? recipient.message(letter.owner())
                : Optional.empty();
        Optional<MessageRef> found =
            bound.or(() -> doubtful ? sent(letter, place) : Optional.empty());
        return Optional.of(found.orElseGet(() -> fresh(letter, place)));
      }
      case EDIT -> {
        long mine = revision.updateAndGet(last -> Math.max(last + 1, clock.millis()));
        recipient
            .message(letter.owner())
            .ifPresent(
                message -> letter.card().ifPresent(card -> surface.edit(message, card, mine)));
        return Optional.empty();
      }
    }
    throw new IllegalStateException("no such letter: " + letter.kind());
  }

  private Optional<MessageRef> sent(Letter letter, Place place) {
    return letter
        .file()
        .map(file -> surface.find(place, recipient.enclosed(file), letter.words(), letter.key()))
        .orElseGet(() -> surface.find(place, letter.key()));
  }

  private MessageRef fresh(Letter letter, Place place) {
    return letter
        .file()
        .map(file -> surface.attach(place, recipient.enclosed(file), letter.words(), letter.key()))
        .orElseGet(() -> surface.post(place, letter.card().orElseThrow(), letter.key()));
  }

  private void answered(Letter letter) {
    synchronized (lanes) {
      reaches.answered(letter.place(), clock.instant());
    }
  }

  private void unreached(Letter letter) {
    synchronized (lanes) {
      reaches.failed(letter.place(), clock.instant());
    }
  }

  private void done(Lane lane, Slip slip) {
    synchronized (lanes) {
      lane.done(slip);
    }
  }

  private void hold(Lane lane, Slip slip, boolean doubt, Duration span) {
    synchronized (lanes) {
      lane.failed(slip, doubt, ticks.nanos() + span.toNanos());
    }
  }

  private void refused(Lane lane, Slip slip, Letter letter, String why) {
    LOG.error("{} did not take a {} for good: {}", surface.id(), slip.kind(), why);
    shelf.remove(slip.id());
    synchronized (lanes) {
      lane.done(slip);
      failures.addLast(letter.written() + " " + slip.kind() + ": " + why);
      if (failures.size() > REMEMBERED) {
        failures.removeFirst();
      }
    }
    recipient.failed(letter, why);
    follow(letter.place());
  }

  private static Duration pause(Slip slip) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(slip.tries(), 12));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void warn(Slip slip, RuntimeException e) {
    LOG.warn(
        "{} to {} failed, attempt {}: {}",
        slip.kind(),
        surface.id(),
        slip.tries() + 1,
        e.getMessage());
  }

  // ---- how it stands

  /** Whether an owner's card is being sent at this moment, or may have been sent before. */
  public boolean sending(Place place, String owner) {
    synchronized (lanes) {
      return lane(place).sending(owner);
    }
  }

  /** Whether a new message waits for a place or its channel, or for what shares their pace. */
  public boolean busy(Place place) {
    synchronized (lanes) {
      return Stream.of(place, place.root())
          .anyMatch(one -> lane(one).posts().findAny().isPresent());
    }
  }

  /** Whether nothing waits. */
  public boolean idle() {
    return waiting() == 0;
  }

  /**
   * Since when nothing gets through to a place, though something is on its way to it or to its
   * neighbours. What a former life left counts as not getting through, from when it was written,
   * until the place has answered.
   */
  public Optional<Instant> unreachable(Place place) {
    synchronized (lanes) {
      return reaches.since(place, channel -> waits(place.workspace(), channel));
    }
  }

  private boolean waits(String workspace, String channel) {
    String name = workspace + "/" + channel;
    return lanes.entrySet().stream()
        .filter(one -> one.getKey().equals(name) || one.getKey().startsWith(name + "/"))
        .anyMatch(one -> one.getValue().waiting() > 0);
  }

  /** Whose letters wait. */
  public Set<String> owners() {
    return shelf.all().stream().map(Letter::owner).collect(Collectors.toSet());
  }

  /** How many letters wait. */
  public int waiting() {
    synchronized (lanes) {
      return lanes.values().stream().mapToInt(Lane::waiting).sum();
    }
  }

  /** Sends the edits that wait for their interval, at once; a platform's own pace is kept. */
  public void flush() {
    if (remote) {
      return;
    }
    List<Lane> all;
    synchronized (lanes) {
      lanes.values().forEach(Lane::hurry);
      all = List.copyOf(lanes.values());
    }
    all.forEach(this::drain);
  }

  /** What waits, and what the surface refused for good since the start. */
  public Check check() {
    int waiting = waiting();
    synchronized (lanes) {
      String detail =
          (waiting == 0 ? "nothing waits" : waiting + " messages wait")
              + reaches
                  .first(this::waits)
                  .map(since -> "; nothing gets through since " + since)
                  .orElse("");
      return failures.isEmpty()
          ? Check.ok(detail)
          : Check.failed(
              detail + "; not taken for good: " + String.join(" | ", failures),
              "mend what is named, and say `show` in the thread to see its plan again");
    }
  }

  /** Sends no more; what waits stays on its shelf. */
  public void close() {
    synchronized (lanes) {
      closed = true;
    }
  }
}
