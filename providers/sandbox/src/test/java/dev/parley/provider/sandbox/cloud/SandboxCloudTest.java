package dev.parley.provider.sandbox.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.json.Yaml;
import dev.parley.provider.sandbox.cloud.Fault.Effect;
import dev.parley.provider.sandbox.cloud.Request.Verb;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the simulated clouds do, and how much of it survives. */
class SandboxCloudTest {
  private static final String VPC = "aws:AWS::EC2::VPC";
  private static final String SUBNET = "aws:AWS::EC2::Subnet";
  private static final String QUEUE = "aws:AWS::SQS::Queue";
  private static final String BUCKET = "aws:AWS::S3::Bucket";
  private static final String VM = "aws:AWS::EC2::Instance";
  private static final String SERVER = "{InstanceType: t3.micro, ImageId: ami-0123456789abcdef0}";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<SandboxCloud> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(SandboxCloud::close);
  }

  @Test
  void what_takes_time_is_pending_first_and_ready_later() {
    SandboxCloud cloud = cloud(new Profile("s", 1, 0, 1, Map.of(), 100));
    Reply begun = create(cloud, VM, "web", SERVER);
    assertThat(begun.status()).isEqualTo(202);
    assertThat(operation(begun).text("state")).contains("RUNNING");
    String id = operation(begun).text("resource").orElseThrow();
    assertThat(state(cloud, VM, id)).isEqualTo("PENDING/pending");
    clock.advance(Duration.ofSeconds(12));
    assertThat(operation(poll(cloud, begun)).get("percent")).contains(Value.num(48));
    clock.advance(Duration.ofSeconds(13));
    assertThat(operation(poll(cloud, begun)).text("state")).contains("SUCCEEDED");
    assertThat(state(cloud, VM, id)).isEqualTo("READY/running");
  }

  @Test
  void a_busy_resource_takes_no_second_change() {
    SandboxCloud cloud = cloud(new Profile("s", 1, 0, 1, Map.of(), 100));
    String id =
        operation(create(cloud, QUEUE, "jobs", "{QueueName: jobs}")).text("resource").orElseThrow();
    assertThat(delete(cloud, QUEUE, id).code()).isEqualTo("ConcurrentModificationException");
  }

  @Test
  void outputs_are_the_same_for_the_same_seed_and_differ_for_another() {
    String first = id(create(cloud(seeded("a"), "one"), VPC, "net", "{CidrBlock: 10.0.0.0/16}"));
    String again = id(create(cloud(seeded("a"), "two"), VPC, "net", "{CidrBlock: 10.0.0.0/16}"));
    String other = id(create(cloud(seeded("b"), "three"), VPC, "net", "{CidrBlock: 10.0.0.0/16}"));
    assertThat(first).matches("vpc-[0-9a-f]{17}").isEqualTo(again).isNotEqualTo(other);
  }

  @Test
  void what_is_made_again_under_its_old_name_has_a_new_id() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    String first = id(create(cloud, VPC, "net", "{CidrBlock: 10.0.0.0/16}"));
    assertThat(delete(cloud, VPC, first).failed()).isFalse();
    assertThat(id(create(cloud, VPC, "net", "{CidrBlock: 10.0.0.0/16}"))).isNotEqualTo(first);
  }

  @Test
  void a_reference_must_lead_to_something() {
    Reply reply =
        create(cloud(Profile.INSTANT), SUBNET, "a", "{VpcId: vpc-0, CidrBlock: 10.0.0.0/24}");
    assertThat(reply.code()).isEqualTo("InvalidReference.NotFound");
    assertThat(reply.paths()).containsExactly("/VpcId");
  }

  @Test
  void a_network_with_subnets_can_not_go() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    String net = id(create(cloud, VPC, "net", "{CidrBlock: 10.0.0.0/16}"));
    String subnet = id(create(cloud, SUBNET, "a", "{VpcId: " + net + ", CidrBlock: 10.0.0.0/24}"));
    Reply refused = delete(cloud, VPC, net);
    assertThat(refused.code()).isEqualTo("DependencyViolation");
    assertThat(refused.message()).contains(subnet);
    delete(cloud, SUBNET, subnet);
    assertThat(delete(cloud, VPC, net).failed()).isFalse();
  }

  @Test
  void what_is_protected_can_not_go() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    String id =
        id(
            create(
                cloud,
                "aws:AWS::RDS::DBInstance",
                "db",
                "{DBInstanceClass: db.t3.micro, Engine: postgres, DeletionProtection: true}"));
    assertThat(delete(cloud, "aws:AWS::RDS::DBInstance", id).message())
        .contains("/DeletionProtection");
  }

  @Test
  void a_bucket_name_is_taken_for_every_account_and_a_queue_name_only_for_one() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    create(cloud, BUCKET, "logs", "{BucketName: logs}");
    create(cloud, QUEUE, "jobs", "{QueueName: jobs}");
    Request elsewhere =
        request(Verb.CREATE, "other")
            .about(BUCKET, "us-east-1", "")
            .named("logs")
            .with(yaml("{BucketName: logs}"), Fields.EMPTY);
    assertThat(cloud.handle(elsewhere).code()).isEqualTo("BucketAlreadyExists");
    Request queue =
        request(Verb.CREATE, "other")
            .about(QUEUE, "eu-west-1", "")
            .named("jobs")
            .with(yaml("{QueueName: jobs}"), Fields.EMPTY);
    assertThat(cloud.handle(queue).failed()).isFalse();
    assertThat(create(cloud, QUEUE, "again", "{QueueName: jobs}").code())
        .isEqualTo("AlreadyExistsException");
  }

  @Test
  void a_quota_is_kept() {
    SandboxCloud cloud = cloud(new Profile("s", 0, 0, 1, Map.of("AWS::SQS::Queue", 1), 100));
    assertThat(create(cloud, QUEUE, "one", "{}").failed()).isFalse();
    assertThat(create(cloud, QUEUE, "two", "{}").code()).isEqualTo("ServiceLimitExceeded");
    assertThat(create(cloud, VPC, "net", "{CidrBlock: 10.0.0.0/16}").failed()).isFalse();
  }

  @Test
  void too_many_calls_are_throttled_until_time_has_passed() {
    SandboxCloud cloud = cloud(new Profile("s", 0, 2, 2, Map.of(), 100));
    assertThat(create(cloud, QUEUE, "a", "{}").status()).isEqualTo(200);
    assertThat(create(cloud, QUEUE, "b", "{}").status()).isEqualTo(200);
    Reply throttled = create(cloud, QUEUE, "c", "{}");
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.retryAfterMillis()).contains(500L);
    clock.advance(Duration.ofMillis(500));
    assertThat(create(cloud, QUEUE, "c", "{}").status()).isEqualTo(200);
  }

  @Test
  void a_wrong_body_is_refused_at_its_place_and_never_quoted() {
    Reply reply =
        create(
            cloud(Profile.INSTANT),
            "aws:AWS::RDS::DBInstance",
            "db",
            "{DBInstanceClass: big, Engine: postgres, MasterUserPassword: tiny, Colour: red}");
    assertThat(reply.code()).isEqualTo("ValidationException");
    assertThat(reply.paths()).contains("/DBInstanceClass", "/MasterUserPassword", "/Colour");
    assertThat(reply.message()).doesNotContain("tiny");
  }

  @Test
  void nothing_write_only_is_kept_anywhere() throws IOException {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    create(
        cloud,
        "aws:AWS::RDS::DBInstance",
        "db",
        "{DBInstanceClass: db.t3.micro, Engine: postgres, MasterUserPassword: correct-horse}");
    assertThat(cloud.trail().last().toString())
        .contains("db.t3.micro")
        .doesNotContain("correct-horse");
    cloud.close();
    assertThat(Files.readString(folder.resolve("cloud.log")))
        .contains("db.t3.micro")
        .doesNotContain("correct-horse");
  }

  @Test
  void a_scripted_fault_strikes_the_call_it_is_meant_for() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    cloud.faults(List.of(new Fault("create", "AWS::SQS::*", "web-*", 2, 1, Effect.CAPACITY, 1)));
    assertThat(operation(create(cloud, QUEUE, "web-1", "{}")).text("state")).contains("SUCCEEDED");
    assertThat(operation(create(cloud, QUEUE, "db-1", "{}")).text("state")).contains("SUCCEEDED");
    Fields failed = operation(create(cloud, QUEUE, "web-2", "{}"));
    assertThat(failed.text("state")).contains("FAILED");
    assertThat(failed.text("code")).contains("InsufficientInstanceCapacity");
    assertThat(failed.get("resource")).isEmpty();
    assertThat(operation(create(cloud, QUEUE, "web-2", "{}")).text("state")).contains("SUCCEEDED");
  }

  @Test
  void an_operation_that_fails_halfway_leaves_something_behind() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    cloud.faults(List.of(new Fault("create", "*", "*", 1, 1, Effect.FAIL_HALFWAY, 1)));
    String id = operation(create(cloud, VM, "web", SERVER)).text("resource").orElseThrow();
    assertThat(state(cloud, VM, id)).startsWith("FAILED");
    assertThat(delete(cloud, VM, id).failed()).isFalse();
  }

  @Test
  void a_tag_makes_a_resource_fail_once() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    String body = "{QueueName: jobs, Tags: [{Key: 'sandbox:fault', Value: fail}]}";
    assertThat(operation(create(cloud, QUEUE, "jobs", body)).text("state")).contains("FAILED");
    assertThat(operation(create(cloud, QUEUE, "jobs", body)).text("state")).contains("SUCCEEDED");
  }

  @Test
  void a_tag_makes_a_machine_unhealthy_and_the_target_group_with_it() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    String sick =
        id(
            create(
                cloud,
                VM,
                "web-1",
                "{InstanceType: t3.micro, ImageId: ami-0123456789abcdef0, Tags: [{Key:"
                    + " 'sandbox:fault', Value: unhealthy}]}"));
    String well = id(create(cloud, VM, "web-2", SERVER));
    String type = "aws:AWS::ElasticLoadBalancingV2::TargetGroup";
    String group =
        id(
            create(
                cloud,
                type,
                "tg",
                "{Protocol: TCP, Port: 80, Targets: [{Id: " + sick + "}, {Id: " + well + "}]}"));
    assertThat(health(cloud, VM, well).text("state")).contains("HEALTHY");
    assertThat(health(cloud, VM, sick).text("state")).contains("UNHEALTHY");
    assertThat(health(cloud, type, group).text("detail").orElseThrow())
        .contains("1 of 2 targets healthy");
    call(cloud, VM, well, "stop");
    assertThat(health(cloud, type, group).text("detail").orElseThrow())
        .contains("0 of 2 targets healthy");
    call(cloud, VM, well, "start");
    assertThat(health(cloud, VM, well).text("state")).contains("HEALTHY");
  }

  @Test
  void the_fault_file_holds_as_soon_as_it_is_written_and_a_wrong_one_is_no_fault()
      throws IOException {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    Path file = folder.resolve("faults.yaml");
    Files.writeString(file, "faults:\n  - {effect: down, type: \"AWS::SQS::*\", times: -1}\n");
    eventually(() -> cloud.faults().size() == 1);
    assertThat(create(cloud, QUEUE, "jobs", "{}").code()).isEqualTo("ServiceUnavailable");
    Files.writeString(file, "faults: [{effect: explode}]\n");
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.from(Instant.parse("2026-01-02T00:00:00Z")));
    assertThat(create(cloud, QUEUE, "jobs", "{}").failed()).isTrue();
    Files.delete(file);
    eventually(() -> cloud.faults().isEmpty());
    assertThat(create(cloud, QUEUE, "jobs", "{}").failed()).isFalse();
  }

  @Test
  void everything_acknowledged_is_there_after_reopening() {
    SandboxCloud before = cloud(new Profile("s", 1, 0, 1, Map.of(), 100));
    String net = id(create(before, VPC, "net", "{CidrBlock: 10.0.0.0/16}"));
    clock.advance(Duration.ofMinutes(1));
    String subnet = id(create(before, SUBNET, "a", "{VpcId: " + net + ", CidrBlock: 10.0.0.0/24}"));
    Request token =
        request(Verb.CREATE, "dev")
            .about(QUEUE, "eu-west-1", "")
            .named("jobs")
            .with(yaml("{}"), Fields.EMPTY)
            .marked("t".repeat(64), "corr");
    Reply begun = before.handle(token);
    before.close();

    SandboxCloud after = cloud(new Profile("s", 1, 0, 1, Map.of(), 100));
    assertThat(operation(poll(after, begun)).text("state")).contains("RUNNING");
    assertThat(operation(after.handle(token)).text("id")).isEqualTo(operation(begun).text("id"));
    clock.advance(Duration.ofMinutes(1));
    assertThat(operation(poll(after, begun)).text("state")).contains("SUCCEEDED");
    assertThat(delete(after, VPC, net).code()).isEqualTo("DependencyViolation");
    assertThat(delete(after, SUBNET, subnet).failed()).isFalse();
    assertThat(
            after
                .handle(request(Verb.FIND, "dev").about(QUEUE, "eu-west-1", "").marked("", "corr"))
                .failed())
        .isFalse();
  }

  @Test
  void a_torn_last_line_costs_only_itself() throws IOException {
    SandboxCloud before = cloud(Profile.INSTANT);
    create(before, QUEUE, "one", "{QueueName: one}");
    create(before, QUEUE, "two", "{QueueName: two}");
    before.close();
    Path log = folder.resolve("cloud.log");
    Files.writeString(
        log,
        "0badc0de {\"family\":\"aws\",\"acc",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    SandboxCloud after = cloud(Profile.INSTANT);
    assertThat(after.counts().fieldsAt("aws/dev").get(QUEUE)).contains(Value.num(2));
    create(after, QUEUE, "three", "{QueueName: three}");
    after.close();
    assertThat(cloud(Profile.INSTANT).counts().fieldsAt("aws/dev").get(QUEUE))
        .contains(Value.num(3));
  }

  @Test
  void a_folder_belongs_to_one_cloud_at_a_time() {
    cloud(Profile.INSTANT);
    assertThatThrownBy(() -> SandboxCloud.in(folder, clock, _ -> Profile.INSTANT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open already");
  }

  @Test
  void many_threads_with_one_token_make_one_resource() throws Exception {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    var start = new CountDownLatch(1);
    var replies = new ArrayList<Future<Reply>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32; i++) {
        replies.add(
            threads.submit(
                () -> {
                  start.await();
                  return cloud.handle(
                      request(Verb.CREATE, "dev")
                          .about(VPC, "eu-west-1", "")
                          .named("net")
                          .with(yaml("{CidrBlock: 10.0.0.0/16}"), Fields.EMPTY)
                          .marked("f".repeat(64), "c"));
                }));
      }
      start.countDown();
      for (Future<Reply> reply : replies) {
        assertThat(id(reply.get())).isEqualTo(id(replies.getFirst().get()));
      }
    }
    assertThat(cloud.counts().fieldsAt("aws/dev").get(VPC)).contains(Value.num(1));
  }

  @Test
  void a_machine_writes_the_same_lines_to_everyone_who_asks() {
    SandboxCloud cloud = cloud(Profile.INSTANT);
    String id = id(create(cloud, VM, "web", SERVER));
    clock.advance(Duration.ofMinutes(10));
    Request logs = request(Verb.LOGS, "dev").about(VM, "eu-west-1", id);
    List<Value> all = cloud.handle(logs.detail("2026-01-01T00:00:00Z 100")).body().itemsAt("lines");
    assertThat(all).hasSize(13);
    assertThat(cloud.handle(logs.detail("2026-01-01T00:00:00Z 100")).body().itemsAt("lines"))
        .isEqualTo(all);
    assertThat(cloud.handle(logs.detail("2026-01-01T00:00:00Z 4")).body().itemsAt("lines"))
        .isEqualTo(all.subList(9, 13));
    assertThat(cloud.handle(logs.detail("2026-01-01T00:08:30Z 100")).body().itemsAt("lines"))
        .isEqualTo(all.subList(11, 13));
  }

  private SandboxCloud cloud(Profile profile) {
    SandboxCloud cloud = SandboxCloud.in(folder, clock, _ -> profile);
    opened.add(cloud);
    return cloud;
  }

  private SandboxCloud cloud(Profile profile, String name) {
    SandboxCloud cloud = SandboxCloud.in(folder.resolve(name), clock, _ -> profile);
    opened.add(cloud);
    return cloud;
  }

  private static Profile seeded(String seed) {
    return new Profile(seed, 0, 0, 1, Map.of(), 100);
  }

  private static Request request(Verb verb, String account) {
    return Request.of(verb, "aws", account);
  }

  private static Fields yaml(String text) {
    return (Fields) Yaml.parse("body", text).value();
  }

  private static Reply create(SandboxCloud cloud, String type, String name, String body) {
    return cloud.handle(
        request(Verb.CREATE, "dev")
            .about(type, "eu-west-1", "")
            .named(name)
            .with(yaml(body), Fields.EMPTY));
  }

  private static Reply delete(SandboxCloud cloud, String type, String id) {
    return cloud.handle(request(Verb.DELETE, "dev").about(type, "eu-west-1", id));
  }

  private static void call(SandboxCloud cloud, String type, String id, String operation) {
    assertThat(
            cloud
                .handle(request(Verb.CALL, "dev").about(type, "eu-west-1", id).detail(operation))
                .failed())
        .isFalse();
  }

  private static Fields health(SandboxCloud cloud, String type, String id) {
    return cloud.handle(request(Verb.HEALTH, "dev").about(type, "eu-west-1", id)).body();
  }

  private static Reply poll(SandboxCloud cloud, Reply begun) {
    return cloud.handle(
        request(Verb.POLL, "dev").detail(operation(begun).text("id").orElseThrow()));
  }

  private static Fields operation(Reply reply) {
    assertThat(reply.failed()).as(reply.message()).isFalse();
    return reply.body().fieldsAt("operation");
  }

  private static String id(Reply reply) {
    return operation(reply).text("resource").orElseThrow();
  }

  private static String state(SandboxCloud cloud, String type, String id) {
    Fields resource =
        cloud
            .handle(request(Verb.READ, "dev").about(type, "eu-west-1", id))
            .body()
            .fieldsAt("resource");
    return resource.text("lifecycle").orElse("")
        + "/"
        + resource.fieldsAt("properties").fieldsAt("State").text("Name").orElse("");
  }

  private static void eventually(java.util.function.BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(10);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }
}
