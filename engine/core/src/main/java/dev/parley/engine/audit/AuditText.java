package dev.parley.engine.audit;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Vote;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.run.Event;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An event for people: who did what about what.
 *
 * @param who a user's id; {@code parley} where nobody decided
 * @param about ids and addresses
 */
record AuditText(String who, String what, String about) {
  private static final String PARLEY = "parley";

  static AuditText of(Event event) {
    return switch (event) {
      case Event.Proposed(var proposal, _) ->
          new AuditText(
              proposal.plan().requester(),
              "asked for "
                  + changes(proposal.plan())
                  + ", "
                  + proposal.estimate().monthly().amount().toPlainString()
                  + " "
                  + proposal.estimate().monthly().currency()
                  + " a month"
                  + (proposal.verdict().denied() ? "; denied by the rules" : ""),
              revision(proposal.plan().id(), proposal.plan().revision())
                  + " "
                  + proposal.digest().brief());
      case Event.Discarded e ->
          new AuditText(e.user(), "dropped the proposal", revision(e.plan(), e.revision()));
      case Event.Voted(var vote, _) ->
          new AuditText(
              vote.user(),
              how(vote)
                  + " as "
                  + vote.person()
                  + (vote.demo() ? " (demo identity)" : "")
                  + (vote.reason().isBlank() ? "" : ": " + vote.reason()),
              revision(vote.plan(), vote.revision()) + " " + vote.proposal().brief());
      case Event.Withdrawn e ->
          new AuditText(e.user(), "took the vote back", revision(e.plan(), e.revision()));
      case Event.Expired e ->
          new AuditText(
              PARLEY, "closed the vote: nobody approved in time", revision(e.plan(), e.revision()));
      case Event.Waived(var waiver, _) ->
          new AuditText(
              waiver.approvedBy(),
              "waived "
                  + waiver.rule()
                  + " for "
                  + waiver.requestedBy()
                  + " until "
                  + waiver.expires()
                  + ": "
                  + waiver.reason(),
              waiver.id() + " " + waiver.addresses());
      case Event.Minted(var receipt, _) ->
          new AuditText(
              PARLEY,
              "minted "
                  + receipt.id()
                  + " on the votes of "
                  + receipt.votes().stream().map(Vote::user).collect(Collectors.joining(", "))
                  + receipt.breakGlass().map(AuditText::instead).orElse(""),
              revision(receipt.plan(), receipt.revision()) + " " + receipt.proposal().brief());
      case Event.Reviewed(var review, _) ->
          new AuditText(
              review.user(),
              "reviewed the break-glass under "
                  + review.receipt()
                  + " as "
                  + review.person()
                  + (review.demo() ? " (demo identity)" : ""),
              revision(review.plan(), review.revision()));
      case Event.RunStarted e ->
          new AuditText(
              PARLEY,
              "started the run under "
                  + e.receipt()
                  + e.undoes().map(undone -> ", to roll back " + undone).orElse(""),
              e.run() + " " + revision(e.plan().id(), e.plan().revision()));
      case Event.StepStarted e ->
          new AuditText(PARLEY, "is sending attempt " + e.attempt() + " of " + e.step(), e.run());
      case Event.StepAccepted e ->
          new AuditText(PARLEY, e.step() + " was taken by the provider", e.run());
      case Event.StepDelayed e ->
          new AuditText(PARLEY, e.step() + " waits until " + e.until() + ": " + e.why(), e.run());
      case Event.StepDone e ->
          new AuditText(
              PARLEY,
              e.step()
                  + " is done"
                  + e.made()
                      .map(made -> ": " + made.id())
                      .orElse(e.address().type().isOperation() ? "" : ": gone"),
              e.run() + " " + e.address());
      case Event.StepFailed e ->
          new AuditText(
              PARLEY,
              e.step()
                  + (e.unknown() ? " is unknown: " : " failed: ")
                  + e.kind()
                  + ": "
                  + e.message(),
              e.run());
      case Event.StepSkipped e ->
          new AuditText(PARLEY, e.step() + " was skipped: " + e.why(), e.run());
      case Event.CancelAsked e -> new AuditText(e.user(), "asked the run to stop", e.run());
      case Event.Retried e -> new AuditText(e.user(), "tried the failed steps again", e.run());
      case Event.Checked e ->
          new AuditText(
              PARLEY,
              "found it " + lower(e.health().state()) + ": " + e.health().detail(),
              e.run() + " " + e.address());
      case Event.RunMoved e ->
          new AuditText(
              PARLEY,
              "the run is " + lower(e.state()) + (e.message().isBlank() ? "" : ": " + e.message()),
              e.run());
      case Event.Observed e ->
          new AuditText(
              PARLEY,
              (e.imported() ? "imported " : "looked at ")
                  + e.resource().map(seen -> seen.id().value()).orElse("it: it is gone"),
              e.address().toString());
      case Event.Drifted(var drift, _) ->
          new AuditText(
              PARLEY,
              "found drift: "
                  + lower(drift.kind())
                  + drift.differences().stream()
                      .map(d -> " " + d.path())
                      .collect(Collectors.joining()),
              drift.at().toString());
      case Event.Noted e -> new AuditText(e.user(), e.what(), e.about());
      case Event.CatalogRead e ->
          new AuditText(
              e.user(),
              "read the catalog anew: "
                  + (e.touched().isEmpty()
                      ? "no known type has changed"
                      : e.touched().size() + " types have changed"),
              e.account() + " " + e.to());
      case Event.BlueprintKept e ->
          new AuditText(e.user(), "kept the blueprint", e.blueprint().name());
    };
  }

  private static String how(Vote vote) {
    return vote.means() == Vote.Means.BREAK_GLASS
        ? "broke the glass"
        : (vote.decision() == Vote.Decision.APPROVE ? "approved" : "rejected")
            + " by "
            + lower(vote.means());
  }

  private static String instead(BreakGlass glass) {
    return ", by break-glass of "
        + glass.user()
        + " in place of "
        + String.join(", ", glass.missing())
        + "; to be reviewed by "
        + String.join(" or ", glass.reviewers())
        + " until "
        + glass.reviewBy();
  }

  private static String changes(Plan plan) {
    String signs =
        plan.changes().stream()
            .filter(Change::mutates)
            .collect(
                Collectors.groupingBy(Change::sign, java.util.TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getKey() + entry.getValue())
            .collect(Collectors.joining(" "));
    return signs.isEmpty() ? "nothing" : "changes " + signs;
  }

  private static String revision(String plan, int revision) {
    return plan + " revision " + revision;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
