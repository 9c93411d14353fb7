package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.world.Charge;
import dev.parley.provider.aws.fake.world.LogLine;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ProvisioningType;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.cloudformation.model.TypeNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.TypeSummary;
import software.amazon.awssdk.services.cloudformation.model.Visibility;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinitionType;
import software.amazon.awssdk.services.costexplorer.model.Metric;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.resourceexplorer2.ResourceExplorer2Client;
import software.amazon.awssdk.services.resourceexplorer2.model.Resource;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/** The demo's machines behind a balancer, seen by the services beside Cloud Control. */
class LooksServicesTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-15T12:00:00Z"));
  private FakeAws aws;
  private AccessKey ann;
  private CloudControlClient cloud;

  @BeforeEach
  void start() {
    aws = FakeAws.builder().clock(clock).pace(Pace.AT_ONCE).start();
    ann = aws.user(FakeAccounts.ONE, "ann");
    cloud = Sdk.client(CloudControlClient.builder(), aws, ann);
  }

  @AfterEach
  void stop() {
    cloud.close();
    aws.close();
  }

  private Fields made(String type, String body) {
    var event = cloud.createResource(r -> r.typeName(type).desiredState(body)).progressEvent();
    assertThat(event.operationStatusAsString()).as(event.statusMessage()).isEqualTo("SUCCESS");
    return (Fields) Json.parsePlain(event.resourceModel());
  }

  private String vm(String subnet, String owner) {
    return made(
            "AWS::EC2::Instance",
            """
            {"InstanceType": "t3.medium", "SubnetId": "%s", "ImageId":
              "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
             "MetadataOptions": {"HttpTokens": "required", "HttpEndpoint": "enabled"},
             "BlockDeviceMappings": [{"DeviceName": "/dev/xvda",
               "Ebs": {"Encrypted": true, "VolumeType": "gp3", "VolumeSize": 8}}],
             "Tags": [{"Key": "owner", "Value": "%s"}]}\
            """
                .formatted(subnet, owner))
        .text("InstanceId")
        .orElseThrow();
  }

  private String subnet() {
    String vpc =
        made("AWS::EC2::VPC", "{\"CidrBlock\": \"10.0.0.0/16\"}").text("VpcId").orElseThrow();
    return made(
            "AWS::EC2::Subnet",
            "{\"VpcId\": \"%s\", \"CidrBlock\": \"10.0.1.0/24\"}".formatted(vpc))
        .text("SubnetId")
        .orElseThrow();
  }

  @Test
  void types_are_listed_in_pages_and_described_with_their_schemas() {
    try (CloudFormationClient client = Sdk.client(CloudFormationClient.builder(), aws, ann)) {
      var names = new ArrayList<String>();
      String next = null;
      do {
        String token = next;
        var page =
            client.listTypes(
                r ->
                    r.visibility(Visibility.PUBLIC)
                        .type(RegistryType.RESOURCE)
                        .maxResults(10)
                        .nextToken(token));
        page.typeSummaries().forEach(each -> names.add(each.typeName()));
        next = page.nextToken();
      } while (next != null);
      assertThat(names)
          .contains("AWS::EC2::VPC", "AWS::RDS::DBSubnetGroup")
          .doesNotHaveDuplicates();
      assertThat(client.listTypes(r -> r.visibility(Visibility.PRIVATE)).typeSummaries())
          .extracting(TypeSummary::typeName)
          .contains("Acme::Rocket::Launchpad")
          .doesNotContain("AWS::EC2::VPC");
      var described =
          client.describeType(
              r -> r.type(RegistryType.RESOURCE).typeName("Acme::Rocket::Launchpad"));
      assertThat(described.provisioningType()).isEqualTo(ProvisioningType.FULLY_MUTABLE);
      assertThat(Json.parsePlain(described.schema()))
          .isEqualTo(aws.types().get("Acme::Rocket::Launchpad").orElseThrow().schema());
      String before = described.defaultVersionId();
      aws.types().register(described.schema().replace("A place that", "The place that"));
      assertThat(client.describeType(r -> r.arn(described.arn())).defaultVersionId())
          .as("another text is another version")
          .isNotEqualTo(before);
      assertThatThrownBy(() -> client.describeType(r -> r.typeName("AWS::Bogus::Thing")))
          .isInstanceOf(TypeNotFoundException.class);
    }
  }

  @Test
  void what_has_tags_is_found_by_them() {
    String subnet = subnet();
    String mine = vm(subnet, "ann");
    vm(subnet, "bob");
    made(
        "AWS::SQS::Queue",
        "{\"QueueName\": \"q\", \"Tags\": [{\"Key\": \"owner\", \"Value\": \"ann\"}]}");
    made(
        "Acme::Ground::Crew",
        "{\"CrewName\": \"c\", \"Size\": 1, \"Labels\": {\"owner\": \"ann\"}}");
    try (var client = Sdk.client(ResourceGroupsTaggingApiClient.builder(), aws, ann)) {
      assertThat(
              client
                  .getResources(
                      r ->
                          r.tagFilters(t -> t.key("owner").values("ann"))
                              .resourceTypeFilters("ec2:instance"))
                  .resourceTagMappingList())
          .extracting(ResourceTagMapping::resourceARN)
          .containsExactly("arn:aws:ec2:ap-south-1:111111111111:instance/" + mine);
      var found =
          client
              .getResourcesPaginator(r -> r.tagFilters(t -> t.key("owner")).resourcesPerPage(1))
              .resourceTagMappingList()
              .stream()
              .map(ResourceTagMapping::resourceARN)
              .toList();
      assertThat(found).hasSize(4).doesNotHaveDuplicates();
    }
  }

  @Test
  void an_instance_is_started_and_stopped_and_its_status_seen() {
    String id = vm(subnet(), "ann");
    try (Ec2Client client = Sdk.client(Ec2Client.builder(), aws, ann)) {
      assertThat(client.describeInstanceStatus(r -> r.instanceIds(id)).instanceStatuses())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.instanceState().nameAsString()).isEqualTo("running");
                assertThat(each.instanceStatus().statusAsString()).isEqualTo("ok");
              });
      assertThatThrownBy(() -> client.stopInstances(r -> r.instanceIds(id).dryRun(true)))
          .satisfies(
              e ->
                  assertThat(((AwsServiceException) e).awsErrorDetails().errorCode())
                      .isEqualTo("DryRunOperation"));
      assertThat(
              client
                  .stopInstances(r -> r.instanceIds(id))
                  .stoppingInstances()
                  .getFirst()
                  .previousState()
                  .nameAsString())
          .isEqualTo("running");
      assertThat(client.describeInstanceStatus(r -> r.instanceIds(id)).instanceStatuses())
          .isEmpty();
      assertThat(
              client
                  .describeInstanceStatus(r -> r.instanceIds(id).includeAllInstances(true))
                  .instanceStatuses()
                  .getFirst()
                  .instanceState()
                  .nameAsString())
          .isEqualTo("stopped");
      client.startInstances(r -> r.instanceIds(id));
      assertThat(
              client
                  .describeInstances(r -> r.instanceIds(id))
                  .reservations()
                  .getFirst()
                  .instances()
                  .getFirst()
                  .state()
                  .nameAsString())
          .isEqualTo("running");
      assertThatThrownBy(() -> client.startInstances(r -> r.instanceIds("i-none")))
          .hasMessageContaining("does not exist");
      assertThatThrownBy(client::describeVpcs).hasMessageContaining("DescribeVpcs");
    }
  }

  @Test
  void a_target_is_healthy_while_its_instance_runs_behind_a_listener() {
    String subnet = subnet();
    String vm = vm(subnet, "ann");
    String vpc = aws.resources("AWS::EC2::VPC").getFirst().id();
    String balancer =
        made(
                "AWS::ElasticLoadBalancingV2::LoadBalancer",
                "{\"Name\": \"web\", \"Scheme\": \"internal\", \"Type\": \"application\","
                    + " \"Subnets\": [\"%s\"]}".formatted(subnet))
            .text("LoadBalancerArn")
            .orElseThrow();
    String group =
        made(
                "AWS::ElasticLoadBalancingV2::TargetGroup",
                ("{\"Protocol\": \"HTTP\", \"Port\": 80, \"TargetType\": \"instance\","
                        + " \"VpcId\": \"%s\", \"Targets\": [{\"Id\": \"%s\"}]}")
                    .formatted(vpc, vm))
            .text("TargetGroupArn")
            .orElseThrow();
    try (var client = Sdk.client(ElasticLoadBalancingV2Client.builder(), aws, ann);
        Ec2Client ec2 = Sdk.client(Ec2Client.builder(), aws, ann)) {
      assertThat(health(client, group)).isEqualTo("unused");
      made(
          "AWS::ElasticLoadBalancingV2::Listener",
          ("{\"LoadBalancerArn\": \"%s\", \"Port\": 80, \"Protocol\": \"HTTP\","
                  + " \"DefaultActions\": [{\"Type\": \"forward\", \"TargetGroupArn\": \"%s\"}]}")
              .formatted(balancer, group));
      assertThat(health(client, group)).isEqualTo("healthy");
      ec2.stopInstances(r -> r.instanceIds(vm));
      assertThat(health(client, group)).isEqualTo("unhealthy");
      var found = client.describeLoadBalancers(r -> r.names("web")).loadBalancers().getFirst();
      assertThat(found.state().codeAsString()).isEqualTo("active");
      assertThat(found.dnsName()).endsWith(".ap-south-1.elb.amazonaws.com");
      assertThat(
              client
                  .describeTargetGroups(r -> r.loadBalancerArn(balancer))
                  .targetGroups()
                  .getFirst()
                  .targetGroupArn())
          .isEqualTo(group);
    }
  }

  private static String health(ElasticLoadBalancingV2Client client, String group) {
    return client
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .getFirst()
        .targetHealth()
        .stateAsString();
  }

  @Test
  void log_events_are_filtered_and_paged() {
    for (int i = 0; i < 5; i++) {
      aws.log(
          new LogLine(
              FakeAccounts.ONE,
              "ap-south-1",
              "/shop/web",
              "s" + i % 2,
              clock.instant().plusSeconds(i),
              (i == 3 ? "ERROR " : "ok ") + i));
    }
    made("AWS::Logs::LogGroup", "{\"LogGroupName\": \"/shop/empty\"}");
    try (var client = Sdk.client(CloudWatchLogsClient.builder(), aws, ann)) {
      assertThat(client.describeLogGroups(r -> r.logGroupNamePrefix("/shop")).logGroups())
          .extracting(each -> each.logGroupName())
          .containsExactly("/shop/empty", "/shop/web");
      var events =
          client
              .filterLogEventsPaginator(
                  r ->
                      r.logGroupName("/shop/web")
                          .startTime(clock.instant().plusSeconds(1).toEpochMilli())
                          .limit(2))
              .events()
              .stream()
              .map(FilteredLogEvent::message)
              .toList();
      assertThat(events).containsExactly("ok 1", "ok 2", "ERROR 3", "ok 4");
      assertThat(
              client
                  .filterLogEvents(r -> r.logGroupName("/shop/web").filterPattern("ERROR"))
                  .events())
          .extracting(FilteredLogEvent::message)
          .containsExactly("ERROR 3");
      assertThatThrownBy(() -> client.filterLogEvents(r -> r.logGroupName("/none")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void prices_are_there_in_three_regions_only() {
    try (var client = Sdk.client(PricingClient.builder(), aws, ann);
        var elsewhere = Sdk.client(PricingClient.builder(), aws, ann, Region.EU_WEST_1)) {
      List<String> found =
          client
              .getProducts(
                  r ->
                      r.serviceCode("AmazonEC2")
                          .filters(
                              f ->
                                  f.type(FilterType.TERM_MATCH)
                                      .field("instanceType")
                                      .value("t3.medium"),
                              f ->
                                  f.type(FilterType.TERM_MATCH)
                                      .field("capacitystatus")
                                      .value("Used")))
              .priceList();
      Fields product = (Fields) Json.parsePlain(found.getFirst());
      assertThat(found).hasSize(1);
      assertThat(product.fieldsAt("product").fieldsAt("attributes").text("vcpu")).contains("2");
      assertThat(Json.write(product.fieldsAt("terms").fieldsAt("OnDemand")))
          .contains("\"USD\":\"0.0448000000\"");
      assertThatThrownBy(() -> elsewhere.getProducts(r -> r.serviceCode("AmazonEC2")))
          .isInstanceOf(AwsServiceException.class);
    }
  }

  @Test
  void costs_are_summed_grouped_and_foretold() {
    for (int day = 1; day <= 14; day++) {
      charge("Amazon EC2", day, "3.00", "shop");
      charge("Amazon RDS", day, "1.00", "data");
    }
    try (var client = Sdk.client(CostExplorerClient.builder(), aws, ann)) {
      var whole =
          client.getCostAndUsage(
              r ->
                  r.timePeriod(p -> p.start("2026-03-01").end("2026-03-15"))
                      .granularity(Granularity.MONTHLY)
                      .metrics("UnblendedCost"));
      assertThat(
              new BigDecimal(
                  whole.resultsByTime().getFirst().total().get("UnblendedCost").amount()))
          .isEqualByComparingTo("56");
      var byTeam =
          client.getCostAndUsage(
              r ->
                  r.timePeriod(p -> p.start("2026-03-01").end("2026-03-03"))
                      .granularity(Granularity.DAILY)
                      .metrics("UnblendedCost")
                      .filter(f -> f.tags(t -> t.key("team").values("shop", "data")))
                      .groupBy(g -> g.type(GroupDefinitionType.TAG).key("team")));
      assertThat(byTeam.resultsByTime()).hasSize(2);
      assertThat(byTeam.resultsByTime().getFirst().groups())
          .extracting(each -> each.keys().getFirst())
          .containsExactly("team$data", "team$shop");
      assertThat(
              client
                  .getCostForecast(
                      r ->
                          r.timePeriod(p -> p.start("2026-03-15").end("2026-03-30"))
                              .metric(Metric.UNBLENDED_COST)
                              .granularity(Granularity.MONTHLY))
                  .total()
                  .amount())
          .startsWith("28.0");
      assertThatThrownBy(
              () ->
                  client.getCostAndUsage(
                      r ->
                          r.timePeriod(p -> p.start("2026-03-15").end("2026-03-15"))
                              .granularity(Granularity.DAILY)
                              .metrics("UnblendedCost")))
          .hasMessageContaining("before end date");
    }
  }

  private void charge(String service, int day, String amount, String team) {
    aws.charge(
        new Charge(
            FakeAccounts.ONE,
            "ap-south-1",
            service,
            LocalDate.of(2026, 3, day),
            new BigDecimal(amount),
            Map.of("team", team)));
  }

  @Test
  void everything_is_found_across_regions_once_there_is_a_view() {
    String vm = vm(subnet(), "ann");
    made(
        "AWS::IAM::Role",
        "{\"RoleName\": \"r\", \"AssumeRolePolicyDocument\":"
            + " {\"Statement\": [{\"Effect\": \"Allow\"}]}}");
    try (var client =
        Sdk.client(ResourceExplorer2Client.builder(), aws, ann, Region.EU_CENTRAL_1)) {
      assertThatThrownBy(() -> client.search(r -> r.queryString("*")))
          .satisfies(e -> assertThat(((AwsServiceException) e).statusCode()).isEqualTo(401));
      aws.explorer(FakeAccounts.ONE);
      assertThat(
              client
                  .search(r -> r.queryString("resourcetype:ec2:instance region:ap-south-1"))
                  .resources())
          .extracting(Resource::arn)
          .containsExactly("arn:aws:ec2:ap-south-1:111111111111:instance/" + vm);
      assertThat(
              client.listResourcesPaginator(r -> r.maxResults(1)).resources().stream()
                  .map(Resource::resourceType)
                  .toList())
          .containsExactlyInAnyOrder("ec2:instance", "ec2:subnet", "ec2:vpc", "iam:role");
    }
  }

  @Test
  void a_service_is_spoken_to_in_its_own_protocol() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(aws.endpoint())
              .header("Content-Type", "application/json")
              .header("X-Amz-Target", "CloudApiService.ListResources")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("UnknownOperationException");
    }
    try (Ec2Client ec2 = Sdk.client(Ec2Client.builder(), aws, ann)) {
      assertThatThrownBy(ec2::describeVolumes)
          .satisfies(
              e ->
                  assertThat(((AwsServiceException) e).awsErrorDetails().errorCode())
                      .isEqualTo("InvalidAction"));
    }
  }
}
