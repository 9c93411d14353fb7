package dev.parley.app.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One request from its first word to its result, as people go about it: who is not answered asks
 * again, who sees a button presses it, and presses again only if the platform said that it failed.
 */
final class Conversation {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration UNHEARD = Duration.ofSeconds(20);

  private final Chat chat;
  private final int number;
  private final int channel;
  private final List<String> asked = new ArrayList<>();
  private int presses;

  Conversation(Chat chat, int number, int channel) {
    this.chat = chat;
    this.number = number;
    this.channel = channel;
  }

  /** Asks, until the program is known to have it. */
  void ask() {
    String text = "create AWS::SQS::Queue q" + number + " VisibilityTimeout=60";
    while (true) {
      connected();
      String message = chat.ask(channel, text);
      asked.add(message);
      if (heard(message)) {
        return;
      }
    }
  }

  private void connected() {
    await("a connection").atMost(LONGEST).pollInterval(LOOK).until(chat::connected);
  }

  private boolean heard(String message) {
    long end = System.nanoTime() + UNHEARD.toNanos();
    while (!chat.taken(message)) {
      if (System.nanoTime() > end) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  /** Waits for the plan card. */
  void planned() {
    see("a plan card that can be approved", one -> one.plan() && one.open());
  }

  /** Approves, again only if the press was not acknowledged. */
  void approve() {
    while (true) {
      connected();
      Optional<Shown> card = find(one -> one.plan() && one.open());
      if (card.isEmpty()) {
        return; // a press that the platform gave up had arrived
      }
      presses++;
      if (chat.press(card.get(), "Approve")) {
        return;
      }
    }
  }

  /** Waits for the result. */
  void done() {
    see("a result", Shown::result);
  }

  /** Whether everything reads as it should in the end. */
  boolean settled() {
    return find(Shown::result).isPresent()
        && find(one -> one.plan() && one.open()).isEmpty()
        && find(one -> !one.root() && one.title().contains("Planning")).isEmpty()
        && find(one -> one.root() && one.text().contains("succeeded")).isPresent()
        && find(one -> one.progress() && one.title().contains("succeeded")).isPresent();
  }

  /** Everything once, everything in its last state. */
  void check(String seed) {
    List<Shown> all = answers();
    String seen = seed + ", " + this;
    assertThat(all.stream().filter(Shown::root)).as("root cards; %s", seen).hasSize(1);
    assertThat(all.stream().filter(Shown::plan)).as("plan cards; %s", seen).hasSize(1);
    assertThat(all.stream().filter(Shown::receipt)).as("receipts; %s", seen).hasSize(1);
    assertThat(all.stream().filter(Shown::progress)).as("progress cards; %s", seen).hasSize(1);
    assertThat(all.stream().filter(Shown::result)).as("results; %s", seen).hasSize(1);
    assertThat(
            all.stream()
                .filter(one -> !one.root())
                .map(Shown::title)
                .filter(title -> !title.contains("Begun anew")))
        .as(seen)
        .doesNotHaveDuplicates();
    assertThat(settled()).as("the last state is shown; %s", seen).isTrue();
  }

  @Override
  public String toString() {
    return "conversation " + number + " after " + presses + " presses: " + answers();
  }

  private void see(String what, Predicate<Shown> which) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (find(which).isEmpty()) {
      assertThat(System.nanoTime()).as("%s in %s", what, this).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private Optional<Shown> find(Predicate<Shown> which) {
    return answers().stream().filter(which).findFirst();
  }

  /** Of the request that was heard; those before it were never acknowledged. */
  private List<Shown> answers() {
    return chat.answers(asked.getLast());
  }
}
