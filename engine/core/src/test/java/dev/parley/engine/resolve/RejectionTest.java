package dev.parley.engine.resolve;

import static dev.parley.engine.fixture.FixtureWorld.draft;
import static dev.parley.engine.fixture.Wants.remove;
import static dev.parley.engine.fixture.Wants.service;
import static dev.parley.engine.fixture.Wants.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.fixture.FixtureWorld;
import dev.parley.plan.Place;
import dev.parley.value.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionTest {
  private static final String QUEUE = "aws:AWS::SQS::Queue";
  private final FixtureWorld world = new FixtureWorld();

  @Test
  void all_problems_are_told_at_once_each_with_its_place() {
    List<Problem> problems =
        world.rejected(
            type("a", QUEUE, "{'VisibilityTimout':60}"),
            type("b", "aws:AWS::SQS::Quue", "{}"),
            service("c", "vmm", "{}"),
            service("d", "vm", "{'size':'gigantic','subnet':'nowhere'}"),
            type("a", QUEUE, "{}"),
            remove("aws-dev/" + QUEUE + "/ghost"),
            type("no/slash", QUEUE, "{}"));
    assertThat(problems)
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            "aws-dev/" + QUEUE + "/a#/VisibilityTimout",
            "/wants/1/what/type",
            "/wants/2/what/service",
            "/wants/3/what/arguments/size",
            "aws-dev/aws:AWS::EC2::Instance/d#/SubnetId",
            "aws-dev/aws:AWS::EC2::Instance/d#/InstanceType",
            "/wants/4/name",
            "/wants/5/at",
            "/wants/6/name");
    assertThat(problems)
        .filteredOn(p -> p.where().equals("/wants/1/what/type"))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains(QUEUE));
    assertThat(problems)
        .filteredOn(p -> p.where().equals("/wants/2/what/service"))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("vm"));
  }

  @Test
  void a_circle_of_references_is_named() {
    List<Problem> problems =
        world.rejected(
            type("a", QUEUE, "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'b#/Arn'}}}"),
            type("b", QUEUE, "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'c#/Arn'}}}"),
            type("c", QUEUE, "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'a#/Arn'}}}"),
            type("d", QUEUE, "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'a#/Arn'}}}"));
    assertThat(problems)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.what())
                  .isEqualTo(
                      "aws-dev/aws:AWS::SQS::Queue/a → aws-dev/aws:AWS::SQS::Queue/b →"
                          + " aws-dev/aws:AWS::SQS::Queue/c → aws-dev/aws:AWS::SQS::Queue/a");
              assertThat(p.why()).contains("circle");
            });
  }

  @Test
  void something_that_refers_to_itself_is_a_problem() {
    assertThat(
            world.rejected(
                type("a", QUEUE, "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'a#/Arn'}}}")))
        .singleElement()
        .satisfies(p -> assertThat(p.why()).contains("itself"));
  }

  @Test
  void an_output_that_does_not_exist_is_a_problem_with_the_nearest_one() {
    assertThat(
            world.rejected(
                type("a", QUEUE, "{}"),
                type(
                    "b",
                    QUEUE,
                    "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'a#/QueueUri'}}}")))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("QueueUrl"));
  }

  @Test
  void a_reference_to_what_the_same_request_removes_is_a_problem() {
    var queue =
        world.exists(
            "aws-dev", QUEUE, "dead", dev.parley.engine.fixture.Wants.json("{'QueueName':'dead'}"));
    assertThat(
            world.rejected(
                remove(queue.at().toString()),
                type("b", QUEUE, "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'dead#/Arn'}}}")))
        .singleElement()
        .satisfies(p -> assertThat(p.why()).contains("removes it"));
  }

  @Test
  void an_id_of_the_cloud_may_stand_where_a_name_could() {
    var plan = world.resolved(service("web", "vm", "{'subnet':'subnet-0a1b2c3d4'}")).plan();
    assertThat(plan.changes().getFirst().properties().text("SubnetId"))
        .contains("subnet-0a1b2c3d4");
  }

  @Test
  void nothing_wanted_is_a_problem() {
    assertThat(world.rejected(draft(Place.ANY))).hasSize(1);
  }

  @Test
  void sizes_of_other_clouds_and_amounts_become_the_smallest_that_is_enough_and_say_so() {
    Resolution.Resolved foreign = world.resolved(service("web", "vm", "{'size':'Standard_B2ms'}"));
    assertThat(foreign.plan().changes().getFirst().properties().text("InstanceType"))
        .contains("t3.large");
    assertThat(foreign.warnings())
        .singleElement()
        .satisfies(w -> assertThat(w.why()).contains("another cloud").contains("t3.large"));
    Resolution.Resolved amounts = world.resolved(service("web", "vm", "{'vcpu':3,'memory':'6'}"));
    assertThat(amounts.plan().changes().getFirst().properties().text("InstanceType"))
        .contains("m5.xlarge");
    assertThat(world.rejected(service("web", "vm", "{'vcpu':64}")))
        .anySatisfy(p -> assertThat(p.why()).contains("no size here has 64 vCPU"));
  }

  @Test
  void a_setting_that_a_service_does_not_have_is_said() {
    Resolution.Resolved resolved = world.resolved(service("q", "queue", "{'timout':5}"));
    assertThat(resolved.warnings())
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.where()).isEqualTo("/wants/0/what/arguments/timout");
              assertThat(w.next()).contains("timeout");
            });
  }
}
