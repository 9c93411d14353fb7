package dev.parley.bot.talk;

/** What a card is about. */
sealed interface Subject {
  /** One revision of a plan, put to the vote. */
  record OfPlan(String plan, int revision) implements Subject {}

  /** The thread's open question. */
  record OfQuestion() implements Subject {}

  /** How far a run is. */
  record OfProgress(String run) implements Subject {}

  /** What became of a run. */
  record OfResult(String run) implements Subject {}

  /** A waiver that is asked for. */
  record OfWaiver() implements Subject {}

  /** A plan that was approved by break-glass. */
  record OfGlass(String plan) implements Subject {}

  /** A message that is being thought about. */
  record Heard() implements Subject {}

  /** The card in the channel that stands for a whole thread. */
  record OfRoot() implements Subject {}

  /** Anything else. */
  record Other() implements Subject {}
}
