package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.ClientTokenConflictException;
import software.amazon.awssdk.services.cloudcontrol.model.ConcurrentOperationException;
import software.amazon.awssdk.services.cloudcontrol.model.NotUpdatableException;
import software.amazon.awssdk.services.cloudcontrol.model.OperationStatus;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;
import software.amazon.awssdk.services.cloudcontrol.model.RequestTokenNotFoundException;
import software.amazon.awssdk.services.cloudcontrol.model.ResourceNotFoundException;

class CloudControlFlowTest {
  static final String PAD = "Acme::Rocket::Launchpad";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private FakeAws aws;
  private CloudControlClient cloud;

  @BeforeEach
  void start() {
    aws = FakeAws.builder().clock(clock).start();
    cloud = Sdk.client(CloudControlClient.builder(), aws, aws.user("111111111111", "ann"));
  }

  @AfterEach
  void stop() {
    cloud.close();
    aws.close();
  }

  private ProgressEvent create(String type, String body, String token) {
    return cloud
        .createResource(r -> r.typeName(type).desiredState(body).clientToken(token))
        .progressEvent();
  }

  private ProgressEvent look(ProgressEvent event) {
    return cloud
        .getResourceRequestStatus(r -> r.requestToken(event.requestToken()))
        .progressEvent();
  }

  private Fields read(String type, String id) {
    String text =
        cloud.getResource(r -> r.typeName(type).identifier(id)).resourceDescription().properties();
    return (Fields) Json.parsePlain(text);
  }

  private String pad(String name) {
    ProgressEvent done =
        look(
            create(
                PAD,
                """
                {"Name": "%s", "Site": "Thumba", "Seed": "once",
                 "Security": {"Officer": "Ada", "LaunchCode": "open-sesame-4711"},
                 "Sensors": [{"Id": "a", "Calibration": "c1"}, {"Id": "b"}],
                 "Tags": [{"Key": "owner", "Value": "ann"}]}\
                """
                    .formatted(name),
                "create-" + name));
    assertThat(done.operationStatus()).isEqualTo(OperationStatus.SUCCESS);
    return done.identifier();
  }

  @Test
  void what_is_made_has_outputs_and_defaults_and_hides_what_is_write_only() {
    Fields pad = read(PAD, pad("alpha"));
    assertThat(pad.text("LaunchpadId").orElseThrow()).matches("pad-[0-9a-f]{17}");
    assertThat(pad.text("Arn").orElseThrow())
        .startsWith("arn:aws:rocket:ap-south-1:111111111111:launchpad/pad-");
    assertThat(pad.get("Slots")).contains(Value.num(1));
    assertThat(pad.text("Site")).contains("thumba");
    assertThat(Pointer.of("/Telemetry/Uplink").in(pad)).isPresent();
    assertThat(pad.get("Seed")).isEmpty();
    assertThat(Json.write(pad)).doesNotContain("open-sesame").doesNotContain("c1");
    assertThat(Json.write(aws.resources(PAD).getFirst().properties())).contains("open-sesame");
  }

  @Test
  void an_operation_takes_as_many_looks_as_its_type_says() {
    ProgressEvent vpc = create("AWS::EC2::VPC", "{\"CidrBlock\": \"10.0.0.0/16\"}", "v");
    vpc = look(vpc);
    ProgressEvent subnet =
        create(
            "AWS::EC2::Subnet",
            "{\"CidrBlock\": \"10.0.0.0/24\", \"VpcId\": \"%s\"}".formatted(vpc.identifier()),
            "s");
    subnet = look(subnet);
    ProgressEvent vm =
        create(
            "AWS::EC2::Instance",
            """
            {"InstanceType": "t3.medium", "ImageId": "ami-0123456789abcdef0", "SubnetId": "%s"}\
            """
                .formatted(subnet.identifier()),
            "i");
    assertThat(vm.operationStatus()).isEqualTo(OperationStatus.PENDING);
    assertThat(vm.retryAfter()).isEqualTo(clock.instant().plusSeconds(1));
    vm = look(vm);
    assertThat(vm.operationStatus()).isEqualTo(OperationStatus.IN_PROGRESS);
    vm = look(vm);
    assertThat(vm.operationStatus()).isEqualTo(OperationStatus.SUCCESS);
    assertThat(read("AWS::EC2::Instance", vm.identifier()).text("VpcId"))
        .contains(vpc.identifier());
  }

  @Test
  void the_same_client_token_is_the_same_request_for_36_hours() {
    String body = "{\"QueueName\": \"orders\"}";
    ProgressEvent first = create("AWS::SQS::Queue", body, "token-1");
    ProgressEvent again = create("AWS::SQS::Queue", body, "token-1");
    assertThat(again.requestToken()).isEqualTo(first.requestToken());
    assertThat(aws.resources("AWS::SQS::Queue")).hasSize(1);
    assertThatThrownBy(() -> create("AWS::SQS::Queue", "{\"QueueName\": \"bills\"}", "token-1"))
        .isInstanceOf(ClientTokenConflictException.class);
    clock.advance(Duration.ofHours(37));
    ProgressEvent later = look(create("AWS::SQS::Queue", body, "token-1"));
    assertThat(later.requestToken()).isNotEqualTo(first.requestToken());
    assertThat(later.errorCodeAsString()).isEqualTo("AlreadyExists");
  }

