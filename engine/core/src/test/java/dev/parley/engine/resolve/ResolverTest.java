package dev.parley.engine.resolve;

import static dev.parley.engine.fixture.FixtureWorld.draft;
import static dev.parley.engine.fixture.Wants.alter;
import static dev.parley.engine.fixture.Wants.in;
import static dev.parley.engine.fixture.Wants.json;
import static dev.parley.engine.fixture.Wants.move;
import static dev.parley.engine.fixture.Wants.remove;
import static dev.parley.engine.fixture.Wants.service;
import static dev.parley.engine.fixture.Wants.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.fixture.FixtureWorld;
import dev.parley.engine.fixture.Fixtures;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final String INSTANCE = "aws:AWS::EC2::Instance";
  private static final String VPC = "aws:AWS::EC2::VPC";
  private static final String SUBNET = "aws:AWS::EC2::Subnet";
  private static final String QUEUE = "aws:AWS::SQS::Queue";
  private static final Address WEB = Address.of("aws-dev/" + INSTANCE + "/web");

  private final FixtureWorld world = new FixtureWorld();

  @Test
  void a_service_becomes_the_types_its_offering_names() {
    Plan plan = world.resolved(service("web", "vm", "{'size':'medium','disk':50}")).plan();
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Create.class,
            create -> {
              assertThat(create.at()).isEqualTo(WEB);
              assertThat(create.region()).isEqualTo("us-east-1");
              assertThat(create.desired().text("InstanceType")).contains("t3.medium");
              assertThat(Pointer.of("/BlockDeviceMappings/0/Ebs/VolumeSize").in(create.desired()))
                  .contains(Value.num(50));
              assertThat(create.desired().get("SubnetId")).isEmpty();
              assertThat(create.desired().get("SecurityGroupIds")).isEmpty();
            });
    assertThat(plan.environment()).isEqualTo("development");
    assertThat(plan.expires()).isEqualTo(Fixtures.NOW.plus(Duration.ofHours(24)));
    assertThat(plan.digest()).isEqualTo(Plans.digest(plan));
    assertThat(plan.basis().catalogs()).containsEntry("aws-dev", Fixtures.AWS.revision());
    assertThat(plan.basis().rules()).isEqualTo("rules");
  }

  @Test
  void the_strictest_account_says_what_the_run_does_while_the_chat_is_down() {
    world.waiting("azure-dev");
    Want here = service("web", "vm", "{}");
    Want there = service("m", "vm", "{}", in("azure-dev"));
    assertThat(world.resolved(here).plan().whenChatIsDown()).isEqualTo(WhenChatIsDown.CONTINUE);
    assertThat(world.resolved(here, there).plan().whenChatIsDown()).isEqualTo(WhenChatIsDown.WAIT);
    assertThat(world.resolved(saying(WhenChatIsDown.CONTINUE, there)).plan().whenChatIsDown())
        .as("people may say otherwise")
        .isEqualTo(WhenChatIsDown.CONTINUE);
    assertThat(world.resolved(saying(WhenChatIsDown.WAIT, here)).plan().whenChatIsDown())
        .isEqualTo(WhenChatIsDown.WAIT);
  }

  private static Draft saying(WhenChatIsDown said, Want... wants) {
    return new Draft(
        "t",
        Optional.empty(),
        Place.ANY,
        List.of(wants),
        Map.of(),
        Optional.empty(),
        false,
        Optional.of(said),
        "test");
  }

  @Test
  void tags_come_from_request_account_owner_and_environment_but_never_over_what_was_said() {
    Draft draft =
        new Draft(
            "t",
            Optional.empty(),
            Place.ANY,
            List.of(
                type(
                    "q",
                    QUEUE,
                    "{'Tags':[{'Key':'team','Value':'mine'},{'Key':'owner','Value':'zoe'}]}"),
                service("m", "vm", "{}", in("azure-dev"))),
            Map.of("team", "shop"),
            Optional.empty(),
            false,
            "test");
    Plan plan = world.resolved(draft).plan();
    assertThat(tags(plan, "aws-dev/" + QUEUE + "/q"))
        .containsEntry("team", "mine")
        .containsEntry("owner", "zoe")
        .containsEntry("cost-center", "cc-42")
        .containsEntry("environment", "development");
    assertThat(
            plan.at(Address.of("azure-dev/azure:Microsoft.Compute/virtualMachines@2024-07-01/m"))
                .orElseThrow()
                .properties()
                .fieldsAt("tags")
                .text("owner"))
        .contains("ann");
  }

  @Test
  void references_become_addresses_and_order() {
    Plan plan =
        world
            .resolved(
                service("web", "vm", "{'subnet':'a','firewall':['fw']}"),
                type(
                    "fw",
                    "aws:AWS::EC2::SecurityGroup",
                    "{'GroupDescription':'x','VpcId':{'$ref':'net#/VpcId'}}"),
                service("a", "subnet", "{'network':'net'}"),
                service("net", "network", "{}"))
            .plan();
    Address net = Address.of("aws-dev/" + VPC + "/net");
    Address subnet = Address.of("aws-dev/" + SUBNET + "/a");
    Address group = Address.of("aws-dev/aws:AWS::EC2::SecurityGroup/fw");
    assertThat(plan.needs().get(WEB)).containsExactlyInAnyOrder(subnet, group);
    assertThat(plan.needs().get(subnet)).containsExactly(net);
    assertThat(plan.at(WEB).orElseThrow().properties().get("SubnetId"))
        .contains(new Value.Ref(subnet.toString(), "/SubnetId"));
    assertThat(plan.at(WEB).orElseThrow().properties().itemsAt("SecurityGroupIds"))
        .containsExactly(new Value.Ref(group.toString(), "/GroupId"));
    assertThat(plan.changes()).extracting(Change::at).containsExactly(net, group, subnet, WEB);
  }

  @Test
  void what_is_known_already_is_filled_in() {
    Tracked subnet =
        world.exists(
            "aws-dev", SUBNET, "main", json("{'VpcId':'vpc-12345678','CidrBlock':'10.0.0.0/24'}"));
    Plan plan = world.resolved(service("web", "vm", "{'subnet':'main'}")).plan();
    assertThat(plan.at(WEB).orElseThrow().properties().text("SubnetId"))
        .contains(subnet.resource().id().value());
    assertThat(plan.changes()).hasSize(1);
  }

  @Test
  void something_that_exists_changes_only_in_what_is_said() {
    Fields before =
        json(
            "{'InstanceType':'t3.micro','ImageId':'ami-0abcdef12','BlockDeviceMappings':[{'DeviceName':'/dev/xvda','Ebs':{'VolumeSize':100,'VolumeType':'gp3','Encrypted':true}}],'MetadataOptions':{'HttpTokens':'required'}}");
    Tracked tracked = world.exists("aws-dev", INSTANCE, "web", before);
    Plan plan = world.resolved(service("web", "vm", "{'size':'large'}")).plan();
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update -> {
              assertThat(update.id()).isEqualTo(tracked.resource().id());
              assertThat(update.now())
                  .isEqualTo(before.with("InstanceType", Value.text("t3.large")));
            });
    assertThat(plan.basis().priorStates()).containsEntry(WEB, Plans.priorState(tracked.resource()));
  }

  @Test
  void nothing_to_do_is_a_plan_without_changes() {
    world.exists("aws-dev", QUEUE, "jobs", json("{'QueueName':'jobs','VisibilityTimeout':60}"));
    Plan plan = world.resolved(type("jobs", QUEUE, "{'VisibilityTimeout':60}")).plan();
    assertThat(plan.changes()).singleElement().isInstanceOf(Change.NoOp.class);
    assertThat(plan.isEmpty()).isTrue();
  }

  @Test
  void what_is_gone_is_made_again_with_a_warning() {
    Tracked queue =
        world.exists("aws-dev", QUEUE, "jobs", json("{'QueueName':'jobs','VisibilityTimeout':60}"));
    world.cloud("aws-dev").lose(queue);
    Resolution.Resolved resolved = world.resolved(alter(queue.at().toString(), "{'timeout':90}"));
    assertThat(resolved.plan().changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Create.class,
            create -> {
              assertThat(create.desired().text("QueueName")).contains("jobs");
              assertThat(create.desired().get("VisibilityTimeout")).contains(Value.num(90));
            });
    assertThat(resolved.warnings()).anyMatch(w -> w.why().contains("gone from the cloud"));
  }

  @Test
  void altering_takes_roles_pointers_and_property_names() {
    world.exists(
        "aws-dev",
        QUEUE,
        "jobs",
        json("{'QueueName':'jobs','VisibilityTimeout':60,'RedrivePolicy':{'maxReceiveCount':3}}"));
    String at = "aws-dev/" + QUEUE + "/jobs";
    Plan plan =
        world.resolved(alter(at, "{'timeout':90,'/RedrivePolicy/maxReceiveCount':5}")).plan();
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update ->
                assertThat(update.now())
                    .isEqualTo(
                        json(
                            "{'QueueName':'jobs','VisibilityTimeout':90,'RedrivePolicy':{'maxReceiveCount':5}}")));
    assertThat(world.resolved(alter(at, "{'visibilitytimeout':91}")).plan().changes())
        .singleElement()
        .isInstanceOf(Change.Update.class);
    assertThat(world.rejected(alter(at, "{'timeuot':90}")))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.where()).isEqualTo("/wants/0/arguments/timeuot");
              assertThat(p.next()).contains("timeout");
            });
  }

  @Test
  void what_is_altered_twice_is_one_change() {
    world.exists(
        "aws-dev",
        QUEUE,
        "jobs",
        json("{'QueueName':'jobs','VisibilityTimeout':60,'RedrivePolicy':{'maxReceiveCount':3}}"));
    String at = "aws-dev/" + QUEUE + "/jobs";
    Plan plan =
        world
            .resolved(
                alter(at, "{'timeout':90}"), alter(at, "{'/RedrivePolicy/maxReceiveCount':5}"))
            .plan();
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update ->
                assertThat(update.now())
                    .isEqualTo(
                        json(
                            "{'QueueName':'jobs','VisibilityTimeout':90,'RedrivePolicy':{'maxReceiveCount':5}}")));
  }

  @Test
  void moving_is_a_replacement_and_dependents_come_after_it_with_the_new_output() {
    Tracked vpc = world.exists("aws-dev", VPC, "net", json("{'CidrBlock':'10.0.0.0/16'}"));
    Tracked subnet =
        world.exists(
            "aws-dev",
            SUBNET,
            "a",
            json("{'VpcId':'" + vpc.resource().id() + "','CidrBlock':'10.0.1.0/24'}"));
    Plan plan =
        world
            .resolved(
                move(vpc.at().toString(), "eu-west-1"), move(subnet.at().toString(), "eu-west-1"))
            .plan();
    assertThat(plan.at(vpc.at()))
        .get()
        .isInstanceOfSatisfying(Change.Replace.class, r -> assertThat(r.because()).isEmpty());
    assertThat(plan.at(subnet.at()))
        .get()
        .isInstanceOfSatisfying(
            Change.Replace.class,
            r ->
                assertThat(r.now().get("VpcId"))
                    .contains(new Value.Ref(vpc.at().toString(), "/VpcId")));
    assertThat(plan.needs().get(subnet.at())).containsExactly(vpc.at());
  }

  @Test
  void what_uses_something_replaced_follows_it_although_nobody_spoke_of_it() {
    Tracked vpc = world.exists("aws-dev", VPC, "net", json("{'CidrBlock':'10.0.0.0/16'}"));
    Tracked subnet =
        world.exists(
            "aws-dev",
            SUBNET,
            "a",
            json("{'VpcId':'" + vpc.resource().id() + "','CidrBlock':'10.0.1.0/24'}"));
    Tracked web =
        world.exists(
            "aws-dev",
            INSTANCE,
            "web",
            json(
                "{'InstanceType':'t3.micro','ImageId':'ami-1','SubnetId':'"
                    + subnet.resource().id()
                    + "'}"));
    Tracked lb =
        world.exists(
            "aws-dev",
            "aws:AWS::ElasticLoadBalancingV2::LoadBalancer",
            "lb",
            json("{'Type':'network','Targets':['" + web.resource().id() + "']}"));
    Resolution.Resolved resolved = world.resolved(move(vpc.at().toString(), "eu-west-1"));
    Plan plan = resolved.plan();
    assertThat(plan.changes())
        .extracting(c -> c.sign() + " " + c.at().name() + " " + c.region())
        .containsExactly("± net eu-west-1", "± a eu-west-1", "± web eu-west-1", "~ lb us-east-1");
    assertThat(plan.at(lb.at()).orElseThrow().properties().itemsAt("Targets"))
        .containsExactly(new Value.Ref(web.at().toString(), "/InstanceId"));
    assertThat(plan.needs().get(lb.at())).containsExactly(web.at());
    assertThat(resolved.warnings())
        .anyMatch(w -> w.where().equals(lb.at().toString()) && w.why().contains("follows"));
  }

  @Test
  void what_uses_something_that_is_made_anew_is_pointed_at_the_new_one() {
    Tracked dead = world.exists("aws-dev", QUEUE, "dead", json("{'QueueName':'dead'}"));
    Tracked jobs =
        world.exists(
            "aws-dev",
            QUEUE,
            "jobs",
            json(
                "{'QueueName':'jobs','RedrivePolicy':{'deadLetterTargetArn':'"
                    + dead.resource().id()
                    + "/Arn'}}"));
    world.cloud("aws-dev").lose(dead);
    Plan plan = world.resolved(alter(dead.at().toString(), "{'timeout':9}")).plan();
    assertThat(plan.changes())
        .extracting(c -> c.sign() + " " + c.at().name())
        .containsExactly("+ dead", "~ jobs");
    assertThat(
            Pointer.of("/RedrivePolicy/deadLetterTargetArn")
                .in(plan.at(jobs.at()).orElseThrow().properties()))
        .contains(new Value.Ref(dead.at().toString(), "/Arn"));
  }

  @Test
  void deletes_go_in_reverse_and_never_under_somebody_elses_feet() {
    Tracked vpc = world.exists("aws-dev", VPC, "net", json("{'CidrBlock':'10.0.0.0/16'}"));
    Tracked subnet =
        world.exists(
            "aws-dev",
            SUBNET,
            "a",
            json("{'VpcId':'" + vpc.resource().id() + "','CidrBlock':'10.0.1.0/24'}"));
    Plan plan = world.resolved(remove(vpc.at().toString()), remove(subnet.at().toString())).plan();
    assertThat(plan.needs().get(vpc.at())).containsExactly(subnet.at());
    assertThat(plan.changes()).extracting(Change::at).containsExactly(subnet.at(), vpc.at());
    assertThat(world.rejected(remove(vpc.at().toString())))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.why()).contains("used by").contains(subnet.at().toString());
              assertThat(p.where()).isEqualTo("/wants/0");
            });
  }

  @Test
  void something_that_lets_go_first_may_lose_what_it_used() {
    Tracked one = world.exists("aws-dev", QUEUE, "dead", json("{'QueueName':'dead'}"));
    world.exists("aws-dev", QUEUE, "dead2", json("{'QueueName':'dead2'}"));
    Tracked user =
        world.exists(
            "aws-dev",
            QUEUE,
            "jobs",
            json(
                "{'QueueName':'jobs','RedrivePolicy':{'deadLetterTargetArn':'"
                    + one.resource().id()
                    + "/Arn'}}"));
    Want use =
        new Want.Alter(
            user.at(),
            Fields.of("/RedrivePolicy/deadLetterTargetArn", new Value.Ref("dead2", "/Arn")),
            Optional.empty());
    Plan plan = world.resolved(remove(one.at().toString()), use).plan();
    assertThat(plan.needs().get(one.at())).containsExactly(user.at());
  }

  @Test
  void an_operation_must_be_one_of_the_types() {
    Tracked queue = world.exists("aws-dev", QUEUE, "jobs", json("{'QueueName':'jobs'}"));
    Plan plan = world.resolved(new Want.Invoke(queue.at(), "purge", Fields.EMPTY)).plan();
    assertThat(plan.changes()).singleElement().isInstanceOf(Change.Call.class);
    assertThat(world.rejected(new Want.Invoke(queue.at(), "purg", Fields.EMPTY)))
        .singleElement()
        .satisfies(p -> assertThat(p.next()).contains("purge"));
  }

  @Test
  void a_new_secret_is_an_update_although_it_is_never_shown() {
    Fields desired =
        json(
            "{'DBInstanceClass':'db.t3.micro','Engine':'postgres','MasterUserPassword':{'$secret':'env:OLD'}}");
    Tracked db = world.exists("aws-dev", "aws:AWS::RDS::DBInstance", "db", desired);
    assertThat(
            world
                .resolved(
                    alter(db.at().toString(), "{'/MasterUserPassword':{'$secret':'env:OLD'}}"))
                .plan()
                .changes())
        .singleElement()
        .isInstanceOf(Change.NoOp.class);
    assertThat(
            world
                .resolved(
                    alter(db.at().toString(), "{'/MasterUserPassword':{'$secret':'env:NEW'}}"))
                .plan()
                .changes())
        .singleElement()
        .isInstanceOf(Change.Update.class);
  }

  @Test
  void what_was_imported_keeps_what_it_has_but_for_outputs() {
    Tracked queue =
        world.imported("aws-dev", QUEUE, "old", json("{'QueueName':'old','VisibilityTimeout':60}"));
    Plan plan = world.resolved(alter(queue.at().toString(), "{'timeout':90}")).plan();
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update ->
                assertThat(update.now())
                    .isEqualTo(json("{'QueueName':'old','VisibilityTimeout':90}")));
  }

  @Test
  void type_names_may_lack_version_and_case() {
    Want make =
        new Want.Make(
            "m",
            new Want.OfType(
                dev.parley.resource.ResourceType.of("azure:microsoft.compute/VirtualMachines"),
                json("{'properties':{}}")),
            Place.ANY);
    assertThat(
            world
                .resolved(draft(dev.parley.engine.fixture.Wants.in("azure-dev"), make))
                .plan()
                .changes())
        .singleElement()
        .satisfies(
            c ->
                assertThat(c.at().type())
                    .hasToString("azure:Microsoft.Compute/virtualMachines@2024-07-01"));
    Want unknownFamily = type("q", "any:AWS::SQS::Queue", "{}");
    assertThat(world.resolved(unknownFamily).plan().changes())
        .singleElement()
        .satisfies(c -> assertThat(c.at().type()).hasToString(QUEUE));
  }

  @Test
  void parts_are_made_only_under_their_conditions() {
    Plan plain =
        world
            .resolved(
                service("lb", "load-balancer", "{'targets':['web']}"), service("web", "vm", "{}"))
            .plan();
    assertThat(plain.changes())
        .extracting(c -> c.at().name())
        .containsExactlyInAnyOrder("web", "lb", "lb-tcp");
    assertThat(
            plain
                .at(Address.of("aws-dev/aws:AWS::ElasticLoadBalancingV2::LoadBalancer/lb"))
                .orElseThrow()
                .properties())
        .satisfies(
            p -> {
              assertThat(p.text("Scheme")).contains("internal");
              assertThat(p.text("Type")).contains("network");
            });
    Plan https =
        world
            .resolved(
                service("lb", "load-balancer", "{'certificate':'arn:aws:acm:x','public':true}"))
            .plan();
    assertThat(https.changes())
        .extracting(c -> c.at().name())
        .containsExactlyInAnyOrder("lb", "lb-https");
    assertThat(
            https
                .at(Address.of("aws-dev/aws:AWS::ElasticLoadBalancingV2::LoadBalancer/lb"))
                .orElseThrow()
                .properties())
        .satisfies(
            p -> {
              assertThat(p.text("Scheme")).contains("internet-facing");
              assertThat(p.text("Type")).contains("application");
              assertThat(p.get("Targets")).isEmpty();
            });
  }

  @Test
  void variants_give_what_the_request_leaves_out() {
    Plan plan =
        world
            .resolved(
                service("db", "database", "{'engine':'postgres'}"),
                service("db2", "postgres", "{'version':'15'}"))
            .plan();
    assertThat(plan.changes())
        .extracting(
            c ->
                c.properties().text("Engine").orElse("")
                    + c.properties().text("EngineVersion").orElse(""))
        .containsExactly("postgres16", "postgres15");
    assertThat(world.rejected(service("db", "database", "{}")))
        .anySatisfy(p -> assertThat(p.where()).isEqualTo("/wants/0/what/arguments/engine"));
  }

  private static Map<String, String> tags(Plan plan, String at) {
    var tags = new java.util.TreeMap<String, String>();
    plan.at(Address.of(at))
        .orElseThrow()
        .properties()
        .itemsAt("Tags")
        .forEach(
            tag -> {
              if (tag instanceof Fields fields) {
                tags.put(fields.text("Key").orElse(""), fields.text("Value").orElse(""));
              }
            });
    return tags;
  }
}
