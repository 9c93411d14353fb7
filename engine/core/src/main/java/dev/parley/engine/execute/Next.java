package dev.parley.engine.execute;

import java.time.Duration;

/** What to do after something went wrong with a step. */
sealed interface Next {
  /** It has failed. */
  record Stop() implements Next {}

  /** It can't be known whether it happened: a person must look. */
  record AskPerson() implements Next {}

  /** What was to be deleted is gone. */
  record Gone() implements Next {}

  /** The name is taken: adopt it if it bears our mark, else it has failed. */
  record AdoptOurs() implements Next {}

  /** Find out whether it happened; if not, and it is safe, send the same again. */
  record FindOut(Duration pause) implements Next {}

  /**
   * Send it again.
   *
   * @param anew as a new attempt with a token of its own, since the provider ended the former
   */
  record Send(Duration pause, boolean anew) implements Next {}

  /** Look whether it is there after all, then send it again. */
  record LookThenSend(Duration pause, boolean anew) implements Next {}

  /** See how the resource is now, then send it again as a new attempt. */
  record RereadThenSend(Duration pause) implements Next {}

  /** Do the same look again. */
  record LookAgain(Duration pause) implements Next {}
}
