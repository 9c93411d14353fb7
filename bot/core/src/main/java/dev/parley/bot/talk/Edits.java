package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import java.util.List;
import java.util.Optional;

/** What happens when a message changes or goes after it was heard: an offer, and nothing else. */
final class Edits {
  private final Voice voice;
  private final Talks talks;
  private final Intake intake;

  Edits(Voice voice, Talks talks, Intake intake) {
    this.voice = voice;
    this.talks = talks;
    this.intake = intake;
  }

  void edited(Inbound.Edited edited) {
    Optional<Talk> talk = talks.get(edited.place().key());
    if (talk.isEmpty() || intake.refuse(edited.text()).isPresent()) {
      return;
    }
    Card card =
        Notice.say(
            "I saw an edit",
            "Nothing has changed: what was asked stays as it was. Plan it again as it reads now?");
    List<Offer> offers =
        List.of(
            Offer.primary("Plan again", new Action.PlanAgain(edited.text())),
            Offer.plain("Leave it", new Action.Dismiss()));
    voice.post(talk.get().place(), card, new Subject.Other(), offers);
  }

  void deleted(Inbound.Deleted deleted) {
    talks
        .get(deleted.place().key())
        .ifPresent(
            talk ->
                voice.post(
                    talk.place(),
                    Notice.say(
                        "A message was deleted",
                        "Nothing has changed: the plan made from it stands. Discard it by its"
                            + " button, or say what you want instead.")));
  }
}
