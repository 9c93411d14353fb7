package dev.parley.provider.aws.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.json.Json;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.provider.aws.operation.Wire;
import dev.parley.provider.aws.operation.Wire.Answer;
import dev.parley.provider.aws.operation.WireClients;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LooksTest {
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Wire wire = new Wire(this::answer);
  private final WireClients clients = new WireClients(wire.endpoint());
  private final Operations operations =
      new Operations(clients, getClass().getClassLoader(), "acme", reference -> reference);
  private final Looks looks =
      new Looks(clients, operations, Recipes.read(operations, Optional.empty()), "acme");

  @AfterEach
  void close() {
    clients.close();
    wire.close();
  }

  /** By the name in the header, or in the form, or by the path. */
  private Answer answer(Wire.Call call) {
    for (var one : answers.entrySet()) {
      if (call.target().equals(one.getKey())
          || call.body().contains("Action=" + one.getKey() + "&")
          || call.path().contains(one.getKey())) {
        return one.getValue();
      }
    }
    return Answer.error(400, "AccessDeniedException", "no answer for " + call);
  }

  private static Resource resource(String type, String id, String properties) {
    return new Resource(
        ResourceType.of("aws:" + type),
        new ResourceId(id),
        "shop",
        "eu-west-1",
        (Fields) Json.parse(properties),
        Map.of(),
        Lifecycle.READY,
        Optional.empty());
  }

  private void statuses(String state, String system, String instance) {
    answers.put(
        "DescribeInstanceStatus",
        Answer.xml(
            "<DescribeInstanceStatusResponse><instanceStatusSet><item><instanceId>i-1</instanceId>"
                + "<instanceState><name>%s</name></instanceState>".formatted(state)
                + "<systemStatus><status>%s</status></systemStatus>".formatted(system)
                + "<instanceStatus><status>%s</status></instanceStatus>".formatted(instance)
                + "</item></instanceStatusSet></DescribeInstanceStatusResponse>"));
  }

  @Test
  void an_instance_is_healthy_when_it_runs_and_both_checks_pass() {
    Resource instance = resource("AWS::EC2::Instance", "i-1", "{}");
    statuses("running", "ok", "initializing");
    assertThat(looks.health(instance).state()).isEqualTo(Health.State.STARTING);
    statuses("running", "ok", "ok");
    assertThat(looks.health(instance).state()).isEqualTo(Health.State.HEALTHY);
    statuses("running", "impaired", "ok");
    Health ill = looks.health(instance);
    assertThat(ill.state()).isEqualTo(Health.State.UNHEALTHY);
    assertThat(ill.problem().orElseThrow().what()).contains("system check impaired");
  }

  @Test
  void a_service_starts_until_as_many_tasks_run_as_are_wanted() {
    Resource service =
        resource("AWS::ECS::Service", "arn:aws:ecs:eu-west-1:1:service/main/shop|main", "{}");
    String shown =
        """
        {"services": [{"status": "ACTIVE", "desiredCount": 3, "runningCount": %d,
          "deployments": [{"rolloutState": "COMPLETED"}]}]}
        """;
    answers.put("DescribeServices", Answer.json(shown.formatted(2)));
    assertThat(looks.health(service).state()).isEqualTo(Health.State.STARTING);
    assertThat(looks.health(service).detail()).contains("running tasks 2 of 3");
    answers.put("DescribeServices", Answer.json(shown.formatted(3)));
    assertThat(looks.health(service).state()).isEqualTo(Health.State.HEALTHY);
    assertThat(wire.calls().getFirst().body()).contains("\"cluster\":\"main\"");
  }

  @Test
  void a_balancer_without_subnets_gets_those_of_the_default_network_in_the_same_order_each_time() {
    answers.put(
        "DescribeSubnets",
        Answer.xml(
            "<DescribeSubnetsResponse><subnetSet><item><subnetId>subnet-b</subnetId></item>"
                + "<item><subnetId>subnet-a</subnetId></item></subnetSet></DescribeSubnetsResponse>"));
    ResourceType type = ResourceType.of("aws:AWS::ElasticLoadBalancingV2::LoadBalancer");
    Fields asked = (Fields) Json.parse("{\"Name\": \"lb\"}");
    assertThat(looks.usual(type, "eu-west-1", asked).itemsAt("Subnets"))
        .containsExactly(Value.text("subnet-a"), Value.text("subnet-b"));
    assertThat(wire.calls().getFirst().body()).contains("default-for-az");
    Fields said = (Fields) Json.parse("{\"Subnets\": [\"subnet-z\"]}");
    assertThat(looks.usual(type, "eu-west-1", said)).isEqualTo(said);
    Fields mapped = (Fields) Json.parse("{\"SubnetMappings\": []}");
    assertThat(looks.usual(type, "eu-west-1", mapped)).isEqualTo(mapped);
  }

  @Test
  void what_an_account_has_not_or_does_not_tell_is_left_out_and_a_busy_one_is_no_answer() {
    ResourceType type = ResourceType.of("aws:AWS::ElasticLoadBalancingV2::LoadBalancer");
    Fields asked = (Fields) Json.parse("{\"Name\": \"lb\"}");
    answers.put(
        "DescribeSubnets",
        Answer.xml("<DescribeSubnetsResponse><subnetSet/></DescribeSubnetsResponse>"));
    assertThat(looks.usual(type, "eu-west-1", asked)).isEqualTo(asked);
    answers.put("DescribeSubnets", failure(403, "UnauthorizedOperation"));
    assertThat(looks.usual(type, "eu-west-1", asked)).isEqualTo(asked);
    answers.put("DescribeSubnets", failure(503, "RequestLimitExceeded"));
    assertThatThrownBy(() -> looks.usual(type, "eu-west-1", asked))
        .isInstanceOf(ProviderException.Throttled.class);
  }

  private static Answer failure(int status, String code) {
    return new Answer(
        status,
        "text/xml",
        "<Response><Errors><Error><Code>%s</Code><Message>no</Message></Error></Errors></Response>"
            .formatted(code));
  }

  @Test
  void a_load_balancer_is_as_healthy_as_the_targets_behind_it() {
    Resource balancer = resource("AWS::ElasticLoadBalancingV2::LoadBalancer", "arn:lb", "{}");
    answers.put(
        "DescribeLoadBalancers",
        Answer.xml(
            "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancers><member>"
                + "<State><Code>active</Code></State></member></LoadBalancers>"
                + "</DescribeLoadBalancersResult></DescribeLoadBalancersResponse>"));
    answers.put(
        "DescribeTargetGroups",
        Answer.xml(
            "<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member>"
                + "<TargetGroupArn>arn:tg</TargetGroupArn></member></TargetGroups>"
                + "</DescribeTargetGroupsResult></DescribeTargetGroupsResponse>"));
    answers.put(
        "DescribeTargetHealth",
        Answer.xml(
            "<DescribeTargetHealthResponse><DescribeTargetHealthResult>"
                + "<TargetHealthDescriptions><member><TargetHealth><State>unhealthy</State>"
                + "<Description>Health checks failed</Description></TargetHealth></member>"
                + "</TargetHealthDescriptions></DescribeTargetHealthResult>"
                + "</DescribeTargetHealthResponse>"));
    Health seen = looks.health(balancer);
    assertThat(seen.state()).isEqualTo(Health.State.UNHEALTHY);
    assertThat(seen.detail()).contains("state active", "target unhealthy (Health checks failed)");
    assertThat(wire.calls().getLast().body()).contains("arn%3Atg");
  }

  @Test
  void what_may_not_be_asked_is_unknown_and_says_why() {
    Health seen = looks.health(resource("AWS::RDS::DBInstance", "shop", "{}"));
    assertThat(seen.state()).isEqualTo(Health.State.UNKNOWN);
    assertThat(seen.detail()).contains("could not be asked");
  }

  @Test
  void a_type_without_a_recipe_is_unknown() {
    assertThat(looks.health(resource("AWS::Shop::Till", "t", "{}")).state())
        .isEqualTo(Health.State.UNKNOWN);
  }

  @Test
  void a_functions_logs_come_page_by_page_oldest_first() {
    answers.put(
        "FilterLogEvents",
        Answer.json(
            """
            {"events": [{"timestamp": 2000, "message": "two", "logStreamName": "s"},
                        {"timestamp": 1000, "message": "one\\n", "logStreamName": "s"}]}
            """));
    assertThat(looks.logs(resource("AWS::Lambda::Function", "shop", "{}"), Instant.EPOCH, 10))
        .extracting(LogLine::text)
        .containsExactly("one", "two");
    assertThat(wire.calls().getFirst().body()).contains("/aws/lambda/shop", "\"startTime\":0");
  }

  @Test
  void a_service_writes_where_its_task_definition_says() {
    answers.put(
        "DescribeTaskDefinition",
        Answer.json(
            """
            {"taskDefinition": {"containerDefinitions": [
              {"name": "web", "logConfiguration": {"logDriver": "awslogs",
                "options": {"awslogs-group": "/ecs/shop", "awslogs-stream-prefix": "web"}}},
              {"name": "side"}]}}
            """));
    answers.put("FilterLogEvents", Answer.json("{\"events\": []}"));
    looks.logs(
        resource("AWS::ECS::Service", "arn|main", "{\"TaskDefinition\": \"shop:3\"}"),
        Instant.EPOCH,
        10);
    assertThat(wire.calls())
        .filteredOn(call -> call.target().equals("FilterLogEvents"))
        .singleElement()
        .satisfies(
            call ->
                assertThat(call.body()).contains("/ecs/shop", "\"logStreamNamePrefix\":\"web\""));
  }

  @Test
  void a_group_that_does_not_exist_yet_has_no_lines() {
    answers.put("FilterLogEvents", Answer.error(400, "ResourceNotFoundException", "no such group"));
    assertThat(looks.logs(resource("AWS::Logs::LogGroup", "/shop", "{}"), Instant.EPOCH, 5))
        .isEmpty();
  }

  @Test
  void a_server_shows_its_console() {
    answers.put(
        "GetConsoleOutput",
        Answer.xml(
            "<GetConsoleOutputResponse><instanceId>i-1</instanceId>"
                + "<timestamp>2026-01-31T10:00:00.000Z</timestamp>"
                + "<output>Ym9vdGluZwpyZWFkeQo=</output></GetConsoleOutputResponse>"));
    assertThat(looks.logs(resource("AWS::EC2::Instance", "i-1", "{}"), Instant.EPOCH, 5))
        .containsExactly(
            new LogLine(Instant.parse("2026-01-31T10:00:00Z"), "ec2.GetConsoleOutput", "booting"),
            new LogLine(Instant.parse("2026-01-31T10:00:00Z"), "ec2.GetConsoleOutput", "ready"));
  }

  @Test
  void a_call_in_the_words_of_its_type_means_an_operation() {
    assertThat(looks.call(resource("AWS::EC2::Instance", "i-1", "{}"), "stop", Fields.EMPTY))
        .contains(
            new Looks.Meant(
                "ec2.StopInstances", Fields.of("InstanceIds", Value.Items.of(Value.text("i-1")))));
    Resource service = resource("AWS::ECS::Service", "arn|main", "{}");
    assertThat(looks.call(service, "scale", Fields.of("count", Value.num(4))).orElseThrow().input())
        .isEqualTo(
            Json.parse("{\"cluster\": \"main\", \"service\": \"arn\", \"desiredCount\": 4}"));
    assertThatThrownBy(() -> looks.call(service, "scale", Fields.EMPTY))
        .isInstanceOf(ProviderException.Refused.class)
        .hasMessageContaining("input.count");
    assertThat(looks.call(service, "sing", Fields.EMPTY)).isEmpty();
  }

  @Test
  void what_is_terminated_is_not_there_any_more() {
    Resource instance = resource("AWS::EC2::Instance", "i-1", "{}");
    String shown =
        "<DescribeInstancesResponse><reservationSet><item><instancesSet><item>"
            + "<instanceState><name>%s</name></instanceState></item></instancesSet></item>"
            + "</reservationSet></DescribeInstancesResponse>";
    answers.put("DescribeInstances", Answer.xml(shown.formatted("running")));
    assertThat(looks.exists(instance)).contains(true);
    answers.put("DescribeInstances", Answer.xml(shown.formatted("terminated")));
    assertThat(looks.exists(instance)).contains(false);
    answers.put(
        "DescribeInstances",
        new Answer(
            400,
            "text/xml",
            "<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>gone"
                + "</Message></Error></Errors><RequestID>r</RequestID></Response>"));
    assertThat(looks.exists(instance)).contains(false);
    assertThat(looks.exists(resource("AWS::SecretsManager::Secret", "s", "{}"))).isEmpty();
  }
}
