package dev.parley.provider.aws;

import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.aws.fake.FakeAws;
import dev.parley.provider.aws.fake.FakeAwsHarness;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.world.Effect;
import dev.parley.provider.aws.fake.world.Fault;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.Misfortune;
import dev.parley.testkit.ProviderContract;
import dev.parley.testkit.Sample;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider keeps its contract through the official SDK, against the stand-in of AWS. Stacks are
 * left out here: the stand-in does not play CloudFormation; they are proven against moto.
 */
class AwsProviderTest extends ProviderContract {
  private static final String REGION = "eu-west-1";

  private static final String SAMPLES =
      """
      - type: aws:AWS::SQS::Queue
        body: {QueueName: NAME, VisibilityTimeout: 30, Tags: [{Key: team, Value: shop}, {Key: owner, Value: ann}]}
        change: {/VisibilityTimeout: 60}
        fixed: {/QueueName: another}
      - type: aws:AWS::EC2::VPC
        body: {CidrBlock: 10.0.0.0/16}
        change: {/EnableDnsHostnames: true}
        fixed: {/CidrBlock: 10.1.0.0/16}
      - type: aws:AWS::S3::Bucket
        body: {BucketName: NAME, VersioningConfiguration: {Status: Enabled}}
        change: {/VersioningConfiguration/Status: Suspended}
        fixed: {/BucketName: another-bucket}
      - type: aws:Acme::Rocket::Launchpad
        body: {Name: NAME, Site: kourou, Slots: 2}
        change: {/Slots: 3}
        fixed: {/Name: another}
        secret: /Security/LaunchCode
      """;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  @TempDir Path folder;
  private FakeAws aws;
  private AccessKey one;
  private AccessKey two;

  @BeforeEach
  void open() {
    aws = FakeAws.builder().clock(clock).start();
    one = aws.user(FakeAwsHarness.ONE, "parley");
    two = aws.user(FakeAwsHarness.TWO, "parley");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Override
  protected Provider provider(String account) {
    return provider(account, aws.endpoint().toString());
  }

  private Provider provider(String account, String endpoint) {
    Fields settings =
        Fields.of("endpoint", Value.text(endpoint))
            .with("ways", Value.texts(List.of("control")))
            .with(
                "credentials",
                Fields.of("accessKey", new Secret("id:" + account))
                    .with("secretKey", new Secret("key:" + account)));
    return new AwsFactory()
        .open(
            new Account(
                "acme",
                account,
                "aws",
                "aws",
                REGION,
                List.of(),
                "development",
                Map.of(),
                Optional.empty(),
                Set.of(),
                settings),
            new Surroundings(clock, folder.resolve(account), this::look));
  }

  private String look(String reference) {
    return switch (reference) {
      case "id:one" -> one.id();
      case "key:one" -> one.secret();
      case "id:two" -> two.id();
      case "key:two" -> two.secret();
      default -> ProviderContract.secret(reference);
    };
  }

  @Override
  protected Optional<Provider> unreachable() {
    return Optional.of(provider("one", "http://127.0.0.1:1"));
  }

  @Override
  protected List<Sample> samples() {
    Value read = Yaml.parse("samples", SAMPLES).value();
    return ((Value.Items) read).items().stream().map(sample -> sample((Fields) sample)).toList();
  }

  private static Sample sample(Fields read) {
    Fields body = read.fieldsAt("body");
    Fields change = read.fieldsAt("change");
    Fields fixed = read.fieldsAt("fixed");
    return new Sample(
        ResourceType.of(read.text("type").orElseThrow()),
        REGION,
        name -> (Fields) named(body, name),
        properties -> laid(properties, change),
        Optional.of(properties -> laid(properties, fixed)),
        read.text("secret").map(Pointer::of));
  }

  private static Fields laid(Fields properties, Fields over) {
    Fields now = properties;
    for (Map.Entry<String, Value> place : over.fields().entrySet()) {
      now = Pointer.of(place.getKey()).set(now, place.getValue());
    }
    return now;
  }

  private static Value named(Value value, String name) {
    return switch (value) {
      case Value.Text(var text) -> Value.text(text.replace("NAME", name));
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> named(item, name)).toList());
      case Fields(var fields) -> {
        var copy = new java.util.LinkedHashMap<String, Value>();
        fields.forEach((key, field) -> copy.put(key, named(field, name)));
        yield new Fields(copy);
      }
      default -> value;
    };
  }

  @Override
  protected void strike(Misfortune misfortune, Sample sample) {
    Effect effect =
        switch (misfortune) {
          case THROTTLE -> Effect.throttled(Duration.ofSeconds(7));
          case DROP_AFTER_SEND -> new Effect.Drop();
          case TRUNCATE -> new Effect.Truncate();
          case EMPTY_SUCCESS -> new Effect.NoId();
          case FAIL_OPERATION ->
              new Effect.FailOperation("GeneralServiceException", "the handler gave up", false);
          case SLOW -> new Effect.Slow(Pace.lasting(Duration.ofMinutes(2)));
          case DENY_LIST -> Effect.denied("cloudformation:ListResources");
        };
    String operation = misfortune == Misfortune.DENY_LIST ? "ListResources" : "CreateResource";
    aws.strike(Fault.next(operation, effect).about(sample.type().name()));
  }

  @Override
  protected List<Wire> wireLog() {
    return aws.wire().stream().map(entry -> new Wire(entry.mutates(), entry.body())).toList();
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
