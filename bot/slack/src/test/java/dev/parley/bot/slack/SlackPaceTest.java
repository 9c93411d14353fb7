package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.outbox.Letter;
import dev.parley.bot.outbox.Outbox;
import dev.parley.bot.outbox.Recipient;
import dev.parley.bot.outbox.Shelf;
import dev.parley.bot.slack.fake.Counters;
import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox on Slack's pace, both measured by one time that only the test moves. */
class SlackPaceTest {
  private static final List<String> CHANNELS = List.of("C1", "C2", "C3", "C4");
  private final VirtualTime time = new VirtualTime();
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final Owners owners = new Owners();
  private SlackSurface surface;
  private Outbox outbox;

  /** Which message belongs to whom. */
  private static final class Owners implements Recipient {
    private final Map<String, MessageRef> messages = new HashMap<>();
    private final List<String> failed = new ArrayList<>();

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
  void open() {
    CHANNELS.forEach(channel -> slack.channel(channel, FakeSlack.TEAM));
    surface = SlackSurface.open(SlackRig.settings(slack), time.clock());
    outbox = new Outbox(surface, Duration.ofSeconds(2), Shelf.memory(), owners, time, time.clock());
    slack.strictPace(time.clock());
  }

  @AfterEach
  void nothing_is_lost_and_nothing_doubled() {
    surface.close();
    assertThat(owners.failed).isEmpty();
    assertThat(slack.faults()).isEmpty();
    assertThat(slack.counters().doubles()).isEmpty();
    assertThat(slack.counters().early()).isZero();
  }

  private static Place channel(String id) {
    return new Place(SlackSurface.ID, FakeSlack.TEAM, id, Optional.empty());
  }

  private static Card card(String title) {
    return new Card(
        Card.Stage.NOTICE, Card.Tone.NEUTRAL, title, List.of(), List.of(), title, Fields.EMPTY);
  }

  private void post(String channel, int number) {
    String name = channel + " message " + number;
    outbox.post(channel(channel), card(name), name, name, false);
  }

  private void edit(String channel, int number, String words) {
    outbox.edit(channel(channel), card(words), channel + " message " + number);
  }

  private List<String> shown(String channel) {
    return slack.standing(channel).stream().map(FakeMessage::text).toList();
  }

  private static List<String> names(String channel, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> channel + " message " + i).toList();
  }

  @Test
  void a_burst_of_sixty_messages_in_one_channel_arrives_in_order_without_one_refusal() {
    IntStream.rangeClosed(1, 60).forEach(i -> post("C1", i));
    time.pass(Duration.ofSeconds(70));
    assertThat(shown("C1")).isEqualTo(names("C1", 60));
    assertThat(slack.counters().posts()).isEqualTo(Map.of("C1", 60));
    assertThat(slack.counters().tooMany()).isZero();
  }

  @Test
  void one_channels_burst_does_not_hold_up_the_others() {
    IntStream.rangeClosed(1, 60).forEach(i -> post("C1", i));
    CHANNELS.subList(1, 4).forEach(channel -> post(channel, 1));
    assertThat(shown("C4")).containsExactly("C4 message 1");
  }

  @Test
  void edits_over_several_channels_keep_the_workspaces_minute_and_the_last_state_arrives() {
    for (String channel : CHANNELS) {
      IntStream.rangeClosed(1, 10).forEach(i -> post(channel, i));
    }
    time.pass(Duration.ofMinutes(2));
    for (int round = 1; round <= 5; round++) {
      for (String channel : CHANNELS) {
        for (int i = 1; i <= 10; i++) {
          edit(channel, i, channel + " " + i + " round " + round);
        }
      }
      time.pass(Duration.ofSeconds(7));
    }
    time.pass(Duration.ofMinutes(2));
    for (String channel : CHANNELS) {
      assertThat(shown(channel))
          .isEqualTo(
              IntStream.rangeClosed(1, 10).mapToObj(i -> channel + " " + i + " round 5").toList());
    }
    assertThat(slack.counters().tooMany()).isZero();
  }

  @Test
  void what_somebody_else_used_up_is_waited_for_as_long_as_slack_says() {
    SlackSurface other = SlackSurface.open(SlackRig.settings(slack), time.clock());
    IntStream.rangeClosed(1, 4).forEach(i -> other.post(channel("C1"), card("x"), "other " + i));
    IntStream.rangeClosed(1, 20).forEach(i -> post("C1", i));
    assertThat(slack.counters().refusals()).isEqualTo(Map.of("chat.postMessage", 1));
    time.pass(Duration.ofSeconds(30));
    other.close();
    Counters counted = slack.counters();
    assertThat(shown("C1").subList(4, 24)).isEqualTo(names("C1", 20));
    assertThat(counted.tooMany()).isLessThan(5);
  }

  @Test
  void a_retry_after_of_a_minute_is_kept_to() {
    slack.slow("chat.postMessage", 1, 60);
    post("C1", 1);
    time.pass(Duration.ofSeconds(59));
    assertThat(slack.calls("chat.postMessage")).isEqualTo(1);
    time.pass(Duration.ofSeconds(1));
    time.pass(Duration.ofMillis(1));
    assertThat(shown("C1")).containsExactly("C1 message 1");
  }
}
