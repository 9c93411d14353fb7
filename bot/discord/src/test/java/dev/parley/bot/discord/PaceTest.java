package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.bot.outbox.Letter;
import dev.parley.bot.outbox.Outbox;
import dev.parley.bot.outbox.Recipient;
import dev.parley.bot.outbox.Shelf;
import dev.parley.bot.outbox.Ticks;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outbox, surface and JDA against a stand-in that keeps Discord's pace. */
class PaceTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Both sides count seconds by clocks of their own: a call at the border may fall on either. */
  private static final int BORDER = 1;

  private final FakeDiscord discord = new FakeDiscord();
  private final DiscordSurface surface =
      new DiscordSurface(DiscordRig.settings(discord), Clock.systemUTC());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final Receiver receiver = new Receiver();
  private final Outbox outbox =
      new Outbox(
          surface,
          Duration.ofSeconds(2),
          Shelf.memory(),
          receiver,
          Ticks.of(timer, senders),
          Clock.systemUTC());

  /** Whoever hands letters in. */
  private static final class Receiver implements Recipient {
    final Map<String, MessageRef> messages = new ConcurrentHashMap<>();
    final List<String> failed = new CopyOnWriteArrayList<>();

    @Override
    public Place destination(Place said) {
      return said;
    }

    @Override
    public Optional<MessageRef> message(String owner) {
      return Optional.ofNullable(messages.get(owner));
    }

    @Override
    public void delivered(Letter letter, MessageRef message) {
      messages.put(letter.owner(), message);
    }

    @Override
    public void failed(Letter letter, String why) {
      failed.add(why);
    }
  }

  @BeforeEach
  void start() {
    surface.start(_ -> {});
    await().atMost(LONGEST).until(() -> surface.check().ok());
  }

  @AfterEach
  void stop() {
    outbox.close();
    timer.shutdownNow();
    senders.shutdownNow();
    surface.close();
    discord.close();
  }

  private void post(String channel, int number) {
    String name = channel + "-" + number;
    var place = new Place("discord", FakeDiscord.GUILD, channel, Optional.empty());
    outbox.post(place, card(name), "key-" + name, "owner-" + name, false);
  }

  private static Card card(String text) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        text,
        List.of(Part.text(text)),
        List.of(),
        text,
        Fields.EMPTY);
  }

  private void inOrder(String channel, int most) {
    assertThat(discord.of(channel).stream().map(one -> DiscordRig.plain(one.text())))
        .hasSize(most)
        .zipSatisfy(
            IntStream.range(0, most).mapToObj(i -> channel + "-" + i).toList(),
            (shown, name) -> assertThat(shown).contains(name));
  }

  @Test
  void a_burst_in_one_channel_arrives_in_order_with_hardly_a_refusal() {
    discord.pace();
    IntStream.range(0, 9).forEach(i -> post(FakeDiscord.CHANNEL, i));
    await().atMost(LONGEST).until(outbox::idle);
    inOrder(FakeDiscord.CHANNEL, 9);
    assertThat(discord.tally().tooMany()).isLessThanOrEqualTo(BORDER);
    assertThat(discord.tally().repeated()).isZero();
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void many_channels_at_once_stay_whole_and_apart() {
    List<String> channels = IntStream.range(0, 15).mapToObj(i -> discord.channel("c" + i)).toList();
    await().atMost(LONGEST).until(() -> surface.check().ok());
    discord.pace();
    for (String channel : channels) {
      Thread.ofVirtual().start(() -> IntStream.range(0, 4).forEach(i -> post(channel, i)));
    }
    await()
        .atMost(LONGEST)
        .until(() -> channels.stream().allMatch(one -> discord.of(one).size() == 4));
    await().atMost(LONGEST).until(outbox::idle);
    channels.forEach(channel -> inOrder(channel, 4));
    assertThat(receiver.failed).isEmpty();
    assertThat(discord.tally().posts()).hasSize(15);
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_refusal_that_nobody_could_foresee_is_waited_out_and_the_order_stays() {
    discord.pace();
    post(FakeDiscord.CHANNEL, 0);
    await().atMost(LONGEST).until(outbox::idle);
    discord.exhaust(FakeDiscord.CHANNEL);
    IntStream.range(1, 4).forEach(i -> post(FakeDiscord.CHANNEL, i));
    await().atMost(LONGEST).until(outbox::idle);
    inOrder(FakeDiscord.CHANNEL, 4);
    assertThat(discord.tally().tooMany()).isPositive();
    assertThat(receiver.failed).isEmpty();
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void edits_in_a_burst_end_in_the_last_state() {
    discord.pace();
    post(FakeDiscord.CHANNEL, 0);
    await().atMost(LONGEST).until(outbox::idle);
    String owner = receiver.messages.keySet().iterator().next();
    Place place = receiver.messages.get(owner).place();
    IntStream.rangeClosed(1, 30).forEach(i -> outbox.edit(place, card("state " + i), owner));
    await().atMost(LONGEST).until(outbox::idle);
    Posted shown = discord.of(FakeDiscord.CHANNEL).getFirst();
    assertThat(shown.text()).contains("state 30");
    assertThat(shown.seen).hasSizeLessThan(10);
    assertThat(discord.tally().tooMany()).isLessThanOrEqualTo(BORDER);
  }

  @Test
  void a_post_whose_answer_was_lost_is_not_posted_twice_under_pace() {
    discord.pace(5);
    discord.fault("/messages", 0, 3);
    IntStream.range(0, 4).forEach(i -> post(FakeDiscord.CHANNEL, i));
    await().atMost(LONGEST).until(outbox::idle);
    inOrder(FakeDiscord.CHANNEL, 4);
    assertThat(receiver.failed).isEmpty();
  }
}
