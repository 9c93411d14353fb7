package dev.parley.engine;

import dev.parley.approval.Proposal;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.policy.Rule;
import dev.parley.policy.Waiver;
import dev.parley.run.Event;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds rules back for a while, when somebody who may says so. */
final class Waiving {
  private static final Duration MOST = Duration.ofDays(90);

  private final Ledger ledger;
  private final Clock clock;

  Waiving(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The words of one waiver, as they are asked for. */
  record Wanted(
      String rule,
      String addresses,
      String reason,
      User requestedBy,
      User approvedBy,
      Duration lasts) {}

  /** Every reason why it can't be granted; none means that it is. */
  List<Problem> grant(String tenant, Optional<Proposal> about, List<Rule> rules, Wanted wanted) {
    List<Problem> problems = problems(about, rules, wanted);
    if (problems.isEmpty()) {
      Instant now = clock.instant();
      ledger.decide(
          tenant,
          book ->
              Decision.<Boolean>of(
                  List.of(
                      new Event.Waived(
                          new Waiver(
                              tenant,
                              book.nextWaiver(),
                              wanted.rule(),
                              wanted.addresses(),
                              wanted.reason().strip(),
                              wanted.requestedBy().id(),
                              wanted.approvedBy().id(),
                              now,
                              now.plus(wanted.lasts())),
                          now)),
                  _ -> true));
    }
    return problems;
  }

  private static List<Problem> problems(Optional<Proposal> about, List<Rule> rules, Wanted wanted) {
    var problems = new ArrayList<Problem>();
    Optional<Rule> rule = rules.stream().filter(one -> one.id().equals(wanted.rule())).findFirst();
    boolean found =
        about.stream()
            .flatMap(p -> p.verdict().findings().stream())
            .anyMatch(f -> f.rule().equals(wanted.rule()));
    if (about.isEmpty()) {
      problems.add(
          new Problem(
              "plan", "no such plan", "a waiver is asked for a proposal", "name a plan, as p-7"));
    } else if (rule.isEmpty() && !found) {
      problems.add(
          new Problem(
              "rule",
              wanted.rule(),
              "there is no such rule",
              "name a rule of the plan's findings"));
    }
    if (wanted.requestedBy().id().equals(wanted.approvedBy().id())) {
      problems.add(
          new Problem(
              "approvedBy",
              wanted.approvedBy().id(),
              "nobody waives for themselves",
              "ask somebody else to grant it"));
    }
    if (!mayGrant(wanted, rule)) {
      problems.add(
          new Problem(
              "approvedBy",
              wanted.approvedBy().id(),
              "may not waive " + wanted.rule(),
              "ask an admin, or someone of " + team(wanted.rule(), rule)));
    }
    if (wanted.reason().isBlank()) {
      problems.add(new Problem("reason", "nothing", "a waiver says why", "write a sentence"));
    }
    if (wanted.addresses().isBlank()) {
      problems.add(
          new Problem(
              "addresses",
              "nothing",
              "a waiver says for what",
              "give an address, or a glob with *"));
    }
    if (wanted.lasts().compareTo(MOST) > 0 || !wanted.lasts().isPositive()) {
      problems.add(
          new Problem(
              "lasts",
              wanted.lasts().toString(),
              "a waiver lasts up to 90 days",
              "ask for " + MOST.toDays() + " days or less"));
    }
    return problems;
  }

  private static boolean mayGrant(Wanted wanted, Optional<Rule> rule) {
    User by = wanted.approvedBy();
    return by.is(Role.ADMIN) || by.teams().contains(team(wanted.rule(), rule));
  }

  private static String team(String id, Optional<Rule> rule) {
    String pack = rule.map(Rule::pack).orElse("").toLowerCase(Locale.ROOT);
    return pack.contains("finops") || pack.contains("cost") || id.startsWith("FIN")
        ? "finops"
        : "security";
  }

  static Optional<Proposal> latest(Ledger ledger, String tenant, String plan) {
    return ledger.read(tenant, book -> book.plan(plan).map(PlanFile::latest));
  }
}
