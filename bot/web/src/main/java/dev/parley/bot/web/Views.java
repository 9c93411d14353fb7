package dev.parley.bot.web;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.bot.picture.PlanPicture;
import dev.parley.bot.picture.Svg;
import dev.parley.bot.surface.Part;
import dev.parley.engine.Engine;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Term;
import dev.parley.plan.Change;
import dev.parley.run.Run;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the page's tabs show, read from the engine. */
final class Views {
  private static final String RESOURCES =
      """
      PREFIX parley: <urn:parley:vocabulary#>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      PREFIX core: <http://w3id.org/devops-infra/core#>
      SELECT DISTINCT ?address ?name ?type ?account ?region ?lifecycle {
        ?r a core:Resource ; parley:address ?address ; rdfs:label ?name ; parley:resourceType ?type ; parley:lifecycle ?lifecycle
        OPTIONAL { ?r parley:account/rdfs:label ?account }
        OPTIONAL { ?r parley:region ?region }
      } ORDER BY ?address
      """;
  private static final String LINKS =
      """
      PREFIX parley: <urn:parley:vocabulary#>
      PREFIX core: <http://w3id.org/devops-infra/core#>
      SELECT DISTINCT ?from ?to {
        ?a a core:Resource ; parley:address ?from ; core:dependsOn|parley:deployedIn|parley:attachedTo ?b .
        ?b a core:Resource ; parley:address ?to
      } ORDER BY ?from ?to
      """;
  private final Engine engine;
  private final String tenant;

  Views(Engine engine, String tenant) {
    this.engine = engine;
    this.tenant = tenant;
  }

  Fields session(Guests people) {
    return Fields.of("tenant", Value.text(tenant)).with("people", people.json());
  }

  Fields threads(Board board) {
    var threads = new ArrayList<Value>();
    for (Board.Ends ends : board.threads()) {
      String id = ends.first().thread();
      threads.add(
          Fields.of("id", Value.text(id))
              .with("title", Value.text(title(ends.first())))
              .with("state", Value.text(state(id)))
              .with("at", Value.text(ends.last().at().toString()))
              .with("last", Value.num(ends.last().id())));
    }
    return Fields.of("threads", new Items(threads));
  }

  private static String title(Posting first) {
    String words = first.card().map(card -> card.title()).orElse(first.text()).strip();
    return words.length() <= 80 ? words : words.substring(0, 79) + "…";
  }

  /** One word for a thread's badge. */
  private String state(String thread) {
    Optional<Proposal> latest = engine.latest(tenant, WebSurface.place(thread).key());
    if (latest.isEmpty()) {
      return "";
    }
    String plan = latest.get().plan().id();
    Optional<Run> run =
        engine.runs(tenant).stream().filter(one -> one.plan().equals(plan)).findFirst();
    return run.map(one -> one.state().name())
        .or(() -> engine.approval(tenant, plan).map(one -> one.state().name()))
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }

  Fields plans() {
    return Fields.of(
        "plans", new Items(engine.proposals(tenant).stream().<Value>map(this::line).toList()));
  }

  private Fields line(Proposal proposal) {
    return Fields.of("id", Value.text(proposal.plan().id()))
        .with("revision", Value.num(proposal.plan().revision()))
        .with("title", Value.text(proposal.plan().title()))
        .with("requester", Value.text(proposal.plan().requester()))
        .with("digest", Value.text(proposal.digest().hex()))
        .with(
            "state",
            Value.text(
                engine
                    .approval(tenant, proposal.plan().id())
                    .map(Approval::state)
                    .map(Enum::name)
                    .orElse("")))
        .with(
            "changes",
            Value.num(proposal.plan().changes().stream().filter(Change::mutates).count()))
        .with("monthly", money(proposal))
        .with("at", Value.text(proposal.plan().created().toString()));
  }

  private static Fields money(Proposal proposal) {
    return Codec.encode(proposal.estimate().monthly());
  }

