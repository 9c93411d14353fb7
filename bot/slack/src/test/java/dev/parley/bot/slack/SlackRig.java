package dev.parley.bot.slack;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.testkit.Rig;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * People in a channel of the stand-in: a conversation begins with a mention, goes on in the thread,
 * and all of it comes and goes by the SDK.
 */
final class SlackRig implements Rig {
  static final String CHANNEL = "C0OPS";
  private static final List<String> PEOPLE =
      List.of("ann", "erin", "bob", "carol", "vic", "mallory");

  private final FakeSlack slack;
  private final SlackSurface surface;
  private final Map<String, String> threads;
  private final boolean overheard;

  /**
   * A rig.
   *
   * @param threads the tests' names of threads → roots; kept over restarts
   * @param overheard whether the bot hears what is said in its threads without a mention; else
   *     people mention it each time
   */
  SlackRig(FakeSlack slack, Clock clock, Map<String, String> threads, boolean overheard) {
    this.slack = slack;
    this.threads = threads;
    this.overheard = overheard;
    PEOPLE.forEach(person -> slack.add(FakeUser.member(person, FakeSlack.TEAM)));
    slack.channel(CHANNEL, FakeSlack.TEAM);
    surface = SlackSurface.open(settings(slack), clock);
  }

  static SlackSettings settings(FakeSlack slack) {
    return SlackSettings.socket(
            Map.of(
                FakeSlack.TEAM,
                new SlackSettings.Workspace(
                    slack.team(FakeSlack.TEAM).botToken(), Optional.of(FakeSlack.APP_TOKEN))))
        .at(slack.api());
  }

  @Override
  public Surface surface() {
    return surface;
  }

  @Override
  public void say(String person, String thread, String text) {
    String typed = FakeSlack.typed(text);
    if (threads.containsKey(thread) && overheard) {
      slack.say(FakeSlack.TEAM, person, CHANNEL, root(thread), typed);
    } else if (threads.containsKey(thread)) {
      slack.mention(FakeSlack.TEAM, person, CHANNEL, root(thread), typed);
    } else {
      threads.put(thread, slack.mention(FakeSlack.TEAM, person, CHANNEL, Optional.empty(), typed));
    }
  }

  private Optional<String> root(String thread) {
    return begun(thread).flatMap(this::answer).or(() -> begun(thread));
  }

  @Override
  public void press(String person, String thread, String label) {
    Map.Entry<FakeMessage, Fields> found = found(person, thread, label);
    slack.press(person, found.getKey(), found.getValue());
  }

  private Map.Entry<FakeMessage, Fields> found(String person, String thread, String label) {
    return seenBy(person, thread)
        .flatMap(
            message ->
                message.buttons().stream()
                    .filter(button -> label(button).equals(label))
                    .map(button -> Map.entry(message, button)))
        .reduce((_, newest) -> newest)
        .orElseThrow(() -> new AssertionError("no button " + label + " in " + shown(thread)));
  }

  private static String label(Fields button) {
    return button.fieldsAt("text").text("text").orElse("");
  }

  /** Messages as they stand, then what was whispered to them. */
  private Stream<FakeMessage> seenBy(String person, String thread) {
    return Stream.concat(
        standing(thread),
        slack.whispered(person).stream().filter(message -> isIn(thread, message)));
  }

  private Stream<FakeMessage> standing(String thread) {
    return slack.standing(CHANNEL).stream().filter(message -> isIn(thread, message));
  }

  /** In the thread of the message that began it, or in that of the card that answers it. */
  private boolean isIn(String thread, FakeMessage message) {
    Optional<String> begun = begun(thread);
    return Optional.of(message.root()).equals(begun)
        || begun.flatMap(this::answer).filter(message.root()::equals).isPresent();
  }

  /** The card in the channel that answers a message, by the key that stands on it. */
  private Optional<String> answer(String message) {
    String key = "root:slack/" + FakeSlack.TEAM + "/" + CHANNEL + "/" + message;
    return slack.standing(CHANNEL).stream()
        .filter(
            one -> one.metadata().fieldsAt("event_payload").text("key").equals(Optional.of(key)))
        .map(FakeMessage::ts)
        .findFirst();
  }

  private Optional<String> begun(String thread) {
    return Optional.ofNullable(threads.get(thread));
  }

  @Override
  public void pressAndFill(String person, String thread, String label, String... texts) {
    int before = slack.views(person);
    press(person, thread, label);
    Fields view = slack.awaitView(person, before);
    List<String> fields =
        view.itemsAt("blocks").stream()
            .map(Fields.class::cast)
            .filter(block -> block.text("type").equals(Optional.of("input")))
            .flatMap(block -> block.text("block_id").stream())
            .toList();
    var answers = new LinkedHashMap<String, String>();
    for (int i = 0; i < texts.length; i++) {
      answers.put(fields.get(i), texts[i]);
    }
    slack.submit(person, answers);
  }

  @Override
  public void emoji(String person, String thread, String emoji) {
    slack.react(person, CHANNEL, plan(thread).ts(), emoji, true);
  }

  @Override
  public void noEmoji(String person, String thread, String emoji) {
    slack.react(person, CHANNEL, plan(thread).ts(), emoji, false);
  }

