package dev.parley.bot.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.memory.Output;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MemorySurface surface = new MemorySurface("memory", Clock.systemUTC());

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void many_edits_of_a_message_become_few_and_the_last_one_arrives() {
    var outbox = new Outbox(surface, Duration.ofMillis(150), timer, Clock.systemUTC());
    MessageRef message = outbox.post(surface.place("t"), card("0"), "k");
    long begin = System.nanoTime();
    for (int i = 1; i <= 200; i++) {
      outbox.edit(message, card(String.valueOf(i)));
    }
    until(() -> surface.card(message).orElseThrow().title().equals("200"));
    long intervals = (System.nanoTime() - begin) / Duration.ofMillis(150).toNanos() + 2;
    assertThat(edits()).hasSizeLessThanOrEqualTo((int) intervals).endsWith("200");
    assertThat(outbox.idle()).isTrue();
  }

  @Test
  void messages_are_paced_one_by_one() {
    var outbox = new Outbox(surface, Duration.ofMinutes(5), timer, Clock.systemUTC());
    MessageRef one = outbox.post(surface.place("t"), card("one"), "k1");
    MessageRef two = outbox.post(surface.place("t"), card("two"), "k2");
    outbox.edit(one, card("one'"));
    outbox.edit(two, card("two'"));
    outbox.edit(one, card("one''"));
    assertThat(edits()).containsExactly("one'", "two'");
    assertThat(outbox.idle()).isFalse();
    outbox.flush();
    assertThat(edits()).containsExactly("one'", "two'", "one''");
  }

  @Test
  void a_post_that_fails_is_tried_again_under_the_same_key() {
    var flaky = new Failing(surface, 2);
    var outbox = new Outbox(flaky, Duration.ZERO, timer, Clock.systemUTC());
    outbox.post(surface.place("t"), card("late"), "k");
    assertThat(surface.cards(surface.place("t"))).hasSize(1);
    assertThat(flaky.tries).hasValue(3);
  }

  @Test
  void a_post_that_never_succeeds_is_reported() {
    var outbox = new Outbox(new Failing(surface, 1_000), Duration.ZERO, timer, Clock.systemUTC());
    assertThatThrownBy(() -> outbox.post(surface.place("t"), card("never"), "k"))
        .isInstanceOf(Outbox.Undelivered.class)
        .hasMessageContaining("memory")
        .hasMessageContaining("the line is down");
  }

  private List<String> edits() {
    return surface.outputs().stream()
        .filter(Output.Edited.class::isInstance)
        .map(o -> ((Output.Edited) o).card().title())
        .toList();
  }

  private static void until(java.util.function.BooleanSupplier seen) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Card card(String title) {
    return new Card(
        Card.Stage.NOTICE, Card.Tone.NEUTRAL, title, List.of(), List.of(), title, Fields.EMPTY);
  }

  /** Refuses the first posts. */
  private static final class Failing implements Surface {
    private final MemorySurface real;
    private final int failures;
    private final AtomicInteger tries = new AtomicInteger();

    Failing(MemorySurface real, int failures) {
      this.real = real;
      this.failures = failures;
    }

    @Override
    public String id() {
      return real.id();
    }

    @Override
    public Capabilities capabilities() {
      return real.capabilities();
    }

    @Override
    public void start(Consumer<Inbound> inbox) {
      real.start(inbox);
    }

    @Override
    public MessageRef post(Place place, Card card, String key) {
      if (tries.incrementAndGet() <= failures) {
        throw new IllegalStateException("the line is down");
      }
      return real.post(place, card, key);
    }

    @Override
    public void edit(MessageRef message, Card card, long revision) {
      real.edit(message, card, revision);
    }

    @Override
    public void whisper(Inbound answered, Card card) {
      real.whisper(answered, card);
    }

    @Override
    public void open(Inbound answered, Form form) {
      real.open(answered, form);
    }

    @Override
    public void react(MessageRef message, String emoji) {
      real.react(message, emoji);
    }

    @Override
    public Check check() {
      return Check.failed("down", "wait");
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
