package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.bot.card.AnswerCard;
import dev.parley.bot.card.Notice;
import dev.parley.bot.card.PlanCard;
import dev.parley.bot.card.ReceiptCard;
import dev.parley.bot.card.Say;
import dev.parley.bot.picture.Graph;
import dev.parley.bot.picture.ResourceMap;
import dev.parley.bot.picture.Svg;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.Engine;
import dev.parley.identity.Account;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Term;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Reading;
import dev.parley.policy.Rule;
import dev.parley.policy.Waiver;
import dev.parley.resource.Tracked;
import dev.parley.run.Run;
import dev.parley.run.StepState;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cards that only tell: status, rules, receipts, the audit log, answers of the graph. */
final class Lookups {
  private static final int ROWS = 15;
  private static final int RULE_LINES = 24;
  private static final int PAGE = 500;
  private static final Set<String> MAPPED =
      Set.of("depends-on", "dependencies-of", "blast-radius", "list-resources");
  private static final Pattern AS_OF = Pattern.compile("(?is)as of (\\S+)\\s+(.+)");

  private final Engine engine;
  private final String tenant;
  private final Clock clock;
  private final CloudLookups clouds;

  Lookups(Engine engine, String tenant, Clock clock) {
    this.engine = engine;
    this.tenant = tenant;
    this.clock = clock;
    this.clouds = new CloudLookups(engine, tenant, clock);
  }

  /** Those that look into the accounts' clouds. */
  CloudLookups clouds() {
    return clouds;
  }

  Card details(String plan) {
    Optional<Proposal> proposal = engine.proposal(tenant, plan);
    Optional<Approval> approval = engine.approval(tenant, plan);
    if (proposal.isEmpty() || approval.isEmpty()) {
      return unknownPlan(plan);
    }
    return new PlanCard(
            proposal.get(), approval.get(), Optional.empty(), List.of(), Optional.empty())
        .details();
  }

  Card unknownPlan(String plan) {
    return Notice.problem(
        new Problem(
            "",
            "No plan " + plan,
            "there is none by that name",
            "say `status` to see what is open"));
  }

  Card unknownRun(String run) {
    return Notice.problem(
        new Problem(
            "",
            "No run " + run,
            "there is none by that name",
            "say `status` to see the last runs"));
  }

