package dev.parley.app.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.house.Installation;
import dev.parley.app.house.Stage;
import dev.parley.bot.transcript.Script;
import dev.parley.engine.approve.ReceiptVerifier;
import dev.parley.provider.aws.fake.FakeAccounts;
import dev.parley.provider.aws.fake.FakeAws;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Whole conversations with the whole program about an account of AWS, by configuration alone. */
class AwsConversationTest {
  private final FakeAws aws =
      FakeAws.builder().pace(Pace.looks(1)).retryAfter(Duration.ofMillis(20)).start();
  private final List<String> printed = new ArrayList<>();
  @TempDir Path folder;

  @BeforeEach
  void furnish() {
    FakeAccounts.furnish(aws);
  }

  @AfterEach
  void stop(TestInfo test) throws IOException {
    aws.close();
    Path seen = Files.createDirectories(Path.of("target", "transcripts"));
    Files.write(seen.resolve("aws-" + test.getTestMethod().orElseThrow().getName()), printed);
  }

  @Test
  void three_machines_behind_a_balancer_with_a_database_are_made_for_whoever_asked() {
    play(
        """
        ann: 3 t3.medium behind an ALB in ap-south-1 with a Postgres database, max ₹1500/day
        > event plan
        > json plan /estimate/currency == "INR"
        > json plan /blocked == false
        > button Approve
        ann: [Approve]
        > contains somebody else must approve it
        bob: [Approve]
        > event receipt
        > json run /state == "succeeded"
        ann: receipt p-1
        > contains bob
        ann: sparql SELECT ?name { ?r <urn:parley:vocabulary#address> ?a ; <http://www.w3.org/2000/01/rdf-schema#label> ?name }
        > event answer
        > contains vm-3
        > contains lb-listener
        > contains db
        """);
    receiptsAreGenuine();
    assertThat(aws.resources("AWS::EC2::Instance")).hasSize(3);
    assertThat(aws.resources("AWS::EC2::Instance"))
        .allSatisfy(
            one -> {
              assertThat(one.properties().text("InstanceType")).contains("t3.medium");
              assertThat(tags(one)).contains("owner=ann", "cost-center=1001");
            });
    assertThat(aws.resources("AWS::ElasticLoadBalancingV2::LoadBalancer")).hasSize(1);
    assertThat(aws.resources("AWS::RDS::DBInstance")).hasSize(1);
  }

  @Test
  void a_type_that_no_file_here_mentions_can_be_made_once_the_registry_has_it() {
    String type = invented();
    aws.types().register(SCHEMA.replace("TYPE", type));
    play(
        """
        ann: create %s called meridian with Aperture=90 and Mount=altazimuth
        > event plan
        > json plan /changes/0/properties/Aperture == 90
        > button Approve
        bob: [Approve]
        > json run /state == "succeeded"
        ann: change meridian Aperture=120
        > json plan /changes/0/action == "update"
        bob: [Approve]
        > json run /state == "succeeded"
        """
            .formatted(type));
    assertThat(aws.resources(type))
        .singleElement()
        .satisfies(one -> assertThat(one.properties().get("Aperture")).contains(Value.num(120)));
  }

  @Test
  void what_others_made_is_discovered_taken_under_care_and_watched() {
    String queue = "AWS::SQS::Queue";
    String older;
    try (var stranger = new Stranger(aws)) {
      older = stranger.make(queue, "{\"QueueName\": \"older\", \"VisibilityTimeout\": 30}");
    }
    play(
        """
        ann: a queue called jobs
        bob: [Approve]
        > json run /state == "succeeded"
        ann: discover aws-dev AWS::SQS::Queue
        > contains 1 resource that nobody tracks, 1 tracked
        > contains older
        ann: import aws-dev AWS::SQS::Queue
        > contains older
        """,
        """
        ann: what do we have?
        > contains older
        > contains jobs
        ann: drift
        > contains No drift
        """);
    try (var stranger = new Stranger(aws)) {
      stranger.delete(queue, older);
    }
    play(
        """
        ann: drift
        > contains 1 resource differs
        > contains older
        > contains gone
        """);
  }

  private static String invented() {
    long number = ThreadLocalRandom.current().nextLong(1L << 40);
    return "Obs" + Long.toString(number, 36).toUpperCase(Locale.ROOT) + "::Sky::Telescope";
  }

  private static List<String> tags(Stored stored) {
    return stored.properties().itemsAt("Tags").stream()
        .map(tag -> (Value.Fields) tag)
        .map(tag -> tag.text("Key").orElse("") + "=" + tag.text("Value").orElse(""))
        .toList();
  }

  /** Plays one script after the other, each with the program started anew on what it kept. */
  private void play(String... scripts) {
    for (String script : scripts) {
      try (var stage = new Stage(AwsTenant.of(aws, folder))) {
        var failures = stage.play(Script.parse("aws", script), false, printed::add);
        assertThat(failures).as(String.join("\n", printed)).isEmpty();
      }
    }
  }

  private void receiptsAreGenuine() {
    try (var house = Installation.open(AwsTenant.of(aws, folder))) {
      var runs = house.engine().runs(AwsTenant.ID);
      assertThat(runs).isNotEmpty();
      assertThat(runs)
          .allSatisfy(
              run -> {
                String jws =
                    house.engine().receipt(AwsTenant.ID, run.receipt()).orElseThrow().jws();
                assertThat(ReceiptVerifier.verify(jws, house.engine().publicKey()).genuine())
                    .isTrue();
              });
      assertThat(house.engine().verifyAudit(AwsTenant.ID).intact()).isTrue();
    }
  }

  private static final String SCHEMA =
      """
      {
        "typeName": "TYPE",
        "description": "Looks at the sky.",
        "additionalProperties": false,
        "definitions": {"Tag": {"type": "object", "additionalProperties": false, "required": ["Key", "Value"],
          "properties": {"Key": {"type": "string"}, "Value": {"type": "string"}}}},
        "properties": {
          "Name": {"type": "string", "minLength": 1},
          "Aperture": {"type": "integer", "minimum": 10},
          "Mount": {"type": "string", "enum": ["altazimuth", "equatorial"]},
          "TelescopeId": {"type": "string"},
          "Tags": {"type": "array", "insertionOrder": false, "items": {"$ref": "#/definitions/Tag"}}
        },
        "required": ["Name", "Aperture"],
        "primaryIdentifier": ["/properties/TelescopeId"],
        "readOnlyProperties": ["/properties/TelescopeId"],
        "createOnlyProperties": ["/properties/Name", "/properties/Mount"],
        "tagging": {"taggable": true, "tagOnCreate": true, "tagUpdatable": true, "tagProperty": "/properties/Tags"},
        "handlers": {
          "create": {"permissions": ["sky:CreateTelescope"]},
          "read": {"permissions": ["sky:GetTelescope"]},
          "update": {"permissions": ["sky:UpdateTelescope"]},
          "delete": {"permissions": ["sky:DeleteTelescope"]},
          "list": {"permissions": ["sky:ListTelescopes"]}
        }
      }
      """;
}
