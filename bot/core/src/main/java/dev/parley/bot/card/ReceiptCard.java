package dev.parley.bot.card;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import dev.parley.identity.WhenChatIsDown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The leave to run: what it covers, whose votes earned it, and how to verify it. */
public final class ReceiptCard {
  private ReceiptCard() {}

  /** The card of a receipt. */
  public static Card of(Receipt receipt) {
    String voters = receipt.votes().stream().map(Vote::user).collect(Collectors.joining(", "));
    String title = "Receipt " + receipt.id() + " for " + receipt.plan() + " v" + receipt.revision();
    var facts = new ArrayList<Part.Fact>();
    facts.add(
        Say.fact(
            "covers",
            "proposal "
                + receipt.proposal().brief()
                + ", plan "
                + receipt.planDigest().brief()
                + ", once"));
    facts.add(Say.fact("accounts", String.join(", ", receipt.accounts())));
    facts.add(Say.fact("approved by", voters));
    receipt
        .breakGlass()
        .ifPresent(
            glass ->
                facts.add(
                    Say.fact(
                        "break-glass",
                        "by "
                            + glass.user()
                            + ", not by the usual "
                            + glass.usual()
                            + ": "
                            + glass.reason())));
    facts.add(
        Say.fact(
            "rollback",
            receipt.rollback() ? "its own automatic rollback is covered" : "not covered"));
    facts.add(Say.fact("valid until", receipt.expires()));
    if (receipt.whenChatIsDown() == WhenChatIsDown.WAIT) {
      facts.add(PlanCard.waits());
    }
    var file =
        new Attachment(
            receipt.id() + ".jws",
            "application/jose",
            receipt.jws().getBytes(StandardCharsets.US_ASCII),
            Optional.empty());
    var how =
        new Part.Note(
            Prose.of(
                Prose.of("Anyone can verify it offline: "),
                new Prose.Mono("parley receipt verify " + file.name())));
    var body =
        Body.event("receipt")
            .put("id", receipt.id())
            .put("plan", receipt.plan())
            .put("revision", receipt.revision())
            .put("digest", receipt.proposal().hex())
            .put("planDigest", receipt.planDigest().hex())
            .texts("accounts", receipt.accounts())
            .list("votes", receipt.votes(), VoteCard::facts)
            .put("rollback", receipt.rollback())
            .put("whenChatIsDown", PlanBody.lower(receipt.whenChatIsDown()))
            .put("issued", receipt.issued().toString())
            .put("expires", receipt.expires().toString())
            .put("jws", receipt.jws());
    receipt.breakGlass().ifPresent(glass -> body.put("breakGlass", glass(glass)));
    return new Card(
        Stage.APPROVAL,
        receipt.breakGlass().isPresent() ? Tone.WARNING : Tone.GOOD,
        title,
        List.of(new Part.Facts(facts), new Part.Attached(file), how),
        List.of(),
        title,
        body.fields());
  }

  private static Body glass(BreakGlass glass) {
    return new Body()
        .put("user", glass.user())
        .put("reason", glass.reason())
        .put("environment", glass.environment())
        .put("usual", glass.usual())
        .texts("missing", glass.missing())
        .texts("owners", glass.owners())
        .put("reviewBy", glass.reviewBy().toString());
  }
}
