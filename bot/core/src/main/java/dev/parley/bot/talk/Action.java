package dev.parley.bot.talk;

import dev.parley.value.Digest;

/** What a button stands for. Kept on the server; the button itself carries a token only. */
sealed interface Action {
  /**
   * Votes for exactly this proposal.
   *
   * @param command whether it confirms a typed command
   */
  record Approve(String plan, int revision, Digest proposal, boolean command) implements Action {}

  /** Asks for the reason of a rejection. */
  record AskReason(String plan, int revision, Digest proposal) implements Action {}

  /** The form with the reason. */
  record Reject(String plan, int revision, Digest proposal) implements Action {}

  /** Asks what must be said to break the glass. */
  record AskGlass(String plan, int revision, Digest proposal) implements Action {}

  /** The form that breaks it. */
  record BreakGlass(String plan, int revision, Digest proposal) implements Action {}

  /** Says that a break-glass was looked at. */
  record Review(String plan) implements Action {}

  /** Shows all properties of a plan, to the presser alone. */
  record Details(String plan) implements Action {}

  /** Drops a plan. */
  record Discard(String plan, int revision) implements Action {}

  /** Answers the thread's question. */
  record Choose(String choice) implements Action {}

  /** Stops a run at the next safe point. */
  record Cancel(String run) implements Action {}

  /** Tries what failed again. */
  record Retry(String run) implements Action {}

  /** Proposes the inverse of a run. */
  record RollBack(String run) implements Action {}

  /** Grants a waiver. */
  record Grant(WaiverWish wish) implements Action {}

  /** Declines a waiver. */
  record Decline(WaiverWish wish) implements Action {}

  /** Plans a message again that was edited. */
  record PlanAgain(String text) implements Action {}

  /** Links the person who got a code. */
  record LinkPerson(String ticket, String user) implements Action {}

  /** Leaves everything as it is. */
  record Dismiss() implements Action {}
}
