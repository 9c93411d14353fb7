package dev.parley.provider.aws;

import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.aws.fake.FakeAwsHarness;
import dev.parley.testkit.Misfortune;
import dev.parley.testkit.ProviderContract;
import dev.parley.testkit.Sample;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider keeps its contract through the official SDK, against the stand-in of AWS. Stacks are
 * left out here: the stand-in does not play CloudFormation; they have tests of their own. So has
 * discovery by indexes; here the catalog's types are listed one by one.
 */
class AwsProviderTest extends ProviderContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  @TempDir Path folder;
  private FakeAwsHarness aws;

  @BeforeEach
  void open() {
    aws = new FakeAwsHarness(clock);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Override
  protected Provider provider(String account) {
    return provider(account, aws.account(account).settings());
  }

  private Provider provider(String name, Fields settings) {
    Account as = aws.account(name);
    return new AwsFactory()
        .open(
            new Account(
                as.tenant(),
                as.id(),
                as.kind(),
                as.family(),
                as.region(),
                as.regions(),
                as.environment(),
                as.tags(),
                as.monthlyBudget(),
                Set.of("Acme::Rocket::Launchpad", "AWS::SQS::Queue", "Acme::Ground::Crew"),
                settings
                    .with("ways", Value.texts(List.of("control")))
                    .with("discover", Value.text("types"))),
            new Surroundings(
                clock, folder.resolve(name), FakeAwsHarness.secrets(ProviderContract::secret)));
  }

  @Override
  protected Optional<Provider> unreachable() {
    Fields away = aws.account("one").settings().with("endpoint", Value.text("http://127.0.0.1:1"));
    return Optional.of(provider("one", away));
  }

  @Override
  protected List<Sample> samples() {
    return FakeAwsHarness.samples();
  }

  @Override
  protected void strike(Misfortune misfortune, Sample sample) {
    aws.strike(misfortune, sample);
  }

  @Override
  protected List<Wire> wireLog() {
    return aws.wireLog();
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
