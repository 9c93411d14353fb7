package dev.parley.provider.aws.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.catalog.SchemaError;
import dev.parley.engine.json.Json;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class OperationsTest {
  private final AtomicReference<Wire.Answer> answer = new AtomicReference<>(Wire.Answer.json("{}"));
  private final Wire wire = new Wire(_ -> answer.get());
  private final WireClients clients = new WireClients(wire.endpoint());
  private final Operations operations =
      new Operations(clients, getClass().getClassLoader(), "acme", reference -> "s3cret");

  @AfterEach
  void close() {
    clients.close();
    wire.close();
  }

  @Test
  void an_operation_is_found_by_words_best_first() {
    assertThat(operations.search("stop ec2 instances", 3))
        .extracting(OperationInfo::name)
        .startsWith("ec2.StopInstances");
    assertThat(operations.search("list queues", 1))
        .extracting(OperationInfo::name)
        .containsExactly("sqs.ListQueues");
  }

  @Test
  void a_name_in_full_gives_that_one_or_nothing() {
    assertThat(operations.search("rds.DescribeDBInstances", 9))
        .extracting(OperationInfo::name)
        .containsExactly("rds.DescribeDBInstances");
    assertThat(operations.search("rds.DescribeMoonPhases", 9)).isEmpty();
  }

  @Test
  void a_service_answers_to_its_own_name_as_well_and_case_does_not_matter() {
    assertThat(operations.describe("logs.FilterLogEvents")).isPresent();
    assertThat(operations.describe("cloudwatchlogs:filterlogevents").orElseThrow().name())
        .isEqualTo("cloudwatchlogs.FilterLogEvents");
    assertThat(operations.describe("rds.describedbinstances").orElseThrow().name())
        .isEqualTo("rds.DescribeDBInstances");
  }

  @Test
  void what_it_takes_is_told_as_json_schema() {
    Fields schema = operations.describe("ec2.StopInstances").orElseThrow().input();
    assertThat(schema.fieldsAt("properties").fieldsAt("InstanceIds").text("type"))
        .contains("array");
    assertThat(operations.describe("s3.ListObjectsV2").orElseThrow().input().get("required"))
        .contains(Value.texts(List.of("Bucket")));
    assertThat(schema.get("additionalProperties")).contains(Value.bool(false));
  }

  @Test
  void a_shape_that_holds_itself_is_described_once() {
    Fields schema = operations.describe("dynamodb.PutItem").orElseThrow().input();
    assertThat(Json.write(schema)).contains("as further up").hasSizeLessThan(100_000);
  }

  @Test
  void reading_is_what_is_proven_to_read() {
    assertThat(operations.describe("ec2.DescribeInstances").orElseThrow().reading()).isTrue();
    assertThat(operations.describe("ec2.StopInstances").orElseThrow().reading()).isFalse();
    assertThat(operations.describe("ec2.GetPasswordData").orElseThrow().reading()).isFalse();
    assertThat(operations.describe("sts.GetSessionToken").orElseThrow().reading()).isFalse();
    assertThat(operations.describe("sts.AssumeRole").orElseThrow().reading()).isFalse();
    assertThat(operations.describe("iam.GetAccountPasswordPolicy").orElseThrow().reading())
        .isTrue();
  }

  @Test
  void a_parameter_may_be_read_as_long_as_it_stays_encrypted() {
    Fields name = Fields.of("Name", Value.text("/shop/db"));
    assertThat(operations.reading("ssm.GetParameter", name)).isTrue();
    assertThat(
            operations.reading("ssm.GetParameter", name.with("WithDecryption", Value.bool(true))))
        .isFalse();
    assertThat(
            operations.reading(
                "ssm.GetParameter", name.with("WithDecryption", new Value.Unknown("later"))))
        .isFalse();
    assertThat(operations.describe("ssm.GetParameter").orElseThrow().reading()).isFalse();
  }

  @Test
  void every_mistake_is_told_at_its_place() {
    Fields input =
        (Fields)
            Json.parse(
                """
                {"MaxResults": "5", "Filters": [{"Name": 3, "Value": ["x"]}], "InstanceId": []}
                """);
    List<SchemaError> errors = operations.check("ec2.DescribeInstances", input);
    assertThat(errors)
        .extracting(error -> error.path().toString())
        .containsExactlyInAnyOrder(
            "/MaxResults", "/Filters/0/Name", "/Filters/0/Value", "/InstanceId");
    assertThat(errors)
        .extracting(SchemaError::next)
        .anySatisfy(next -> assertThat(next).contains("InstanceIds"))
        .anySatisfy(next -> assertThat(next).contains("Values"));
  }

  @Test
  void a_value_the_sdk_does_not_list_is_a_warning_since_it_may_be_new() {
    Fields input =
        Fields.of("InstanceType", Value.text("t3.mediun"))
            .with("MinCount", Value.num(1))
            .with("MaxCount", Value.num(1));
    assertThat(operations.check("ec2.RunInstances", input))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.grade()).isEqualTo(SchemaError.Grade.WARNING);
              assertThat(error.path()).isEqualTo(Pointer.of("/InstanceType"));
              assertThat(error.next()).contains("t3.medium");
            });
  }

  @Test
  void what_is_not_known_yet_silences_only_its_place() {
    Fields input =
        Fields.of("InstanceIds", Value.Items.of(new Value.Ref("web", "")))
            .with("Force", Value.text("yes"));
    assertThat(operations.check("ec2.StopInstances", input))
        .extracting(SchemaError::grade)
        .containsExactlyInAnyOrder(SchemaError.Grade.UNKNOWN, SchemaError.Grade.ERROR);
  }

  @Test
  void an_unknown_service_or_operation_names_the_nearest() {
    assertThat(operations.check("ec3.DescribeInstances", Fields.EMPTY).getFirst().next())
        .contains("ec2");
    assertThat(operations.check("ec2.DescribeInstance", Fields.EMPTY).getFirst().next())
        .contains("DescribeInstances");
  }

  @Test
  void a_stream_is_refused_and_nothing_is_sent() {
    assertThatThrownBy(
            () -> operations.call("s3.GetObject", "us-east-1", Fields.EMPTY, Optional.empty()))
        .isInstanceOf(ProviderException.Refused.class)
        .hasMessageContaining("stream of bytes");
    assertThatThrownBy(
            () ->
                operations.call(
                    "lambda.InvokeWithResponseStream", "us-east-1", Fields.EMPTY, Optional.empty()))
        .isInstanceOf(ProviderException.Refused.class)
        .hasMessageContaining("stream of events");
    assertThat(wire.calls()).isEmpty();
  }

  @Test
  void a_wrong_input_is_refused_and_nothing_is_sent() {
    var refused =
        catchThrowableOfType(
            ProviderException.InvalidRequest.class,
            () ->
                operations.call("lambda.GetFunction", "eu-west-1", Fields.EMPTY, Optional.empty()));
    assertThat(refused.paths()).containsExactly(Pointer.of("/FunctionName"));
    assertThat(refused.facts().sent()).isEqualTo(ProviderException.Sent.NO);
    assertThat(wire.calls()).isEmpty();
  }

  @Test
  void an_answer_comes_back_as_a_document_with_its_next_token() {
    answer.set(
        Wire.Answer.json(
            """
            {"logGroups": [{"logGroupName": "/shop", "creationTime": 1767225600000}],
             "nextToken": "more"}
            """));
    Fields said =
        operations.call(
            "logs.DescribeLogGroups",
            "us-east-1",
            Fields.of("limit", Value.num(1)),
            Optional.empty());
    assertThat(said.text("nextToken")).contains("more");
    assertThat(Pointer.of("/logGroups/0/logGroupName").in(said)).contains(Value.text("/shop"));
    assertThat(wire.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.body()).isEqualTo("{\"limit\":1}"));
  }

  @Test
  void the_token_makes_a_repeated_call_harmless_where_the_operation_takes_one() {
    answer.set(
        Wire.Answer.xml(
            "<RunInstancesResponse><reservationId>r-1</reservationId></RunInstancesResponse>"));
    Fields input = Fields.of("MinCount", Value.num(1)).with("MaxCount", Value.num(1));
    operations.call(
        "ec2.RunInstances", "us-east-1", input, Optional.of(new Token("a".repeat(64), "c")));
    assertThat(wire.calls().getFirst().body()).contains("ClientToken=" + "a".repeat(64));
  }

  @Test
  void a_secret_is_looked_up_at_the_last_moment_and_taken_out_of_what_the_service_says() {
    answer.set(Wire.Answer.error(400, "ValidationException", "s3cret is too short"));
    Fields input =
        Fields.of("Name", Value.text("/shop/db"))
            .with("Type", Value.text("SecureString"))
            .with("Value", new Value.Secret("env:DB"));
    assertThatThrownBy(
            () -> operations.call("ssm.PutParameter", "us-east-1", input, Optional.empty()))
        .isInstanceOf(ProviderException.InvalidRequest.class)
        .hasMessageNotContaining("s3cret");
    assertThat(wire.calls().getFirst().body()).contains("s3cret");
  }

  @Test
  void what_the_service_marks_as_sensitive_is_hidden_in_its_answer() {
    answer.set(
        Wire.Answer.json(
            """
            {"Parameter": {"Name": "/shop/db", "Value": "hunter2", "Version": 3}}
            """));
    Fields said =
        operations.call(
            "ssm.GetParameter",
            "us-east-1",
            Fields.of("Name", Value.text("/shop/db")).with("WithDecryption", Value.bool(true)),
            Optional.empty());
    assertThat(Json.write(said)).doesNotContain("hunter2").contains("/shop/db");
    assertThat(Pointer.of("/Parameter/Version").in(said)).contains(Value.num(3));
  }

  @Test
  void of_an_answer_that_is_a_credential_only_the_names_are_shown() {
    answer.set(
        Wire.Answer.xml(
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><SessionToken>tok-1</SessionToken>"
                + "</Credentials></AssumeRoleResult></AssumeRoleResponse>"));
    Fields said =
        operations.call(
            "sts.AssumeRole",
            "us-east-1",
            Fields.of("RoleArn", Value.text("arn:aws:iam::1:role/r"))
                .with("RoleSessionName", Value.text("s")),
            Optional.empty());
    assertThat(Json.write(said)).doesNotContain("tok-1").contains("Credentials", "hidden");
  }

  @Test
  void what_the_service_refuses_becomes_our_error() {
    answer.set(Wire.Answer.error(400, "ThrottlingException", "Rate exceeded"));
    assertThatThrownBy(
            () ->
                operations.call(
                    "logs.DescribeLogGroups", "us-east-1", Fields.EMPTY, Optional.empty()))
        .isInstanceOf(ProviderException.Throttled.class);
  }

  @Test
  void a_jar_beside_the_program_brings_its_service_with_it() throws IOException {
    URL jar = KmsClient.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader without = new Hiding(getClass().getClassLoader());
    try (var loader = new URLClassLoader(new URL[] {jar}, without)) {
      assertThat(new Operations(clients, without, "acme", r -> r).services()).doesNotContain("kms");
      var more = new Operations(clients, loader, "acme", r -> r);
      assertThat(more.services()).contains("kms");
      assertThat(more.describe("kms.ListKeys")).isPresent();
      answer.set(Wire.Answer.json("{\"Keys\": [{\"KeyId\": \"k-1\"}], \"Truncated\": false}"));
      Fields said = more.call("kms.ListKeys", "us-east-1", Fields.EMPTY, Optional.empty());
      assertThat(Pointer.of("/Keys/0/KeyId").in(said)).contains(Value.text("k-1"));
    }
  }

  /** Our class path as it would be without one service. */
  private static final class Hiding extends ClassLoader {
    Hiding(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("software.amazon.awssdk.services.kms.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public java.util.Enumeration<URL> getResources(String name) throws IOException {
      return java.util.Collections.enumeration(
          java.util.Collections.list(super.getResources(name)).stream()
              .filter(url -> !url.getPath().contains("/kms/"))
              .toList());
    }
  }
}
