package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.ListResourcesResponse;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;
import software.amazon.awssdk.services.cloudcontrol.model.ResourceDescription;

class CloudControlRulesTest {
  private static final String PAD = "Acme::Rocket::Launchpad";
  private static final String STAGE = "Acme::Rocket::Stage";

  private FakeAws aws;
  private AccessKey ann;
  private CloudControlClient cloud;

  @BeforeEach
  void start() {
    aws = FakeAws.start();
    ann = aws.user(FakeAccounts.ONE, "ann");
    cloud = Sdk.client(CloudControlClient.builder(), aws, ann);
  }

  @AfterEach
  void stop() {
    cloud.close();
    aws.close();
  }

  private ProgressEvent create(String type, String body) {
    return ended(cloud.createResource(r -> r.typeName(type).desiredState(body)).progressEvent());
  }

  private ProgressEvent update(String type, String id, String patch) {
    return ended(
        cloud
            .updateResource(r -> r.typeName(type).identifier(id).patchDocument(patch))
            .progressEvent());
  }

  private ProgressEvent delete(String type, String id) {
    return ended(cloud.deleteResource(r -> r.typeName(type).identifier(id)).progressEvent());
  }

  private ProgressEvent ended(ProgressEvent event) {
    ProgressEvent now = event;
    for (int i = 0;
        i < 10 && !Set.of("SUCCESS", "FAILED").contains(now.operationStatusAsString());
        i++) {
      now =
          cloud.getResourceRequestStatus(r -> r.requestToken(event.requestToken())).progressEvent();
    }
    return now;
  }

  private String made(String type, String body) {
    ProgressEvent event = create(type, body);
    assertThat(event.operationStatusAsString()).as(event.statusMessage()).isEqualTo("SUCCESS");
    return event.identifier();
  }

  private Fields read(String type, String id) {
    return (Fields)
        Json.parsePlain(
            cloud
                .getResource(r -> r.typeName(type).identifier(id))
                .resourceDescription()
                .properties());
  }

