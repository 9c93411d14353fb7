package dev.parley.graph;

import static dev.parley.testkit.Story.at;
import static dev.parley.testkit.Story.create;
import static dev.parley.testkit.Story.delete;
import static dev.parley.testkit.Story.seen;
import static dev.parley.testkit.Story.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Review;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.record.Recorder;
import dev.parley.engine.record.Surroundings;
import dev.parley.identity.Person;
import dev.parley.knowledge.Ask;
import dev.parley.plan.Change;
import dev.parley.policy.Severity;
import dev.parley.policy.Waiver;
import dev.parley.provider.Health;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.ResourceId;
import dev.parley.run.Event;
import dev.parley.testkit.SettableClock;
import dev.parley.testkit.Story;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;

/** What is written is described, and what is described in the README is true. */
class VocabularyTest {
  private static final String OWN = "urn:parley:vocabulary#";
  private static final Pattern OWN_TERM =
      Pattern.compile("<" + Pattern.quote(OWN) + "([A-Za-z]+)>");
  private static final Pattern EXAMPLE = Pattern.compile("```sparql\n(.*?)```", Pattern.DOTALL);
  private static final Address NET = at("aws-prod", "AWS::EC2::VPC", "vpc-main");
  private static final Address WEB = at("aws-prod", "AWS::EC2::Instance", "web-1");

  /** A history in which everything happens once. */
  private static TdbKnowledge everything() {
    var clock = new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
    var journal = new MemoryJournal(clock);
    var story = new Story("acme", journal, clock);
    story.costs(WEB, Money.of("2500", "INR"));
    story.finds(WEB, "AWS-EC2-001", Severity.HIGH, "open");
    Fields large =
        Fields.of("UserData", Value.text("x".repeat(5_000)))
            .with("LaunchTime", Value.text("2026-03-02T09:00:00Z"))
            .with("VpcId", new Value.Ref(NET.toString(), ""));
    String run =
        story.carryOut(
            "ann",
            "bob",
            Map.of("owner", "ann", "team", "shop", "environment", "test"),
            create(NET, Fields.EMPTY),
            create(WEB, large));
    story.tell(
        new Event.Checked(
            run, WEB, new Health(Health.State.HEALTHY, "2 of 2", Optional.empty()), story.now()));
    story.tell(new Event.CancelAsked(run, "ann", story.now()));
    story.tell(new Event.Retried(run, "ann", story.now()));
    story.carryOut(
        "ann",
        "bob",
        Map.of("team", "shop"),
        update(WEB, large, large.with("n", Value.num(1))),
        new Change.Call(NET, "ap-south-1", new ResourceId("id-vpc-main"), "restart", Fields.EMPTY));
    var failing = story.propose("ann", delete(NET));
    String failed = story.start(failing, story.approve(failing, "bob"));
    story.tell(new Event.StepStarted(failed, "s-1", 1, "t", "c", story.now()));
    story.tell(new Event.StepFailed(failed, "s-1", "Conflict", "in use", false, story.now()));
    story.tell(
        new Event.RunStarted(
            "r-undo", failing.plan(), "rc-undo", Optional.of(failed), story.now()));
    story.tell(
        new Event.Waived(
            new Waiver(
                "acme", "w-1", "AWS-EC2-001", "*", "why", "ann", "bob", story.now(), story.now()),
            story.now()));
    story.tell(
        new Event.Drifted(
            new Drift(
                WEB,
                Drift.Kind.CHANGED,
                List.of(
                    new Drift.Difference(Pointer.of("/n"), Optional.empty(), Optional.empty()))),
            story.now()));
    Address odd = at("aws-prod", "AWS::S3::Bucket", "imported");
    story.tell(
        new Event.Observed(
            odd,
            Optional.of(seen(odd, Fields.of("deep", Fields.of("er", Value.bool(true))), Map.of())),
            true,
            story.now()));
    var urgent = story.propose("p-10", 1, "ann", create(odd, Fields.EMPTY));
    var receipt = story.breakGlass(urgent, "eve", "the shop is down", "bob");
    story.tell(
        new Event.Reviewed(
            new Review(
                "p-10",
                1,
                receipt.id(),
                "bob",
                new Person("console", "", "bob"),
                false,
                story.now()),
            story.now()));
    var dropped = story.propose("p-9", 2, "ann", create(odd, Fields.EMPTY));
    story.tell(new Event.Discarded(dropped.plan().id(), 2, "ann", story.now()));
    var graph = TdbKnowledge.inMemory(clock);
    try (var recorder = new Recorder(graph, journal, Surroundings.NONE)) {
      recorder.start();
      assertThat(recorder.await(journal.last(), Duration.ofSeconds(60))).isTrue();
    }
    return graph;
  }

