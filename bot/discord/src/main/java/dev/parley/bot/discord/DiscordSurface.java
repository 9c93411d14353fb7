package dev.parley.bot.discord;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discord as a surface, through JDA: one connection for all guilds the bot was invited to. A
 * request has one root message in its channel; its thread hangs on that.
 */
public final class DiscordSurface implements Surface {
  /** The surface's id. */
  public static final String ID = "discord";

  private static final Logger LOG = LoggerFactory.getLogger(DiscordSurface.class);
  private static final int NONCE = 25;
  private static final int LOOK_BACK = 50;
  private static final int KEPT = 10_000;

  /**
   * Five messages in five seconds for each channel and each thread; changes are counted alike.
   * Files are part of cards. All calls together may be fifty a second, of which emoji take few.
   */
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(1),
          5,
          60,
          Duration.ofSeconds(2),
          Pace.Rate.ANY,
          new Pace.Rate(60, 20),
          true);

  /** How long after a login that found nobody the next one comes. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final DiscordSettings settings;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("discord").factory());
  private final Exchanges exchanges = new Exchanges(timer);
  private final Confirmations confirmations = new Confirmations();
  private final Connection connection;
  private final Recent<Long> revisions = new Recent<>(KEPT);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<Ears> ears = Optional.empty();
  private volatile Optional<JDA> entered = Optional.empty();
  private volatile Check failed = Check.failed("not started", "attach it to the bot");

  /**
   * What listens, connected or not.
   *
   * @param run tells one start of the program from another
   */
  private record Ears(Inlet inlet, MessageListener messages, String run) {}

  public DiscordSurface(DiscordSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.connection = new Connection(settings);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        true, true, true, true, true, true, 12_000, 5, true, false, true, 24, 12_000, PACE);
  }

  @Override
  public void start(Consumer<Inbound> inbox) {
    var inlet = new Inlet(settings.guilds(), inbox);
    String run = Long.toHexString(new SecureRandom().nextLong());
    var listening = new Ears(inlet, new MessageListener(inlet, clock), run);
    ears = Optional.of(listening);
    enter(listening);
  }

  /** Logs in; where Discord can't be reached, once more after a while, as long as it takes. */
  private void enter(Ears by) {
    if (closed.get()) {
      return;
    }
    try {
      JDA jda =
          Login.of(
              settings,
              connection,
              by.messages(),
              new Gap(settings, by.messages()),
              new ReactionListener(by.inlet(), clock, by.run()),
              new InteractionListener(by.inlet(), exchanges, confirmations, clock));
      entered = Optional.of(jda);
      if (closed.get()) {
        jda.shutdownNow();
        return;
      }
      jda.updateCommands()
          .addCommands(Login.command())
          .queue(
              _ -> connection.registered(),
              e -> {
                LOG.warn("/parley could not be registered: {}", e.getMessage());
                connection.unregistered(String.valueOf(e.getMessage()));
              });
    } catch (InvalidTokenException e) {
      failed =
          Check.failed(
              "Discord does not know the token",
              "copy the bot's token from the developer portal, Bot, Reset Token, and start again");
    } catch (ErrorResponseException e) {
      LOG.warn("Discord can't be reached: {}", e.getMeaning());
      failed =
          Check.failed(
              "Discord can't be reached: " + e.getMeaning(),
              "check the network; it is tried again every " + AGAIN.toSeconds() + " s");
      try {
        timer.schedule(
            () -> Thread.ofVirtual().name("discord login").start(() -> enter(by)),
            AGAIN.toMillis(),
            TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        LOG.debug("no further login: the surface is closed");
      }
    }
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    confirmations.note(card);
    Rendered rendered = Renderer.of(card, mark(key));
    return Failures.reached(
        "a post",
        () -> {
          Message sent =
              Channels.posted(
                  open(),
                  place,
                  channel ->
                      channel
                          .sendMessageComponents(rendered.components())
                          .useComponentsV2()
                          .addFiles(rendered.files())
                          .mentionUsers(rendered.called())
                          .setNonce(nonce(key)));
          return new MessageRef(place, sent.getId());
        });
  }

  /**
   * Discord knows a nonce for some minutes and tells it to nobody who asks later; what stays with a
   * message is the number of its container.
   */
  @Override
  public Optional<MessageRef> find(Place place, String key) {
    int mark = mark(key);
    return Failures.reached(
        "a look for a post",
        () ->
            Failures.now(
                    "a look for a post",
                    Channels.at(open(), place).getHistory().retrievePast(LOOK_BACK))
                .stream()
                .filter(message -> message.getAuthor().equals(message.getJDA().getSelfUser()))
                .filter(message -> marked(message, mark))
                .map(message -> new MessageRef(place, message.getId()))
                .findFirst());
  }

  private static boolean marked(Message message, int mark) {
    return message.getComponents().stream().anyMatch(one -> one.getUniqueId() == mark);
  }

  @Override
  public Place thread(MessageRef root, String title) {
    if (root.place().direct() || root.place().thread().isPresent()) {
      return root.place();
    }
    return Failures.reached(
        "a thread", () -> Channels.thread(open(), root.place(), root.id(), title));
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    if (revisions.merge(message.id(), revision, Math::max) != revision) {
      return;
    }
    confirmations.note(card);
    Rendered rendered = Renderer.of(card);
    Failures.reached(
        "an edit",
        () ->
            Channels.awake(
                open(),
                message.place(),
                channel ->
                    channel
                        .editMessageComponentsById(message.id(), rendered.components())
                        .useComponentsV2()
                        .setFiles(rendered.files())));
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    confirmations.note(card);
    if (!exchanges.whisper(answered, card)) {
      Failures.reached("a private answer", () -> directly(answered, card));
    }
  }

  /** By a direct message; where none is taken, the thread says so and nothing else. */
  private Message directly(Inbound answered, Card card) {
    boolean here = answered.place().direct();
    Rendered rendered = here ? Renderer.of(card) : Renderer.directly(card, answered.place());
    JDA open = open();
    try {
      return open.openPrivateChannelById(answered.speaker().person().id())
          .complete()
          .sendMessageComponents(rendered.components())
          .useComponentsV2()
          .addFiles(rendered.files())
          .complete();
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() != ErrorResponse.CANNOT_SEND_TO_USER || here) {
        throw e;
      }
      return Failures.now(
          "a private answer",
          Channels.at(open, answered.place())
              .sendMessageComponents(Renderer.of(Offers.closed()).components())
              .useComponentsV2());
    }
  }

  @Override
  public void open(Inbound answered, Form form) {
    if (!exchanges.ask(answered, form)) {
      whisper(answered, Offers.form(form));
    }
  }

  @Override
  public void react(MessageRef message, String emoji) {
    Emojis.character(emoji)
        .ifPresent(
            character ->
                Failures.reached(
                    "a reaction",
                    () ->
                        Failures.now(
                            "a reaction",
                            Channels.at(open(), message.place())
                                .addReactionById(message.id(), Emoji.fromUnicode(character)))));
  }

  /** Discord keeps its own messages; what its events leave out later is learned again. */
  @Override
  public void recall(List<Past> threads) {
    for (Past past : threads) {
      past.place().thread().ifPresent(id -> ears.ifPresent(open -> open.inlet().join(id)));
      for (Past.Line line : past.lines()) {
        switch (line) {
          case Past.Shown(_, var card, _) -> confirmations.note(card);
          case Past.Heard(var message, var speaker, _, _) ->
              ears.ifPresent(open -> open.inlet().authors().note(message, speaker));
        }
      }
    }
  }

  @Override
  public Optional<String> lost() {
    return entered.isEmpty() ? Optional.of(failed.detail()) : entered.flatMap(connection::lost);
  }

  @Override
  public Check check() {
    return entered.map(connection::check).orElse(failed);
  }

  /** All that can be right or wrong with it, in the order in which it is set up. */
  public List<Examined> examine() {
    return entered
        .map(connection::examine)
        .orElse(List.of(new Examined("connection", failed, true)));
  }

  @Override
  public void close() {
    closed.set(true);
    timer.shutdownNow();
    ears.ifPresent(one -> one.messages().close());
    entered.ifPresent(
        jda -> {
          jda.shutdownNow();
          try {
            if (!jda.awaitShutdown(Duration.ofSeconds(5))) {
              LOG.warn("the connection to Discord did not close in time");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private JDA open() {
    return entered.orElseThrow(() -> new SurfaceFailure.Unreachable("Discord is not connected"));
  }

  private static String nonce(String key) {
    return Digest.ofText(key).hex().substring(0, NONCE);
  }

  /** A positive number for a key, too large to be one that Discord counts up by itself. */
  private static int mark(String key) {
    return Integer.parseInt(Digest.ofText(key).hex().substring(0, 7), 16) | 1 << 29;
  }
}
