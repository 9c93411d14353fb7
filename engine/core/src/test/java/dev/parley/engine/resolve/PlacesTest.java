package dev.parley.engine.resolve;

import static dev.parley.engine.fixture.FixtureWorld.draft;
import static dev.parley.engine.fixture.Wants.cheapest;
import static dev.parley.engine.fixture.Wants.family;
import static dev.parley.engine.fixture.Wants.in;
import static dev.parley.engine.fixture.Wants.json;
import static dev.parley.engine.fixture.Wants.region;
import static dev.parley.engine.fixture.Wants.service;
import static dev.parley.engine.fixture.Wants.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cost.Comparison;
import dev.parley.engine.fixture.FixtureWorld;
import dev.parley.engine.fixture.Fixtures;
import dev.parley.plan.Change;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.resource.Tracked;
import dev.parley.value.Check;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Want VM = service("web", "vm", "{}");
  private final FixtureWorld world = new FixtureWorld();

  @Test
  void left_open_it_is_the_first_account_of_development() {
    assertThat(where(world.resolved(VM).plan())).isEqualTo("aws-dev us-east-1");
  }

  @Test
  void an_environment_or_an_account_decides() {
    assertThat(where(world.resolved(draft("production", Place.ANY, VM)).plan()))
        .isEqualTo("aws-prod eu-central-1");
    Plan named = world.resolved(draft(in("aws-prod"), VM)).plan();
    assertThat(where(named)).isEqualTo("aws-prod eu-central-1");
    assertThat(named.environment()).isEqualTo("production");
    assertThat(where(world.resolved(draft(family("gcp"), VM)).plan()))
        .isEqualTo("gcp-dev us-central1");
  }

  @Test
  void a_region_picks_an_account_that_may_use_it() {
    assertThat(where(world.resolved(draft(region("eastus"), VM)).plan()))
        .isEqualTo("azure-dev eastus");
    assertThat(where(world.resolved(draft(region("EU-West-1"), VM)).plan()))
        .isEqualTo("aws-dev eu-west-1");
  }

  @Test
  void what_can_not_be_is_explained() {
    assertThat(world.rejected(draft(in("aws-dve"), VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("aws-dev"));
    assertThat(world.rejected(draft("staging", Place.ANY, VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("development").contains("production"));
    assertThat(world.rejected(draft("production", in("aws-dev"), VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.why()).contains("production"));
    assertThat(world.rejected(draft(region("mars-1"), VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("us-east-1").contains("eastus"));
    assertThat(
            world.rejected(
                draft(
                    new Place(
                        Optional.of("aws-prod"), Optional.empty(), Optional.of("us-east-1"), false),
                    VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("eu-central-1"));
    assertThat(world.rejected(draft(family("oci"), VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("aws"));
  }

  @Test
  void two_accounts_of_a_family_make_it_ask() {
    var two =
        new FixtureWorld(
            Fixtures.account("a-1", "aws", "development", "us-east-1"),
            Fixtures.account("a-2", "aws", "development", "us-east-1"));
    assertThat(two.rejected(draft(family("aws"), VM)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).isEqualTo("say which: a-1, a-2"));
  }

  @Test
  void new_things_go_where_the_things_are_that_they_refer_to_and_old_ones_stay() {
    Tracked vpc =
        world.exists("aws-dev", "aws:AWS::EC2::VPC", "net", json("{'CidrBlock':'10.0.0.0/16'}"));
    assertThat(world.resolved(service("a", "subnet", "{'network':'net'}")).plan().changes())
        .singleElement()
        .satisfies(c -> assertThat(c.region()).isEqualTo(vpc.resource().region()));
    world.exists(
        "gcp-dev",
        "gcp:compute.googleapis.com/Instance",
        "web",
        json("{'machineType':'e2-small','sourceImage':'debian-12'}"));
    assertThat(world.resolved(service("web", "vm", "{'size':'medium'}")).plan().changes())
        .singleElement()
        .isInstanceOf(Change.Update.class);
  }

  @Test
  void the_cheapest_target_is_chosen_and_the_others_are_shown() {
    Resolution.Resolved resolved =
        world.resolved(draft(cheapest(), service("web", "vm", "{'size':'medium'}")));
    List<Comparison.Option> options = resolved.comparison().orElseThrow().options();
    assertThat(options)
        .extracting(o -> o.account() + " " + o.region())
        .containsExactlyInAnyOrder(
            "aws-dev us-east-1",
            "aws-dev eu-west-1",
            "aws-dev ap-south-1",
            "azure-dev westeurope",
            "azure-dev eastus",
            "gcp-dev us-central1");
    assertThat(options)
        .isSortedAccordingTo(
            (a, b) ->
                a.monthly().orElseThrow().amount().compareTo(b.monthly().orElseThrow().amount()));
    Comparison.Option chosen =
        options.stream().filter(Comparison.Option::chosen).findFirst().orElseThrow();
    assertThat(where(resolved.plan())).isEqualTo(chosen.account() + " " + chosen.region());
    assertThat(resolved.estimate().monthly()).isEqualTo(chosen.monthly().orElseThrow());
    assertThat(options).filteredOn(o -> !o.chosen()).allMatch(o -> !o.why().isBlank());
  }

  @Test
  void the_rules_and_a_sick_account_keep_a_target_from_being_chosen() {
    world.deny(plan -> plan.changes().getFirst().at().account().equals("gcp-dev"));
    world
        .cloud("aws-dev")
        .check(Check.failed("the endpoint does not answer", "look at the network"));
    Resolution.Resolved resolved =
        world.resolved(draft(cheapest(), service("web", "vm", "{'size':'medium'}")));
    assertThat(resolved.plan().changes().getFirst().at().account()).isEqualTo("azure-dev");
    List<Comparison.Option> options = resolved.comparison().orElseThrow().options();
    assertThat(options)
        .filteredOn(o -> o.account().equals("gcp-dev"))
        .allMatch(o -> !o.allowed() && o.why().contains("TEST-001"));
    assertThat(options)
        .filteredOn(o -> o.account().equals("aws-dev"))
        .allMatch(o -> o.why().contains("does not answer"));
  }

  @Test
  void a_target_that_can_not_make_it_is_shown_without_a_price() {
    Resolution.Resolved resolved = world.resolved(draft(cheapest(), service("q", "queue", "{}")));
    assertThat(resolved.comparison().orElseThrow().options())
        .allMatch(o -> o.account().equals("aws-dev"));
    Resolution.Resolved sized =
        world.resolved(draft(cheapest(), service("web", "vm", "{'vcpu':4,'memory':16}")));
    assertThat(sized.comparison().orElseThrow().options())
        .filteredOn(o -> o.account().equals("gcp-dev"))
        .allMatch(
            o -> o.monthly().isEmpty() && o.why().contains("no size here has 4 vCPU, 16 GiB"));
    assertThat(sized.plan().changes().getFirst().at().account()).isNotEqualTo("gcp-dev");
  }

  @Test
  void an_account_that_can_not_be_read_is_a_problem_not_a_guess() {
    Tracked queue = world.exists("aws-dev", "aws:AWS::SQS::Queue", "q", json("{'QueueName':'q'}"));
    world.cloud("aws-dev").breakReads();
    assertThat(world.rejected(type("q", "aws:AWS::SQS::Queue", "{'VisibilityTimeout':9}")))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.what()).isEqualTo(queue.at().toString());
              assertThat(p.why()).contains("the cloud is down");
            });
  }

  private static String where(Plan plan) {
    Change change = plan.changes().getFirst();
    return change.at().account() + " " + change.region();
  }
}
