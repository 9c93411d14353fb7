package dev.parley.engine.approve;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Vote;
import dev.parley.engine.approve.Ruling.Kind;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The usual way: as many approvers as the rule asks for, none of whom asked for the plan. */
record ByQuorum() implements Way {
  @Override
  public Optional<Refusal> unfit(PlanFile file, CastVote cast, User user, Quorum quorum) {
    var rule = file.latest().verdict().approval();
    String name = ApprovalDesk.name(file);
    Set<String> requesters = file.requesters();
    if (requesters.contains(user.id())) {
      return Refusal.of(
          Kind.REQUESTER,
          "You asked for " + name + ", so somebody else must decide. You can discard it.");
    }
    if (!user.is(Role.APPROVER)) {
      return Refusal.of(Kind.NOT_ELIGIBLE, "Only approvers vote; " + user.id() + " is none.");
    }
    if (cast.decision() == Vote.Decision.APPROVE && !Quorum.counts(rule, requesters, user)) {
      return Refusal.of(
          Kind.NOT_ELIGIBLE,
          "Asked is "
              + String.join(", ", new Quorum(rule, requesters, List.of()).missing())
              + "; "
              + user.id()
              + " is not of them.");
    }
    if (cast.means() == Vote.Means.EMOJI && !rule.emoji()) {
      return Refusal.of(Kind.NOT_BY_EMOJI, name + " is not of low risk: press the button.");
    }
    if (cast.decision() == Vote.Decision.REJECT && cast.reason().isBlank()) {
      return Refusal.of(Kind.NEEDS_REASON, "Say why you reject " + name + ".");
    }
    if (file.vote(user.id()).filter(vote -> vote.decision() == cast.decision()).isPresent()) {
      return Refusal.of(Kind.ALREADY, "Your vote on " + name + " is counted already.");
    }
    return Optional.empty();
  }

  @Override
  public Optional<BreakGlass> instead(Vote vote, Quorum quorum) {
    return Optional.empty();
  }
}