  private FakeMessage plan(String thread) {
    return plans(thread).getLast();
  }

  private List<FakeMessage> plans(String thread) {
    return standing(thread)
        .filter(message -> message.thread().isPresent())
        .filter(message -> message.drawn().matches("(?s)\\W*p-\\d+ v\\d+.*"))
        .toList();
  }

  @Override
  public String shown(String thread) {
    return slack.shown(CHANNEL).stream()
        .filter(message -> isIn(thread, message))
        .map(FakeMessage::drawn)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String privately(String person) {
    return Stream.concat(
            slack.whispered(person).stream(),
            slack.shown(slack.direct(FakeSlack.TEAM, person)).stream())
        .map(FakeMessage::drawn)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public List<String> buttons(String thread) {
    return standing(thread)
        .flatMap(message -> message.buttons().stream())
        .map(SlackRig::label)
        .toList();
  }

  // ---- what not every surface offers

  @Override
  public Optional<List<String>> channelCards() {
    String bot = slack.team(FakeSlack.TEAM).botUser();
    return Optional.of(
        slack.standing(CHANNEL).stream()
            .filter(message -> message.thread().isEmpty() && message.user().equals(bot))
            .map(FakeMessage::drawn)
            .toList());
  }

  @Override
  public boolean sayAs(Speaker.Kind kind, String person, String thread, String text) {
    boolean external = kind == Speaker.Kind.EXTERNAL;
    slack.add(
        new FakeUser(
            person,
            external ? "T0OTHER" : FakeSlack.TEAM,
            kind == Speaker.Kind.BOT,
            kind == Speaker.Kind.GUEST,
            false,
            external));
    slack.mention(FakeSlack.TEAM, person, CHANNEL, Optional.empty(), FakeSlack.typed(text));
    return true;
  }

  @Override
  public boolean sayDirectly(String person, String text) {
    String channel = slack.direct(FakeSlack.TEAM, person);
    slack.say(FakeSlack.TEAM, person, channel, Optional.empty(), FakeSlack.typed(text));
    return true;
  }

  @Override
  public boolean pressTwiceDelivered(String person, String thread, String label) {
    press(person, thread, label);
    slack.again();
    return true;
  }

  @Override
  public boolean pressForged(String person, String thread, String label, Forgery forgery) {
    Map.Entry<FakeMessage, Fields> found = found(person, thread, label);
    FakeMessage seen = found.getKey();
    Fields button = found.getValue();
    List<Value> blocks = seen.blocks();
    if (forgery == Forgery.UNKNOWN) {
      button = button.with("value", Value.text("AAAAAAAAAAAAAAAAAAAAAA.0"));
      blocks =
          List.of(
              Fields.of("type", Value.text("actions"))
                  .with("block_id", Value.text("forged"))
                  .with("elements", Value.Items.of(button)));
    }
    if (forgery == Forgery.OTHER_CHANNEL) {
      slack.channel("C0ELSE", FakeSlack.TEAM);
    }
    slack.press(
        person,
        new FakeMessage(
            seen.team(),
            forgery == Forgery.OTHER_CHANNEL ? "C0ELSE" : seen.channel(),
            forgery == Forgery.OTHER_MESSAGE ? "1700000000.000001" : seen.ts(),
            seen.thread(),
            seen.user(),
            seen.bot(),
            seen.text(),
            blocks,
            seen.metadata(),
            seen.files(),
            seen.only()),
        button);
    return true;
  }

  @Override
  public boolean emojiOfBot(String thread, String emoji) {
    String bot = slack.team(FakeSlack.TEAM).botUser();
    slack.react(bot, CHANNEL, plan(thread).ts(), emoji, true);
    return true;
  }

  @Override
  public boolean emojiOnOldest(String person, String thread, String emoji) {
    slack.react(person, CHANNEL, plans(thread).getFirst().ts(), emoji, true);
    return true;
  }

  @Override
  public boolean pressAtOnce(List<String> people, String thread, String label) {
    List<Map.Entry<FakeMessage, Fields>> found =
        people.stream().map(person -> found(person, thread, label)).toList();
    var pressed = new ArrayList<Future<?>>();
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < people.size(); i++) {
        String person = people.get(i);
        Map.Entry<FakeMessage, Fields> seen = found.get(i);
        pressed.add(all.submit(() -> slack.press(person, seen.getKey(), seen.getValue())));
      }
    }
    pressed.forEach(Future::resultNow);
    return true;
  }

  @Override
  public boolean unreachable(int times) {
    slack.down("chat.postMessage", times);
    return true;
  }

  @Override
  public boolean slow(int times) {
    slack.slow("chat.postMessage", times, 1);
    return true;
  }

  @Override
  public boolean cut() {
    slack.error("apps.connections.open", Integer.MAX_VALUE, "internal_error");
    slack.cutConnections();
    return true;
  }

  @Override
  public void join() {
    slack.well();
  }

  @Override
  public boolean down(boolean now) {
    slack.outage(now);
    return true;
  }

  @Override
  public void close() {
    surface.close();
    FakeSlack.await("the connection to close", () -> slack.connections() == 0);
  }
}
