package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.link.Links;
import dev.parley.bot.outbox.Outbox;
import dev.parley.bot.outbox.Shelf;
import dev.parley.bot.outbox.Ticks;
import dev.parley.bot.redact.Redaction;
import dev.parley.bot.redact.Redactor;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.engine.Engine;
import dev.parley.plan.Plan;
import dev.parley.plan.Planner;
import dev.parley.value.Check;
import dev.parley.value.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks with people on any number of surfaces, for one tenant of an engine. Messages of one thread
 * are taken one after another; threads don't wait for one another, and presses don't wait for
 * messages.
 */
public final class Bot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bot.class);
  private static final int RECALLED_THREADS = 200;
  private static final int SENDERS = 64;
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration HOME = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Engine engine;
  private final BotSettings settings;
  private final Clock clock;
  private final Lanes lanes = new Lanes();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bot-timer").factory());
  private final ExecutorService senders = senders();
  private final Rush rush = new Rush(System::nanoTime);
  private final Map<String, Surface> surfaces = new ConcurrentHashMap<>();
  private final Supplier<String> ids;
  private final Intake intake;
  private final Deliveries deliveries;
  private final Deck deck;
  private final Talks talks;
  private final Voice voice;
  private final Desk desk;
  private final Hearing hearing;
  private final Edits edits;
  private final Pressing pressing;
  private final Attendance attendance;
  private final AutoCloseable watch;

  /** A bot with random tokens. */
  public Bot(Engine engine, List<Planner> planners, BotSettings settings, Clock clock) {
    this(engine, planners, settings, clock, randomIds());
  }

  /**
   * A bot whose tokens come from elsewhere.
   *
   * @param planners each is asked until one understands; closed by their owner
   * @param ids 128 random bits each, as text without a dot
   */
  public Bot(
      Engine engine,
      List<Planner> planners,
      BotSettings settings,
      Clock clock,
      Supplier<String> ids) {
    this.engine = engine;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
    String tenant = settings.tenant();
    intake = new Intake(settings.longest());
    deliveries = new Deliveries(engine.store(), tenant, clock);
    deck = new Deck(engine.store(), tenant);
    talks = new Talks(engine.store(), tenant, clock);
    voice = new Voice(deck, talks, clock, ids);
    var roots = new Roots(engine, settings, voice, deck, talks);
    desk = new Desk(engine, settings, voice, deck, talks, roots, clock);
    var lookups = new Lookups(engine, tenant, clock);
    var thinking = new Thinking(engine, planners, settings, talks, clock);
    var bounds = new Bounds(engine, settings, voice);
    var linking = new Linking(engine, tenant, voice, new Links(engine.store(), tenant, clock, ids));
    var decisions = new Decisions(engine, settings, voice, desk, talks);
    var emergencies = new Emergencies(engine, settings, voice, desk, bounds, decisions);
    var waivers = new Waivers(engine, settings, voice, talks, lanes, decisions);
    var replies = new Replies(voice, bounds);
    var proposing = new Proposing(engine, settings, talks, desk, bounds, lookups, replies);
    var understanding =
        new Understanding(
            engine,
            settings,
            roots,
            thinking,
            lookups,
            bounds,
            new Pondering(settings, voice, timer),
            rush,
            new Questions(voice, deck, talks),
            proposing,
            replies);
    var obeying =
        new Obeying(
            engine,
            settings,
            talks,
            desk,
            lookups,
            decisions,
            waivers,
            emergencies,
            bounds,
            linking,
            ids,
            understanding,
            proposing,
            replies);
    hearing =
        new Hearing(engine, settings, voice, talks, bounds, obeying, understanding, replies, ids);
    edits = new Edits(voice, talks, intake);
    pressing =
        new Pressing(
            engine,
            settings,
            voice,
            deck,
            desk,
            talks,
            hearing,
            proposing,
            decisions,
            waivers,
            emergencies,
            bounds,
            linking,
            lookups,
            lanes,
            clock);
    attendance = new Attendance(talks, deck, voice, clock);
    watch = engine.watch(new Watching(settings, desk, lanes, timer)::happened);
    timer.scheduleWithFixedDelay(
        () -> lanes.run("clock", this::tick),
        TICK.toMillis(),
        TICK.toMillis(),
        TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        () -> lanes.run("clock", this::sweep),
        SWEEP.toMillis(),
        SWEEP.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Threads of the platform, which the machine shares out fairly: on virtual ones, what is ready to
   * be sent would stand in line behind all planning that a burst of requests begins.
   */
  private static ExecutorService senders() {
    var pool =
        new ThreadPoolExecutor(
            SENDERS,
            SENDERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("bot-sends").factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Begins to talk on a surface; open cards and unfinished runs of its threads are brought up to
   * date.
   */
  public void attach(Surface surface) {
    surfaces.put(surface.id(), surface);
    Shelf shelf =
        surface.capabilities().remote()
            ? Shelf.stored(engine.store(), settings.tenant(), surface.id())
            : Shelf.memory();
    voice.attach(
        surface,
        letters ->
            new Outbox(
                surface, settings.editEvery(), shelf, letters, Ticks.of(timer, senders), clock));
    surface.start(this::receive);
    surface.recall(past(surface.id()));
    voice.resume(surface.id());
    attendance.attached(surface);
    desk.busy();
    talks.all().stream()
        .filter(talk -> talk.place().surface().equals(surface.id()))
        .forEach(
            talk -> {
              lanes.run(talk.thread(), () -> desk.mend(talk.thread()));
              lanes.run(Watching.deskLane(talk.thread()), () -> desk.sync(talk.thread()));
            });
    deliveries
        .unanswered(surface.id())
        .forEach(inbound -> lanes.run(lane(inbound), () -> resume(inbound)));
  }

  /** Waits until nothing is being done and no run goes on; false if that takes longer. */
  public boolean quiet(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    do {
      if (lanes.idle()) {
        Set<String> busy = desk.busy();
        if (busy.isEmpty() && lanes.idle()) {
          voice.flush();
          if (voice.idle() && lanes.idle()) {
            return true;
          }
        }
        busy.forEach(thread -> lanes.run(Watching.deskLane(thread), () -> desk.sync(thread)));
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    } while (System.nanoTime() < end);
    return false;
  }

  /**
   * Waits until everything that was said is answered; runs may go on. False if that takes longer.
   */
  public boolean settled(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (!lanes.idle()) {
      if (System.nanoTime() > end) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    return true;
  }

  /**
   * Looks at the clock and at the connections: reminds, closes what has expired, and sees who can
   * be told of runs. Runs by itself every few seconds.
   */
  public void tick() {
    attendance.look();
    desk.tick();
  }

  /** Whose bot it is. */
  public String tenant() {
    return settings.tenant();
  }

  /** Whether it talks on a surface by now. */
  boolean attends(String surface) {
    return attendance.attends(surface);
  }

  /** How the places stand at which it shows a plan; empty if it shows it nowhere. */
  Optional<Sight> sight(Plan plan) {
    return attendance.sight(plan);
  }

  /** Each surface's own check, by name. */
  public Map<String, Check> check() {
    var checks = new LinkedHashMap<String, Check>();
    surfaces.forEach(
        (id, surface) -> {
          checks.put(id, surface.check());
          voice.waiting(id).ifPresent(outbox -> checks.put(id + " outbox", outbox));
        });
    return checks;
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (Exception e) {
      LOG.warn("the engine's watch did not close", e);
    }
    voice.flush();
    lanes.close();
    voice.close();
    timer.shutdownNow();
    senders.shutdown();
    surfaces.values().forEach(Surface::close);
  }

  // ---- what comes in

  /** Returns when the delivery is kept, so that it may be acknowledged; the work comes after. */
  private void receive(Inbound raw) {
    if (raw.speaker().kind() != Speaker.Kind.HUMAN) {
      return;
    }
    rush.moves();
    Inbound inbound = raw.at(thread(raw));
    if (inbound instanceof Inbound.Said said) {
      Optional<Problem> refused = intake.refuse(said.text());
      if (refused.isPresent()) {
        if (deliveries.first(said)) {
          lanes.run(lane(said), () -> voice.post(said.place(), Notice.problem(refused.get())));
        }
        return;
      }
      said(said, raw.place());
      return;
    }
    Inbound clean = clean(inbound);
    if (deliveries.keep(clean)) {
      lanes.run(lane(clean), () -> act(clean));
    }
  }

  /** A message without a thread begins one of its own; a thread is known by what began it. */
  private Place thread(Inbound inbound) {
    Place place = talks.known(inbound.place());
    if (place.thread().isPresent()) {
      boolean known = talks.get(place.key()).isPresent();
      return known ? place : arrived(place);
    }
    return switch (inbound) {
      case Inbound.Said said when said.message().isEmpty() ->
          place.in(Talk.LOOSE + said.delivery());
      case Inbound.Said(_, _, _, var message, _, _, _, _) -> place.in(message);
      case Inbound.Edited(_, _, _, var message, _, _) -> place.in(message);
      case Inbound.Deleted(_, _, _, var message, _) -> place.in(message);
      case Inbound.Pressed _, Inbound.Submitted _, Inbound.Reacted _, Inbound.Unreacted _ -> place;
    };
  }

  /**
   * People may answer a card before the platform has told its id: while one is on its way to the
   * channel, a thread that nobody knows may be the one that hangs on it.
   */
  private Place arrived(Place place) {
    long end = System.nanoTime() + HOME.toNanos();
    while (arriving(place.root()) && System.nanoTime() < end) {
      Place known = talks.known(place);
      if (!known.equals(place)) {
        return known;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    return talks.known(place);
  }

  /** Only a root card that is being sent can have been seen before it is known. */
  private boolean arriving(Place channel) {
    return talks.homeless(channel).stream()
        .flatMap(root -> deck.get(root).stream())
        .anyMatch(voice::sending);
  }

  /** What of it may be kept. */
  private static Inbound clean(Inbound inbound) {
    return switch (inbound) {
      case Inbound.Edited(var delivery, var who, var place, var message, var text, var at) ->
          new Inbound.Edited(delivery, who, place, message, Redactor.redact(text).text(), at);
      case Inbound.Submitted(var delivery, var who, var place, var token, var fields, var at) -> {
        var redacted = new LinkedHashMap<String, String>();
        fields.forEach((name, text) -> redacted.put(name, Redactor.redact(text).text()));
        yield new Inbound.Submitted(delivery, who, place, token, redacted, at);
      }
      case Inbound.Said _,
          Inbound.Deleted _,
          Inbound.Pressed _,
          Inbound.Reacted _,
          Inbound.Unreacted _ ->
          inbound;
    };
  }

  /** What must be taken one after another. */
  private static String lane(Inbound inbound) {
    return switch (inbound) {
      case Inbound.Said _, Inbound.Edited _, Inbound.Deleted _ -> inbound.place().key();
      case Inbound.Pressed pressed -> "message " + pressed.message() + pressed.place().key();
      case Inbound.Submitted submitted -> "form " + submitted.token();
      case Inbound.Reacted on -> "message " + on.message() + on.place().key();
      case Inbound.Unreacted off -> "message " + off.message() + off.place().key();
    };
  }

  private void act(Inbound inbound) {
    if (inbound instanceof Inbound.Said said) {
      deliveries.begun(said, newest(said));
    }
    safely(
        inbound,
        () -> {
          switch (inbound) {
            case Inbound.Said said -> hearing.said(said);
            case Inbound.Edited edited -> edits.edited(edited);
            case Inbound.Deleted deleted -> edits.deleted(deleted);
            case Inbound.Pressed pressed -> pressing.pressed(pressed);
            case Inbound.Submitted submitted -> pressing.submitted(submitted);
            case Inbound.Reacted reacted -> pressing.reacted(reacted);
            case Inbound.Unreacted off -> pressing.unreacted(off);
          }
        });
    deliveries.answered(inbound);
  }

  private void said(Inbound.Said raw, Place from) {
    Redaction redaction = Redactor.redact(raw.text());
    var files = raw.files().stream().map(name -> Redactor.redact(name).text()).toList();
    var said =
        new Inbound.Said(
            raw.delivery(),
            raw.speaker(),
            raw.place(),
            raw.message(),
            redaction.text(),
            raw.direct(),
            raw.at(),
            files);
    if (!deliveries.keep(said)) {
      return;
    }
    lanes.run(
        "eyes " + raw.message() + raw.place().key(),
        () -> voice.react(from, raw.message(), "eyes"));
    lanes.run(
        lane(said),
        () -> {
          if (!redaction.clean()) {
            secret(said, redaction);
          }
          act(said);
        });
  }

  /** What a crash left unanswered; what it led to by then is not done twice. */
  private void resume(Inbound inbound) {
    boolean planned =
        inbound instanceof Inbound.Said said
            && deliveries.begun(said).map(before -> !before.equals(newest(said))).orElse(false);
    if (planned) {
      deliveries.answered(inbound);
    } else {
      act(inbound);
    }
  }

  private String newest(Inbound.Said said) {
    return engine
        .latest(settings.tenant(), said.place().key())
        .map(latest -> latest.plan().id() + " v" + latest.plan().revision())
        .orElse("");
  }

  private void secret(Inbound said, Redaction redaction) {
    String kinds = String.join(", ", redaction.found().stream().distinct().toList());
    voice.whisper(
        said,
        Notice.warn(
            "Your message held a secret",
            "It looks like: "
                + kinds
                + ". It was taken out before anything was kept, but this chat has seen it: rotate"
                + " it now, and delete the message. Refer to secrets by name instead, for example"
                + " env:DB_PASSWORD."));
  }

  /** Whoever acts gets an answer, whatever breaks. */
  private void safely(Inbound inbound, Runnable work) {
    try {
      work.run();
    } catch (CancellationException e) {
      throw e; // closing: it stays unanswered, and is taken up at the next start
    } catch (RuntimeException | StackOverflowError e) {
      String reference = ids.get().substring(0, 8);
      LOG.error(
          "{}: {} of {} failed",
          reference,
          inbound.getClass().getSimpleName(),
          inbound.speaker().person(),
          e);
      if (inbound instanceof Inbound.Said) {
        voice.post(inbound.place(), Notice.broken(reference));
      } else {
        voice.whisper(inbound, Notice.broken(reference));
      }
    }
  }

  private void sweep() {
    deliveries.sweep(surfaces::containsKey);
    deck.sweep(clock.instant(), voice::reaches);
  }

  // ---- after a restart

  private List<Past> past(String surface) {
    List<Talk> here =
        talks.all().stream().filter(talk -> talk.place().surface().equals(surface)).toList();
    var all = new ArrayList<Past>();
    for (Talk talk : here.subList(Math.max(0, here.size() - RECALLED_THREADS), here.size())) {
      Past past = talks.past(talk);
      List<Past.Line> lines = past.lines().stream().map(line -> live(talk, line)).toList();
      all.add(new Past(past.place(), past.title(), lines));
    }
    return all;
  }

  private Past.Line live(Talk talk, Past.Line line) {
    return deck.at(talk.place(), line.message())
        .flatMap(desk::restore)
        .<Past.Line>map(card -> new Past.Shown(line.message(), card, line.at()))
        .orElse(line);
  }

  private static Supplier<String> randomIds() {
    var random = new SecureRandom();
    return () -> {
      var bits = new byte[16];
      random.nextBytes(bits);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    };
  }
}
