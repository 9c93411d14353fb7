package dev.parley.provider.aws.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.provider.aws.operation.Wire;
import dev.parley.provider.aws.operation.Wire.Answer;
import dev.parley.provider.aws.operation.WireClients;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final ResourceType QUEUE = ResourceType.of("aws:AWS::SQS::Queue");
  private final Wire wire = new Wire(this::answer);
  private final WireClients clients = new WireClients(wire.endpoint());
  private final SettableClock clock = new SettableClock(Instant.parse("2026-02-10T08:00:00Z"));
  private final Operations operations =
      new Operations(clients, getClass().getClassLoader(), "acme", reference -> reference);
  private final Discovery discovery =
      new Discovery(
          clients,
          operations,
          Recipes.read(operations, Optional.empty()),
          List.of("eu-west-1"),
          _ -> Optional.empty(),
          () -> List.of(ResourceType.of("aws:AWS::Kinesis::Stream")),
          "acme",
          clock);
  private boolean control = false;

  @AfterEach
  void close() {
    clients.close();
    wire.close();
  }

  private Answer answer(Wire.Call call) {
    return switch (call.target()) {
      case "GetResources" ->
          Answer.json(
              call.body().contains("\"PaginationToken\":\"two\"")
                  ? """
                  {"ResourceTagMappingList": [
                    {"ResourceARN": "arn:aws:moon:eu-west-1:1:crater/7", "Tags": []},
                    {"ResourceARN": "arn:aws:kinesis:eu-west-1:1:stream/orders", "Tags": []}],
                   "PaginationToken": ""}
                  """
                  : """
                  {"ResourceTagMappingList": [
                    {"ResourceARN": "arn:aws:ec2:eu-west-1:1:vpc/vpc-1",
                     "Tags": [{"Key": "Name", "Value": "main"}]}],
                   "PaginationToken": "two"}
                  """);
      case "ListResources" ->
          control
              ? Answer.json(
                  """
                  {"TypeName": "AWS::SQS::Queue", "ResourceDescriptions": [
                    {"Identifier": "http://q/1", "Properties": "{\\"QueueName\\": \\"one\\"}"}]}
                  """)
              : Answer.error(400, "UnsupportedActionException", "no list handler");
      case "ListClusters" ->
          Answer.json("{\"clusterArns\": [\"arn:aws:ecs:eu-west-1:1:cluster/main\"]}");
      case "ListQueues" ->
          Answer.json(
              call.body().contains("NextToken")
                  ? "{\"QueueUrls\": [\"http://q/2\"]}"
                  : "{\"QueueUrls\": [\"http://q/1\"], \"NextToken\": \"n\"}");
      default ->
          call.body().contains("Action=DescribeVpcs")
              ? Answer.xml(
                  "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item><item>"
                      + "<vpcId>vpc-2</vpcId></item></vpcSet></DescribeVpcsResponse>")
              : Answer.error(400, "AccessDeniedException", "not for you");
    };
  }

  private List<Page<Resource>> walk(Optional<ResourceType> type) {
    var pages = new ArrayList<Page<Resource>>();
    Optional<String> token = Optional.empty();
    do {
      Page<Resource> page = discovery.page(type, token);
      pages.add(page);
      token = page.next();
    } while (token.isPresent());
    return pages;
  }

  @Test
  void everything_is_merged_from_those_who_answer_and_the_others_are_named() {
    var pages = walk(Optional.empty());
    var found = pages.stream().flatMap(page -> page.items().stream()).toList();
    assertThat(found)
        .extracting(r -> r.type().name() + " " + r.id())
        .doesNotHaveDuplicates()
        .contains(
            "AWS::EC2::VPC vpc-1",
            "AWS::EC2::VPC vpc-2",
            "AWS::SQS::Queue http://q/1",
            "AWS::Kinesis::Stream orders");
    assertThat(found)
        .filteredOn(r -> r.id().value().equals("vpc-1"))
        .extracting(Resource::name)
        .containsExactly("main");
    assertThat(pages.stream().flatMap(page -> page.gaps().stream()))
        .anySatisfy(gap -> assertThat(gap).contains("Resource Explorer, eu-west-1", "not for you"))
        .anySatisfy(gap -> assertThat(gap).contains("moon:crater (1)"));
    assertThat(pages.stream().flatMap(page -> page.sources().stream()))
        .anySatisfy(
            source -> {
              assertThat(source.name()).isEqualTo("tags, eu-west-1");
              assertThat(source.complete()).isFalse();
            });
  }

  @Test
  void a_type_is_listed_by_cloud_control_with_its_properties() {
    control = true;
    var pages = walk(Optional.of(QUEUE));
    assertThat(pages)
        .singleElement()
        .satisfies(
            page -> {
              assertThat(page.items().getFirst().properties().text("QueueName")).contains("one");
              assertThat(page.sources().getFirst().complete()).isTrue();
              assertThat(page.gaps()).isEmpty();
            });
  }

  @Test
  void where_cloud_control_has_no_list_the_service_is_asked_page_by_page() {
    var pages = walk(Optional.of(QUEUE));
    assertThat(pages).hasSize(2);
    assertThat(pages.stream().flatMap(page -> page.items().stream()))
        .extracting(r -> r.id().value())
        .containsExactly("http://q/1", "http://q/2");
    assertThat(wire.calls()).filteredOn(c -> c.target().equals("ListResources")).hasSize(1);
  }

  @Test
  void what_a_service_lists_by_arn_gets_the_types_own_identifier() {
    var pages = walk(Optional.of(ResourceType.of("aws:AWS::ECS::Cluster")));
    assertThat(pages.getFirst().items()).extracting(r -> r.id().value()).containsExactly("main");
  }

  @Test
  void a_walk_whose_memory_is_lost_goes_on_and_says_that_things_may_come_twice() {
    Page<Resource> first = discovery.page(Optional.of(QUEUE), Optional.empty());
    clock.advance(Duration.ofHours(2));
    assertThat(discovery.page(Optional.of(QUEUE), first.next()).gaps())
        .anySatisfy(gap -> assertThat(gap).contains("may come again"));
  }

  @Test
  void a_page_token_of_somebody_else_is_refused() {
    assertThatThrownBy(() -> discovery.page(Optional.empty(), Optional.of("hello")))
        .isInstanceOf(ProviderException.InvalidRequest.class)
        .hasMessageContaining("begin anew");
  }
}
