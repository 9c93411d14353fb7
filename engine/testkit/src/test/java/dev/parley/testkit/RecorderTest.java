package dev.parley.testkit;

import static dev.parley.testkit.Story.at;
import static dev.parley.testkit.Story.create;
import static dev.parley.testkit.Story.delete;
import static dev.parley.testkit.Story.seen;
import static dev.parley.testkit.Story.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.record.Recorder;
import dev.parley.engine.record.Surroundings;
import dev.parley.engine.state.Events;
import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.run.Entry;
import dev.parley.run.Event;
import dev.parley.run.RunState;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Address NET = at("aws-prod", "AWS::EC2::VPC", "vpc-main");
  private static final Address WEB = at("aws-prod", "AWS::EC2::Instance", "web-1");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final Story story = new Story("acme", journal, clock);
  private final Written graph = new Written();
  private Recorder recorder = new Recorder(graph, journal, Surroundings.NONE);

  @AfterEach
  void close() {
    recorder.close();
  }

  private void catchUp() {
    recorder.start();
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
  }

  private Recorder another(Written into) {
    var other = new Recorder(into, journal, Surroundings.NONE);
    other.start();
    assertThat(other.await(journal.last(), SOON)).isTrue();
    other.close();
    return other;
  }

  private void hear(Entry entry) {
    recorder.accept(entry.tenant(), entry.sequence(), Events.read(entry).orElseThrow());
  }

  @Test
  void a_journal_is_told_from_its_first_entry() {
    story.carryOut(
        "ann",
        "bob",
        Map.of("owner", "ann"),
        create(NET, Fields.of("CidrBlock", Value.text("10.0.0.0/16"))));
    catchUp();
    assertThat(graph.objects("acme", "#CidrBlock")).containsExactly("10.0.0.0/16");
    assertThat(graph.objects("acme", "#approves")).hasSize(1);
    assertThat(graph.recorded("acme")).isEqualTo(journal.last());
    assertThat(recorder.check().ok()).isTrue();
  }

  @Test
  void what_is_heard_live_is_the_same_as_what_is_replayed() {
    recorder.start();
    var heard = new ArrayList<Long>();
    story.carryOut(
        "ann",
        "bob",
        Map.of("owner", "ann"),
        create(NET, Fields.EMPTY),
        create(WEB, Fields.of("VpcId", new Value.Ref(NET.toString(), ""))));
    story.carryOut("ann", "bob", Map.of(), delete(WEB));
    journal.replay(
        0,
        entry -> {
          heard.add(entry.sequence());
          hear(entry);
          assertThat(recorder.await(entry.sequence(), SOON)).isTrue();
        });
    assertThat(heard).hasSizeGreaterThan(10);
    var replayed = new Written();
    another(replayed);
    assertThat(graph.lines("acme")).isEqualTo(replayed.lines("acme")).isNotEmpty();
  }

  @Test
  void a_restart_at_any_place_ends_with_the_same_graph() {
    story.carryOut(
        "ann",
        "bob",
        Map.of("owner", "ann"),
        create(NET, Fields.EMPTY),
        create(WEB, Fields.of("VpcId", new Value.Ref(NET.toString(), ""))));
    story.carryOut(
        "ann",
        "bob",
        Map.of(),
        update(WEB, Fields.EMPTY, Fields.of("InstanceType", Value.text("t3.large"))));
    story.carryOut("ann", "bob", Map.of(), delete(WEB), delete(NET));
    var whole = new Written();
    another(whole);
    for (long cut = 1; cut < journal.last(); cut++) {
      var part = new Written();
      var shorter = new MemoryJournal(clock);
      long end = cut;
      journal.replay(
          0,
          entry -> {
            if (entry.sequence() <= end) {
              shorter.append(
                  List.of(
                      new Entry.Fresh(
                          entry.tenant(),
                          entry.stream(),
                          entry.kind(),
                          entry.version(),
                          entry.body())));
            }
          });
      var first = new Recorder(part, shorter, Surroundings.NONE);
      first.start();
      assertThat(first.await(cut, SOON)).isTrue();
      first.close();
      another(part);
      assertThat(part.lines("acme")).as("cut after %d", cut).isEqualTo(whole.lines("acme"));
    }
  }

  @Test
  void five_thousand_steps_do_not_write_the_run_five_thousand_times() {
    var changes = new Change[5_000];
    for (int i = 0; i < changes.length; i++) {
      changes[i] =
          create(
              at("aws-prod", "AWS::SQS::Queue", "q-" + i), Fields.of("DelaySeconds", Value.num(i)));
    }
    recorder.start();
    String run = story.carryOut("ann", "bob", Map.of(), changes);
    journal.replay(0, this::hear);
    assertThat(recorder.await(journal.last(), Duration.ofSeconds(120))).isTrue();
    var mine = graph.graphs.getOrDefault("acme", Map.of());
    long steps = mine.keySet().stream().filter(name -> name.contains(":steps:" + run)).count();
    assertThat(steps).isEqualTo(50);
    long size = mine.values().stream().mapToLong(List::size).sum();
    assertThat(graph.statements.get())
        .as("statements written, the same one twice counts twice")
        .isLessThan(3 * size);
    assertThat(graph.writes.get()).isLessThan(500);
  }

  @Test
  void more_than_can_be_remembered_is_read_from_the_journal() {
    graph.failures = 3;
    recorder.start();
    for (int i = 0; i < 4_000; i++) {
      hear(
          story.tell(
              new Event.Observed(
                  WEB,
                  Optional.of(seen(WEB, Fields.of("n", Value.num(i)), Map.of())),
                  false,
                  story.now())));
    }
    assertThat(recorder.await(journal.last(), Duration.ofSeconds(60))).isTrue();
    assertThat(graph.objects("acme", "#n")).hasSize(4_000).doesNotHaveDuplicates();
    assertThat(recorder.check().ok()).isTrue();
  }

  @Test
  void a_disk_that_fails_is_reported_and_tried_again() {
    graph.failures = Integer.MAX_VALUE;
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY));
    recorder.start();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (recorder.check().ok() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(recorder.check().detail()).contains("disk full");
    graph.failures = 0;
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
    assertThat(recorder.check().ok()).isTrue();
    assertThat(graph.objects("acme", "#approves")).hasSize(1);
  }

  @Test
  void a_journal_place_of_something_else_can_be_waited_for() {
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY));
    catchUp();
    Entry other =
        journal
            .append(List.of(new Entry.Fresh("acme", "doc/x", "Put", 1, Fields.EMPTY)))
            .getFirst();
    assertThat(recorder.await(other.sequence(), SOON)).isTrue();
    assertThat(recorder.await(other.sequence() + 1, Duration.ofMillis(50))).isFalse();
  }

  @Test
  void a_graph_ahead_of_the_journal_is_rebuilt() {
    graph.record("acme", 999, List.of());
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY));
    catchUp();
    assertThat(graph.recorded("acme")).isEqualTo(journal.last());
    assertThat(graph.objects("acme", "#approves")).hasSize(1);
  }

  @Test
  void a_rebuild_writes_the_same_again() {
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY));
    catchUp();
    var before = graph.lines("acme");
    graph.clear("acme");
    recorder.rebuild("acme");
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
    assertThat(graph.lines("acme")).isEqualTo(before);
  }

  @Test
  void each_tenant_has_its_own_graph_and_place() {
    var other = new Story("zeta", journal, clock);
    story.carryOut(
        "ann", "bob", Map.of(), create(NET, Fields.of("CidrBlock", Value.text("10.0.0.0/16"))));
    other.carryOut(
        "ann", "bob", Map.of(), create(NET, Fields.of("CidrBlock", Value.text("10.9.0.0/16"))));
    catchUp();
    assertThat(graph.objects("acme", "#CidrBlock")).containsExactly("10.0.0.0/16");
    assertThat(graph.objects("zeta", "#CidrBlock")).containsExactly("10.9.0.0/16");
    assertThat(String.join("\n", graph.lines("acme"))).doesNotContain("zeta");
  }

  @Test
  void tenants_are_heard_out_of_step_and_nothing_is_lost() {
    recorder.start();
    assertThat(recorder.await(0, SOON)).isTrue();
    var other = new Story("zeta", journal, clock);
    for (int i = 0; i < 200; i++) {
      Entry mine =
          story.tell(
              new Event.Observed(
                  WEB,
                  Optional.of(seen(WEB, Fields.of("n", Value.num(i)), Map.of())),
                  false,
                  story.now()));
      Entry theirs =
          other.tell(
              new Event.Observed(
                  NET,
                  Optional.of(seen(NET, Fields.of("n", Value.num(i)), Map.of())),
                  false,
                  story.now()));
      hear(theirs);
      hear(mine);
      if (i % 20 == 0) {
        assertThat(recorder.await(mine.sequence(), SOON)).isTrue();
        assertThat(graph.objects("acme", "#n")).hasSize(i + 1);
      }
    }
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
    assertThat(graph.objects("acme", "#n")).hasSize(200);
    assertThat(graph.objects("zeta", "#n")).hasSize(200);
  }

  @Test
  void secrets_and_what_is_named_like_one_never_reach_the_graph() {
    Fields properties =
        Fields.of("MasterUserPassword", Value.text("hunter2-aaa"))
            .with(
                "Environment",
                Fields.of("DB_PASSWORD", Value.text("hunter2-bbb"))
                    .with("MODE", Value.text("fast")))
            .with("Referenced", new Value.Secret("env:HUNTER2"))
            .with(
                "Nested",
                new Value.Items(List.of(Fields.of("clientSecret", Value.text("hunter2-ccc")))))
            .with("Plain", Value.text("seen"));
    story.tell(
        new Event.Observed(WEB, Optional.of(seen(WEB, properties, Map.of())), true, story.now()));
    catchUp();
    assertThat(String.join("\n", graph.lines("acme")).toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("hunter2")
        .contains("seen")
        .contains("fast");
  }

  @Test
  void the_words_of_a_request_are_known_by_their_digest_alone() {
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY));
    catchUp();
    assertThat(graph.objects("acme", "#requestDigest"))
        .hasSize(1)
        .allMatch(digest -> digest.length() == 64);
    assertThat(String.join("\n", graph.lines("acme"))).doesNotContain("please");
  }

  @Test
  void a_look_that_shows_nothing_new_leaves_no_trace() {
    story.tell(
        new Event.Observed(
            WEB,
            Optional.of(seen(WEB, Fields.of("n", Value.num(1)), Map.of())),
            true,
            story.now()));
    catchUp();
    var before = graph.lines("acme");
    hear(
        story.tell(
            new Event.Observed(
                WEB,
                Optional.of(seen(WEB, Fields.of("n", Value.num(1)), Map.of())),
                false,
                story.now())));
    hear(
        story.tell(
            new Event.Observed(
                WEB,
                Optional.of(seen(WEB, Fields.of("n", Value.num(1)), Map.of())),
                false,
                story.now())));
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
    assertThat(graph.lines("acme")).isEqualTo(before);
  }

  @Test
  void a_reference_and_an_id_both_make_a_dependency() {
    Address other = at("aws-prod", "AWS::EC2::Subnet", "sub-1");
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY));
    story.carryOut(
        "ann", "bob", Map.of(), create(WEB, Fields.of("VpcId", new Value.Ref(NET.toString(), ""))));
    story.tell(
        new Event.Observed(
            other,
            Optional.of(seen(other, Fields.of("VpcId", Value.text("id-vpc-main")), Map.of())),
            true,
            story.now()));
    catchUp();
    assertThat(graph.objects("acme", "core#dependsOn"))
        .hasSize(2)
        .allMatch(target -> target.contains("vpc-main"));
  }

  @Test
  void an_unpriced_resource_has_no_cost_and_not_zero() {
    story.costs(NET, Money.of("250.5", "INR"));
    story.carryOut("ann", "bob", Map.of(), create(NET, Fields.EMPTY), create(WEB, Fields.EMPTY));
    catchUp();
    assertThat(graph.objects("acme", "#monthlyCost")).containsExactly("250.5");
    assertThat(graph.objects("acme", "#unpricedLines")).containsExactly("1");
  }

  @Test
  void a_proposal_that_never_ran_is_told_with_its_findings_and_its_end() {
    story.finds(
        WEB, "AWS-EC2-001", dev.parley.policy.Severity.HIGH, "port 22 is open to 0.0.0.0/0");
    var proposal = story.propose("ann", create(WEB, Fields.EMPTY));
    story.tell(new Event.Discarded(proposal.plan().id(), 1, "ann", story.now()));
    catchUp();
    assertThat(graph.objects("acme", "#rule")).containsExactly("AWS-EC2-001");
    assertThat(graph.objects("acme", "#planOutcome")).containsExactly("discarded");
    assertThat(graph.objects("acme", "#carriesOut")).isEmpty();
    assertThat(graph.objects("acme", "prov#specializationOf")).isEmpty();
  }

  @Test
  void a_vote_that_was_taken_back_ends() {
    var proposal = story.propose("ann", create(WEB, Fields.EMPTY));
    story.approve(proposal, "bob");
    story.tell(new Event.Withdrawn(proposal.plan().id(), 1, "bob", story.now()));
    catchUp();
    assertThat(graph.objects("acme", "prov#invalidatedAtTime")).hasSize(1);
  }

  @Test
  void a_failed_step_tells_why_and_a_retry_clears_it() {
    var proposal = story.propose("ann", create(WEB, Fields.EMPTY));
    String run = story.start(proposal, story.approve(proposal, "bob"));
    story.tell(new Event.StepStarted(run, "s-1", 1, "t", "c", story.now()));
    story.tell(
        new Event.StepFailed(run, "s-1", "Quota", "no more instances here", false, story.now()));
    story.tell(new Event.RunMoved(run, RunState.FAILED, "1 step failed", story.now()));
    catchUp();
    assertThat(graph.objects("acme", "#state")).containsExactlyInAnyOrder("failed", "failed");
    assertThat(graph.objects("acme", "#errorKind")).containsExactly("Quota");
    hear(story.tell(new Event.Retried(run, "cleo", story.now())));
    hear(story.tell(new Event.StepStarted(run, "s-1", 2, "t", "c", story.now())));
    hear(
        story.tell(
            new Event.StepDone(
                run, "s-1", WEB, Optional.of(seen(WEB, Fields.EMPTY, Map.of())), story.now())));
    hear(story.tell(new Event.RunMoved(run, RunState.SUCCEEDED, "", story.now())));
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
    assertThat(graph.objects("acme", "#state")).containsExactlyInAnyOrder("succeeded", "done");
    assertThat(graph.objects("acme", "#errorKind")).isEmpty();
    assertThat(graph.objects("acme", "#attempts")).containsExactly("2");
    assertThat(graph.objects("acme", "rdf-schema#label")).contains("cleo");
  }

  @Test
  void a_run_that_was_let_go_is_read_again_when_it_is_retried() {
    story.costs(WEB, Money.of("7", "INR"));
    var proposal = story.propose("ann", create(NET, Fields.EMPTY), create(WEB, Fields.EMPTY));
    String run = story.start(proposal, story.approve(proposal, "bob"));
    story.tell(new Event.StepStarted(run, "s-1", 1, "t", "c", story.now()));
    story.tell(
        new Event.StepDone(
            run, "s-1", NET, Optional.of(seen(NET, Fields.EMPTY, Map.of())), story.now()));
    story.tell(
        new Event.StepFailed(run, "s-2", "Quota", "no more instances here", false, story.now()));
    story.tell(new Event.RunMoved(run, RunState.FAILED, "1 step failed", story.now()));
    var many = new Change[5_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = create(at("aws-prod", "AWS::SQS::Queue", "q-" + i), Fields.EMPTY);
    }
    var large = story.propose("ann", many);
    String other = story.start(large, story.approve(large, "bob"));
    story.tell(new Event.RunMoved(other, RunState.CANCELLED, "", story.now()));
    catchUp();
    Address last = at("aws-prod", "AWS::EC2::VPC", "vpc-2");
    for (int i = 0; i < 3; i++) {
      var small = story.propose("ann", create(last, Fields.EMPTY));
      journal.replay(journal.last() - 1, this::hear);
      hear(
          story.tell(
              new Event.RunStarted(
                  "r-small-" + i, small.plan(), "rc", Optional.empty(), story.now())));
      assertThat(recorder.await(journal.last(), SOON)).isTrue();
    }
    hear(story.tell(new Event.Retried(run, "ann", story.now())));
    hear(story.tell(new Event.StepStarted(run, "s-2", 2, "t", "c", story.now())));
    hear(
        story.tell(
            new Event.StepDone(
                run, "s-2", WEB, Optional.of(seen(WEB, Fields.EMPTY, Map.of())), story.now())));
    hear(story.tell(new Event.RunMoved(run, RunState.SUCCEEDED, "", story.now())));
    assertThat(recorder.await(journal.last(), SOON)).isTrue();
    assertThat(graph.objects("acme", "#state")).contains("succeeded").doesNotContain("failed");
    assertThat(graph.objects("acme", "#monthlyCost")).containsExactly("7");
    var whole = new Written();
    another(whole);
    assertThat(difference(graph, whole)).isEmpty();
  }

  private static List<String> difference(Written one, Written other) {
    var lines = new java.util.HashSet<>(one.lines("acme"));
    var others = new java.util.HashSet<>(other.lines("acme"));
    var only = new ArrayList<String>();
    lines.stream()
        .filter(line -> !others.contains(line))
        .map(line -> "only here: " + line)
        .forEach(only::add);
    others.stream()
        .filter(line -> !lines.contains(line))
        .map(line -> "only there: " + line)
        .forEach(only::add);
    return only;
  }
}
