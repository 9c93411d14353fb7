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
 */
record Talk(
    String thread,
    Place place,
    String title,
    Instant opened,
    Optional<String> use,
    Optional<Pending> pending,
    Optional<Draft> draft,
    Set<String> announced) {
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
        Set.of());
  }

  Talk using(Optional<String> account) {
    return new Talk(thread, place, title, opened, account, pending, draft, announced);
  }

  Talk waiting(Optional<Pending> question) {
    return new Talk(thread, place, title, opened, use, question, draft, announced);
  }

  Talk wanting(Optional<Draft> wanted) {
    return new Talk(thread, place, title, opened, use, pending, wanted, announced);
  }

  Talk having(Set<String> said) {
    var all = new LinkedHashSet<>(announced);
    all.addAll(said);
    return new Talk(thread, place, title, opened, use, pending, draft, all);
  }
}
