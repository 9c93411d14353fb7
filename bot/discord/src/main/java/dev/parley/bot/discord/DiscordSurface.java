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
import dev.parley.bot.text.Inert;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.attribute.IThreadContainer;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.messages.MessageRequest;
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
  private static final String VERSION = "v10";
  private static final int NONCE = 25;
  private static final int LOOK_BACK = 50;
  private static final int NAME = 100;
  private static final String UNNAMED = "Parley";

  /** Five messages in five seconds for each channel; changes are counted alike. */
  private static final Pace PACE = new Pace(Duration.ofSeconds(1), 5, 60, Duration.ofSeconds(2));

  private final DiscordSettings settings;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("discord").factory());
  private final Exchanges exchanges = new Exchanges(timer);
  private final Confirmations confirmations = new Confirmations();
  private final Connection connection;
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  private volatile Optional<JDA> jda = Optional.empty();
  private volatile Check failed = Check.failed("not started", "attach it to the bot");

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
    MessageRequest.setDefaultMentions(EnumSet.noneOf(Message.MentionType.class));
    var intents =
        EnumSet.of(
            GatewayIntent.GUILD_MESSAGES,
            GatewayIntent.GUILD_MESSAGE_REACTIONS,
            GatewayIntent.DIRECT_MESSAGES);
    if (settings.everything()) {
      intents.add(GatewayIntent.MESSAGE_CONTENT);
    }
    var builder =
        JDABuilder.createLight(settings.token(), intents)
            .addEventListeners(
                connection,
                new Listener(
                    settings,
                    exchanges,
                    confirmations,
                    inbox,
                    clock,
                    Long.toString(clock.millis(), Character.MAX_RADIX)));
    settings
        .api()
        .ifPresent(
            api ->
                builder.setRestConfig(
                    new RestConfig()
                        .setBaseUrl(api.toString().replaceFirst("/*$", "/") + VERSION + "/")));
    if (settings.gateway().isPresent()) {
      builder.setCompression(Compression.NONE);
      builder.setSessionController(new Gateway(settings.gateway()));
    }
    try {
      JDA opened = builder.build();
      jda = Optional.of(opened);
      opened
          .updateCommands()
          .addCommands(
              Commands.slash("parley", "Ask Parley for infrastructure, or about it")
                  .addOption(
                      OptionType.STRING, Listener.WORDS, "What you want; help lists it all", true))
          .queue(_ -> {}, e -> LOG.warn("/parley could not be registered: {}", e.getMessage()));
    } catch (InvalidTokenException e) {
      failed =
          Check.failed(
              "Discord does not know the token",
              "copy the bot's token from the developer portal, Bot, Reset Token, and start again");
    } catch (ErrorResponseException e) {
      failed =
          Check.failed(
              "Discord can't be reached: " + e.getMeaning(), "check the network, then start again");
    }
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    Rendered rendered = rendered(card);
    return reached(
        "a post",
        () -> {
          Message sent =
              Failures.now(
                  "a post",
                  channel(place)
                      .sendMessageComponents(rendered.components())
                      .useComponentsV2()
                      .addFiles(rendered.files())
                      .mentionUsers(rendered.called())
                      .setNonce(nonce(key)));
          return new MessageRef(place, sent.getId());
        });
  }

  @Override
  public Optional<MessageRef> find(Place place, String key) {
    String nonce = nonce(key);
    return reached(
        "a look for a post",
        () ->
            Failures.now("a look for a post", channel(place).getHistory().retrievePast(LOOK_BACK))
                .stream()
                .filter(message -> nonce.equals(message.getNonce()))
                .map(message -> new MessageRef(place, message.getId()))
                .findFirst());
  }

  @Override
  public Place thread(MessageRef root, String title) {
    if (root.place().direct() || root.place().thread().isPresent()) {
      return root.place();
    }
    return reached(
        "a thread",
        () -> {
          MessageChannel channel = channel(root.place());
          if (!(channel instanceof IThreadContainer holder)) {
            throw new SurfaceFailure.Refused(
                "channel " + root.place().channel() + " has no threads",
                "bind Parley to a text channel");
          }
          try {
            ThreadChannel made =
                Failures.now("a thread", holder.createThreadChannel(name(title), root.id()));
            return root.place().in(made.getId());
          } catch (SurfaceFailure.Refused e) {
            if (e.getMessage() != null
                && e.getMessage()
                    .contains(
                        "("
                            + ErrorResponse.THREAD_WITH_THIS_MESSAGE_ALREADY_EXISTS.getCode()
                            + ")")) {
              return root.place().in(root.id()); // a thread has its root message's id
            }
            throw e;
          }
        });
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    boolean newest =
        revisions.merge(message.id(), revision, (former, now) -> Math.max(former, now)) == revision;
    if (!newest) {
      return;
    }
    Rendered rendered = rendered(card);
    reached(
        "an edit",
        () ->
            Failures.now(
                "an edit",
                channel(message.place())
                    .editMessageComponentsById(message.id(), rendered.components())
                    .useComponentsV2()
                    .setFiles(rendered.files())));
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    confirmations.note(card);
    if (exchanges.whisper(answered.delivery(), card)) {
      return;
    }
    Rendered rendered =
        answered.place().direct() ? Renderer.of(card) : Renderer.directly(card, answered.place());
    JDA open = open();
    try {
      open.openPrivateChannelById(answered.speaker().person().id())
          .complete()
          .sendMessageComponents(rendered.components())
          .useComponentsV2()
          .addFiles(rendered.files())
          .complete();
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() != ErrorResponse.CANNOT_SEND_TO_USER || answered.place().direct()) {
        throw Failures.of("a private answer", e);
      }
      Rendered hint = Renderer.of(Offers.closed());
      Failures.now(
          "a private answer",
          channel(answered.place()).sendMessageComponents(hint.components()).useComponentsV2());
    }
  }

  @Override
  public void open(Inbound answered, Form form) {
    if (!exchanges.ask(answered.delivery(), form)) {
      whisper(answered, Offers.form(form));
    }
  }

  @Override
  public void react(MessageRef message, String emoji) {
    Emojis.character(emoji)
        .ifPresent(
            character ->
                reached(
                    "a reaction",
                    () ->
                        Failures.now(
                            "a reaction",
                            channel(message.place())
                                .addReactionById(message.id(), Emoji.fromUnicode(character)))));
  }

  /** Discord keeps its own messages; only what its buttons ask is learned again. */
  @Override
  public void recall(List<Past> threads) {
    for (Past past : threads) {
      for (Past.Line line : past.lines()) {
        if (line instanceof Past.Shown(_, var card, _)) {
          confirmations.note(card);
        }
      }
    }
  }

  @Override
  public Optional<String> lost() {
    return jda.isEmpty() ? Optional.of(failed.detail()) : jda.flatMap(connection::lost);
  }

  @Override
  public Check check() {
    return jda.map(connection::check).orElse(failed);
  }

  @Override
  public void close() {
    jda.ifPresent(
        open -> {
          open.shutdownNow();
          try {
            if (!open.awaitShutdown(Duration.ofSeconds(5))) {
              LOG.warn("the connection to Discord did not close in time");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    timer.shutdownNow();
  }

  private Rendered rendered(Card card) {
    confirmations.note(card);
    return Renderer.of(card);
  }

  private JDA open() {
    return jda.orElseThrow(() -> new SurfaceFailure.Unreachable("Discord is not connected"));
  }

  private interface Reaching<T> {
    T get();
  }

  private static <T> T reached(String what, Reaching<T> work) {
    try {
      return work.get();
    } catch (InsufficientPermissionException e) {
      throw Failures.missing(what, e);
    } catch (ErrorResponseException e) {
      throw Failures.of(what, e);
    }
  }

  private MessageChannel channel(Place place) {
    JDA open = open();
    if (place.direct()) {
      return open.openPrivateChannelById(place.channel().substring(Place.DIRECT.length()))
          .complete();
    }
    GuildChannel parent = open.getChannelById(GuildChannel.class, place.channel());
    if (parent == null) {
      throw unseen(open, place);
    }
    if (place.thread().isEmpty()) {
      return (MessageChannel) parent;
    }
    ThreadChannel thread = open.getThreadChannelById(place.thread().get());
    return thread != null ? thread : archived(parent, place);
  }

  /** Before the guilds are there, nothing can be said about a channel; afterwards it is gone. */
  private static SurfaceFailure unseen(JDA open, Place place) {
    return open.getStatus() == JDA.Status.CONNECTED
        ? new SurfaceFailure.Refused(
            "there is no channel " + place.channel() + " that the bot can see",
            "let the bot see the channel, or bind another")
        : new SurfaceFailure.Unreachable("Discord is not connected");
  }

  /**
   * A thread that is not open: one that Discord put away for being quiet is woken; one that does
   * not exist yet hangs on the message that it is named by.
   */
  private static ThreadChannel archived(GuildChannel parent, Place place) {
    String id = place.thread().orElseThrow();
    if (!(parent instanceof IThreadContainer holder)) {
      throw new SurfaceFailure.Refused(
          "channel " + place.channel() + " has no threads", "bind Parley to a text channel");
    }
    for (ThreadChannel thread : holder.retrieveArchivedPublicThreadChannels()) {
      if (thread.getId().equals(id)) {
        Failures.now("waking a thread", thread.getManager().setArchived(false));
        return thread;
      }
    }
    return Failures.now("a thread", holder.createThreadChannel(UNNAMED, id));
  }

  private static String nonce(String key) {
    return Digest.ofText(key).hex().substring(0, NONCE);
  }

  private static String name(String title) {
    String line = Inert.line(title).strip();
    String named = line.isEmpty() ? UNNAMED : line;
    return named.length() <= NAME ? named : named.substring(0, NAME - 1) + "…";
  }
}
