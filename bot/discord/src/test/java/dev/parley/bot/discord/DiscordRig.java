package dev.parley.bot.discord;

import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.testkit.People;
import dev.parley.bot.testkit.Rig;
import dev.parley.bot.testkit.WatchedSurface;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * People in a channel of the stand-in: a conversation begins with a mention, goes on in the thread
 * that hangs on the bot's answer, and all of it comes and goes through JDA.
 */
final class DiscordRig implements Rig {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final List<String> EVERYBODY =
      List.of("ann", "erin", "bob", "carol", "vic", "mallory");

  private final FakeDiscord discord;
  private final WatchedSurface surface;
  private final Map<String, Begun> threads;

  /**
   * A conversation.
   *
   * @param message what began it
   * @param thread empty until somebody had to know
   */
  record Begun(String message, String title, Optional<String> thread) {}

  DiscordRig(FakeDiscord discord, Clock clock, Map<String, Begun> threads) {
    this.discord = discord;
    this.threads = threads;
    EVERYBODY.forEach(name -> discord.person(People.numbered(name), name, false, false));
    surface = new WatchedSurface(new DiscordSurface(settings(discord), clock));
  }

  static DiscordSettings settings(FakeDiscord discord) {
    return settings(discord, true);
  }

  static DiscordSettings settings(FakeDiscord discord, boolean everything) {
    return new DiscordSettings(
        FakeDiscord.TOKEN,
        Set.of(FakeDiscord.GUILD),
        Map.of(FakeDiscord.GUILD, List.of(FakeDiscord.CHANNEL)),
        everything,
        Optional.of(discord.api()),
        Optional.of(discord.gateway()));
  }

  @Override
  public Surface surface() {
    return surface;
  }

  @Override
  public void say(String person, String thread, String text) {
    connected();
    int before = surface.arrived();
    if (threads.containsKey(thread)) {
      discord.say(People.numbered(person), in(thread), text);
    } else {
      String message =
          discord.say(
              People.numbered(person), FakeDiscord.CHANNEL, "<@" + FakeDiscord.SELF + "> " + text);
      threads.put(thread, new Begun(message, text, Optional.empty()));
    }
    arrives(before);
  }

  private void arrives(int before) {
    await().atMost(LONGEST).until(() -> surface.arrived() > before);
  }

  private void connected() {
    await().atMost(LONGEST).until(() -> surface.check().ok());
  }

  /** The thread as soon as there is one. */
  private String in(String name) {
    await().atMost(LONGEST).until(() -> find(name).isPresent());
    return find(name).orElseThrow();
  }

  private Optional<String> find(String name) {
    Begun begun = threads.get(name);
    if (begun == null || begun.thread().isPresent()) {
      return begun == null ? Optional.empty() : begun.thread();
    }
    Set<String> taken =
        threads.values().stream().flatMap(one -> one.thread().stream()).collect(Collectors.toSet());
    Optional<String> found =
        discord.threads(FakeDiscord.CHANNEL).stream()
            .filter(thread -> !taken.contains(thread))
            .filter(
                thread ->
                    thread.equals(begun.message())
                        || begun.title().startsWith(discord.named(thread).replace("…", "")))
            .findFirst();
    found.ifPresent(thread -> threads.put(name, new Begun(begun.message(), begun.title(), found)));
    return found;
  }

  private Stream<Posted> messages(String thread) {
    Optional<String> id = find(thread);
    return id.stream()
        .flatMap(
            in ->
                Stream.concat(
                    discord.of(FakeDiscord.CHANNEL).stream().filter(one -> one.id.equals(in)),
                    discord.of(in).stream()));
  }

  @Override
  public void press(String person, String thread, String label) {
    connected();
    Found button = asked(person, found(person, thread, label));
    int heard = surface.arrived();
    discord.press(People.numbered(person), button.message(), button.id());
    arrives(heard);
  }

  private record Found(String message, String id) {}

