package dev.parley.bot.card;

import dev.parley.approval.Approval;
import dev.parley.approval.Vote;
import dev.parley.bot.surface.Card;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the card of a plan's revision is closed.
 *
 * @param state one word for programs, see {@link Closing}
 * @param how the same for people
 */
public record PlanEnd(String state, String how, Card.Tone tone) {
  /** An end that feels as its state usually does. */
  public static PlanEnd of(String state, String how) {
    return new PlanEnd(state, how, Closing.tone(state));
  }

  /** What an approval ended in; empty while it goes on. */
  public static Optional<PlanEnd> of(Approval approval, Instant now) {
    return switch (approval.state()) {
      case OPEN -> now.isBefore(approval.expires()) ? Optional.empty() : expired(approval);
      case BLOCKED -> Optional.empty();
      case APPROVED -> Optional.of(approved(approval));
      case REJECTED -> Optional.of(of("rejected", rejectedBy(approval)));
      case SUPERSEDED -> Optional.of(of("superseded", "Superseded"));
      case EXPIRED -> expired(approval);
      case DISCARDED -> Optional.of(of("discarded", "Discarded"));
    };
  }

  private static Optional<PlanEnd> expired(Approval approval) {
    return Optional.of(
        of("expired", "Expired " + Say.time(approval.expires()) + ": nobody approved in time"));
  }

  private static PlanEnd approved(Approval approval) {
    return approval
        .brokenGlass()
        .map(
            vote ->
                new PlanEnd("approved", GlassCard.approvedBy(approval, vote), Card.Tone.WARNING))
        .orElseGet(() -> of("approved", approvedBy(approval)));
  }

  private static String approvedBy(Approval approval) {
    List<Vote> votes =
        approval.votes().stream().filter(v -> v.decision() == Vote.Decision.APPROVE).toList();
    String who =
        votes.stream()
            .map(v -> v.user() + (v.demo() ? " (DEMO IDENTITY)" : ""))
            .collect(Collectors.joining(", "));
    String when = votes.isEmpty() ? "" : " " + Say.time(votes.getLast().at());
    return "Approved by "
        + who
        + when
        + ", digest "
        + approval.proposal().brief()
        + " ("
        + votes.size()
        + " of "
        + approval.rule().count()
        + ")";
  }

  private static String rejectedBy(Approval approval) {
    return approval.votes().stream()
        .filter(v -> v.decision() == Vote.Decision.REJECT)
        .reduce((_, last) -> last)
        .map(v -> "Rejected by " + v.user() + ": " + v.reason())
        .orElse("Rejected");
  }
}
