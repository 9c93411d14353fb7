package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.provider.aws.fake.world.Effect;
import dev.parley.provider.aws.fake.world.Fault;
import dev.parley.provider.aws.fake.world.Pace;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.ConcurrentModificationException;
import software.amazon.awssdk.services.cloudcontrol.model.GeneralServiceException;
import software.amazon.awssdk.services.cloudcontrol.model.GetResourceRequestStatusResponse;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;
import software.amazon.awssdk.services.cloudcontrol.model.ResourceNotFoundException;

class FaultsTest {
  private static final String QUEUE = "AWS::SQS::Queue";

  private FakeAws aws;
  private CloudControlClient cloud;

  @BeforeEach
  void start() {
    aws = FakeAws.start();
    cloud = Sdk.client(CloudControlClient.builder(), aws, aws.user(FakeAccounts.ONE, "ann"));
  }

  @AfterEach
  void stop() {
    cloud.close();
    aws.close();
  }

  private ProgressEvent create(String name) {
    return cloud
        .createResource(
            r ->
                r.typeName(QUEUE)
                    .clientToken("token-" + name)
                    .desiredState("{\"QueueName\": \"%s\"}".formatted(name)))
        .progressEvent();
  }

  private GetResourceRequestStatusResponse look(ProgressEvent event) {
    return cloud.getResourceRequestStatus(r -> r.requestToken(event.requestToken()));
  }

  private void strike(Effect effect) {
    aws.strike(Fault.next("CreateResource", effect).about(QUEUE));
  }

  private AwsServiceException refused(String name) {
    try {
      create(name);
    } catch (AwsServiceException e) {
      return e;
    }
    throw new AssertionError("nothing was refused");
  }