  /** The newest button with a label that somebody sees in a thread. */
  private Found found(String person, String thread, String label) {
    String in = in(thread);
    return Stream.concat(
            messages(thread),
            discord.privately(People.numbered(person)).stream()
                .filter(one -> one.channel.equals(in) || !one.channel.equals(FakeDiscord.CHANNEL)))
        .filter(one -> !one.gone)
        .flatMap(one -> button(one, label).map(id -> new Found(one.id, id)).stream())
        .reduce((_, newest) -> newest)
        .orElseThrow(() -> new AssertionError("no button " + label + " in " + shown(thread)));
  }

  /** The button that counts: a button that asks is pressed, and its question has one. */
  private Found asked(String person, Found button) {
    if (ButtonId.read(button.id()).kind() != ButtonId.Kind.ASKS) {
      return button;
    }
    String me = People.numbered(person);
    int before = discord.privately(me).size();
    discord.press(me, button.message(), button.id());
    await().atMost(LONGEST).until(() -> discord.privately(me).size() > before);
    Posted question = discord.privately(me).getLast();
    return new Found(question.id, question.buttons().getFirst().text("custom_id").orElseThrow());
  }

  private static Optional<String> button(Posted message, String label) {
    return message.buttons().stream()
        .filter(button -> button.text("label").equals(Optional.of(label)))
        .map(button -> button.text("custom_id").orElseThrow())
        .reduce((_, newest) -> newest);
  }

  @Override
  public void pressAndFill(String person, String thread, String label, String... texts) {
    String me = People.numbered(person);
    int before = discord.forms(me).size();
    int shown = discord.privately(me).size();
    press(person, thread, label);
    await()
        .atMost(LONGEST)
        .until(() -> discord.forms(me).size() > before || late(me, shown).isPresent());
    if (discord.forms(me).size() == before) {
      Posted offer = late(me, shown).orElseThrow();
      discord.press(me, offer.id, offer.buttons().getFirst().text("custom_id").orElseThrow());
      await().atMost(LONGEST).until(() -> discord.forms(me).size() > before);
    }
    FakeDiscord.Opened form = discord.forms(me).getLast();
    int heard = surface.arrived();
    var answers = new LinkedHashMap<String, String>();
    for (int i = 0; i < texts.length; i++) {
      answers.put(form.fields().get(i), texts[i]);
    }
    discord.submit(me, form, answers);
    arrives(heard);
  }

  /** A form that came too late to open by itself stands behind a button. */
  private Optional<Posted> late(String me, int shown) {
    return discord.privately(me).stream()
        .skip(shown)
        .filter(one -> one.text().contains("One more step"))
        .reduce((_, newest) -> newest);
  }

  @Override
  public void emoji(String person, String thread, String emoji) {
    react(person, thread, emoji, true);
  }

  @Override
  public void noEmoji(String person, String thread, String emoji) {
    react(person, thread, emoji, false);
  }

  private void react(String person, String thread, String emoji, boolean on) {
    react(People.numbered(person), plans(thread).getLast(), emoji, on);
  }

  private void react(String id, Posted plan, String emoji, boolean on) {
    connected();
    int before = surface.arrived();
    discord.react(id, plan.id, Emojis.character(emoji).orElseThrow(), on);
    arrives(before);
  }

  private List<Posted> plans(String thread) {
    return messages(thread)
        .filter(one -> plain(one.text()).matches("(?s)\\W*p-\\d+ v\\d+.*"))
        .filter(one -> !one.id.equals(find(thread).orElse("")))
        .toList();
  }

  @Override
  public String shown(String thread) {
    var states = new TreeMap<Long, String>();
    messages(thread)
        .forEach(
            one -> {
              for (int i = 0; i < one.seen.size(); i++) {
                states.merge(one.times.get(i), plain(one.seen.get(i)), String::concat);
              }
            });
    return String.join("\n", states.values());
  }

  @Override
  public String privately(String person) {
    return discord.privately(People.numbered(person)).stream()
        .map(one -> plain(one.text()))
        .collect(Collectors.joining("\n"));
  }

  /** As a person sees it: escapes and invisible characters are not there. */
  static String plain(String markdown) {
    return markdown.replaceAll("\\\\(.)", "$1").replace("\u200b", "").replace("**", "");
  }

