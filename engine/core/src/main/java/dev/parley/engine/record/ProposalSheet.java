package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.approval.Proposal;
import dev.parley.cost.Estimate;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Finding;
import dev.parley.policy.Verdict;
import dev.parley.resource.Address;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A proposal as one graph, whether it ever runs or not: who asked for it, what it would change,
 * what it would cost, what the rules said. Wanted values stay out of it: only what was seen of a
 * resource is said of it.
 */
final class ProposalSheet {
  private final Names names;
  private final Introductions introductions;
  private final Plan plan;
  private final Sheet sheet;
  private final Iri subject;

  private ProposalSheet(Names names, Introductions introductions, Plan plan, Instant at) {
    this.names = names;
    this.introductions = introductions;
    this.plan = plan;
    this.subject = names.plan(plan.id(), plan.revision());
    this.sheet = new Sheet(subject, at);
  }

  static Triples of(Names names, Introductions introductions, Proposal proposal, Instant at) {
    var page = new ProposalSheet(names, introductions, proposal.plan(), at);
    page.plan();
    page.estimate(proposal.estimate());
    page.verdict(proposal.verdict());
    page.sheet.text(page.subject, own("proposalDigest"), proposal.digest().hex());
    return page.sheet.triples();
  }

  /** A plan that nobody voted on: the inverse of a run, which the run's own receipt covers. */
  static Triples of(Names names, Introductions introductions, Plan plan, Instant at) {
    var page = new ProposalSheet(names, introductions, plan, at);
    page.plan();
    return page.sheet.triples();
  }

  private void plan() {
    introductions.agent(sheet, "parley");
    sheet
        .say(subject, Terms.TYPE, Terms.PLAN)
        .say(subject, Terms.TYPE, Terms.ENTITY)
        .text(subject, Terms.LABEL, plan.title())
        .text(subject, Terms.IDENTIFIER, plan.id())
        .number(subject, own("revision"), plan.revision())
        .text(subject, own("planDigest"), plan.digest().hex())
        .text(subject, own("requestDigest"), Digest.ofText(plan.request()).hex())
        .text(subject, own("thread"), plan.thread())
        .text(subject, own("environment"), plan.environment())
        .time(subject, Terms.GENERATED_AT, plan.created())
        .time(subject, own("expires"), plan.expires())
        .say(subject, own("requestedBy"), introductions.user(sheet, plan.requester()))
        .say(subject, Terms.ATTRIBUTED_TO, introductions.agent(sheet, plan.planner()));
    if (plan.revision() > 1) {
      sheet.say(subject, Terms.REVISION_OF, names.plan(plan.id(), plan.revision() - 1));
    }
    plan.undoes().ifPresent(run -> sheet.say(subject, own("undoes"), names.run(run)));
    plan.changes().forEach(this::change);
  }

  private void change(Change change) {
    Iri node = names.change(plan.id(), plan.revision(), change.at());
    sheet
        .say(node, Terms.TYPE, Terms.STEP)
        .say(node, Terms.IS_STEP_OF_PLAN, subject)
        .say(node, own("about"), introductions.resource(sheet, change.at()))
        .text(node, own("changeKind"), change.action());
    for (Address before : plan.needs().getOrDefault(change.at(), Set.of())) {
      sheet.say(node, Terms.IS_PRECEDED_BY, names.change(plan.id(), plan.revision(), before));
    }
    switch (change) {
      case Change.Update(_, _, _, var was, var now) ->
          differences(was, now).forEach(path -> path(node, path));
      case Change.Replace replace -> replace.because().forEach(path -> path(node, path.toString()));
      case Change.Call call -> sheet.text(node, own("operation"), call.operation());
      case Change.Create _, Change.Delete _, Change.Read _, Change.NoOp _ -> {}
    }
  }

  private void path(Iri node, String path) {
    sheet.text(node, own("path"), path);
  }

  private static Set<String> differences(Fields was, Fields now) {
    var paths = new TreeSet<String>();
    now.fields()
        .forEach(
            (name, value) -> {
              Value before = was.get(name).orElse(Value.NULL);
              if (!before.equals(value)) {
                paths.add(Pointer.ROOT.child(name).toString());
              }
            });
    return paths;
  }

  private void estimate(Estimate estimate) {
    Iri total = names.estimate(plan.id(), plan.revision());
    sheet
        .say(total, Terms.TYPE, own("Estimate"))
        .say(total, Terms.IS_PART_OF, subject)
        .text(subject, own("priceRevision"), estimate.prices())
        .number(total, own("monthlyAfter"), estimate.monthly().amount())
        .number(total, own("monthlyBefore"), estimate.before().amount())
        .text(total, Terms.CURRENCY, estimate.monthly().currency())
        .number(total, own("unpriced"), estimate.unpriced());
    estimate.asOf().ifPresent(day -> sheet.text(total, own("pricesAsOf"), day.toString()));
    int number = 0;
    for (Estimate.Line line : estimate.lines()) {
      line(total, names.line(plan.id(), plan.revision(), number++), line);
    }
  }

  private void line(Iri total, Iri node, Estimate.Line line) {
    sheet
        .say(node, Terms.TYPE, Terms.UNIT_PRICE)
        .say(node, Terms.IS_PART_OF, total)
        .say(node, own("about"), introductions.resource(sheet, line.at()))
        .text(node, Terms.LABEL, line.what())
        .text(node, own("skuId"), line.sku())
        .number(node, own("quantity"), line.quantity())
        .text(node, Terms.UNIT_TEXT, line.unit())
        .word(node, own("confidence"), line.confidence())
        .text(node, Terms.SOURCE, line.source())
        .text(node, Terms.COMMENT, line.note());
    line.each().ifPresent(each -> sheet.money(node, Terms.PRICE, Terms.PRICE_CURRENCY, each));
    line.monthly()
        .ifPresent(monthly -> sheet.money(node, own("lineMonthly"), Terms.CURRENCY, monthly));
    line.asOf().ifPresent(day -> sheet.text(node, own("pricesAsOf"), day.toString()));
  }

  private void verdict(Verdict verdict) {
    sheet
        .text(subject, own("ruleRevision"), verdict.rules())
        .flag(subject, own("denied"), verdict.denied())
        .number(subject, own("quorum"), verdict.approval().count());
    int number = 0;
    for (Finding finding : verdict.findings()) {
      Iri node = names.finding(plan.id(), plan.revision(), number++);
      sheet
          .say(node, Terms.TYPE, own("Finding"))
          .say(node, Terms.IS_PART_OF, subject)
          .text(node, own("rule"), finding.rule())
          .word(node, own("severity"), finding.severity())
          .word(node, own("enforcement"), finding.enforcement())
          .word(node, own("outcome"), finding.outcome())
          .text(node, own("path"), finding.path().toString())
          .text(node, Terms.COMMENT, finding.message())
          .text(node, own("remedy"), finding.remedy())
          .flag(node, own("active"), finding.active());
      finding
          .address()
          .ifPresent(at -> sheet.say(node, own("about"), introductions.resource(sheet, at)));
      finding
          .waiver()
          .ifPresent(waiver -> sheet.say(node, own("waivedBy"), names.waiver(waiver.id())));
    }
  }
}
