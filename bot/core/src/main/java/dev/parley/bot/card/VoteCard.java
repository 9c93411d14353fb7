package dev.parley.bot.card;

import dev.parley.approval.Approval;
import dev.parley.approval.Vote;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import java.util.ArrayList;
import java.util.List;

/** A vote that was counted, or taken back, and what is still missing. */
public final class VoteCard {
  private VoteCard() {}

  /** A counted vote. */
  public static Card counted(Vote vote, Approval approval) {
    long approving = approving(approval);
    String demo = vote.demo() ? " (DEMO IDENTITY)" : "";
    boolean approved = vote.decision() == Vote.Decision.APPROVE;
    String title =
        approved
            ? vote.user()
                + demo
                + " approved "
                + name(approval)
                + " ("
                + approving
                + " of "
                + approval.rule().count()
                + ")"
            : vote.user() + demo + " rejected " + name(approval);
    var parts = new ArrayList<Part>();
    if (!vote.reason().isBlank()) {
      parts.add(Part.text(vote.reason()));
    }
    String how =
        "by "
            + Say.lower(vote.means())
            + " at "
            + Say.time(vote.at())
            + ", digest "
            + vote.proposal().brief();
    parts.add(new Part.Note(Prose.of(how)));
    if (approved && !approval.missing().isEmpty()) {
      parts.add(new Part.Note(Prose.of("Still needed: " + String.join("; ", approval.missing()))));
    }
    var body =
        Body.event("vote")
            .put("plan", vote.plan())
            .put("revision", vote.revision())
            .put("digest", vote.proposal().hex())
            .put("user", vote.user())
            .put("decision", PlanBody.lower(vote.decision()))
            .put("means", PlanBody.lower(vote.means()))
            .put("reason", vote.reason())
            .put("demo", vote.demo())
            .put("at", vote.at().toString())
            .put("counted", approving)
            .put("needed", approval.rule().count())
            .texts("missing", approval.missing());
    return new Card(
        Stage.APPROVAL,
        approved ? Tone.GOOD : Tone.BAD,
        title,
        parts,
        List.of(),
        title,
        body.fields());
  }

  /** A vote that does not count any more, since its author took it back. */
  public static Card withdrawn(String user, Approval approval) {
    String title = user + " took the vote for " + name(approval) + " back";
    var body =
        Body.event("vote")
            .put("plan", approval.plan())
            .put("revision", approval.revision())
            .put("digest", approval.proposal().hex())
            .put("user", user)
            .put("decision", "withdraw")
            .put("counted", approving(approval))
            .put("needed", approval.rule().count())
            .texts("missing", approval.missing());
    List<Part> parts =
        List.of(new Part.Note(Prose.of("Still needed: " + String.join("; ", approval.missing()))));
    return new Card(Stage.APPROVAL, Tone.NEUTRAL, title, parts, List.of(), title, body.fields());
  }

  static Body facts(Vote vote) {
    return new Body()
        .put("user", vote.user())
        .put("decision", PlanBody.lower(vote.decision()))
        .put("means", PlanBody.lower(vote.means()))
        .put("reason", vote.reason())
        .put("demo", vote.demo())
        .put("at", vote.at().toString());
  }

  private static String name(Approval approval) {
    return approval.plan() + " v" + approval.revision();
  }

  private static long approving(Approval approval) {
    return approval.votes().stream()
        .filter(vote -> vote.decision() == Vote.Decision.APPROVE)
        .count();
  }
}