  @Test
  void an_update_is_a_patch_of_what_a_read_shows() {
    String id = pad("alpha");
    ProgressEvent done =
        look(
            cloud
                .updateResource(
                    r ->
                        r.typeName(PAD)
                            .identifier(id)
                            .clientToken("u1")
                            .patchDocument(
                                "[{\"op\":\"replace\",\"path\":\"/Slots\",\"value\":4}]"))
                .progressEvent());
    assertThat(done.operationStatus()).isEqualTo(OperationStatus.SUCCESS);
    assertThat(read(PAD, id).get("Slots")).contains(Value.num(4));
    assertThat(Json.write(aws.resources(PAD).getFirst().properties()))
        .as("a write-only property that was not sent again is lost")
        .doesNotContain("open-sesame");
  }

  @Test
  void what_can_only_be_set_at_create_is_refused_in_a_patch() {
    String id = pad("alpha");
    for (String path : new String[] {"Name", "Seed"}) {
      assertThatThrownBy(
              () ->
                  cloud.updateResource(
                      r ->
                          r.typeName(PAD)
                              .identifier(id)
                              .clientToken("u-" + path)
                              .patchDocument(
                                  "[{\"op\":\"add\",\"path\":\"/%s\",\"value\":\"x\"}]"
                                      .formatted(path))))
          .isInstanceOf(NotUpdatableException.class)
          .hasMessageContaining("/properties/" + path);
    }
  }

  @Test
  void a_resource_has_one_operation_at_a_time() {
    aws.close();
    aws = FakeAws.builder().clock(clock).pace(Pace.lasting(Duration.ofMinutes(5))).start();
    cloud.close();
    cloud = Sdk.client(CloudControlClient.builder(), aws, aws.user("111111111111", "ann"));
    ProgressEvent queue = create("AWS::SQS::Queue", "{\"QueueName\": \"orders\"}", "c");
    assertThatThrownBy(
            () ->
                cloud.deleteResource(
                    r -> r.typeName("AWS::SQS::Queue").identifier(queue.identifier())))
        .isInstanceOf(ConcurrentOperationException.class);
    clock.advance(Duration.ofMinutes(6));
    ProgressEvent delete =
        cloud
            .deleteResource(r -> r.typeName("AWS::SQS::Queue").identifier(queue.identifier()))
            .progressEvent();
    assertThat(read("AWS::SQS::Queue", queue.identifier())).isNotNull();
    clock.advance(Duration.ofMinutes(6));
    assertThat(look(delete).operationStatus()).isEqualTo(OperationStatus.SUCCESS);
    assertThatThrownBy(() -> read("AWS::SQS::Queue", queue.identifier()))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void a_delete_of_what_never_was_is_refused_and_of_what_is_gone_fails() {
    assertThatThrownBy(() -> cloud.deleteResource(r -> r.typeName(PAD).identifier("pad-none")))
        .isInstanceOf(ResourceNotFoundException.class);
    String id = pad("alpha");
    assertThat(
            look(cloud.deleteResource(r -> r.typeName(PAD).identifier(id)).progressEvent())
                .operationStatus())
        .isEqualTo(OperationStatus.SUCCESS);
    ProgressEvent again =
        look(cloud.deleteResource(r -> r.typeName(PAD).identifier(id)).progressEvent());
    assertThat(again.operationStatus()).isEqualTo(OperationStatus.FAILED);
    assertThat(again.errorCodeAsString()).isEqualTo("NotFound");
  }

  @Test
  void requests_are_listed_for_seven_days() {
    pad("alpha");
    assertThat(
            cloud
                .listResourceRequests(
                    r -> r.resourceRequestStatusFilter(f -> f.operationsWithStrings("CREATE")))
                .resourceRequestStatusSummaries())
        .hasSize(1);
    assertThat(
            cloud
                .listResourceRequests(
                    r -> r.resourceRequestStatusFilter(f -> f.operationsWithStrings("DELETE")))
                .resourceRequestStatusSummaries())
        .isEmpty();
    clock.advance(Duration.ofDays(8));
    assertThat(cloud.listResourceRequests(r -> {}).resourceRequestStatusSummaries()).isEmpty();
    assertThatThrownBy(() -> cloud.getResourceRequestStatus(r -> r.requestToken("none")))
        .isInstanceOf(RequestTokenNotFoundException.class);
  }

  @Test
  void what_is_pending_is_cancelled_at_once_and_what_runs_at_the_next_look() {
    aws.close();
    cloud.close();
    aws = FakeAws.builder().clock(clock).pace(Pace.lasting(Duration.ofMinutes(10))).start();
    cloud = Sdk.client(CloudControlClient.builder(), aws, aws.user("111111111111", "ann"));
    ProgressEvent queue = create("AWS::SQS::Queue", "{\"QueueName\": \"orders\"}", "c");
    assertThat(
            cloud
                .cancelResourceRequest(r -> r.requestToken(queue.requestToken()))
                .progressEvent()
                .operationStatus())
        .isEqualTo(OperationStatus.CANCEL_COMPLETE);
    assertThat(aws.resources("AWS::SQS::Queue")).isEmpty();
    ProgressEvent other = create("AWS::SQS::Queue", "{\"QueueName\": \"bills\"}", "d");
    clock.advance(Duration.ofMinutes(7));
    assertThat(look(other).operationStatus()).isEqualTo(OperationStatus.IN_PROGRESS);
    assertThat(
            cloud
                .cancelResourceRequest(r -> r.requestToken(other.requestToken()))
                .progressEvent()
                .operationStatus())
        .isEqualTo(OperationStatus.CANCEL_IN_PROGRESS);
    assertThat(look(other).operationStatus()).isEqualTo(OperationStatus.CANCEL_COMPLETE);
    assertThat(aws.resources("AWS::SQS::Queue")).isEmpty();
  }
}
