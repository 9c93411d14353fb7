package dev.parley.bot.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.outbox.Platform.Mood;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.run.Store;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Pace SLACK = new Pace(Duration.ofSeconds(1), 1, 50, Duration.ofSeconds(2));

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final Store store = new MemoryStore(new MemoryJournal(clock));
  private final VirtualTime time = new VirtualTime();
  private final Sender sender = new Sender();
  private Platform platform = new Platform(time, SLACK);
  private Outbox outbox = outbox(Duration.ofSeconds(2));

  private Outbox outbox(Duration every) {
    return new Outbox(
        platform, every, Shelf.stored(store, "demo", "platform"), sender, time, clock);
  }

  private void post(String channel, int number) {
    outbox.post(
        Sender.channel(channel),
        Sender.card(channel + number),
        "k" + channel + number,
        "o" + channel + number,
        false);
  }

  private void moods(Mood... moods) {
    Queue<Mood> queue = new ArrayDeque<>(List.of(moods));
    platform.moods(() -> queue.isEmpty() ? Mood.WELL : queue.remove());
  }

  private static List<String> titles(String channel, int most) {
    return IntStream.rangeClosed(1, most).mapToObj(i -> channel + i).toList();
  }

  @Test
  void a_burst_of_three_hundred_messages_keeps_the_pace_and_the_order_and_loses_none() {
    IntStream.rangeClosed(1, 300).forEach(i -> post("C", i));
    assertThat(outbox.waiting()).isEqualTo(299);
    time.pass(Duration.ofSeconds(300));
    assertThat(platform.posted.get("C")).isEqualTo(titles("C", 300));
    assertThat(gaps(platform.postTimes)).allMatch(gap -> gap >= Duration.ofSeconds(1).toNanos());
    assertThat(outbox.idle()).isTrue();
    assertThat(store.list("demo", "bot-outbox-platform")).isEmpty();
  }

  @Test
  void a_slow_channel_holds_up_no_other() {
    moods(Mood.SLOW);
    post("A", 1);
    post("B", 1);
    assertThat(platform.posted).containsOnlyKeys("B");
    time.pass(Duration.ofSeconds(2));
    assertThat(platform.posted).containsOnlyKeys("B");
    time.pass(Duration.ofSeconds(2));
    assertThat(platform.posted).containsOnlyKeys("A", "B");
  }

  @Test
  void of_many_edits_the_newest_wins_at_most_one_in_two_seconds_and_the_last_one_arrives() {
    post("C", 1);
    for (int i = 1; i <= 100; i++) {
      outbox.edit(Sender.channel("C"), Sender.card("state " + i), "oC1");
      time.pass(Duration.ofMillis(100));
    }
    time.pass(Duration.ofSeconds(5));
    assertThat(platform.state).containsValue("state 100");
    assertThat(platform.editTimes.size()).isBetween(4, 7);
    assertThat(gaps(platform.editTimes)).allMatch(gap -> gap >= Duration.ofSeconds(2).toNanos());
  }

  @Test
  void edits_of_a_workspace_stay_within_its_minute() {
    IntStream.rangeClosed(1, 100).forEach(i -> post("C", i));
    time.pass(Duration.ofMinutes(2));
    long begin = time.nanos();
    IntStream.rangeClosed(1, 100)
        .forEach(i -> outbox.edit(Sender.channel("C"), Sender.card("new " + i), "oC" + i));
    time.pass(Duration.ofMinutes(1));
    assertThat(platform.editTimes.stream().filter(at -> at >= begin).count()).isBetween(45L, 56L);
    time.pass(Duration.ofMinutes(2));
    assertThat(platform.state.values()).allMatch(title -> title.startsWith("new"));
  }

  @Test
  void an_edit_waits_for_its_post_but_not_for_others() {
    post("C", 1);
    IntStream.rangeClosed(2, 20).forEach(i -> post("C", i));
    outbox.edit(Sender.channel("C"), Sender.card("first, changed"), "oC1");
    outbox.edit(Sender.channel("C"), Sender.card("last, changed"), "oC20");
    assertThat(platform.state).containsValue("first, changed");
    time.pass(Duration.ofSeconds(30));
    assertThat(platform.state).containsValue("last, changed");
  }

  @Test
  void an_edit_of_a_card_that_is_shown_and_waits_for_its_thread_arrives() {
    sender.slow = 2;
    post("C", 1);
    assertThat(platform.state).containsValue("C1");
    outbox.edit(Sender.channel("C"), Sender.card("planned"), "oC1");
    assertThat(outbox.withdraw(Sender.channel("C"), "oC1")).isFalse();
    time.pass(Duration.ofSeconds(30));
    assertThat(platform.state.values()).containsExactly("planned");
    assertThat(platform.posted.get("C")).hasSize(1);
    assertThat(outbox.idle()).isTrue();
  }

  @Test
  void a_place_that_was_silent_gets_its_burst_at_once_and_one_after_a_restart_does_not() {
    platform = new Platform(time, new Pace(Duration.ofSeconds(1), 3, 50, Duration.ofSeconds(2)));
    outbox = outbox(Duration.ofSeconds(2));
    IntStream.rangeClosed(1, 3).forEach(i -> post("A", i));
    assertThat(platform.posted.get("A")).hasSize(1);
    time.pass(Duration.ofSeconds(10));
    IntStream.rangeClosed(1, 5).forEach(i -> post("B", i));
    assertThat(platform.posted.get("B")).isEqualTo(titles("B", 3));
  }

  @Test
  void when_the_answer_is_lost_the_message_is_looked_for_before_it_is_posted_again() {
    moods(Mood.LOST_AFTER, Mood.LOST_BEFORE);
    post("C", 1);
    post("C", 2);
    time.pass(Duration.ofMinutes(1));
    assertThat(platform.posted.get("C")).containsExactly("C1", "C2");
  }

  @Test
  void an_outage_of_hours_loses_nothing_and_keeps_the_order() {
    platform.moods(() -> Mood.DOWN);
    IntStream.rangeClosed(1, 50).forEach(i -> post("C", i));
    time.pass(Duration.ofHours(3));
    assertThat(platform.posted).isEmpty();
    assertThat(outbox.check().detail()).contains("50 messages wait");
    platform.moods(() -> Mood.WELL);
    time.pass(Duration.ofMinutes(3));
    assertThat(platform.posted.get("C")).isEqualTo(titles("C", 50));
  }

  @Test
  void it_knows_since_when_nothing_gets_through_to_a_place() {
    assertThat(outbox.unreachable(Sender.channel("C"))).isEmpty();
    platform.moods(() -> Mood.DOWN);
    Instant began = clock.instant();
    post("C", 1);
    clock.advance(Duration.ofSeconds(30));
    time.pass(Duration.ofSeconds(30));
    assertThat(outbox.unreachable(Sender.channel("C"))).contains(began);
    assertThat(outbox.unreachable(Sender.channel("D"))).as("its neighbour says so").contains(began);
    platform.moods(() -> Mood.WELL);
    time.pass(Duration.ofMinutes(1));
    assertThat(outbox.unreachable(Sender.channel("C"))).isEmpty();
    assertThat(outbox.unreachable(Sender.channel("D"))).isEmpty();
  }

  @Test
  void a_platform_that_asks_for_patience_is_not_out_of_reach() {
    platform.moods(() -> Mood.SLOW);
    post("C", 1);
    time.pass(Duration.ofMinutes(1));
    assertThat(outbox.waiting()).isEqualTo(1);
    assertThat(outbox.unreachable(Sender.channel("C"))).isEmpty();
  }

  @Test
  void a_neighbour_that_answers_later_clears_all_but_the_place_itself() {
    moods(Mood.DOWN);
    post("C", 1);
    clock.advance(Duration.ofSeconds(1));
    post("D", 1);
    assertThat(outbox.unreachable(Sender.channel("C"))).isPresent();
    assertThat(outbox.unreachable(Sender.channel("D"))).isEmpty();
    assertThat(outbox.unreachable(Sender.channel("E"))).isEmpty();
  }

  @Test
  void what_a_former_life_could_not_deliver_counts_from_when_it_was_written() {
    platform.moods(() -> Mood.DOWN);
    Instant written = clock.instant();
    post("C", 1);
    time.crash();
    clock.advance(Duration.ofHours(1));
    platform = new Platform(time, SLACK);
    outbox = outbox(Duration.ofSeconds(2));
    outbox.resume();
    assertThat(outbox.unreachable(Sender.channel("C"))).contains(written);
    time.pass(Duration.ofSeconds(5));
    assertThat(outbox.unreachable(Sender.channel("C"))).isEmpty();
  }

  @Test
  void a_restart_in_an_outage_loses_nothing() {
    platform.moods(() -> Mood.DOWN);
    IntStream.rangeClosed(1, 10).forEach(i -> post("C", i));
    outbox.edit(Sender.channel("C"), Sender.card("C3, changed"), "oC3");
    time.crash();
    platform.moods(() -> Mood.WELL);
    outbox = outbox(Duration.ofSeconds(2));
    resume();
    assertThat(platform.arrived.get("platform/T/C"))
        .isEqualTo(titles("C", 10).stream().map(title -> "k" + title).toList());
    assertThat(platform.state).containsValue("C3, changed");
  }

  @Test
  void what_a_former_life_left_goes_before_what_is_handed_in_while_it_is_being_taken_up() {
    platform.moods(() -> Mood.DOWN);
    post("C", 1);
    time.crash();
    outbox = outbox(Duration.ofSeconds(2));
    outbox.edit(Sender.channel("C"), Sender.card("C1, changed"), "oC1");
    post("C", 2);
    platform.moods(() -> Mood.WELL);
    resume();
    assertThat(platform.arrived.get("platform/T/C")).containsExactly("kC1", "kC2");
    assertThat(platform.state).containsValue("C1, changed");
  }

  @Test
  void what_is_refused_for_good_is_reported_and_holds_up_nothing() {
    var refusing =
        new Platform(time, Pace.ANY) {
          @Override
          public dev.parley.bot.surface.MessageRef post(
              dev.parley.bot.surface.Place place, dev.parley.bot.surface.Card card, String key) {
            if (card.title().equals("C2")) {
              throw new SurfaceFailure.Refused("not_in_channel", "invite the bot");
            }
            return super.post(place, card, key);
          }
        };
    platform = refusing;
    outbox = outbox(Duration.ofSeconds(2));
    IntStream.rangeClosed(1, 3).forEach(i -> post("C", i));
    assertThat(platform.posted.get("C")).containsExactly("C1", "C3");
    assertThat(sender.failed).singleElement().asString().contains("kC2", "not_in_channel");
    assertThat(outbox.check().ok()).isFalse();
    assertThat(outbox.check().detail()).contains("not_in_channel; invite the bot");
    assertThat(outbox.idle()).isTrue();
  }

  @Test
  void the_same_key_waits_once() {
    platform.moods(() -> Mood.DOWN);
    post("C", 1);
    post("C", 1);
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  @Test
  void without_a_span_between_edits_nothing_waits() {
    outbox = outbox(Duration.ZERO);
    IntStream.rangeClosed(1, 20).forEach(i -> post("C", i));
    IntStream.rangeClosed(1, 20)
        .forEach(i -> outbox.edit(Sender.channel("C"), Sender.card("e" + i), "oC1"));
    assertThat(outbox.idle()).isTrue();
    assertThat(platform.editTimes).hasSize(20);
  }

  // ---- under pressure

  private void postIn(String thread, String name) {
    outbox.post(Sender.channel("C").in(thread), Sender.card(name), name, name, false);
  }

  private void fileIn(String thread, String name) {
    outbox.attach(Sender.channel("C").in(thread), Sender.file(name), "a picture", name, name);
  }

  @Test
  void a_message_that_still_waits_is_changed_before_it_goes_and_costs_no_edit() {
    IntStream.rangeClosed(1, 10).forEach(i -> post("C", i));
    IntStream.rangeClosed(2, 10)
        .forEach(
            i -> outbox.edit(Sender.channel("C"), Sender.card("C" + i + ", planned"), "oC" + i));
    time.pass(Duration.ofSeconds(20));
    assertThat(platform.posted.get("C").subList(1, 10))
        .allMatch(title -> title.endsWith("planned"));
    assertThat(platform.editTimes).isEmpty();
    assertThat(outbox.idle()).isTrue();
  }

  @Test
  void a_message_that_may_have_been_sent_is_not_changed_but_edited() {
    moods(Mood.WELL, Mood.LOST_AFTER);
    post("C", 1);
    post("C", 2);
    time.pass(Duration.ofMillis(1100));
    outbox.edit(Sender.channel("C"), Sender.card("C2, planned"), "oC2");
    time.pass(Duration.ofSeconds(10));
    assertThat(platform.posted.get("C")).containsExactly("C1", "C2");
    assertThat(platform.state).containsValue("C2, planned");
  }

  @Test
  void a_change_of_a_waiting_message_outlives_a_crash() {
    platform.moods(() -> Mood.DOWN);
    post("C", 1);
    outbox.edit(Sender.channel("C"), Sender.card("C1, planned"), "oC1");
    time.crash();
    platform.moods(() -> Mood.WELL);
    outbox = outbox(Duration.ofSeconds(2));
    resume();
    assertThat(platform.posted.get("C")).containsExactly("C1, planned");
  }

  @Test
  void cards_of_other_threads_go_before_pictures_and_no_thread_is_out_of_order() {
    for (String thread : List.of("t1", "t2", "t3")) {
      postIn(thread, thread + " plan");
      fileIn(thread, thread + " picture");
    }
    postIn("t1", "t1 result");
    time.pass(Duration.ofSeconds(20));
    assertThat(platform.posted.get("C"))
        .containsExactly("t1 plan", "t2 plan", "t3 plan", "t1 result");
    assertThat(platform.arrived.get("platform/T/C/t1"))
        .containsExactly("t1 plan", "t1 picture", "t1 result");
  }

  @Test
  void pictures_cost_no_messages_and_keep_a_rate_of_their_own() {
    platform =
        new Platform(
            time,
            new Pace(
                Duration.ofSeconds(1),
                1,
                50,
                Duration.ofSeconds(2),
                new Pace.Rate(6, 2),
                Pace.Rate.ANY,
                false));
    outbox = outbox(Duration.ofSeconds(2));
    for (int i = 1; i <= 12; i++) {
      postIn("t" + i, "plan " + i);
      fileIn("t" + i, "picture " + i);
    }
    time.pass(Duration.ofSeconds(12));
    assertThat(platform.posted.get("C")).hasSize(12);
    long begin = platform.fileTimes.getFirst();
    time.pass(Duration.ofMinutes(3));
    assertThat(platform.fileTimes).hasSize(12);
    assertThat(
            platform.fileTimes.stream()
                .filter(at -> at < begin + Duration.ofMinutes(1).toNanos())
                .count())
        .isLessThanOrEqualTo(8);
  }

  @Test
  void what_only_says_wait_can_be_taken_back_while_it_waits() {
    post("C", 1);
    post("C", 2);
    assertThat(outbox.withdraw(Sender.channel("C"), "oC2")).isTrue();
    assertThat(outbox.withdraw(Sender.channel("C"), "oC1")).isFalse();
    time.pass(Duration.ofSeconds(10));
    assertThat(platform.posted.get("C")).containsExactly("C1");
    assertThat(store.list("demo", "bot-outbox-platform")).isEmpty();
  }

  @Test
  void emoji_beyond_the_rate_are_left_out_and_hold_up_nothing() {
    platform =
        new Platform(
            time,
            new Pace(
                Duration.ofSeconds(1),
                1,
                50,
                Duration.ofSeconds(2),
                Pace.Rate.ANY,
                new Pace.Rate(20, 30),
                false));
    outbox = outbox(Duration.ofSeconds(2));
    IntStream.rangeClosed(1, 100)
        .forEach(i -> outbox.react(new MessageRef(Sender.channel("C"), "m" + i), "eyes"));
    assertThat(platform.reactions).hasSize(30);
    time.pass(Duration.ofSeconds(3));
    outbox.react(new MessageRef(Sender.channel("C"), "later"), "eyes");
    assertThat(platform.reactions).hasSize(31).contains("later");
  }

  @Test
  void a_refusal_for_too_many_edits_is_heard_in_every_channel_of_the_workspace() {
    post("A", 1);
    post("B", 1);
    moods(Mood.SLOW);
    outbox.edit(Sender.channel("A"), Sender.card("A1, planned"), "oA1");
    time.pass(Duration.ofMillis(1300));
    outbox.edit(Sender.channel("B"), Sender.card("B1, planned"), "oB1");
    time.pass(Duration.ofSeconds(1));
    assertThat(platform.editTimes).hasSize(1);
    time.pass(Duration.ofSeconds(10));
    assertThat(platform.state).containsValues("A1, planned", "B1, planned");
  }

  @Test
  void where_threads_are_counted_apart_one_does_not_wait_for_another() {
    apart();
    for (int thread = 1; thread <= 50; thread++) {
      postIn("t" + thread, "plan " + thread);
    }
    assertThat(platform.posted.get("C")).hasSize(50);
  }

  @Test
  void a_thread_waits_for_the_card_that_it_hangs_on() {
    apart();
    post("C", 1);
    sender.unready.add(Sender.channel("C").in("oC2").key());
    post("C", 2);
    postIn("oC2", "plan");
    assertThat(platform.posted.get("C")).containsExactly("C1");
    time.pass(Duration.ofSeconds(2));
    assertThat(platform.posted.get("C")).containsExactly("C1", "C2", "plan");
    assertThat(outbox.idle()).isTrue();
  }

  private void apart() {
    platform =
        new Platform(
            time,
            new Pace(
                Duration.ofSeconds(1),
                1,
                60,
                Duration.ofSeconds(2),
                Pace.Rate.ANY,
                Pace.Rate.ANY,
                true));
    outbox = outbox(Duration.ofSeconds(2));
  }

  /** Takes up the shelf and lets everything go out. */
  private void resume() {
    outbox.resume();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!outbox.idle()) {
      assertThat(System.nanoTime()).isLessThan(end);
      time.pass(Duration.ofSeconds(1));
      Thread.onSpinWait();
    }
  }

  private static List<Long> gaps(List<Long> times) {
    var sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return IntStream.range(1, sorted.size())
        .mapToObj(i -> sorted.get(i) - sorted.get(i - 1))
        .toList();
  }
}
