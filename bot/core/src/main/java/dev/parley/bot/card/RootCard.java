package dev.parley.bot.card;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Fact;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one card of a request in a shared channel: what it is, how far it has come, what it costs,
 * whose it is and what it needs. All else stands in its thread.
 */
public final class RootCard {
  private static final int LONGEST = 120;

  private RootCard() {}

  /** Before there is a plan. */
  public static Card of(String request, String owner, String state) {
    return card(cut(request), state, Tone.NEUTRAL, List.of(Say.fact("asked by", owner)), "");
  }

  /** With a plan, and the run it led to. */
  public static Card of(Proposal proposal, Approval approval, Optional<Run> run) {
    var plan = proposal.plan();
    var facts = new ArrayList<Fact>();
    facts.add(Say.fact("environment", plan.environment()));
    facts.add(Say.fact("cost", Say.money(proposal.estimate().monthly()) + " a month"));
    facts.add(Say.fact("asked by", plan.requester()));
    Optional<Vote> glass = approval.brokenGlass();
    glass.ifPresent(vote -> facts.add(Say.fact("approved", "by break-glass by " + vote.user())));
    boolean open = approval.state() == Approval.State.OPEN;
    if (open) {
      facts.add(Say.fact("needs", String.join("; ", approval.missing())));
      facts.add(Say.fact("until", approval.expires()));
    }
    return card(
        plan.id() + " v" + plan.revision() + ": " + cut(plan.title()),
        run.map(RootCard::ran).orElseGet(() -> state(approval)),
        warned(run.map(RootCard::tone).orElseGet(() -> tone(approval)), glass),
        facts,
        plan.id());
  }

  /** What ran without its quorum is no plain good news. */
  private static Tone warned(Tone usual, Optional<Vote> glass) {
    return glass.isPresent() && usual != Tone.BAD ? Tone.WARNING : usual;
  }

  private static String state(Approval approval) {
    return switch (approval.state()) {
      case OPEN -> "waiting for approval";
      case BLOCKED -> "blocked by the rules";
      default -> Say.lower(approval.state());
    };
  }

  private static String ran(Run run) {
    return run.id() + " " + RunCard.state(run);
  }

  private static Tone tone(Run run) {
    return run.state() == RunState.SUCCEEDED
        ? Tone.GOOD
        : run.state() == RunState.FAILED
            ? Tone.BAD
            : run.state() == RunState.WAITING ? Tone.WARNING : Tone.NEUTRAL;
  }

  private static Tone tone(Approval approval) {
    return switch (approval.state()) {
      case BLOCKED, REJECTED -> Tone.BAD;
      case APPROVED -> Tone.GOOD;
      case OPEN, SUPERSEDED, EXPIRED, DISCARDED -> Tone.NEUTRAL;
    };
  }

  private static Card card(String title, String state, Tone tone, List<Fact> facts, String plan) {
    var all = new ArrayList<Fact>();
    all.add(Say.fact("state", state));
    all.addAll(facts);
    String words = title + ": " + state;
    var body =
        Body.event("message")
            .put("title", title)
            .put("text", words)
            .put("state", state)
            .put("plan", plan);
    return new Card(
        Stage.NOTICE, tone, title, List.of(new Part.Facts(all)), List.of(), words, body.fields());
  }

  private static String cut(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
