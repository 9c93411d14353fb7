package dev.parley.bot.card;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.engine.Revised;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Finding;
import dev.parley.policy.Verdict;
import dev.parley.resource.Address;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/** A proposal as the JSON line {@code plan}. */
final class PlanBody {
  private PlanBody() {}

  static Fields of(Proposal proposal, Approval approval, Optional<Revised> since) {
    Plan plan = proposal.plan();
    Body body =
        Body.event("plan")
            .put("id", plan.id())
            .put("revision", plan.revision())
            .put("digest", proposal.digest().hex())
            .put("planDigest", plan.digest().hex())
            .put("state", lower(approval.state()))
            .put("planner", plan.planner())
            .put("title", plan.title())
            .put("request", plan.request())
            .put("requester", plan.requester())
            .put("environment", plan.environment())
            .list("changes", plan.changes(), PlanBody::change)
            .put("needs", needs(plan))
            .put("estimate", estimate(proposal.estimate()))
            .put("verdict", verdict(proposal.verdict(), approval))
            .put("blocked", proposal.verdict().denied())
            .list("warnings", proposal.warnings(), PlanBody::problem)
            .put("rollback", plan.rollback())
            .put("whenChatIsDown", lower(plan.whenChatIsDown()))
            .put("created", plan.created().toString())
            .put("expires", plan.expires().toString());
    plan.cap()
        .ifPresent(
            cap ->
                body.put(
                    "cap",
                    new Body()
                        .put("amount", Value.num(cap.amount().amount()))
                        .put("currency", cap.amount().currency())
                        .put("period", lower(cap.period()))));
    plan.undoes().ifPresent(run -> body.put("undoes", run));
    if (!plan.basis().identities().isEmpty()) {
      var identities = new Body();
      plan.basis().identities().forEach(identities::put);
      body.put("identities", identities);
    }
    proposal
        .comparison()
        .ifPresent(weighed -> body.list("comparison", weighed.options(), PlanBody::option));
    since.ifPresent(revised -> body.put("since", since(revised)));
    return body.fields();
  }

  static Body change(Change change) {
    Body body =
        new Body()
            .put("action", change.action())
            .put("address", change.at().toString())
            .put("type", change.at().type().toString())
            .put("account", change.at().account())
            .put("region", change.region())
            .put("sign", change.sign())
            .put("properties", change.properties());
    switch (change) {
      case Change.Update u -> body.put("was", u.was());
      case Change.Replace r ->
          body.put("was", r.was())
              .texts("because", r.because().stream().map(Object::toString).toList());
      case Change.Call c -> body.put("operation", c.operation());
      case Change.Create _, Change.Delete _, Change.Read _, Change.NoOp _ -> {}
    }
    return body;
  }

  private static Body needs(Plan plan) {
    var body = new Body();
    plan.needs()
        .forEach(
            (at, before) ->
                body.texts(
                    at.toString(), before.stream().map(Address::toString).sorted().toList()));
    return body;
  }

  private static Body estimate(Estimate estimate) {
    Body body =
        new Body()
            .put("monthly", Value.num(estimate.monthly().amount()))
            .put("currency", estimate.monthly().currency())
            .put("daily", Value.num(estimate.daily().amount()))
            .put("before", Value.num(estimate.before().amount()))
            .put("delta", Value.num(estimate.delta().amount()))
            .put("unpriced", estimate.unpriced())
            .list("lines", estimate.lines(), PlanBody::line);
    estimate.asOf().ifPresent(asOf -> body.put("asOf", asOf.toString()));
    return body;
  }

  private static Body line(Estimate.Line line) {
    return new Body()
        .put("address", line.at().toString())
        .put("what", line.what())
        .put("sku", line.sku())
        .put("quantity", Value.num(line.quantity()))
        .put("unit", line.unit())
        .put("monthly", line.monthly().<Value>map(m -> Value.num(m.amount())).orElse(Value.NULL))
        .put("before", Value.num(line.before().amount()))
        .put("confidence", lower(line.confidence()))
        .put("source", line.source())
        .put("note", line.note());
  }

  private static Body verdict(Verdict verdict, Approval approval) {
    return new Body()
        .list("findings", verdict.findings(), PlanBody::finding)
        .put("approval", approval(approval))
        .put("checked", verdict.checked())
        .texts("uncovered", verdict.uncovered());
  }

  static Body finding(Finding finding) {
    Body body =
        new Body()
            .put("rule", finding.rule())
            .put("severity", lower(finding.severity()))
            .put("enforcement", lower(finding.enforcement()))
            .put("outcome", lower(finding.outcome()))
            .put(
                "address",
                finding.address().<Value>map(at -> Value.text(at.toString())).orElse(Value.NULL))
            .put("path", finding.path().toString())
            .put("message", finding.message())
            .put("remedy", finding.remedy());
    finding.waiver().ifPresent(waiver -> body.put("waiver", waiver.id()));
    return body;
  }

  static Body approval(Approval approval) {
    var anyOf = new ArrayList<Value>();
    approval.rule().anyOf().forEach(set -> anyOf.add(Value.texts(set.stream().sorted().toList())));
    return new Body()
        .put("state", lower(approval.state()))
        .put("count", approval.rule().count())
        .put("anyOf", new Value.Items(anyOf))
        .put("emoji", approval.rule().emoji())
        .texts("why", approval.rule().why())
        .texts("eligible", approval.eligible())
        .texts("missing", approval.missing())
        .list("votes", approval.votes(), VoteCard::facts);
  }

  static Body problem(Problem problem) {
    return new Body()
        .put("where", problem.where())
        .put("what", problem.what())
        .put("why", problem.why())
        .put("next", problem.next());
  }

  private static Body option(Comparison.Option option) {
    return new Body()
        .put("account", option.account())
        .put("family", option.family())
        .put("region", option.region())
        .put("monthly", option.monthly().<Value>map(m -> Value.num(m.amount())).orElse(Value.NULL))
        .put("unpriced", option.unpriced())
        .put("allowed", option.allowed())
        .put("chosen", option.chosen())
        .put("why", option.why());
  }

  private static Body since(Revised revised) {
    Body body =
        new Body()
            .put("revision", revised.from())
            .put("digest", revised.former().hex())
            .texts("added", revised.added().stream().map(Address::toString).toList())
            .texts("dropped", revised.dropped().stream().map(Address::toString).toList())
            .texts("changed", revised.changed().stream().map(Address::toString).toList())
            .put("monthly", Value.num(revised.monthly().amount()))
            .list("appeared", revised.appeared(), PlanBody::finding)
            .list("resolved", revised.resolved(), PlanBody::finding)
            .put("votesVoided", revised.votesVoided());
    revised.whenChatIsDown().ifPresent(said -> body.put("whenChatIsDown", lower(said)));
    return body;
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
