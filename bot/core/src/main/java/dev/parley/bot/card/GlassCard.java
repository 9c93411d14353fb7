package dev.parley.bot.card;

import dev.parley.approval.Approval;
import dev.parley.approval.BreakGlass;
import dev.parley.approval.Emergency;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Review;
import dev.parley.approval.Vote;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.policy.BreakGlassRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Break-glass: what it means before it is done, who did it and why, and that it was reviewed. */
public final class GlassCard {
  private GlassCard() {}

  /** What breaking the glass for a plan would mean. */
  public static Card ask(Proposal proposal, Approval approval, BreakGlassRule rule, String user) {
    PlanCard plan = new PlanCard(proposal, approval, Optional.empty(), List.of(), Optional.empty());
    List<Part> parts =
        List.of(
            Part.text(plan.warning()),
            Part.text(
                "It is for emergencies only: you alone stand in for "
                    + String.join(" and ", approval.missing())
                    + ". Nothing else gives way: what the rules deny stays denied."),
            Part.text(
                String.join(", ", rule.owners())
                    + (rule.owners().size() == 1 ? " is" : " are")
                    + " told at once, with your reason, and "
                    + String.join(" or ", rule.reviewers(user))
                    + " must review it within "
                    + Say.lasting(rule.reviewWithin())
                    + "."));
    String title = "Break the glass for " + name(approval) + "?";
    return new Card(
        Stage.APPROVAL,
        Tone.WARNING,
        title,
        parts,
        List.of(),
        title,
        Body.event("message")
            .put("title", title)
            .put("text", plan.warning())
            .put("plan", approval.plan())
            .fields());
  }

  /**
   * That somebody did it.
   *
   * @param owners how those who are to review it are called here
   */
  public static Card broken(Emergency emergency, List<Prose> owners) {
    BreakGlass glass = emergency.glass();
    var receipt = emergency.receipt();
    Vote vote = emergency.vote();
    String title =
        "BREAK-GLASS: " + vote.user() + demo(vote.demo()) + " approved " + name(receipt) + " alone";
    var parts = new ArrayList<Part>();
    parts.add(new Part.Text(new Prose.Bold(glass.reason())));
    parts.add(
        new Part.Facts(
            List.of(
                Say.fact("environment", glass.environment()),
                Say.fact("instead of", "the usual " + glass.usual() + " of " + glass.usual()),
                Say.fact("was missing", String.join("; ", glass.missing())),
                Say.fact("at", vote.at()),
                Say.fact("digest", receipt.proposal().brief()),
                Say.fact("receipt", receipt.id()),
                Say.fact("review by", glass.reviewBy()))));
    parts.add(
        called(
            owners,
            "please look at it; then press Reviewed, or say `review " + vote.plan() + "`."));
    return card(emergency, title, "open", parts);
  }

  /** The same once an owner has looked at it. */
  public static Card reviewed(Emergency emergency, Review review) {
    String how = "Reviewed by " + review.user() + demo(review.demo()) + " " + Say.time(review.at());
    Card open = broken(emergency, List.of());
    var parts = new ArrayList<Part>();
    parts.add(new Part.Text(new Prose.Bold(how)));
    parts.addAll(open.parts().subList(0, open.parts().size() - 1));
    return card(emergency, open.title() + " · " + how, "reviewed", parts);
  }

  /** That nobody has looked at it in time. */
  public static Card overdue(Emergency emergency, List<Prose> owners) {
    BreakGlass glass = emergency.glass();
    String plan = emergency.receipt().plan();
    String title = "The break-glass for " + name(emergency.receipt()) + " is not reviewed";
    String text =
        "look at what "
            + glass.user()
            + " did and say `review "
            + plan
            + "`. It was to be done by "
            + Say.time(glass.reviewBy())
            + ".";
    return new Card(
        Stage.NOTICE,
        Tone.WARNING,
        title,
        List.of(called(owners, text), Part.text("The reason was: " + glass.reason())),
        List.of(),
        title + " in time",
        Body.event("message").put("title", title).put("text", text).put("plan", plan).fields());
  }

  /** What an owner is told alone. */
  public static Card told(Emergency emergency) {
    BreakGlass glass = emergency.glass();
    String title = glass.user() + " broke the glass for " + name(emergency.receipt());
    return Notice.warn(
        title,
        "It runs in "
            + glass.environment()
            + " without the usual approval. The reason: "
            + glass.reason()
            + ". You are an owner: look at it and say `review "
            + emergency.receipt().plan()
            + "` there, until "
            + Say.time(glass.reviewBy())
            + ".");
  }

  /** How it is switched on. */
  public static Card off(String tenant, String plan) {
    return Notice.warn(
        "Break-glass is not switched on",
        "Nobody can stand in for the approvers of "
            + plan
            + " here; nothing changed. An operator switches it on in the configuration, as"
            + " `breakGlass: {roles: [admin], owners: [somebody]}` of the tenant "
            + tenant
            + ".");
  }

  /** How it is said that a quorum was not what approved it. */
  public static String approvedBy(Approval approval, Vote vote) {
    return "Approved by break-glass by "
        + vote.user()
        + demo(vote.demo())
        + " "
        + Say.time(vote.at())
        + ", not by the usual "
        + approval.rule().count()
        + " of "
        + approval.rule().count()
        + ", digest "
        + approval.proposal().brief()
        + ": "
        + vote.reason();
  }

  /** For a list of what is going on: whose review is waited for, and for how long. */
  public static Part.Task waiting(Emergency emergency, Duration left) {
    BreakGlass glass = emergency.glass();
    return new Part.Task(
        name(emergency.receipt()) + " break-glass by " + glass.user(),
        "waiting",
        "review by "
            + String.join(" or ", glass.reviewers())
            + (left.isNegative() ? ", overdue" : ", " + Say.lasting(left) + " left"));
  }

  private static Card card(Emergency emergency, String title, String state, List<Part> parts) {
    BreakGlass glass = emergency.glass();
    Vote vote = emergency.vote();
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
            .put("environment", glass.environment())
            .put("counted", emergency.receipt().votes().size())
            .put("needed", glass.usual())
            .texts("missing", glass.missing())
            .texts("reviewers", glass.reviewers())
            .put("reviewBy", glass.reviewBy().toString())
            .put("review", state);
    emergency.review().ifPresent(review -> body.put("reviewedBy", review.user()));
    return new Card(
        Stage.APPROVAL,
        Tone.WARNING,
        title,
        parts,
        List.of(),
        title + ": " + glass.reason(),
        body.fields());
  }

  private static Part called(List<Prose> owners, String text) {
    var words = new ArrayList<Prose>();
    for (Prose owner : owners) {
      words.add(owner);
      words.add(Prose.of(owners.getLast().equals(owner) ? ": " : ", "));
    }
    words.add(Prose.of(text));
    return new Part.Text(new Prose.Run(words));
  }

  private static String demo(boolean demo) {
    return demo ? " (DEMO IDENTITY)" : "";
  }

  private static String name(Approval approval) {
    return approval.plan() + " v" + approval.revision();
  }

  private static String name(Receipt receipt) {
    return receipt.plan() + " v" + receipt.revision();
  }
}
