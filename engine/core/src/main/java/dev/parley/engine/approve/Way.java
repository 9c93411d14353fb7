package dev.parley.engine.approve;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Vote;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.User;
import java.util.Optional;

/**
 * How an open plan is decided: by its quorum, or by one person in an emergency. What the rules
 * deny, what has expired and what has moved is no matter of the way: the desk refuses it on either.
 */
sealed interface Way permits ByQuorum, ByBreakGlass {
  /**
   * Why the user's vote does not count.
   *
   * @param quorum how far the rule would be met with it
   */
  Optional<Refusal> unfit(PlanFile file, CastVote cast, User user, Quorum quorum);

  /**
   * What stands in for the quorum.
   *
   * @param vote the vote that was just taken
   * @param quorum how far the rule is met with it
   */
  Optional<BreakGlass> instead(Vote vote, Quorum quorum);
}
