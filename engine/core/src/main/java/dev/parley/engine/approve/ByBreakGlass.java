package dev.parley.engine.approve;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Vote;
import dev.parley.engine.approve.Ruling.Kind;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.User;
import dev.parley.policy.BreakGlassRule;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way of an emergency: one person who is named for it, who says why, and who types where it
 * runs.
 *
 * @param environment what they typed
 */
record ByBreakGlass(BreakGlassRule rule, String environment) implements Way {
  @Override
  public Optional<Refusal> unfit(PlanFile file, CastVote cast, User user, Quorum quorum) {
    String name = ApprovalDesk.name(file);
    String wanted = file.latest().plan().environment();
    if (!rule.may(user)) {
      return Refusal.of(
          Kind.NOT_ELIGIBLE, "Break-glass is for " + who() + "; " + user.id() + " is not of them.");
    }
    if (file.requesters().contains(user.id()) && !rule.requester()) {
      return Refusal.of(
          Kind.REQUESTER,
          "You asked for " + name + ", and break-glass is not for one's own requests here.");
    }
    if (rule.reviewers(user.id()).isEmpty()) {
      return Refusal.of(
          Kind.NOT_ELIGIBLE,
          "Nobody could review it: " + user.id() + " is the only owner. Name another one.");
    }
    if (quorum.met()) {
      return Refusal.of(
          Kind.NOT_NEEDED, "Your approval alone is enough for " + name + ": approve it as usual.");
    }
    if (cast.reason().isBlank()) {
      return Refusal.of(Kind.NEEDS_REASON, "Say why " + name + " can't wait for the others.");
    }
    if (cast.reason().length() > BreakGlass.LONGEST_REASON) {
      return Refusal.of(
          Kind.NEEDS_REASON,
          "The reason is too long: it has "
              + cast.reason().length()
              + " characters, and "
              + BreakGlass.LONGEST_REASON
              + " are the most.");
    }
    if (!environment.equals(wanted)) {
      return Refusal.of(
          Kind.WRONG_NAME,
          name + " runs in " + wanted + ", and you typed '" + shortened(environment) + "'.");
    }
    return Optional.empty();
  }

  @Override
  public Optional<BreakGlass> instead(Vote vote, Quorum quorum) {
    return Optional.of(
        new BreakGlass(
            vote.user(),
            vote.reason(),
            environment,
            quorum.rule().count(),
            quorum.missing(),
            rule.owners(),
            vote.at().plus(rule.reviewWithin())));
  }

  /** Who may, for people. */
  private String who() {
    return Stream.concat(
            rule.users().stream().sorted(),
            rule.roles().stream()
                .map(role -> "whoever has the role " + role.name().toLowerCase(Locale.ROOT))
                .sorted())
        .collect(Collectors.joining(", "));
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 60 ? line : line.substring(0, 59) + "…";
  }
}