  Fields plan(String id) {
    return Codec.encode(proposal(id));
  }

  /** A plan as a graph. */
  Part.Attachment picture(String id) {
    var svg = Svg.draw(PlanPicture.of(proposal(id).plan()));
    return new Part.Attachment(id + ".svg", "image/svg+xml", svg, Optional.empty());
  }

  private Proposal proposal(String id) {
    return engine.proposal(tenant, id).orElseThrow(() -> new Missing("there is no plan " + id));
  }

  Fields runs() {
    var runs = new ArrayList<Value>();
    for (Run run : engine.runs(tenant)) {
      Fields states = Fields.EMPTY;
      for (var state : dev.parley.run.StepState.values()) {
        if (run.count(state) > 0) {
          states = states.with(state.name().toLowerCase(Locale.ROOT), Value.num(run.count(state)));
        }
      }
      runs.add(
          Fields.of("id", Value.text(run.id()))
              .with("plan", Value.text(run.plan()))
              .with("state", Value.text(run.state().name().toLowerCase(Locale.ROOT)))
              .with("steps", states)
              .with("receipt", Value.text(run.receipt()))
              .with("started", Value.text(run.started().toString()))
              .with("message", Value.text(run.message())));
    }
    return Fields.of("runs", new Items(runs));
  }

  Fields audit(long after, int limit) {
    var lines = engine.audit(tenant, after, limit).stream().<Value>map(Codec::encode).toList();
    return Fields.of("lines", new Items(lines));
  }

  Fields auditCheck() {
    return Codec.encode(engine.verifyAudit(tenant));
  }

  String receipt(String id) {
    return engine
        .receipt(tenant, id)
        .map(receipt -> Json.pretty(Codec.encode(receipt)))
        .orElseThrow(() -> new Missing("there is no receipt " + id));
  }

  String publicKey() {
    return engine.publicKey();
  }

  Fields questions() {
    return Fields.of(
        "questions",
        new Items(engine.knowledge().questions().stream().<Value>map(Codec::encode).toList()));
  }

  /**
   * Resources and what they depend on, now or at an instant; from the graph, so that both come from
   * one picture.
   */
  Fields map(Optional<String> asOf) {
    Optional<Instant> at = asOf.map(Views::instant);
    try {
      Answer nodes = engine.ask(tenant, new Ask.Sparql(RESOURCES, at));
      Answer edges = engine.ask(tenant, new Ask.Sparql(LINKS, at));
      return Fields.of("nodes", rows(nodes))
          .with("edges", rows(edges))
          .with("complete", Value.bool(nodes.complete() && edges.complete()))
          .with("asOf", Value.text(nodes.asOf().toString()));
    } catch (Knowledge.Refused e) {
      throw new Invalid(
          new Problem(
              "map",
              "not drawn",
              String.valueOf(e.getMessage()),
              "try again, or ask under SPARQL"));
    }
  }

  private static Items rows(Answer answer) {
    var rows = new ArrayList<Value>();
    for (List<Optional<Term>> row : answer.rows()) {
      Fields fields = Fields.EMPTY;
      for (int i = 0; i < row.size(); i++) {
        fields = fields.with(answer.columns().get(i), cell(row.get(i)));
      }
      rows.add(fields);
    }
    return new Items(rows);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Invalid(
          new Problem(
              "asOf", text, "an instant is expected", "write it like 2026-11-01T14:00:00Z"));
    }
  }

  private static Value cell(Optional<Term> term) {
    return Value.text(
        term.map(
                found ->
                    switch (found) {
                      case Term.Iri(var iri) -> iri;
                      case Term.Text(var text) -> text;
                      case Term.Number(var number) -> number.toPlainString();
                      case Term.Flag(var flag) -> Boolean.toString(flag);
                      case Term.Time(var time) -> time.toString();
                    })
            .orElse(""));
  }
}