  @Test
  void a_throttled_create_did_not_happen_and_says_when_to_come_back() {
    strike(Effect.throttled(Duration.ofSeconds(7)));
    AwsServiceException e = refused("orders");
    assertThat(e.statusCode()).isEqualTo(429);
    assertThat(e.isThrottlingException()).isTrue();
    assertThat(e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
        .contains("7");
    assertThat(aws.count()).isZero();
    assertThat(aws.asked("CreateResource")).as("no retry of the client's own").isEqualTo(1);
    create("orders");
    assertThat(aws.count()).isEqualTo(1);
  }

  @Test
  void throttling_has_an_older_form_and_a_disguise() {
    strike(Effect.throttledPlainly());
    AwsServiceException plain = refused("orders");
    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(plain.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
    assertThat(plain.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
        .isEmpty();
    strike(Effect.throttledInDisguise());
    assertThatThrownBy(() -> create("orders"))
        .isInstanceOf(GeneralServiceException.class)
        .hasMessageContaining("Rate exceeded");
  }

  @Test
  void a_dropped_connection_a_cut_answer_and_a_500_leave_the_resource_behind() {
    strike(new Effect.Drop());
    assertThatThrownBy(() -> create("one")).isInstanceOf(SdkClientException.class);
    strike(new Effect.Truncate());
    assertThatThrownBy(() -> create("two")).isInstanceOf(SdkClientException.class);
    strike(new Effect.FailAfter(500));
    assertThat(refused("three").statusCode()).isEqualTo(500);
    assertThat(aws.resources(QUEUE)).hasSize(3);
    assertThat(create("one").identifier()).as("the same token finds it again").endsWith("/one");
    assertThat(aws.resources(QUEUE)).hasSize(3);
  }

  @Test
  void a_success_may_name_neither_request_nor_resource() {
    strike(new Effect.NoId());
    ProgressEvent event = create("orders");
    assertThat(event.operationStatusAsString()).isEqualTo("SUCCESS");
    assertThat(event.identifier()).isNull();
    assertThat(event.requestToken()).isNull();
    assertThat(aws.resources(QUEUE)).hasSize(1);
  }

  @Test
  void a_failed_operation_may_leave_something_half_made() {
    strike(new Effect.FailOperation("ServiceLimitExceeded", "too many queues", false));
    ProgressEvent failed = look(create("orders")).progressEvent();
    assertThat(failed.errorCodeAsString()).isEqualTo("ServiceLimitExceeded");
    assertThat(failed.statusMessage()).isEqualTo("too many queues");
    assertThat(failed.identifier()).isNull();
    strike(new Effect.FailOperation("NotStabilized", "it never settled", true));
    ProgressEvent half = look(create("bills")).progressEvent();
    assertThat(half.operationStatusAsString()).isEqualTo("FAILED");
    assertThat(half.identifier()).endsWith("/bills");
    assertThat(
            cloud
                .getResource(r -> r.typeName(QUEUE).identifier(half.identifier()))
                .resourceDescription()
                .identifier())
        .isEqualTo(half.identifier());
  }

  @Test
  void faults_are_aimed_by_type_and_content_and_count() {
    aws.strike(
        Fault.next("CreateResource", Effect.denied("sqs:CreateQueue"))
            .about(QUEUE)
            .holding("orders")
            .times(2));
    create("bills");
    for (int i = 0; i < 2; i++) {
      assertThat(refused("orders").awsErrorDetails().errorCode())
          .isEqualTo("AccessDeniedException");
    }
    create("orders");
    assertThat(aws.faults().waiting()).isEmpty();
  }

  @Test
  void a_session_may_end_and_another_change_may_come_in_between() {
    strike(Effect.expired());
    assertThat(refused("orders").awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException");
    strike(Effect.concurrent());
    assertThatThrownBy(() -> create("orders"))
        .isInstanceOf(ConcurrentModificationException.class)
        .satisfies(e -> assertThat(((AwsServiceException) e).statusCode()).isEqualTo(500));
  }

  @Test
  void a_slow_operation_waits_for_looks() {
    strike(new Effect.Slow(Pace.looks(3)));
    ProgressEvent event = create("orders");
    assertThat(event.operationStatusAsString()).isEqualTo("PENDING");
    assertThat(look(event).progressEvent().operationStatusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(look(event).progressEvent().operationStatusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(look(event).progressEvent().operationStatusAsString()).isEqualTo("SUCCESS");
  }

  @Test
  void a_read_right_after_a_change_may_lag_behind() {
    strike(new Effect.Lagging(2));
    ProgressEvent event = look(create("orders")).progressEvent();
    assertThat(event.operationStatusAsString()).isEqualTo("SUCCESS");
    assertThat(cloud.listResources(r -> r.typeName(QUEUE)).resourceDescriptions()).isEmpty();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> cloud.getResource(r -> r.typeName(QUEUE).identifier(event.identifier())))
          .isInstanceOf(ResourceNotFoundException.class);
    }
    assertThat(cloud.getResource(r -> r.typeName(QUEUE).identifier(event.identifier())))
        .isNotNull();
    assertThat(cloud.listResources(r -> r.typeName(QUEUE)).resourceDescriptions()).hasSize(1);
    aws.strike(Fault.next("DeleteResource", new Effect.Lagging(1)));
    look(
        cloud
            .deleteResource(r -> r.typeName(QUEUE).identifier(event.identifier()))
            .progressEvent());
    assertThat(cloud.getResource(r -> r.typeName(QUEUE).identifier(event.identifier())))
        .as("still shown once")
        .isNotNull();
    assertThatThrownBy(
            () -> cloud.getResource(r -> r.typeName(QUEUE).identifier(event.identifier())))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void a_hook_says_no_before_anything_is_done_or_only_warns() {
    strike(new Effect.Hooked("Acme::Guard::Names", false, true, "names begin with acme-"));
    GetResourceRequestStatusResponse no = look(create("orders"));
    assertThat(no.progressEvent().operationStatusAsString()).isEqualTo("FAILED");
    assertThat(no.progressEvent().statusMessage()).contains("Acme::Guard::Names");
    assertThat(no.hooksProgressEvent().getFirst().hookStatus()).isEqualTo("HOOK_COMPLETE_FAILED");
    assertThat(no.hooksProgressEvent().getFirst().hookStatusMessage())
        .isEqualTo("names begin with acme-");
    assertThat(aws.count()).isZero();
    strike(new Effect.Hooked("Acme::Guard::Names", false, false, "names begin with acme-"));
    GetResourceRequestStatusResponse warned = look(create("bills"));
    assertThat(warned.progressEvent().operationStatusAsString()).isEqualTo("SUCCESS");
    assertThat(warned.hooksProgressEvent().getFirst().failureMode()).isEqualTo("WARN");
  }

  @Test
  void the_wires_log_tells_what_came_and_no_bodies() {
    create("orders");
    var entry = aws.wire().getLast();
    assertThat(entry.operation()).isEqualTo("CreateResource");
    assertThat(entry.account()).isEqualTo(FakeAccounts.ONE);
    assertThat(entry.about()).isEqualTo(QUEUE);
    assertThat(entry.mutates()).isTrue();
    assertThat(entry.toString()).contains(entry.digest()).doesNotContain("orders");
    assertThat(Optional.of(entry.body()).flatMap(body -> body.text("QueueName")))
        .contains("orders");
  }
}
