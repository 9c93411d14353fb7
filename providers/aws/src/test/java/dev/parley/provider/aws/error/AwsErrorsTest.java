package dev.parley.provider.aws.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.TypeSchema;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

class AwsErrorsTest {
  private static final Asked CREATE = new Asked("one", "create", true, Optional.of(queue()));
  private static final Asked READ = new Asked("one", "read", false, Optional.of(queue()));

  @ParameterizedTest
  @CsvSource({
    "AlreadyExistsException, 400, AlreadyExists",
    "ClientTokenConflictException, 409, TokenReused",
    "ConcurrentModificationException, 500, Unavailable",
    "ConcurrentOperationException, 409, Conflict",
    "GeneralServiceException, 400, OperationFailed",
    "HandlerFailureException, 502, OutcomeUnknown",
    "HandlerInternalFailureException, 502, Unavailable",
    "InvalidCredentialsException, 401, Unauthenticated",
    "InvalidRequestException, 400, InvalidRequest",
    "NetworkFailureException, 502, Unavailable",
    "NotStabilizedException, 400, OutcomeUnknown",
    "NotUpdatableException, 400, InvalidRequest",
    "PrivateTypeException, 400, InvalidRequest",
    "RequestTokenNotFoundException, 404, OutcomeUnknown",
    "ResourceConflictException, 409, Conflict",
    "ResourceNotFoundException, 404, NotFound",
    "ServiceInternalErrorException, 502, Unavailable",
    "ServiceLimitExceededException, 400, QuotaExceeded",
    "ThrottlingException, 429, Throttled",
    "ThrottlingException, 400, Throttled",
    "TypeNotFoundException, 404, InvalidRequest",
    "UnsupportedActionException, 405, InvalidRequest",
  })
  void every_exception_of_cloud_control_has_its_case(String code, int status, String kind) {
    assertThat(AwsErrors.of(said(code, status, "as it is"), CREATE).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "NotUpdatable, InvalidRequest",
    "InvalidRequest, InvalidRequest",
    "AccessDenied, Forbidden",
    "UnauthorizedTaggingOperation, Forbidden",
    "InvalidCredentials, Unauthenticated",
    "AlreadyExists, AlreadyExists",
    "NotFound, NotFound",
    "ResourceConflict, Conflict",
    "Throttling, Throttled",
    "ServiceLimitExceeded, QuotaExceeded",
    "NotStabilized, OutcomeUnknown",
    "GeneralServiceException, OperationFailed",
    "ServiceInternalError, Unavailable",
    "ServiceTimeout, OutcomeUnknown",
    "NetworkFailure, Unavailable",
    "InternalFailure, Unavailable",
  })
  void every_code_of_a_failed_handler_has_its_case(String code, String kind) {
    ProviderException error =
        AwsErrors.ended(code, "it did not work", "req-1", CREATE, UnaryOperator.identity());
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.facts().code()).isEqualTo(code);
    assertThat(error.facts().requestId()).isEqualTo("req-1");
    assertThat(error.facts().sent()).isEqualTo(Sent.YES);
  }

  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, 503, Throttled",
    "SlowDown, 503, Throttled",
    "TooManyRequestsException, 429, Throttled",
    "InvalidVpcID.NotFound, 400, NotFound",
    "NoSuchBucket, 404, NotFound",
    "DBInstanceNotFoundFault, 404, NotFound",
    "InvalidGroup.Duplicate, 400, AlreadyExists",
    "BucketAlreadyOwnedByYou, 409, AlreadyExists",
    "EntityAlreadyExists, 409, AlreadyExists",
    "DependencyViolation, 400, Conflict",
    "IncorrectInstanceState, 400, Conflict",
    "OperationAborted, 409, Conflict",
    "InsufficientInstanceCapacity, 500, CapacityUnavailable",
    "VpcLimitExceeded, 400, QuotaExceeded",
    "OptInRequired, 403, NotRegistered",
    "UnauthorizedOperation, 403, Forbidden",
    "ExpiredTokenException, 400, Unauthenticated",
    "SignatureDoesNotMatch, 403, Unauthenticated",
    "IdempotentParameterMismatch, 400, TokenReused",
    "InvalidParameterValue, 400, InvalidRequest",
    "ValidationException, 400, InvalidRequest",
  })
  void the_codes_of_other_services_mean_the_same(String code, int status, String kind) {
    assertThat(AwsErrors.of(said(code, status, "as it is"), CREATE).kind()).isEqualTo(kind);
  }

  @Test
  void a_throttle_that_hides_as_a_general_error_is_a_throttle() {
    var hidden = said("GeneralServiceException", 400, "Rate exceeded (Service: Sqs)");
    assertThat(AwsErrors.of(hidden, CREATE)).isInstanceOf(ProviderException.Throttled.class);
    assertThat(
            AwsErrors.ended(
                "GeneralServiceException", "Rate exceeded", "r", CREATE, UnaryOperator.identity()))
        .isInstanceOf(ProviderException.Throttled.class);
  }

  @Test
  void the_asked_delay_is_kept() {
    var throttled = AwsErrors.of(said("ThrottlingException", 429, "Rate exceeded", "7"), CREATE);
    assertThat(((ProviderException.Throttled) throttled).delay()).contains(Duration.ofSeconds(7));
  }

  @Test
  void a_delay_until_a_date_counts_from_the_answers_own_clock() {
    var throttled =
        AwsErrors.of(
            said("ThrottlingException", 429, "Rate", "Thu, 01 Jan 2026 00:00:30 GMT"), CREATE);
    assertThat(((ProviderException.Throttled) throttled).delay()).contains(Duration.ofSeconds(30));
  }

  @Test
  void an_unnamed_500_is_unknown_for_a_change_and_unavailable_for_a_look() {
    assertThat(AwsErrors.of(said("", 500, ""), CREATE))
        .isInstanceOf(ProviderException.OutcomeUnknown.class);
    assertThat(AwsErrors.of(said("", 500, ""), READ))
        .isInstanceOf(ProviderException.Unavailable.class);
  }

  @Test
  void without_our_token_an_inner_failure_leaves_the_outcome_open() {
    Asked call = new Asked("one", "call", true);
    assertThat(AwsErrors.of(said("InternalError", 500, ""), call))
        .isInstanceOf(ProviderException.OutcomeUnknown.class);
  }

  @Test
  void a_refused_connection_was_never_sent() {
    var refused = broken(new ConnectException("Connection refused"));
    ProviderException error = AwsErrors.of(refused, CREATE);
    assertThat(error).isInstanceOf(ProviderException.Unavailable.class);
    assertThat(error.facts().sent()).isEqualTo(Sent.NO);
    ProviderException slow =
        AwsErrors.of(broken(new SocketTimeoutException("Connect timed out")), CREATE);
    assertThat(slow.facts().sent()).isEqualTo(Sent.NO);
  }

  @Test
  void a_connection_lost_afterwards_leaves_the_outcome_open() {
    for (IOException lost :
        List.of(
            new SocketException("Unexpected end of file from server"),
            new SocketTimeoutException("Read timed out"),
            new IOException("Premature EOF"))) {
      ProviderException error = AwsErrors.of(broken(lost), CREATE);
      assertThat(error).isInstanceOf(ProviderException.OutcomeUnknown.class);
      assertThat(error.facts().sent()).isEqualTo(Sent.MAYBE);
      assertThat(AwsErrors.of(broken(lost), READ))
          .isInstanceOf(ProviderException.Unavailable.class);
    }
  }

  @Test
  void a_role_that_can_not_be_taken_means_nothing_was_sent() {
    var denied =
        AwsServiceException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Sts")
                    .errorCode("AccessDenied")
                    .errorMessage("not authorized to perform: sts:AssumeRole")
                    .build())
            .statusCode(403)
            .build();
    ProviderException error = AwsErrors.of(denied, CREATE);
    assertThat(error).isInstanceOf(ProviderException.Unauthenticated.class);
    assertThat(error.facts().sent()).isEqualTo(Sent.NO);
  }

  @Test
  void missing_credentials_are_no_outage() {
    var none = SdkClientException.create("Unable to load credentials from any of the providers");
    assertThat(AwsErrors.of(none, CREATE)).isInstanceOf(ProviderException.Unauthenticated.class);
  }

  @Test
  void a_refusal_names_the_missing_permission_or_all_that_the_type_needs() {
    var named = said("AccessDenied", 403, "User x is not authorized to perform: sqs:TagQueue on y");
    assertThat(((ProviderException.Forbidden) AwsErrors.of(named, CREATE)).missing())
        .containsExactly("sqs:TagQueue");
    var silent = said("AccessDenied", 403, "Access denied");
    assertThat(((ProviderException.Forbidden) AwsErrors.of(silent, CREATE)).missing())
        .containsExactly("sqs:CreateQueue", "sqs:GetQueueAttributes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Model validation failed (#/DelaySeconds: expected type: Integer, found: String) |"
            + " /DelaySeconds",
        "Model validation failed (#: required key [QueueName] not found) | /QueueName",
        "#/Redrive/Policy: extraneous key [Foo] is not permitted | /Redrive/Policy/Foo",
        "createOnlyProperties [/properties/QueueName] cannot be updated | /QueueName",
        "Value (x) for parameter delaySeconds is invalid | /DelaySeconds",
        "Encountered unsupported property QueueName | /QueueName",
      })
  void what_a_message_names_becomes_a_place(String message, String place) {
    var error =
        (ProviderException.InvalidRequest)
            AwsErrors.of(said("ValidationException", 400, message), CREATE);
    assertThat(error.paths()).containsExactly(Pointer.of(place));
  }

  @Test
  void a_secret_that_the_vendor_repeats_is_struck_out() {
    var known = said("InvalidRequestException", 400, "hunter2hunter2 is too weak");
    assertThat(
            AwsErrors.of(known, CREATE, text -> text.replace("hunter2hunter2", "***")).getMessage())
        .isEqualTo("*** is too weak");
    var quoted = said("ValidationException", 400, "Value 'hunter2' at 'masterUserPassword' failed");
    assertThat(AwsErrors.of(quoted, CREATE).getMessage()).doesNotContain("hunter2");
  }

  @Test
  void one_of_ours_stays_as_it_is() {
    var ours = new ProviderException.Refused(ProviderException.Facts.unsent("one", "create", "no"));
    assertThat(AwsErrors.of(ours, CREATE)).isSameAs(ours);
  }

  private static SdkClientException broken(IOException cause) {
    return SdkClientException.create(
        "Unable to execute HTTP request: " + cause.getMessage(), cause);
  }

  private static AwsServiceException said(String code, int status, String message) {
    return said(code, status, message, "");
  }

  private static AwsServiceException said(
      String code, int status, String message, String retryAfter) {
    var answer =
        SdkHttpResponse.builder()
            .statusCode(status)
            .appendHeader("Date", "Thu, 01 Jan 2026 00:00:00 GMT");
    if (!retryAfter.isEmpty()) {
      answer.appendHeader("Retry-After", retryAfter);
    }
    return AwsServiceException.builder()
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("CloudControl")
                .errorCode(code)
                .errorMessage(message)
                .sdkHttpResponse(answer.build())
                .build())
        .statusCode(status)
        .requestId("req")
        .build();
  }

  private static TypeSchema queue() {
    Fields properties = Fields.of("QueueName", Fields.EMPTY).with("DelaySeconds", Fields.EMPTY);
    return new TypeSchema(
        ResourceType.of("aws:AWS::SQS::Queue"),
        "Queue",
        "",
        Fields.of("type", Value.text("object")).with("properties", properties),
        Set.of(),
        Set.of(),
        Set.of(),
        Pointer.of("/QueueUrl"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        Set.of(),
        "test",
        Set.of(),
        Map.of("create", List.of("sqs:CreateQueue", "sqs:GetQueueAttributes")));
  }
}
