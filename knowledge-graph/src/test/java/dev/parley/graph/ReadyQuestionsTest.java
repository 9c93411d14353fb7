package dev.parley.graph;

import static dev.parley.testkit.Story.at;
import static dev.parley.testkit.Story.create;
import static dev.parley.testkit.Story.seen;
import static dev.parley.testkit.Story.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.record.Recorder;
import dev.parley.engine.record.Surroundings;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.policy.Severity;
import dev.parley.policy.Waiver;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceType;
import dev.parley.run.Event;
import dev.parley.testkit.SettableClock;
import dev.parley.testkit.Story;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A history of three days, recorded, and then asked about as people do. */
class ReadyQuestionsTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
  private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));

  private static final Address NET = at("aws-prod", "AWS::EC2::VPC", "vpc-main");
  private static final Address SUBNET = at("aws-prod", "AWS::EC2::Subnet", "sub-1");
  private static final Address FIREWALL = at("aws-prod", "AWS::EC2::SecurityGroup", "web-fw");
  private static final Address WEB = at("aws-prod", "AWS::EC2::Instance", "web-1");
  private static final Address OLD = at("aws-dev", "AWS::S3::Bucket", "old-logs");
  private static final Address NEVER = at("aws-prod", "AWS::RDS::DBInstance", "db-wish");

  private static final SettableClock CLOCK = new SettableClock(MONDAY);
  private static final MemoryJournal JOURNAL = new MemoryJournal(CLOCK);
  private static final TdbKnowledge GRAPH = TdbKnowledge.inMemory(CLOCK);
  private static final Recorder RECORDER = new Recorder(GRAPH, JOURNAL, new Made());

  private static Value ref(Address target) {
    return new Value.Ref(target.toString(), "");
  }

  @BeforeAll
  static void record() {
    var story = new Story("acme", JOURNAL, CLOCK);
    var anns = Map.of("owner", "ann", "cost-center", "42");
    story
        .costs(WEB, Money.of("2500.50", "INR"))
        .costs(SUBNET, Money.of("10", "INR"))
        .costs(FIREWALL, Money.of("1", "INR"));
    story.carryOut(
        "ann",
        "bob",
        anns,
        create(NET, Fields.of("CidrBlock", Value.text("10.0.0.0/16"))),
        create(SUBNET, Fields.of("VpcId", ref(NET))),
        create(
            WEB, Fields.of("InstanceType", Value.text("t3.small")).with("SubnetId", ref(SUBNET))));
    story.tell(
        new Event.Observed(
            OLD,
            Optional.of(
                seen(
                    OLD,
                    Fields.of("AccessControl", Value.text("PublicRead")),
                    Map.of("team", "data"))),
            true,
            story.now()));
    CLOCK.set(TUESDAY);
    story.finds(FIREWALL, "AWS-EC2-001", Severity.HIGH, "port 22 is open to 0.0.0.0/0");
    story.carryOut(
        "cleo",
        "bob",
        Map.of("owner", "cleo"),
        create(
            FIREWALL,
            Fields.of("VpcId", ref(NET))
                .with(
                    "SecurityGroupIngress",
                    Value.Items.of(
                        Fields.of("CidrIp", Value.text("0.0.0.0/0"))
                            .with("FromPort", Value.num(22))))
                .with(
                    "SecurityGroupEgress",
                    Value.Items.of(
                        Fields.of("CidrIp", Value.text("0.0.0.0/0"))
                            .with("FromPort", Value.num(443))))));
    story.tell(
        new Event.Waived(
            new Waiver(
                "acme",
                "w-1",
                "AWS-EC2-001",
                "aws-prod/*",
                "only for a day",
                "cleo",
                "dora",
                story.now(),
                story.now().plusSeconds(86_400)),
            story.now()));
    CLOCK.set(WEDNESDAY);
    story.costs(WEB, Money.of("5001", "INR"));
    story.carryOut(
        "ann",
        "dora",
        anns,
        update(
            WEB,
            Fields.of("InstanceType", Value.text("t3.small")),
            Fields.of("InstanceType", Value.text("t3.large"))
                .with("SubnetId", Value.text("id-sub-1"))));
    story.tell(new Event.Observed(OLD, Optional.empty(), false, story.now()));
    story.propose("ann", create(NEVER, Fields.EMPTY));
    RECORDER.start();
    assertThat(RECORDER.await(JOURNAL.last(), Duration.ofSeconds(60))).isTrue();
  }

  @AfterAll
  static void close() {
    RECORDER.close();
    GRAPH.close();
  }

  private static Answer ask(String question, Map<String, String> arguments) {
    return GRAPH.ask("acme", new Ask.Ready(question, arguments, Optional.empty()));
  }

  private static Answer askThen(String question, Map<String, String> arguments, Instant when) {
    return GRAPH.ask("acme", new Ask.Ready(question, arguments, Optional.of(when)));
  }

  private static List<String> column(Answer answer, String name) {
    int column = answer.columns().indexOf(name);
    return answer.rows().stream()
        .map(row -> row.get(column).map(Headline::said).orElse(""))
        .toList();
  }

  @Test
  void what_depends_on_a_network() {
    Answer answer = ask("depends-on", Map.of("resource", "vpc-main"));
    assertThat(answer.headline()).isEqualTo("2 resources depend on vpc-main.");
    assertThat(column(answer, "name")).containsExactly("sub-1", "web-fw");
    assertThat(ask("depends-on", Map.of("resource", NET.toString())).rows())
        .isEqualTo(answer.rows());
    assertThat(ask("depends-on", Map.of("resource", "web-1")).headline())
        .isEqualTo("Nothing depends on web-1.");
  }

  @Test
  void the_query_that_is_shown_gives_the_same_when_it_is_asked_again() {
    Answer answer = ask("depends-on", Map.of("resource", "vpc-main"));
    assertThat(answer.query()).contains("VALUES").contains("vpc-main");
    assertThat(GRAPH.ask("acme", new Ask.Sparql(answer.query(), Optional.empty())).rows())
        .isEqualTo(answer.rows());
  }

  @Test
  void the_blast_radius_goes_all_the_way() {
    assertThat(column(ask("blast-radius", Map.of("resource", "vpc-main")), "name"))
        .containsExactly("sub-1", "web-1", "web-fw");
    assertThat(
            column(
                askThen("blast-radius", Map.of("resource", "vpc-main"), TUESDAY.minusSeconds(1)),
                "name"))
        .containsExactly("sub-1", "web-1");
  }

  @Test
  void what_a_machine_depends_on_by_reference_and_later_by_id() {
    assertThat(column(ask("dependencies-of", Map.of("resource", "web-1")), "name"))
        .containsExactly("sub-1");
    assertThat(column(askThen("dependencies-of", Map.of("resource", "web-1"), TUESDAY), "name"))
        .containsExactly("sub-1");
  }

  @Test
  void who_approved_and_who_asked() {
    Answer approved = ask("who-approved", Map.of("resource", "web-1"));
    assertThat(column(approved, "who")).containsExactly("dora", "bob");
    assertThat(approved.headline()).contains("2 approvals").contains("dora");
    assertThat(ask("who-approved", Map.of("resource", "web-fw")).headline())
        .startsWith("bob approved web-fw (2026-03-03");
    Answer asked = ask("who-requested", Map.of("resource", "web-fw"));
    assertThat(column(asked, "who")).containsExactly("cleo");
    assertThat(asked.headline()).startsWith("cleo asked for web-fw");
  }

  @Test
  void who_approved_is_asked_as_of_a_day_too() {
    assertThat(column(askThen("who-approved", Map.of("resource", "web-1"), TUESDAY), "who"))
        .containsExactly("bob");
    assertThat(
            askThen("who-approved", Map.of("resource", "web-1"), MONDAY.minusSeconds(1)).headline())
        .contains("Nothing is called web-1 here at that time");
  }

  @Test
  void a_wish_that_never_ran_is_known_with_who_had_it() {
    assertThat(column(ask("who-requested", Map.of("resource", "db-wish")), "who"))
        .containsExactly("ann");
    assertThat(ask("who-approved", Map.of("resource", "db-wish")).headline())
        .isEqualTo("Nobody has approved anything about db-wish.");
  }

  @Test
  void an_unknown_name_is_told_to_be_unknown() {
    assertThat(ask("depends-on", Map.of("resource", "nonesuch")).headline())
        .isEqualTo("Nothing is called nonesuch here. Ask list-resources for the names there are.");
  }

  @Test
  void what_a_team_costs_now_and_what_it_cost_then() {
    Answer now = ask("cost-of-team", Map.of("team", "shop"));
    assertThat(now.headline())
        .isEqualTo("Team shop costs 5011.00 INR (1 without a price) a month for 3 resources.");
    assertThat(askThen("cost-of-team", Map.of("team", "shop"), TUESDAY).headline())
        .contains("2510.50 INR");
    assertThat(ask("cost-of-team", Map.of("team", "nobody")).headline())
        .isEqualTo("Team nobody owns nothing that is known here.");
  }

  @Test
  void costs_are_summed_by_team_account_and_environment() {
    Answer teams = ask("cost-by-team", Map.of());
    assertThat(column(teams, "team")).containsExactly("shop", "(none)");
    assertThat(column(teams, "monthly")).containsExactly("5011", "1");
    assertThat(column(teams, "withoutPrice")).containsExactly("1", "0");
    assertThat(column(ask("cost-by-account", Map.of()), "account")).containsExactly("aws-prod");
    assertThat(column(ask("cost-by-environment", Map.of()), "environment"))
        .containsExactly("production");
    assertThat(column(askThen("cost-by-account", Map.of(), TUESDAY), "monthly"))
        .containsExactly("2510.5", "");
  }

  @Test
  void resources_are_listed_by_what_is_asked_and_only_those_that_stand() {
    assertThat(column(ask("list-resources", Map.of()), "name"))
        .containsExactlyInAnyOrder("vpc-main", "sub-1", "web-1", "web-fw");
    assertThat(column(askThen("list-resources", Map.of(), TUESDAY), "name"))
        .containsExactlyInAnyOrder("vpc-main", "sub-1", "web-1", "old-logs");
    assertThat(column(ask("list-resources", Map.of("type", "vm")), "name"))
        .containsExactly("web-1");
    assertThat(column(ask("list-resources", Map.of("type", "AWS::EC2::Subnet")), "name"))
        .containsExactly("sub-1");
    assertThat(
            column(
                ask(
                    "list-resources",
                    Map.of(
                        "team",
                        "shop",
                        "region",
                        "ap-south-1",
                        "environment",
                        "production",
                        "account",
                        "aws-prod",
                        "type",
                        "aws:AWS::EC2::VPC")),
                "name"))
        .containsExactly("vpc-main");
    assertThat(ask("list-resources", Map.of("region", "mars")).headline())
        .isEqualTo("No such resource exists.");
  }

  @Test
  void the_history_of_a_resource_has_its_runs_and_people() {
    Answer answer = ask("resource-history", Map.of("resource", "web-1"));
    assertThat(column(answer, "run")).containsExactly("r-3", "r-1");
    assertThat(column(answer, "kind")).containsExactly("update", "create");
    assertThat(column(ask("resource-history", Map.of("resource", "old-logs")), "until"))
        .hasSize(1)
        .noneMatch(String::isEmpty);
  }

  @Test
  void runs_and_their_steps() {
    assertThat(column(ask("runs", Map.of()), "run")).containsExactly("r-3", "r-2", "r-1");
    assertThat(ask("runs", Map.of()).headline()).isEqualTo("3 runs; the latest is r-3, succeeded.");
    assertThat(column(ask("run-steps", Map.of("run", "r-1")), "name"))
        .containsExactly("vpc-main", "sub-1", "web-1");
    assertThat(ask("run-steps", Map.of("run", "r-99")).rows()).isEmpty();
  }

  @Test
  void findings_and_waivers() {
    Answer findings = ask("findings-of", Map.of("resource", "web-fw"));
    assertThat(column(findings, "rule")).containsExactly("AWS-EC2-001");
    assertThat(findings.headline()).isEqualTo("1 finding about web-fw: AWS-EC2-001 (high).");
    assertThat(ask("waivers", Map.of()).headline())
        .startsWith("1 waiver: AWS-EC2-001 for aws-prod/*, by dora");
  }

  @Test
  void what_changed_since_a_day() {
    Answer answer = ask("what-changed", Map.of("since", WEDNESDAY.toString()));
    assertThat(column(answer, "name")).containsExactly("old-logs", "web-1");
    assertThat(column(answer, "what")).containsExactly("deleted or gone", "changed");
    assertThat(column(ask("what-changed", Map.of("since", MONDAY.toString())), "name")).hasSize(7);
    assertThatThrownBy(() -> ask("what-changed", Map.of("since", "yesterday")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("2026-");
  }

  @Test
  void what_is_open_to_everybody_now_and_then() {
    Answer now = ask("public-resources", Map.of());
    assertThat(column(now, "name")).containsExactly("web-fw");
    assertThat(column(now, "port")).containsExactly("22");
    assertThat(column(askThen("public-resources", Map.of(), TUESDAY), "name"))
        .containsExactly("old-logs");
  }

  @Test
  void what_lacks_a_tag() {
    assertThat(column(ask("untagged", Map.of("tag", "cost-center")), "name"))
        .containsExactly("web-fw");
    assertThat(ask("untagged", Map.of("tag", "owner")).headline())
        .isEqualTo("Everything bears the tag owner.");
  }

  @Test
  void a_description_has_the_parts_too() {
    Answer answer = ask("describe", Map.of("resource", "web-fw"));
    assertThat(column(answer, "part")).contains("/SecurityGroupIngress/0");
    assertThat(column(answer, "value")).contains("0.0.0.0/0", "22");
    assertThat(ask("describe", Map.of("resource", "old-logs")).headline())
        .isEqualTo("old-logs does not stand here.");
  }

  @Test
  void which_approval_led_to_this_open_port() {
    Answer answer =
        GRAPH.ask(
            "acme",
            new Ask.Sparql(
                """
                PREFIX parley: <urn:parley:vocabulary#>
                PREFIX prov: <http://www.w3.org/ns/prov#>
                PREFIX p-plan: <http://purl.org/net/p-plan#>
                PREFIX network: <http://w3id.org/devops-infra/network#>
                SELECT ?port ?plan ?who ?at {
                  ?rev prov:specializationOf ?res ; prov:wasGeneratedBy ?step . ?fw network:port ?port ; parley:of ?res .
                  ?step p-plan:isStepOfPlan ?plan . ?vote parley:approves ?plan ; prov:wasAttributedTo ?who ; prov:generatedAtTime ?at
                } ORDER BY ?port
                """,
                Optional.empty()));
    assertThat(column(answer, "port")).containsExactly("22", "443");
    assertThat(column(answer, "who")).allMatch(who -> who.endsWith("user:bob"));
  }

  @Test
  void people_s_words_stay_words() {
    for (String words :
        List.of(
            "x\" } UNION { ?s ?p ?o } #",
            "\\\" . ?s ?p ?o",
            "vpc-main\n} DROP ALL",
            "<java:x>",
            "'''",
            "${resource}")) {
      assertThat(ask("depends-on", Map.of("resource", words)).rows()).isEmpty();
      assertThat(ask("list-resources", Map.of("type", words)).rows()).isEmpty();
    }
  }

  @Test
  void a_missing_or_strange_parameter_is_told() {
    assertThatThrownBy(() -> ask("depends-on", Map.of()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("needs 'resource'");
    assertThatThrownBy(() -> ask("depends-on", Map.of("resource", " ")))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> ask("runs", Map.of("colour", "red")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> ask("depends-on", Map.of("resource", "x".repeat(600))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("500");
  }

  /** Knows the schemas, an account's environment and two users. */
  private static final class Made implements Surroundings {
    @Override
    public Optional<TypeSchema> schema(String tenant, String account, ResourceType type) {
      List<TypeSchema.Link> links =
          type.name().endsWith("Instance") && !type.name().contains("RDS")
              ? List.of(
                  new TypeSchema.Link(
                      Pointer.of("/SubnetId"), List.of(SUBNET.type()), Pointer.ROOT, "deployedIn"))
              : List.of();
      return Optional.of(
          new TypeSchema(
              type,
              type.name(),
              "",
              Fields.EMPTY,
              Set.of(),
              Set.of(),
              Set.of(),
              Pointer.of("/Id"),
              links,
              Optional.empty(),
              Optional.of("server#VirtualServer"),
              false,
              Set.of(),
              "test"));
    }

    @Override
    public Optional<String> service(String tenant, String account, ResourceType type) {
      return type.equals(WEB.type()) ? Optional.of("vm") : Optional.empty();
    }

    @Override
    public Optional<Account> account(String tenant, String account) {
      String environment = account.endsWith("prod") ? "production" : "development";
      return Optional.of(
          new Account(
              tenant,
              account,
              "sandbox",
              "aws",
              "ap-south-1",
              List.of(),
              environment,
              Map.of(),
              Optional.empty(),
              Set.of(),
              Fields.EMPTY));
    }

    @Override
    public Optional<User> user(String tenant, String user) {
      Set<String> teams = user.equals("ann") ? Set.of("shop") : Set.of("security", "sre");
      return Optional.of(new User(tenant, user, user, Set.of(Role.OPERATOR), teams, true));
    }
  }
}
