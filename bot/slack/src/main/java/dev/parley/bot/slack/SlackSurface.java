package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.parley.bot.slack.block.Limits;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slack: several workspaces, one bot. */
public final class SlackSurface implements Surface {
  /** The surface's id. */
  public static final String ID = "slack";

  private static final Logger LOG = LoggerFactory.getLogger(SlackSurface.class);
  private static final int TIMEOUT = 20_000;
  private static final int IDLE = 5;
  private static final int IDLE_SECONDS = 20;

  /**
   * Slack takes a message a second and channel, and a little more in a burst; of edits 50 in any
   * minute, which 45 a minute and the outbox's burst of five never exceed; of files 100 and of
   * reactions 50, which are taken in bursts.
   */
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(1),
          3,
          45,
          Duration.ofSeconds(2),
          new Pace.Rate(90, 10),
          new Pace.Rate(20, 30),
          false);

  private final SlackSettings settings;
  private final Slack slack;
  private final Web web;
  private final Threads threads;
  private final Translator translator;
  private final Messages messages;
  private final Uploads uploads;
  private final Answers answers;
  private final Doctor doctor;
  private final List<Door> doors;
  private volatile Optional<Consumer<Inbound>> inbox = Optional.empty();

  private SlackSurface(SlackSettings settings, Clock clock) {
    this.settings = settings;
    var config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.api());
    config.setStatsEnabled(false);
    config.setHttpClientReadTimeoutMillis(TIMEOUT);
    config.setHttpClientWriteTimeoutMillis(TIMEOUT);
    config.setHttpClientCallTimeoutMillis(TIMEOUT);
    this.slack = Slack.getInstance(config, once(config));
    this.web = new Web(slack, settings);
    this.threads = new Threads(web);
    this.translator = new Translator(web, new Speakers(web, clock), threads, settings, clock);
    var looks = new Looks();
    this.uploads = new Uploads(web);
    this.messages = new Messages(web, looks, uploads, threads);
    this.answers = new Answers(web, looks, clock);
    this.doors = doors(clock);
    this.doctor = new Doctor(settings, web, doors);
  }

  /**
   * An HTTP client that sends once. The usual one sends again by itself when a connection breaks,
   * and so posts twice what had arrived.
   */
  private static SlackHttpClient once(SlackConfig config) {
    return new SlackHttpClient(
        SlackHttpClient.buildOkHttpClient(config)
            .newBuilder()
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(IDLE, IDLE_SECONDS, TimeUnit.SECONDS))
            .build());
  }

  /** A surface that does nothing before it is started. */
  public static SlackSurface open(SlackSettings settings, Clock clock) {
    return new SlackSurface(settings, clock);
  }

  /** In Socket Mode one connection for each app, else one listener for all. */
  private List<Door> doors(Clock clock) {
    if (settings.mode() == SlackSettings.Mode.HTTP) {
      var verifier = new Verifier(settings.signingSecret().orElse(""), clock);
      return List.of(new HttpDoor(settings, verifier, this::take));
    }
    var tokens = new TreeSet<String>();
    settings.workspaces().values().forEach(one -> one.appToken().ifPresent(tokens::add));
    var out = new ArrayList<Door>();
    tokens.forEach(token -> out.add(new SocketDoor(slack, token, this::take, clock)));
    return out;
  }

  private void take(Fields payload) {
    Consumer<Inbound> to =
        inbox.orElseThrow(() -> new IllegalStateException("the surface is not started"));
    Optional<Delivery> delivery;
    try {
      delivery = answers.reopened(payload) ? Optional.empty() : translator.read(payload);
    } catch (SurfaceFailure e) {
      LOG.warn("slack: nobody can say who it was; it may come again: {}", e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("slack: a delivery that makes no sense is dropped: {}", e.toString());
      return;
    }
    delivery.ifPresent(
        one -> {
          answers.remember(one);
          to.accept(one.inbound());
        });
  }

  @Override
  public String id() {
    return ID;
  }

  /** Text is held well below Slack's limit, which counts the JSON around it too. */
  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        true,
        true,
        true,
        true,
        true,
        true,
        Limits.MESSAGE / 2,
        Limits.BUTTONS,
        true,
        true,
        true,
        Limits.BLOCKS - 10,
        Limits.SECTION - 100,
        PACE);
  }

  @Override
  public void start(Consumer<Inbound> started) {
    inbox = Optional.of(started);
    settings.workspaces().keySet().forEach(this::introduce);
    doors.forEach(Door::open);
  }

  /** Asks who we are, so that the first delivery need not wait for it. */
  private void introduce(String team) {
    Thread.ofVirtual()
        .name("slack " + team)
        .start(
            () -> {
              try {
                web.identity(team);
              } catch (SurfaceFailure e) {
                LOG.warn("slack: {} does not say who we are: {}", team, e.getMessage());
              }
            });
  }

  @Override
  public void recall(List<Past> past) {
    threads.remember(past.stream().filter(one -> one.place().surface().equals(ID)).toList());
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    return messages.post(place, card, key);
  }

  @Override
  public Optional<MessageRef> find(Place place, String key) {
    return messages.find(place, key);
  }

  @Override
  public Optional<MessageRef> find(Place place, Part.Attachment file, String words, String key) {
    return messages.find(place, file, words);
  }

  @Override
  public MessageRef attach(Place place, Part.Attachment file, String words, String key) {
    return uploads.send(place, file, words, key);
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    messages.edit(message, card, revision);
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    answers.whisper(answered, card);
  }

  @Override
  public void open(Inbound answered, Form form) {
    answers.open(answered, form);
  }

  @Override
  public void react(MessageRef message, String emoji) {
    messages.react(message, emoji);
  }

  @Override
  public Optional<String> lost() {
    return doors.stream()
        .map(Door::check)
        .filter(check -> !check.ok())
        .map(Check::detail)
        .findFirst();
  }

  @Override
  public Check check() {
    return doctor.check();
  }

  /** What {@code parley doctor} says: one line for each thing that must be right. */
  public List<Doctor.Finding> examine() {
    return doctor.examine();
  }

  /** Where HTTP mode listens. */
  public Optional<Integer> port() {
    return doors.stream()
        .flatMap(door -> door instanceof HttpDoor http ? Stream.of(http.port()) : Stream.empty())
        .findFirst();
  }

  @Override
  public void close() {
    doors.forEach(Door::close);
    try {
      slack.close();
    } catch (Exception e) {
      LOG.warn("slack: not closed in order: {}", e.getMessage());
    }
  }
}