  Card status(Part open) {
    var parts = new ArrayList<Part>();
    parts.add(Part.text("Open plans"));
    parts.add(
        open instanceof Part.Tasks(var tasks, _) && tasks.isEmpty() ? Part.text("none") : open);
    List<Run> runs = engine.runs(tenant);
    if (!runs.isEmpty()) {
      List<Part.Task> tasks =
          runs.stream()
              .limit(ROWS)
              .map(
                  run ->
                      new Part.Task(
                          run.id() + " of " + run.plan(),
                          state(run),
                          run.count(StepState.DONE)
                              + " of "
                              + run.steps().size()
                              + " steps done"
                              + run.waiting()
                                  .map(
                                      wait ->
                                          "; waits for the chat since "
                                              + Say.time(wait.since())
                                              + ": "
                                              + wait.why())
                                  .orElse("")))
              .toList();
      parts.add(Part.text("Runs"));
      parts.add(new Part.Tasks(tasks, Math.max(0, runs.size() - ROWS)));
    }
    List<List<String>> checks =
        engine.check().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                e ->
                    List.of(
                        e.getKey(),
                        e.getValue().ok() ? "ok" : "FAILED",
                        e.getValue().detail() + e.getValue().next().map(n -> ". " + n).orElse("")))
            .toList();
    if (!checks.isEmpty()) {
      parts.add(new Part.Table(List.of("part", "", "seen"), checks, 0));
    }
    parts.add(
        new Part.Note(
            Prose.of(Say.count(engine.tracked(tenant).size(), "resource") + " tracked.")));
    return Notice.parts("Status at " + Say.time(clock.instant()), parts);
  }

  private static String state(Run run) {
    return switch (run.state()) {
      case SUCCEEDED, ROLLED_BACK -> "done";
      case FAILED -> "failed";
      case CANCELLED -> "skipped";
      case WAITING -> "waiting";
      case RUNNING, CANCELLING, VERIFYING, ROLLING_BACK -> "running";
    };
  }

  Card blueprints() {
    List<Blueprint> all = engine.blueprints(tenant);
    if (all.isEmpty()) {
      return Notice.say("No blueprints yet", "After a plan that worked, say `keep as <name>`.");
    }
    List<List<String>> rows =
        all.stream()
            .limit(50)
            .map(
                b ->
                    List.of(
                        b.name(),
                        b.title(),
                        b.parameters().stream()
                            .map(Blueprint.Parameter::name)
                            .collect(Collectors.joining(", ")),
                        String.valueOf(b.uses())))
            .toList();
    return Notice.parts(
        Say.count(all.size(), "blueprint"),
        List.of(
            new Part.Table(
                List.of("name", "what", "parameters", "uses"), rows, Math.max(0, all.size() - 50)),
            new Part.Note(Prose.of("Say `plan blueprint <name>` to start from one."))));
  }

  Card rules(Optional<String> id) {
    List<Rule> all = engine.rules(tenant);
    if (id.isEmpty()) {
      Map<String, List<Rule>> packs =
          all.stream()
              .collect(
                  Collectors.groupingBy(Rule::pack, java.util.TreeMap::new, Collectors.toList()));
      List<List<String>> rows =
          packs.entrySet().stream()
              .map(
                  e ->
                      List.of(
                          e.getKey(), String.valueOf(e.getValue().size()), sample(e.getValue())))
              .toList();
      return Notice.parts(
          Say.count(all.size(), "rule") + " in force",
          List.of(
              new Part.Table(List.of("pack", "rules", "for example"), rows, 0),
              new Part.Note(Prose.of("Say `rules <id>` to read one."))));
    }
    Optional<Rule> rule =
        all.stream().filter(one -> one.id().equalsIgnoreCase(id.get())).findFirst();
    if (rule.isEmpty()) {
      String near =
          all.stream()
              .map(Rule::id)
              .filter(one -> one.startsWith(id.get().split("-")[0]))
              .limit(5)
              .collect(Collectors.joining(", "));
      return Notice.problem(
          new Problem(
              "",
              "No rule " + id.get(),
              "none by that name is in force",
              near.isEmpty() ? "say `rules`" : "there are " + near));
    }
    Rule found = rule.get();
    var facts = new ArrayList<Part.Fact>();
    facts.add(
        new Part.Fact(
            "severity", Prose.of(found.severity().name().toLowerCase(java.util.Locale.ROOT))));
    facts.add(new Part.Fact("speaks about", Prose.of(String.join(", ", found.types()))));
    facts.add(new Part.Fact("remedy", Prose.of(found.remedy())));
    facts.add(new Part.Fact("pack", Prose.of(found.pack() + ", " + found.source())));
    found.controls().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e -> facts.add(new Part.Fact(e.getKey(), Prose.of(String.join(", ", e.getValue())))));
    var parts = new ArrayList<Part>(List.of(new Part.Facts(facts)));
    List<String> text = found.text().strip().lines().toList();
    parts.add(
        new Part.Code(
            "yaml", String.join("\n", text.subList(0, Math.min(text.size(), RULE_LINES)))));
    if (text.size() > RULE_LINES) {
      byte[] whole = found.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      parts.add(new Part.Note(Prose.of("and " + (text.size() - RULE_LINES) + " more lines")));
      parts.add(
          new Part.Attached(
              new Part.Attachment(
                  found.id() + ".yaml", "application/yaml", whole, Optional.empty())));
    }
    return Notice.parts(found.id() + ": " + found.title(), parts);
  }

  private static String sample(List<Rule> rules) {
    return rules.stream().limit(3).map(Rule::id).collect(Collectors.joining(", "));
  }

  Card waivers() {
    List<Waiver> all = engine.waivers(tenant);
    if (all.isEmpty()) {
      return Notice.say("No waivers", "Nothing is held back.");
    }
    Instant now = clock.instant();
    List<List<String>> rows =
        all.stream()
            .map(
                w ->
                    List.of(
                        w.rule(),
                        w.addresses(),
                        w.requestedBy() + " / " + w.approvedBy(),
                        w.expires().isAfter(now) ? "until " + Say.time(w.expires()) : "expired",
                        w.reason()))
            .toList();
    return Notice.parts(
        Say.count(all.size(), "waiver"),
        List.of(
            new Part.Table(List.of("rule", "on", "asked / granted", "valid", "reason"), rows, 0)));
  }

  Card receipt(String plan) {
    Optional<Approval> approval = engine.approval(tenant, plan);
    if (approval.isEmpty()) {
      return unknownPlan(plan);
    }
    return approval
        .get()
        .receipt()
        .flatMap(id -> engine.receipt(tenant, id))
        .map(ReceiptCard::of)
        .orElseGet(
            () ->
                Notice.say(
                    "No receipt for " + plan,
                    "It has none until it is approved. Still needed: "
                        + String.join("; ", approval.get().missing())
                        + "."));
  }

  Card audit() {
    Engine.AuditReport report = engine.verifyAudit(tenant);
    List<Engine.AuditLine> last = List.of();
    List<Engine.AuditLine> page = engine.audit(tenant, 0, PAGE);
    while (!page.isEmpty()) {
      var both = new ArrayList<>(last);
      both.addAll(page);
      last = List.copyOf(both.subList(Math.max(0, both.size() - ROWS), both.size()));
      page = engine.audit(tenant, page.getLast().sequence(), PAGE);
    }
    List<List<String>> rows =
        last.stream()
            .map(
                l ->
                    List.of(
                        Say.time(l.at()),
                        l.who(),
                        l.what(),
                        l.about(),
                        l.hash().substring(0, Math.min(8, l.hash().length()))))
            .toList();
    String title =
        report.intact()
            ? "Audit log: " + Say.count(report.lines(), "line") + ", chain intact"
            : "Audit log BROKEN at line " + report.broken().map(String::valueOf).orElse("?");
    Card card =
        Notice.parts(
            title,
            List.of(
                Part.text(report.detail()),
                new Part.Table(
                    List.of("when", "who", "what", "about", "hash"),
                    rows,
                    (int) Math.max(0, report.lines() - rows.size()))));
    return report.intact()
        ? card
        : new Card(
            card.stage(),
            Card.Tone.BAD,
            card.title(),
            card.parts(),
            card.buttons(),
            card.fallback(),
            card.body());
  }

  Card whoAmI(Person person, Optional<User> user, Optional<String> account) {
    var facts = new ArrayList<Part.Fact>();
    facts.add(new Part.Fact("here", Prose.of(person.toString())));
    facts.add(
        new Part.Fact(
            "linked to",
            Prose.of(
                user.map(
                        u -> u.name() + " (" + u.id() + ")" + (u.demo() ? ", a DEMO IDENTITY" : ""))
                    .orElse("nobody: ask an admin to link you"))));
    user.ifPresent(
        u -> {
          facts.add(
              new Part.Fact(
                  "roles",
                  Prose.of(
                      u.roles().stream()
                          .map(r -> r.name().toLowerCase(java.util.Locale.ROOT))
                          .sorted()
                          .collect(Collectors.joining(", ")))));
          facts.add(
              new Part.Fact(
                  "teams",
                  Prose.of(
                      u.teams().isEmpty()
                          ? "none"
                          : u.teams().stream().sorted().collect(Collectors.joining(", ")))));
          engine
              .breakGlassRule(tenant)
              .filter(rule -> rule.may(u))
              .ifPresent(
                  rule ->
                      facts.add(
                          new Part.Fact(
                              "in an emergency",
                              Prose.of(
                                  "may break the glass; "
                                      + String.join(", ", rule.owners())
                                      + " would be told"))));
        });
    facts.add(new Part.Fact("tenant", Prose.of(tenant)));
    facts.add(
        new Part.Fact(
            "accounts",
            Prose.of(
                engine.accounts().accounts(tenant).stream()
                        .map(Account::id)
                        .collect(Collectors.joining(", "))
                    + account.map(a -> "; this thread uses " + a).orElse(""))));
    return Notice.parts("Who you are", List.of(new Part.Facts(facts)));
  }

  Card help() {
    return Notice.parts(
        "How to talk to Parley",
        List.of(
            Part.text(
                "Say what you want, in your own words: `two small web servers behind a load"
                    + " balancer with a Postgres database, max ₹1500/day`. Go on in the thread to"
                    + " change it: `make it 5`, `wait if the chat is down`. Ask what exists:"
                    + " `what depends on vpc-main?`"),
            new Part.Facts(
                List.of(
                    line("plan <text>", "plan something"),
                    line("show p-42, diff p-42", "the plan again; every property"),
                    line("approve p-42", "approve it, after a confirmation; or press Approve"),
                    line("reject p-42 <why>", "say no, with a reason"),
                    line(
                        "break-glass p-42",
                        "in an emergency, stand in for the approvers by its form; `review p-42`:"
                            + " an owner has looked at it"),
                    line(
                        "waive <rule> …",
                        "`waive <rule> [on <name>] [for 7 days] because <reason>` asks to hold a"
                            + " rule back; somebody else must grant it"),
                    line("cancel, retry [r-17]", "stop a run; try again what failed"),
                    line("rollback r-17", "plan the inverse of a run"),
                    line(
                        "ask, sparql <query>",
                        "ask the graph; `sparql as of 2026-01-31 SELECT …` asks about then"),
                    line("keep as <name>", "keep the plan as a blueprint; `blueprints` lists them"),
                    line("status", "what is going on"),
                    line("discover [account] [type]", "what exists, tracked or not"),
                    line(
                        "import <account> <type or id>",
                        "take what exists under care; `all` takes everything"),
                    line("drift [account]", "what moved in the clouds"),
                    line("logs web-1 since 2h", "what a resource wrote; `health web-1`: its state"),
                    line(
                        "costs [account]",
                        "what was really spent: `costs aws-dev by service last month`, `by tag"
                            + " owner`"),
                    line("operations <words>", "what else an account's cloud can be asked"),
                    line(
                        "call <operation> {…}",
                        "ask it; what may change something becomes a plan first"),
                    line("catalog <words>", "types that can be made; `catalog refresh` reads anew"),
                    line("permissions p-42", "the least its accounts must be allowed to do"),
                    line("receipt p-42, audit", "the leave to run; who did what"),
                    line("rules [id], waivers", "what holds, and what is held back"),
                    line("use <account>", "where this thread plans; `use any` ends it"),
                    line("whoami", "who you are here, and what you may do"))),
            new Part.Note(
                Prose.of(
                    "Only a button, an emoji or a command decides. Words such as LGTM decide"
                        + " nothing."))));
  }

  private static Part.Fact line(String command, String meaning) {
    return new Part.Fact(command, Prose.of(meaning));
  }

  // ---- the graph

  Card asks(Reading.Asks asks) {
    return ask(
        new Ask.Ready(asks.question(), asks.arguments(), asks.asOf()),
        asks.arguments().getOrDefault("resource", ""),
        MAPPED.contains(asks.question()));
  }

  /** {@code sparql [as of <time>] <query>}. */
  Card sparql(String text) {
    Matcher matcher = AS_OF.matcher(text);
    if (!matcher.matches()) {
      return ask(new Ask.Sparql(text, Optional.empty()), "", false);
    }
    Optional<Instant> when = instant(matcher.group(1));
    if (when.isEmpty()) {
      return Notice.problem(
          new Problem(
              "as of",
              matcher.group(1),
              "it is no time",
              "write 2026-01-31 or 2026-01-31T12:00:00Z"));
    }
    return ask(new Ask.Sparql(matcher.group(2), when), "", false);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text)
                  .plusDays(1)
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant()
                  .minusMillis(1));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Card ask(Ask question, String focus, boolean mapped) {
    try {
      Answer answer = engine.ask(tenant, question);
      return AnswerCard.of(
          answer, mapped && question.asOf().isEmpty() ? map(answer, focus) : Optional.empty());
    } catch (Knowledge.Refused e) {
      String why = e.why().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      return Notice.problem(
          new Problem(
              "",
              "The question can't be answered",
              why + ": " + e.getMessage(),
              "say `ask <question>` or mend the query"));
    } catch (IllegalArgumentException e) {
      return Notice.problem(
          new Problem(
              "",
              "The question can't be answered",
              String.valueOf(e.getMessage()),
              "say it another way"));
    }
  }

  /** A map of the resources that the answer names, with the one that was asked about. */
  private Optional<Part> map(Answer answer, String focus) {
    Set<String> named = new HashSet<>(Set.of(focus));
    answer
        .rows()
        .forEach(row -> row.forEach(cell -> cell.ifPresent(term -> named.add(plain(term)))));
    List<Tracked> shown =
        engine.tracked(tenant).stream()
            .filter(one -> named.contains(one.at().toString()) || named.contains(one.at().name()))
            .toList();
    if (shown.size() < 2) {
      return Optional.empty();
    }
    Graph graph = ResourceMap.of("Resources", shown, focus);
    var file =
        new Part.Attachment("resources.svg", "image/svg+xml", Svg.draw(graph), Optional.empty());
    return Optional.of(
        new Part.Image(
            file, "Map of " + shown.size() + " resources, " + graph.edges().size() + " links"));
  }

  private static String plain(Term term) {
    return switch (term) {
      case Term.Iri(var iri) ->
          java.net.URLDecoder.decode(
              iri.substring(iri.lastIndexOf(':') + 1), java.nio.charset.StandardCharsets.UTF_8);
      case Term.Text(var text) -> text;
      case Term.Number _, Term.Flag _, Term.Time _ -> "";
    };
  }
}
