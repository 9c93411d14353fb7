package dev.parley.bot.talk;

import dev.parley.bot.surface.Place;
import dev.parley.plan.Draft;
import dev.parley.plan.Reading;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of one thread besides its messages.
 *
 * @param thread the conversation's name in the engine
 * @param title its first words
 * @param use the account that was chosen with {@code use}
 * @param pending the question it waits on
 * @param draft what was wanted last, if it could not be planned
 * @param announced what was said already: votes, receipts, results, reminders
 * @param root the row of the card in the channel that stands for the whole thread
 * @param home where the thread hangs once that card is posted
 */
record Talk(
    String thread,
    Place place,
    String title,
    Instant opened,
    Optional<String> use,
    Optional<Pending> pending,
    Optional<Draft> draft,
    Set<String> announced,
    Optional<String> root,
    Optional<Place> home) {
  /** What the thread id of a request begins with that left no message to hang a thread on. */
  static final String LOOSE = "/";

  Talk {
    announced = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(announced));
  }

  /**
   * A question that was asked and not answered yet.
   *
   * @param asked the user it was put to
   * @param words what they had said
   * @param card the id of the card
   */
  record Pending(Reading.Question question, String asked, String words, String card) {}

  static Talk begin(Place place, String title, Instant now) {
    return new Talk(
        place.key(),
        place,
        title,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }

  Talk using(Optional<String> account) {
    return new Talk(thread, place, title, opened, account, pending, draft, announced, root, home);
  }

  Talk waiting(Optional<Pending> question) {
    return new Talk(thread, place, title, opened, use, question, draft, announced, root, home);
  }

  Talk wanting(Optional<Draft> wanted) {
    return new Talk(thread, place, title, opened, use, pending, wanted, announced, root, home);
  }

  Talk having(Set<String> said) {
    var all = new LinkedHashSet<>(announced);
    all.addAll(said);
    return new Talk(thread, place, title, opened, use, pending, draft, all, root, home);
  }

  Talk rooted(String row) {
    return new Talk(
        thread, place, title, opened, use, pending, draft, announced, Optional.of(row), home);
  }

  Talk at(Place where) {
    return new Talk(
        thread, place, title, opened, use, pending, draft, announced, root, Optional.of(where));
  }

  /** Where what is said in it is shown now. */
  Place shows() {
    boolean loose = place.thread().map(id -> id.startsWith(LOOSE)).orElse(false);
    return home.orElse(loose ? place.root() : place);
  }
}
