package dev.parley.provider.aws.moto;

import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.aws.AwsFactory;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.Misfortune;
import dev.parley.testkit.ProviderContract;
import dev.parley.testkit.Sample;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract of providers, through CloudFormation, on moto; two accounts by two roles. */
@Tag("peers")
class AwsOnMotoTest extends ProviderContract {
  @TempDir static Path folder;

  private Tap tap;

  @BeforeEach
  void tapped() throws IOException {
    Moto.reset();
    tap = new Tap(Moto.endpoint());
  }

  @AfterEach
  void untapped() {
    if (tap != null) { // a promise that is skipped never got that far
      tap.close();
    }
  }

  @Override
  protected Provider provider(String account) {
    return open(account, tap.endpoint());
  }

  private static Provider open(String account, URI endpoint) {
    String number = account.equals("two") ? "222222222222" : "111111111111";
    return new AwsFactory()
        .open(
            Moto.account(
                "contract",
                account,
                endpoint,
                List.of("stack"),
                Optional.of("arn:aws:iam::" + number + ":role/parley")),
            new Surroundings(
                Clock.systemUTC(),
                folder.resolve(account),
                reference -> reference.equals("test:secret") ? SECRET : Moto.secret(reference)));
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        new Sample(
            new ResourceType("aws", "AWS::SQS::Queue"),
            Moto.REGION,
            name ->
                Fields.of("QueueName", Value.text(name))
                    .with("VisibilityTimeout", Value.num(30))
                    .with("Tags", tags("team", "shop", "owner", "ann")),
            body -> body.with("VisibilityTimeout", Value.num(60)),
            Optional.of(body -> body.with("QueueName", Value.text("another"))),
            Optional.empty()),
        new Sample(
            new ResourceType("aws", "AWS::SSM::Parameter"),
            Moto.REGION,
            name ->
                Fields.of("Name", Value.text("/contract/" + name))
                    .with("Type", Value.text("String"))
                    .with("Value", Value.text("first")),
            body -> body.with("Value", Value.text("second")),
            Optional.of(body -> body.with("Name", Value.text("/contract/another"))),
            Optional.of(Pointer.of("/Value"))));
  }

  private static Value tags(String... pairs) {
    var tags = new java.util.ArrayList<Value>();
    for (int i = 0; i < pairs.length; i += 2) {
      tags.add(Fields.of("Key", Value.text(pairs[i])).with("Value", Value.text(pairs[i + 1])));
    }
    return new Value.Items(tags);
  }

  @Override
  protected void strike(Misfortune misfortune, Sample sample) {
    tap.strike(misfortune, sample.type().name());
  }

  @Override
  protected List<Wire> wireLog() {
    return tap.seen();
  }

  @Override
  protected void pass(Duration time) {
    // moto has done everything by the time it answers
  }

  @Override
  protected Optional<Provider> unreachable() {
    return Optional.of(open("one", URI.create("http://127.0.0.1:1")));
  }

  @Override
  protected Map<Integer, String> skips() {
    return Map.of(
        4,
        "a create whose answer is lost has made a change set and no resource yet, so that there is"
            + " nothing to find; sending it again goes on with that change set (promise 9)",
        6,
        "moto answers neither Cloud Control nor Resource Explorer, so that nobody shows a whole"
            + " account; what stacks hold is listed in StacksOnMotoTest");
  }
}
