package dev.parley.bot.card;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.bot.picture.PlanPicture;
import dev.parley.bot.picture.Svg;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Part.Fact;
import dev.parley.bot.surface.Prose;
import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.engine.Revised;
import dev.parley.engine.json.Json;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.resource.Address;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A proposal for people: what would change, what it costs, what the rules say, and who decides.
 *
 * @param since how it differs from the former revision
 * @param notes what the planner assumed
 * @param suggestion the name of a Blueprint that fits the like
 */
public record PlanCard(
    Proposal proposal,
    Approval approval,
    Optional<Revised> since,
    List<String> notes,
    Optional<String> suggestion) {
  private static final int LINES = 10;
  private static final int BARS = 6;
  private static final int NAMES = 5;

  public PlanCard {
    notes = List.copyOf(notes);
  }

  /** The card, with the approvers by their ids. */
  public Card card() {
    return card(Prose.of(String.join(", ", approval.eligible())));
  }

  /**
   * The card; buttons are put on by whoever posts it.
   *
   * @param approvers those who may approve, as they are called where it is shown
   */
  public Card card(Prose approvers) {
    var parts = new ArrayList<Part>();
    parts.add(Part.text(headline()));
    parts.add(new Part.Facts(facts(approvers)));
    parts.add(changes());
    bars().ifPresent(parts::add);
    picture().ifPresent(parts::add);
    findings().ifPresent(parts::add);
    proposal.comparison().ifPresent(weighed -> parts.add(comparison(weighed)));
    since.ifPresent(revised -> parts.add(new Part.Facts(since(revised))));
    notes.forEach(note -> parts.add(new Part.Note(Prose.of(note))));
    proposal
        .warnings()
        .forEach(
            warning -> parts.add(new Part.Note(Prose.of("The catalog is not sure: " + warning))));
    suggestion.ifPresent(
        name ->
            parts.add(
                new Part.Note(
                    Prose.of(
                        Prose.of("A blueprint fits the like: "),
                        new Prose.Mono(name),
                        Prose.of(". Say "),
                        new Prose.Mono("plan blueprint " + name),
                        Prose.of(" to start from it.")))));
    long shown = plan().changes().stream().filter(Change::mutates).count();
    if (shown > LINES) {
      parts.add(new Part.Attached(attachment()));
    }
    return new Card(Stage.PLAN, tone(), title(), parts, List.of(), fallback(), body());
  }

  /** Every property that the plan sets or changes, and the whole plan as a file. */
  public Card details() {
    var lines = new StringBuilder();
    for (Change change : sorted()) {
      lines
          .append(change.sign())
          .append(' ')
          .append(change.at())
          .append("  ")
          .append(change.region())
          .append('\n');
      detail(change).forEach(line -> lines.append("    ").append(line).append('\n'));
    }
    var parts = new ArrayList<Part>();
    parts.add(new Part.Code("diff", lines.toString().stripTrailing()));
    if (!proposal.estimate().lines().isEmpty()) {
      parts.add(costs());
    }
    if (!proposal.verdict().findings().isEmpty()) {
      parts.add(new Part.Findings(lines(proposal.verdict().findings()), 0));
    }
    parts.add(new Part.Attached(attachment()));
    String title = plan().id() + " v" + plan().revision() + " in detail";
    return new Card(
        Stage.NOTICE,
        Tone.NEUTRAL,
        title,
        parts,
        List.of(),
        title,
        Body.event("message").put("plan", plan().id()).put("text", lines.toString()).fields());
  }

  /** What approving means, once more: every Delete and Replace by name. */
  public String warning() {
    String gone =
        plan().changes().stream()
            .filter(change -> change instanceof Change.Delete || change instanceof Change.Replace)
            .map(
                change ->
                    change.sign()
                        + " "
                        + change.at().name()
                        + " ("
                        + change.action()
                        + "s "
                        + change.at().type().name()
                        + ")")
            .collect(Collectors.joining("\n"));
    return counts()
        + " in "
        + where()
        + ", "
        + cost()
        + ". Digest "
        + proposal.digest().brief()
        + "."
        + (plan().whenChatIsDown() == WhenChatIsDown.WAIT
            ? " While the chat is down, the run waits."
            : "")
        + (gone.isEmpty() ? "" : "\nThis can't be undone by itself:\n" + gone);
  }

  private Plan plan() {
    return proposal.plan();
  }

  private String title() {
    return plan().id() + " v" + plan().revision() + ": " + plan().title();
  }

  private String headline() {
    if (proposal.verdict().denied()) {
      String rules =
          proposal.verdict().findings().stream()
              .filter(f -> f.active() && f.enforcement() == Enforcement.DENY)
              .map(Finding::rule)
              .distinct()
              .collect(Collectors.joining(", "));
      return "Blocked by "
          + rules
          + ": it can't be approved as it is. Change the request, or ask for a waiver.";
    }
    return switch (approval.state()) {
      case OPEN -> "Ready for approval: " + String.join("; ", approval.missing()) + ".";
      case BLOCKED -> "Blocked by the rules.";
      case APPROVED -> "Approved.";
      case REJECTED -> "Rejected.";
      case SUPERSEDED -> "A newer revision took its place.";
      case EXPIRED -> "Nobody approved in time.";
      case DISCARDED -> "Discarded.";
    };
  }

  private String fallback() {
    return title() + ". " + counts() + ", " + cost() + ". " + headline();
  }

  private Tone tone() {
    if (proposal.verdict().denied()) {
      return Tone.BAD;
    }
    boolean careful =
        proposal.verdict().findings().stream()
                .anyMatch(f -> f.active() && f.enforcement() != Enforcement.NOTE)
            || plan().changes().stream()
                .anyMatch(c -> c instanceof Change.Delete || c instanceof Change.Replace);
    return careful ? Tone.WARNING : Tone.NEUTRAL;
  }

  private List<Fact> facts(Prose approvers) {
    Estimate estimate = proposal.estimate();
    var facts = new ArrayList<Fact>();
    facts.add(Say.fact("changes", counts()));
    facts.add(Say.fact("where", where()));
    plan()
        .basis()
        .identities()
        .forEach((account, identity) -> facts.add(Say.fact(account, "runs as " + identity)));
    facts.add(Say.fact("cost", cost()));
    if (estimate.before().amount().signum() != 0) {
      facts.add(
          Say.fact(
              "cost now",
              Say.money(estimate.before())
                  + " a month; the plan adds "
                  + Say.rise(estimate.delta())));
    }
    plan().cap().ifPresent(cap -> facts.add(Say.fact("limit", Say.cap(cap) + againstCap(cap))));
    confidence().ifPresent(said -> facts.add(Say.fact("confidence", said)));
    facts.add(
        Say.fact(
            "asked by",
            plan().requester() + (plan().rollback() ? "; rolls back by itself if it fails" : "")));
    plan().undoes().ifPresent(run -> facts.add(Say.fact("rolls back", run)));
    whenChatIsDown().ifPresent(facts::add);
    if (approval.state() == Approval.State.OPEN) {
      facts.add(new Fact("approvers", approvers(approvers)));
      approval.rule().why().forEach(why -> facts.add(Say.fact("because", why)));
      facts.add(Say.fact("until", approval.expires()));
    }
    facts.add(Say.fact("digest", proposal.digest().brief()));
    return facts;
  }

  /** What its run does while the chat is down, unless it goes on and nobody spoke of it. */
  private Optional<Fact> whenChatIsDown() {
    return switch (plan().whenChatIsDown()) {
      case WAIT -> Optional.of(waits());
      case CONTINUE ->
          proposal.draft().whenChatIsDown().map(_ -> Say.fact("chat down", "the run goes on"));
    };
  }

  /** That the run waits for the chat. */
  static Fact waits() {
    return Say.fact("chat down", "the run waits until it is back");
  }

  private Prose approvers(Prose approvers) {
    return Prose.of(
        Prose.of(approval.rule().count() + " of "),
        approval.eligible().isEmpty() ? Prose.of("nobody could approve it now") : approvers,
        Prose.of(
            ", never "
                + plan().requester()
                + (approval.rule().emoji() ? "; a thumbs-up is enough" : "; by button")));
  }

  private String counts() {
    Map<String, Integer> bySign = new LinkedHashMap<>();
    for (String sign : List.of("+", "~", "±", "-", "!", "?")) {
      bySign.put(sign, 0);
    }
    plan().changes().stream()
        .filter(c -> !(c instanceof Change.NoOp))
        .forEach(c -> bySign.merge(c.sign(), 1, Integer::sum));
    long same = plan().changes().stream().filter(Change.NoOp.class::isInstance).count();
    String said =
        bySign.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> e.getKey() + e.getValue() + " " + word(e.getKey()))
            .collect(Collectors.joining(", "));
    return (said.isEmpty() ? "no change" : said)
        + (same == 0 ? "" : ", " + same + " as wanted already");
  }

  private static String word(String sign) {
    return switch (sign) {
      case "+" -> "to create";
      case "~" -> "to update";
      case "±" -> "to replace";
      case "-" -> "to delete";
      case "!" -> "to call";
      default -> "to read";
    };
  }

  private String where() {
    return plan().changes().stream()
            .map(change -> change.at().account() + " " + change.region())
            .distinct()
            .collect(Collectors.joining(", "))
        + " ("
        + plan().environment()
        + ")";
  }

  private String cost() {
    Estimate estimate = proposal.estimate();
    String unpriced =
        estimate.unpriced() == 0
            ? ""
            : ", without " + Say.count(estimate.unpriced(), "unpriced line");
    return Say.money(estimate.monthly())
        + " a month, "
        + Say.money(estimate.daily())
        + " a day"
        + unpriced;
  }

  private String againstCap(dev.parley.plan.Cap cap) {
    Money monthly = proposal.estimate().monthly();
    if (!monthly.currency().equals(cap.amount().currency())) {
      return "";
    }
    Money period =
        switch (cap.period()) {
          case HOUR -> perMonth(monthly, "730");
          case DAY -> proposal.estimate().daily();
          case MONTH -> monthly;
          case YEAR -> monthly.times(BigDecimal.valueOf(12));
        };
    Money left = cap.amount().minus(period);
    return left.amount().signum() < 0
        ? ": over by " + Say.money(left.times(BigDecimal.valueOf(-1)))
        : ": " + Say.money(left) + " left";
  }

  private static Money perMonth(Money monthly, String parts) {
    return new Money(
        monthly.amount().divide(new BigDecimal(parts), 6, java.math.RoundingMode.HALF_UP),
        monthly.currency());
  }

  private Optional<String> confidence() {
    Estimate estimate = proposal.estimate();
    if (estimate.lines().isEmpty()) {
      return Optional.empty();
    }
    Map<Estimate.Confidence, Long> counts =
        estimate.lines().stream()
            .collect(
                Collectors.groupingBy(
                    Estimate.Line::confidence, java.util.TreeMap::new, Collectors.counting()));
    String said =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " " + Say.lower(e.getKey()))
            .collect(Collectors.joining(", "));
    String dated = estimate.asOf().map(asOf -> "; prices as of " + asOf).orElse("");
    String rate =
        estimate
            .rate()
            .map(
                r ->
                    "; 1 "
                        + r.from()
                        + " = "
                        + r.rate().toPlainString()
                        + " "
                        + r.to()
                        + " ("
                        + r.asOf()
                        + ")")
            .orElse("");
    return Optional.of(said + dated + rate);
  }

  private List<Change> sorted() {
    return plan().changes().stream()
        .filter(change -> !(change instanceof Change.NoOp))
        .sorted(Comparator.comparingInt(PlanCard::weight))
        .toList();
  }

  /** What destroys comes first; otherwise the plan's own order stays. */
  private static int weight(Change change) {
    return switch (change) {
      case Change.Replace _ -> 0;
      case Change.Delete _ -> 1;
      case Change.Call _, Change.Update _ -> 2;
      case Change.Create _ -> 3;
      case Change.Read _, Change.NoOp _ -> 4;
    };
  }

  private Part changes() {
    List<Change> all = sorted();
    List<Part.ChangeLine> lines =
        all.stream()
            .limit(LINES)
            .map(
                c -> new Part.ChangeLine(c.sign(), c.at().name(), c.at().type().name(), summary(c)))
            .toList();
    return new Part.Changes(lines, Math.max(0, all.size() - LINES));
  }

  private static String summary(Change change) {
    return switch (change) {
      case Change.Create c -> c.at().account() + " " + c.region();
      case Change.Update u ->
          differences(
              Diff.between(u.was(), u.now()).stream()
                  .filter(line -> line.now().isPresent())
                  .toList());
      case Change.Replace r ->
          r.because().isEmpty()
              ? "moves from " + r.fromRegion() + " to " + r.region()
              : "since "
                  + r.because().stream().map(Object::toString).collect(Collectors.joining(", "))
                  + " can't change in place";
      case Change.Delete d -> d.at().account() + " " + d.region();
      case Change.Read _, Change.NoOp _ -> "";
      case Change.Call c when c.at().type().isOperation() ->
          c.at().account() + " " + c.region() + ", with " + Json.write(c.input());
      case Change.Call c -> c.operation();
    };
  }

  private static String differences(List<Diff.Line> lines) {
    String first =
        lines.stream().limit(3).map(Diff.Line::toString).collect(Collectors.joining("; "));
    return lines.size() <= 3 ? first : first + " and " + (lines.size() - 3) + " more";
  }

  private static List<String> detail(Change change) {
    return switch (change) {
      case Change.Create c -> Diff.leaves(c.desired());
      case Change.Update u -> Diff.changes(u.was(), u.now());
      case Change.Replace r -> Diff.changes(r.was(), r.now());
      case Change.Call c -> List.of(c.operation() + " " + Json.write(c.input()));
      case Change.Delete _, Change.Read _, Change.NoOp _ -> List.of();
    };
  }

  private Optional<Part> bars() {
    Map<Address, BigDecimal> byAddress = new LinkedHashMap<>();
    for (Estimate.Line line : proposal.estimate().lines()) {
      line.monthly().ifPresent(m -> byAddress.merge(line.at(), m.amount(), BigDecimal::add));
    }
    byAddress.values().removeIf(amount -> amount.signum() <= 0);
    if (byAddress.size() < 2) {
      return Optional.empty();
    }
    String currency = proposal.estimate().monthly().currency();
    BigDecimal most =
        byAddress.values().stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ONE);
    List<Part.Bar> bars =
        byAddress.entrySet().stream()
            .sorted(
                Map.Entry.<Address, BigDecimal>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(BARS)
            .map(
                e ->
                    new Part.Bar(
                        e.getKey().name(),
                        e.getValue().doubleValue() / most.doubleValue(),
                        Say.money(new Money(e.getValue(), currency))))
            .toList();
    return Optional.of(new Part.Bars("Cost a month", bars));
  }

  private Optional<Part> picture() {
    if (plan().changes().stream().filter(Change::mutates).count() < 2) {
      return Optional.empty();
    }
    var file =
        new Attachment(
            plan().id() + "-v" + plan().revision() + ".svg",
            "image/svg+xml",
            Svg.draw(PlanPicture.of(plan())),
            Optional.empty());
    return Optional.of(new Part.Image(file, PlanPicture.alt(plan())));
  }

  private Optional<Part> findings() {
    List<Part.FindingLine> all = lines(proposal.verdict().findings());
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Part.Findings(all.stream().limit(LINES).toList(), Math.max(0, all.size() - LINES)));
  }

  /**
   * One line for each rule and what it does; where several resources break it, the first one's
   * message.
   */
  static List<Part.FindingLine> lines(List<Finding> findings) {
    Map<String, List<Finding>> alike = new LinkedHashMap<>();
    for (Finding finding : findings) {
      String key =
          finding.rule()
              + finding.enforcement()
              + finding.active()
              + finding.outcome()
              + finding.remedy();
      alike.computeIfAbsent(key, _ -> new ArrayList<>()).add(finding);
    }
    return alike.values().stream().map(PlanCard::line).toList();
  }

  private static Part.FindingLine line(List<Finding> alike) {
    Finding finding = alike.getFirst();
    String held =
        finding
            .waiver()
            .map(w -> " (waived until " + Say.time(w.expires()) + ": " + w.reason() + ")")
            .orElse("");
    List<String> where =
        alike.stream().flatMap(f -> f.address().stream()).map(Address::name).distinct().toList();
    String named = where.stream().limit(NAMES).collect(Collectors.joining(", "));
    return new Part.FindingLine(
        finding.rule(),
        Say.lower(finding.severity()),
        finding.active() ? Say.lower(finding.enforcement()) : "waived",
        where.size() > NAMES ? named + " and " + (where.size() - NAMES) + " more" : named,
        finding.message() + held,
        finding.remedy());
  }

  private static Part comparison(Comparison weighed) {
    List<List<String>> rows =
        weighed.options().stream()
            .map(
                option ->
                    List.of(
                        option.chosen() ? "★" : option.allowed() ? "" : "✗",
                        option.account() + " " + option.region(),
                        option.monthly().map(Say::money).orElse("not there")
                            + (option.unpriced() > 0
                                ? " + " + option.unpriced() + " unpriced"
                                : ""),
                        option.why()))
            .toList();
    return new Part.Table(List.of("", "target", "a month", "why"), rows, 0);
  }

  private static List<Fact> since(Revised revised) {
    var facts = new ArrayList<Fact>();
    facts.add(
        Say.fact(
            "since v" + revised.from(),
            "cost "
                + Say.rise(revised.monthly())
                + " a month"
                + (revised.votesVoided() > 0
                    ? "; " + Say.count(revised.votesVoided(), "vote") + " void"
                    : "")));
    names("added", revised.added()).ifPresent(facts::add);
    names("dropped", revised.dropped()).ifPresent(facts::add);
    names("changed", revised.changed()).ifPresent(facts::add);
    rules("new findings", revised.appeared().stream().filter(Finding::active).toList())
        .ifPresent(facts::add);
    rules("resolved", revised.resolved()).ifPresent(facts::add);
    revised
        .whenChatIsDown()
        .map(
            now ->
                switch (now) {
                  case WAIT -> "now waits for the chat; it went on before";
                  case CONTINUE -> "now goes on while the chat is down; it waited before";
                })
        .ifPresent(said -> facts.add(Say.fact("the run", said)));
    return facts;
  }

  private static Optional<Fact> names(String label, List<Address> addresses) {
    if (addresses.isEmpty()) {
      return Optional.empty();
    }
    String said =
        addresses.stream().limit(LINES).map(Address::name).collect(Collectors.joining(", "));
    return Optional.of(
        Say.fact(
            label,
            addresses.size() > LINES
                ? said + " and " + (addresses.size() - LINES) + " more"
                : said));
  }

  private static Optional<Fact> rules(String label, List<Finding> findings) {
    return findings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Say.fact(
                label,
                findings.stream().map(Finding::rule).distinct().collect(Collectors.joining(", "))));
  }

  private Part costs() {
    List<List<String>> rows =
        proposal.estimate().lines().stream()
            .limit(50)
            .map(
                line ->
                    List.of(
                        line.at().name(),
                        line.what(),
                        line.monthly().map(Say::money).orElse("unpriced"),
                        Say.lower(line.confidence())
                            + (line.note().isBlank() ? "" : ": " + line.note())))
            .toList();
    return new Part.Table(
        List.of("resource", "what", "a month", "confidence"),
        rows,
        Math.max(0, proposal.estimate().lines().size() - 50));
  }

  private Attachment attachment() {
    return new Attachment(
        plan().id() + "-v" + plan().revision() + ".json",
        "application/json",
        Json.pretty(body()).getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private dev.parley.value.Value.Fields body() {
    return PlanBody.of(proposal, approval, since);
  }
}