  @Override
  public List<String> buttons(String thread) {
    var labels = new ArrayList<String>();
    messages(thread)
        .filter(one -> !one.gone)
        .flatMap(one -> one.buttons().stream())
        .map((Fields button) -> button.text("label").orElse(""))
        .forEach(labels::add);
    return labels;
  }

  // ---- what not every surface offers

  @Override
  public Optional<List<String>> channelCards() {
    return Optional.of(
        discord.of(FakeDiscord.CHANNEL).stream()
            .filter(one -> one.author.equals(FakeDiscord.SELF) && !one.gone)
            .map(one -> plain(one.text()))
            .toList());
  }

  /** Discord has no people of other houses: whoever is in a guild is a member of it. */
  @Override
  public boolean sayAs(Speaker.Kind kind, String person, String thread, String text) {
    if (kind == Speaker.Kind.EXTERNAL) {
      return false;
    }
    connected();
    String id = People.numbered(person);
    discord.person(id, person, kind == Speaker.Kind.BOT, kind == Speaker.Kind.GUEST);
    int before = surface.arrived();
    discord.say(id, FakeDiscord.CHANNEL, "<@" + FakeDiscord.SELF + "> " + text);
    arrives(before);
    return true;
  }

  @Override
  public boolean sayDirectly(String person, String text) {
    connected();
    String id = People.numbered(person);
    int before = surface.arrived();
    discord.say(id, discord.direct(id), text);
    arrives(before);
    return true;
  }

  @Override
  public boolean pressTwiceDelivered(String person, String thread, String label) {
    connected();
    Found button = asked(person, found(person, thread, label));
    String me = People.numbered(person);
    int heard = surface.arrived();
    String delivery = discord.press(me, button.message(), button.id());
    discord.press(me, button.message(), button.id(), delivery);
    arrives(heard);
    return true;
  }

  @Override
  public boolean pressAtOnce(List<String> people, String thread, String label) {
    connected();
    List<Found> buttons =
        people.stream().map(person -> asked(person, found(person, thread, label))).toList();
    int heard = surface.arrived();
    try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < buttons.size(); i++) {
        String me = People.numbered(people.get(i));
        Found button = buttons.get(i);
        hands.submit(() -> discord.press(me, button.message(), button.id()));
      }
    }
    await().atMost(LONGEST).until(() -> surface.arrived() >= heard + people.size());
    return true;
  }

  @Override
  public boolean pressForged(String person, String thread, String label, Forgery forgery) {
    connected();
    Found button = found(person, thread, label);
    Found forged =
        switch (forgery) {
          case OTHER_MESSAGE -> new Found(find(thread).orElseThrow(), button.id());
          case OTHER_CHANNEL ->
              new Found(
                  discord.say(FakeDiscord.SELF, discord.channel("else"), "a card"), button.id());
          case UNKNOWN -> new Found(button.message(), "!AAAAAAAAAAAAAAAAAAAAAA.0");
        };
    int heard = surface.arrived();
    discord.press(People.numbered(person), forged.message(), forged.id());
    arrives(heard);
    return true;
  }

  /** Waits for what another bot does afterwards, since its own emoji reaches nobody. */
  @Override
  public boolean emojiOfBot(String thread, String emoji) {
    connected();
    Posted plan = plans(thread).getLast();
    discord.react(FakeDiscord.SELF, plan.id, Emojis.character(emoji).orElseThrow(), true);
    react(discord.person("robot", true, false), plan, emoji, true);
    return true;
  }

  @Override
  public boolean slow(int times) {
    discord.fault("/messages", 429, times);
    return true;
  }

  /** JDA itself tries a call that failed so three times more. */
  @Override
  public boolean unreachable(int times) {
    discord.fault("/messages", 503, 4 * times);
    return true;
  }

  @Override
  public boolean cut() {
    connected();
    discord.away();
    return true;
  }

  @Override
  public void join() {
    discord.back();
  }

  @Override
  public boolean emojiOnOldest(String person, String thread, String emoji) {
    react(People.numbered(person), plans(thread).getFirst(), emoji, true);
    return true;
  }

  @Override
  public boolean down(boolean now) {
    if (now) {
      discord.fault("/", 503, 10_000);
    } else {
      discord.mend();
    }
    return true;
  }

  @Override
  public void close() {
    surface.close();
  }
}
