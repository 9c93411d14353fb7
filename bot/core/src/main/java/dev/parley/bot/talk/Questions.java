package dev.parley.bot.talk;

import dev.parley.bot.card.QuestionCard;
import dev.parley.identity.User;
import dev.parley.plan.Reading;
import java.util.List;
import java.util.Optional;

/** What a thread is asked back, and what counts as an answer to it. */
final class Questions {
  private final Voice voice;
  private final Deck deck;
  private final Talks talks;

  Questions(Voice voice, Deck deck, Talks talks) {
    this.voice = voice;
    this.deck = deck;
    this.talks = talks;
  }

  /** A word that the open question offers answers it, even if it is a command's word as well. */
  static boolean answers(Talk talk, Optional<User> user, String text) {
    return talk.pending()
        .filter(pending -> user.map(User::id).equals(Optional.of(pending.asked())))
        .map(
            pending ->
                pending.question().choices().stream()
                    .anyMatch(choice -> choice.equalsIgnoreCase(text.strip())))
        .orElse(false);
  }

  /** A number or a name stands for the choice; anything else for itself. */
  static String choice(Reading.Question question, String text) {
    String said = text.strip();
    if (said.matches("#?\\d{1,2}[.)]?")) {
      int number = Integer.parseInt(said.replaceAll("\\D", ""));
      boolean isChoice = question.choices().stream().anyMatch(c -> c.equals(said));
      if (!isChoice && number >= 1 && number <= question.choices().size()) {
        return question.choices().get(number - 1);
      }
    }
    return question.choices().stream()
        .filter(choice -> choice.equalsIgnoreCase(said))
        .findFirst()
        .orElse(text);
  }

  /** Puts a question to somebody; what they say next in the thread is taken for its answer. */
  void ask(Talk talk, User user, String words, Reading.Question question) {
    List<Offer> offers =
        question.choices().stream()
            .limit(5)
            .map(choice -> Offer.plain(choice, new Action.Choose(choice)))
            .toList();
    voice
        .post(talk.place(), QuestionCard.open(question), new Subject.OfQuestion(), offers)
        .ifPresent(
            shown ->
                talks.change(
                    talk.thread(),
                    t ->
                        t.waiting(
                            Optional.of(
                                new Talk.Pending(question, user.id(), words, shown.id())))));
  }

  /** Closes the open question of a thread. */
  void answered(Talk talk, String how) {
    talks
        .get(talk.thread())
        .flatMap(Talk::pending)
        .ifPresent(
            pending -> {
              deck.get(pending.card())
                  .filter(shown -> !shown.closed())
                  .ifPresent(
                      shown -> voice.close(shown, QuestionCard.closed(pending.question(), how)));
              talks.change(talk.thread(), t -> t.waiting(Optional.empty()));
            });
  }
}