  private static AwsServiceException refused(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      return e;
    }
    throw new AssertionError("nothing was refused");
  }

  private static String code(AwsServiceException e) {
    return e.statusCode() + " " + e.awsErrorDetails().errorCode();
  }

  @Test
  void a_model_is_held_against_its_schema_before_anything_is_done() {
    var wrong =
        refused(
            () ->
                create(
                    "AWS::SQS::Queue",
                    "{\"QueueName\": \"q\", \"Bogus\": 1, \"DelaySeconds\": \"ten\"}"));
    assertThat(code(wrong)).isEqualTo("400 ValidationException");
    assertThat(wrong.getMessage())
        .contains("#: extraneous key [Bogus] is not permitted")
        .contains("#/DelaySeconds: string found, integer expected");
    assertThat(refused(() -> create("AWS::EC2::Subnet", "{}")).getMessage())
        .contains("#: required key [VpcId] not found");
    assertThat(
            refused(() -> create(PAD, "{\"Name\": \"a\", \"Site\": \"b\", \"Arn\": \"c\"}"))
                .getMessage())
        .contains("readOnlyProperties [/properties/Arn] cannot be specified");
    assertThat(code(refused(() -> create(PAD, "[1]")))).isEqualTo("400 ValidationException");
    assertThat(code(refused(() -> create(PAD, "{\"Name\"")))).isEqualTo("400 ValidationException");
    assertThat(aws.count()).isZero();
  }

  @Test
  void types_and_handlers_that_are_not_there_are_refused() {
    assertThat(code(refused(() -> create("AWS::Bogus::Thing", "{}"))))
        .isEqualTo("404 TypeNotFoundException");
    assertThat(code(refused(() -> create("Acme::Rocket::Countdown", "{\"Name\": \"x\"}"))))
        .isEqualTo("405 UnsupportedActionException");
    String flight = made("Acme::Rocket::Flight", "{\"Destination\": \"moon\"}");
    assertThat(
            code(
                refused(
                    () ->
                        update(
                            "Acme::Rocket::Flight",
                            flight,
                            "[{\"op\":\"add\",\"path\":\"/Passengers\",\"value\":1}]"))))
        .isEqualTo("405 UnsupportedActionException");
    assertThat(code(refused(() -> create("not a type", "{}"))))
        .isEqualTo("400 ValidationException");
  }

  @Test
  void a_client_token_has_no_dots_and_ends_at_128_characters() {
    for (String token : List.of("plan.step-1", "under_score", "x".repeat(129))) {
      assertThat(
              code(
                  refused(
                      () ->
                          cloud.createResource(
                              r ->
                                  r.typeName(PAD)
                                      .clientToken(token)
                                      .desiredState("{\"Name\": \"a\", \"Site\": \"b\"}")))))
          .isEqualTo("400 ValidationException");
    }
  }

  @Test
  void what_is_required_and_write_only_must_be_sent_with_every_patch() {
    String beacon = made("Acme::Ground::Beacon", "{\"Name\": \"north\", \"Keyword\": \"lumos\"}");
    var wrong =
        refused(
            () ->
                update(
                    "Acme::Ground::Beacon",
                    beacon,
                    "[{\"op\":\"replace\",\"path\":\"/Colour\",\"value\":\"red\"}]"));
    assertThat(wrong.getMessage()).contains("#: required key [Keyword] not found");
    ProgressEvent done =
        update(
            "Acme::Ground::Beacon",
            beacon,
            "[{\"op\":\"replace\",\"path\":\"/Colour\",\"value\":\"red\"},"
                + "{\"op\":\"add\",\"path\":\"/Keyword\",\"value\":\"lumos\"}]");
    assertThat(done.operationStatusAsString()).isEqualTo("SUCCESS");
    assertThat(read("Acme::Ground::Beacon", beacon).text("Colour")).contains("red");
  }

  @Test
  void a_patch_is_carried_out_exactly() {
    String pad = made(PAD, "{\"Name\": \"a\", \"Site\": \"b\"}");
    for (String patch :
        List.of(
            "[{\"op\":\"replace\",\"path\":\"/Fuelled\",\"value\":true}]",
            "[{\"op\":\"remove\",\"path\":\"/Tags\"}]",
            "[{\"op\":\"add\",\"path\":\"/Security/Officer\",\"value\":\"Ada\"}]",
            "[{\"op\":\"test\",\"path\":\"/Slots\",\"value\":9}]",
            "[{\"op\":\"invent\",\"path\":\"/Slots\",\"value\":9}]",
            "[{\"op\":\"add\",\"path\":\"/LaunchpadId\",\"value\":\"x\"}]",
            "[{\"op\":\"add\",\"path\":\"/Telemetry/Uplink\",\"value\":\"x\"}]",
            "[{\"op\":\"replace\",\"path\":\"/Slots\",\"value\":99}]",
            "[]",
            "{}")) {
      assertThat(code(refused(() -> update(PAD, pad, patch))))
          .as(patch)
          .isEqualTo("400 ValidationException");
    }
    String patch =
        "[{\"op\":\"add\",\"path\":\"/Tags\",\"value\":[{\"Key\":\"a/b~c\",\"Value\":\"1\"}]},"
            + "{\"op\":\"add\",\"path\":\"/Tags/-\",\"value\":{\"Key\":\"z\",\"Value\":\"2\"}},"
            + "{\"op\":\"add\",\"path\":\"/Tags/0\",\"value\":{\"Key\":\"first\",\"Value\":\"0\"}},"
            + "{\"op\":\"remove\",\"path\":\"/Tags/2\"}]";
    assertThat(update(PAD, pad, patch).operationStatusAsString()).isEqualTo("SUCCESS");
    assertThat(Json.write(read(PAD, pad).get("Tags").orElseThrow()))
        .isEqualTo("[{\"Key\":\"first\",\"Value\":\"0\"},{\"Key\":\"a/b~c\",\"Value\":\"1\"}]");
  }

  @Test
  void what_is_conditionally_fixed_fails_while_the_condition_holds() {
    String pad = made(PAD, "{\"Name\": \"a\", \"Site\": \"b\", \"Fuelled\": false}");
    String hydrogen = "[{\"op\":\"replace\",\"path\":\"/Fuel\",\"value\":\"hydrogen\"}]";
    assertThat(update(PAD, pad, hydrogen).operationStatusAsString()).isEqualTo("SUCCESS");
    update(PAD, pad, "[{\"op\":\"replace\",\"path\":\"/Fuelled\",\"value\":true}]");
    String methane = "[{\"op\":\"replace\",\"path\":\"/Fuel\",\"value\":\"methane\"}]";
    ProgressEvent refused = update(PAD, pad, methane);
    assertThat(refused.errorCodeAsString()).isEqualTo("NotUpdatable");
    assertThat(read(PAD, pad).text("Fuel")).contains("hydrogen");
  }

  @Test
  void an_identifier_of_several_parts_is_joined_by_a_bar() {
    String pad = made(PAD, "{\"Name\": \"a\", \"Site\": \"b\"}");
    String stage = made(STAGE, "{\"LaunchpadId\": \"%s\", \"Number\": \"1\"}".formatted(pad));
    assertThat(stage).isEqualTo(pad + "|1");
    assertThat(read(STAGE, stage).get("Number")).contains(Value.text("1"));
    assertThat(
            create(STAGE, "{\"LaunchpadId\": \"%s\", \"Number\": \"1\"}".formatted(pad))
                .errorCodeAsString())
        .isEqualTo("AlreadyExists");
  }

  @Test
  void children_are_listed_by_their_parent_only() {
    String one = made(PAD, "{\"Name\": \"a\", \"Site\": \"b\"}");
    String two = made(PAD, "{\"Name\": \"c\", \"Site\": \"d\"}");
    made(STAGE, "{\"LaunchpadId\": \"%s\", \"Number\": \"1\"}".formatted(one));
    made(STAGE, "{\"LaunchpadId\": \"%s\", \"Number\": \"1\"}".formatted(two));
    var wrong = refused(() -> cloud.listResources(r -> r.typeName(STAGE)));
    assertThat(code(wrong)).isEqualTo("400 InvalidRequestException");
    assertThat(wrong.getMessage()).contains("required key [LaunchpadId]");
    assertThat(
            cloud
                .listResources(
                    r ->
                        r.typeName(STAGE).resourceModel("{\"LaunchpadId\": \"%s\"}".formatted(one)))
                .resourceDescriptions())
        .extracting(ResourceDescription::identifier)
        .containsExactly(one + "|1");
  }

  @Test
  void a_listing_is_paged_and_its_tokens_are_bound() {
    var made = new TreeSet<String>();
    for (int i = 0; i < 7; i++) {
      made.add(made("AWS::SNS::Topic", "{\"TopicName\": \"t%d\"}".formatted(i)));
    }
    var listed = new ArrayList<String>();
    String next = null;
    int pages = 0;
    do {
      String token = next;
      ListResourcesResponse page =
          cloud.listResources(r -> r.typeName("AWS::SNS::Topic").maxResults(3).nextToken(token));
      page.resourceDescriptions().forEach(each -> listed.add(each.identifier()));
      next = page.nextToken();
      pages++;
    } while (next != null);
    assertThat(pages).isEqualTo(3);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
    assertThat(
            code(
                refused(
                    () ->
                        cloud.listResources(
                            r -> r.typeName("AWS::SNS::Topic").nextToken("Mzpub3BlCg==")))))
        .isEqualTo("400 InvalidRequestException");
  }

  @Test
  void some_listings_show_no_more_than_identifiers() {
    made("AWS::S3::Bucket", "{\"BucketName\": \"logs-of-ann\"}");
    assertThat(
            cloud
                .listResources(r -> r.typeName("AWS::S3::Bucket"))
                .resourceDescriptions()
                .getFirst()
                .properties())
        .isEqualTo("{\"BucketName\":\"logs-of-ann\"}");
  }

  @Test
  void a_name_is_taken_once_and_a_buckets_in_the_whole_world() {
    made("AWS::SQS::Queue", "{\"QueueName\": \"orders\"}");
    made("AWS::S3::Bucket", "{\"BucketName\": \"logs-of-ann\"}");
    assertThat(create("AWS::SQS::Queue", "{\"QueueName\": \"orders\"}").errorCodeAsString())
        .isEqualTo("AlreadyExists");
    AccessKey bob = aws.user(FakeAccounts.TWO, "bob");
    cloud.close();
    cloud = Sdk.client(CloudControlClient.builder(), aws, bob);
    made("AWS::SQS::Queue", "{\"QueueName\": \"orders\"}");
    assertThat(create("AWS::S3::Bucket", "{\"BucketName\": \"logs-of-ann\"}").errorCodeAsString())
        .isEqualTo("AlreadyExists");
  }

  @Test
  void what_is_referred_to_must_exist_and_can_not_go_first() {
    assertThat(
            create("AWS::EC2::Subnet", "{\"VpcId\": \"vpc-00000000000000000\"}")
                .errorCodeAsString())
        .isEqualTo("InvalidRequest");
    String vpc = made("AWS::EC2::VPC", "{\"CidrBlock\": \"10.0.0.0/16\"}");
    String subnet =
        made(
            "AWS::EC2::Subnet",
            "{\"VpcId\": \"%s\", \"CidrBlock\": \"10.0.1.0/24\"}".formatted(vpc));
    ProgressEvent held = delete("AWS::EC2::VPC", vpc);
    assertThat(held.errorCodeAsString()).isEqualTo("ResourceConflict");
    assertThat(held.statusMessage()).contains("has dependencies").contains(subnet);
    assertThat(delete("AWS::EC2::Subnet", subnet).operationStatusAsString()).isEqualTo("SUCCESS");
    assertThat(delete("AWS::EC2::VPC", vpc).operationStatusAsString()).isEqualTo("SUCCESS");
  }

  @Test
  void a_protected_database_stays() {
    String db =
        made(
            "AWS::RDS::DBInstance",
            "{\"DBInstanceIdentifier\": \"shop\", \"DBInstanceClass\": \"db.t3.micro\","
                + " \"Engine\": \"mysql\", \"MasterUsername\": \"parley\","
                + " \"ManageMasterUserPassword\": true, \"AllocatedStorage\": \"20\","
                + " \"DeletionProtection\": true}");
    Fields read = read("AWS::RDS::DBInstance", db);
    assertThat(read.fieldsAt("Endpoint").text("Port")).contains("3306");
    assertThat(read.fieldsAt("MasterUserSecret").text("SecretArn")).isPresent();
    assertThat(delete("AWS::RDS::DBInstance", db).errorCodeAsString()).isEqualTo("InvalidRequest");
  }

  @Test
  void accounts_and_regions_do_not_see_each_other() {
    String queue = made("AWS::SQS::Queue", "{\"QueueName\": \"orders\"}");
    String role =
        made(
            "AWS::IAM::Role",
            "{\"RoleName\": \"r\", \"AssumeRolePolicyDocument\":"
                + " {\"Statement\": [{\"Effect\": \"Allow\"}]}}");
    try (CloudControlClient stranger =
            Sdk.client(CloudControlClient.builder(), aws, aws.user(FakeAccounts.TWO, "bob"));
        CloudControlClient elsewhere =
            Sdk.client(CloudControlClient.builder(), aws, ann, Region.EU_CENTRAL_1)) {
      for (CloudControlClient other : List.of(stranger, elsewhere)) {
        assertThat(
                code(
                    refused(
                        () ->
                            other.getResource(
                                r -> r.typeName("AWS::SQS::Queue").identifier(queue)))))
            .isEqualTo("404 ResourceNotFoundException");
      }
      assertThat(
              elsewhere
                  .getResource(r -> r.typeName("AWS::IAM::Role").identifier(role))
                  .resourceDescription()
                  .identifier())
          .as("a role belongs to no region")
          .isEqualTo(role);
    }
  }

  @Test
  void a_patch_of_nothing_known_is_refused_at_once() {
    assertThat(
            code(
                refused(
                    () ->
                        update(
                            PAD,
                            "pad-none",
                            "[{\"op\":\"add\",\"path\":\"/Slots\",\"value\":1}]"))))
        .isEqualTo("404 ResourceNotFoundException");
  }
}