  @Test
  void every_own_term_that_is_written_has_a_label_a_comment_a_domain_and_a_range() {
    var terms = OwnTerms.shipped().graph();
    var used = new TreeSet<String>();
    try (var graph = everything()) {
      graph.export(
          "acme",
          line -> OWN_TERM.matcher(line).results().forEach(term -> used.add(term.group(1))));
    }
    assertThat(used).hasSizeGreaterThan(55);
    for (String term : used) {
      Node node = Nodes.iri(OWN + term);
      assertThat(terms.contains(node, RDFS.label.asNode(), Node.ANY))
          .as("label of %s", term)
          .isTrue();
      assertThat(terms.contains(node, RDFS.comment.asNode(), Node.ANY))
          .as("comment of %s", term)
          .isTrue();
      if (Character.isLowerCase(term.charAt(0))) {
        assertThat(terms.contains(node, RDFS.domain.asNode(), Node.ANY))
            .as("domain of %s", term)
            .isTrue();
        assertThat(terms.contains(node, RDFS.range.asNode(), Node.ANY))
            .as("range of %s", term)
            .isTrue();
      }
    }
  }

  @Test
  void every_term_that_is_shipped_stands_in_the_readme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    OwnTerms.shipped()
        .graph()
        .find(Node.ANY, RDFS.label.asNode(), Node.ANY)
        .forEach(
            triple -> {
              String name = triple.getSubject().getURI().substring(OWN.length());
              assertThat(readme).contains("`parley:" + name + "`");
            });
  }

  @Test
  void every_example_in_the_readme_runs_and_finds_something() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    List<String> examples =
        EXAMPLE.matcher(readme).results().map(example -> example.group(1)).toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
    try (var graph = everything()) {
      for (String example : examples) {
        assertThat(graph.ask("acme", new Ask.Sparql(example, Optional.empty())).rows())
            .as(example)
            .isNotEmpty();
      }
    }
  }

  @Test
  void the_vocabulary_is_a_graph_that_can_be_asked_and_is_in_nobodys_way() {
    try (var graph = TdbKnowledge.inMemory(Clock.systemUTC())) {
      String label =
          "SELECT ?l { GRAPH <urn:parley:vocabulary> { <urn:parley:vocabulary#approves>"
              + " <http://www.w3.org/2000/01/rdf-schema#label> ?l } }";
      assertThat(graph.ask("acme", new Ask.Sparql(label, Optional.empty())).rows()).hasSize(1);
      assertThat(
              graph.ask("acme", new Ask.Sparql("SELECT * { ?s ?p ?o }", Optional.empty())).rows())
          .isEmpty();
      assertThat(
              graph
                  .ask(
                      "acme",
                      new Ask.Sparql(
                          "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", Optional.empty()))
                  .rows())
          .hasSize(1);
    }
  }

  @Test
  void no_statement_stands_in_two_graphs_that_are_visible_at_once() {
    try (var graph = everything()) {
      var all =
          graph
              .ask("acme", new Ask.Sparql("SELECT ?s ?p ?o { ?s ?p ?o }", Optional.empty()))
              .rows();
      var seen = new TreeSet<String>();
      var twice = new ArrayList<String>();
      all.forEach(
          row -> {
            if (!seen.add(row.toString())) {
              twice.add(row.toString());
            }
          });
      assertThat(all).hasSizeGreaterThan(200);
      assertThat(twice).isEmpty();
    }
  }
}
