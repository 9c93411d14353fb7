package dev.parley.provider.aws.fake;

import dev.parley.identity.Account;
import dev.parley.provider.aws.fake.world.Effect;
import dev.parley.provider.aws.fake.world.Fault;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.Misfortune;
import dev.parley.testkit.ProviderContract;
import dev.parley.testkit.Sample;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a test of a provider needs to be pointed at the stand-in: two accounts named {@code one} and
 * {@code two} with their settings and secrets, samples, misfortunes, and the wire's log.
 */
public final class FakeAwsHarness implements AutoCloseable {
  private final FakeAws aws;

  /** With a stand-in of its own; operations end by this clock. */
  public FakeAwsHarness(Clock clock) {
    this(FakeAws.builder().clock(clock).start());
  }

  /** With a stand-in that is there already; it gets the accounts' users and roles. */
  public FakeAwsHarness(FakeAws aws) {
    this.aws = aws;
    FakeAccounts.furnish(aws);
  }

  /** The stand-in. */
  public FakeAws aws() {
    return aws;
  }

  /** One with a nested secret, one with a generated URL for its id, one with tags as a map. */
  public static List<Sample> samples() {
    return List.of(
        new Sample(
            ResourceType.of("aws:Acme::Rocket::Launchpad"),
            FakeAccounts.REGION,
            name ->
                Fields.of("Name", Value.text(name))
                    .with("Site", Value.text("thumba"))
                    .with("Tags", Items.of(tag("owner", "ann"), tag("team", "shop"))),
            body -> body.with("Slots", Value.num(4)),
            Optional.of(body -> body.with("Name", Value.text("another"))),
            Optional.of(Pointer.of("/Security/LaunchCode"))),
        new Sample(
            ResourceType.of("aws:AWS::SQS::Queue"),
            FakeAccounts.REGION,
            name -> Fields.of("QueueName", Value.text(name)),
            body -> body.with("VisibilityTimeout", Value.num(77)),
            Optional.of(body -> body.with("QueueName", Value.text("another"))),
            Optional.empty()),
        new Sample(
            ResourceType.of("aws:Acme::Ground::Crew"),
            FakeAccounts.REGION,
            name ->
                Fields.of("CrewName", Value.text(name))
                    .with("Size", Value.num(7))
                    .with("Labels", Fields.of("owner", Value.text("ann"))),
            body -> body.with("Size", Value.num(8)),
            Optional.of(body -> body.with("CrewName", Value.text("another"))),
            Optional.empty()));
  }

  private static Fields tag(String key, String value) {
    return Fields.of("Key", Value.text(key)).with("Value", Value.text(value));
  }

  /** The account {@code one} or {@code two}; it signs with its user's own key. */
  public Account account(String name) {
    return FakeAccounts.account(aws, name);
  }

  /** Looks up the accounts' keys; asks somebody else for all other secrets. */
  public static Function<String, String> secrets(Function<String, String> others) {
    return FakeAccounts.secrets(others);
  }

  /** Lets a misfortune befall the next create, or listing, of a sample's type. */
  public void strike(Misfortune misfortune, Sample sample) {
    String type = sample.type().name();
    Fault fault =
        switch (misfortune) {
          case THROTTLE -> create(Effect.throttled(Duration.ofSeconds(7)));
          case DROP_AFTER_SEND -> create(new Effect.Drop());
          case TRUNCATE -> create(new Effect.Truncate());
          case EMPTY_SUCCESS -> create(new Effect.NoId());
          case FAIL_OPERATION ->
              create(
                  new Effect.FailOperation(
                      "ServiceLimitExceeded", "The limit of this account is reached", false));
          case SLOW -> create(new Effect.Slow(Pace.lasting(Duration.ofMinutes(2))));
          case DENY_LIST ->
              Fault.next("ListResources", Effect.denied("cloudformation:ListResources"));
        };
    aws.strike(fault.about(type));
  }

  private static Fault create(Effect effect) {
    return Fault.next("CreateResource", effect);
  }

  /** Every request that reached the cloud, oldest first, as the contract wants it. */
  public List<ProviderContract.Wire> wireLog() {
    return aws.wire().stream()
        .map(each -> new ProviderContract.Wire(each.mutates(), each.body()))
        .toList();
  }

  @Override
  public void close() {
    aws.close();
  }
}
