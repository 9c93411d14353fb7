package dev.parley.testkit;

import dev.parley.provider.Provider;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stand-in keeps the contract, so that other tests may trust it. */
class MemoryProviderTest extends ProviderContract {
  private final MemoryCloud cloud = new MemoryCloud();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  protected Provider provider(String account) {
    return new MemoryProvider(cloud, account, clock, ProviderContract::secret);
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        new Sample(
            MemoryCloud.THING,
            "here",
            name ->
                Fields.of("name", Value.text(name))
                    .with("colour", Value.text("red"))
                    .with("tags", Fields.of("team", Value.text("shop"))),
            body -> body.with("size", Value.num(7)),
            Optional.of(body -> body.with("colour", Value.text("blue"))),
            Optional.of(Pointer.of("/password"))),
        new Sample(
            MemoryCloud.NOTE,
            "here",
            name -> Fields.of("text", Value.text("about " + name)),
            body -> body.with("text", Value.text("changed")),
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  protected void strike(Misfortune misfortune, Sample sample) {
    cloud.strike(misfortune, sample.type());
  }

  @Override
  protected List<Wire> wireLog() {
    return cloud.wire();
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  protected Optional<Provider> unreachable() {
    return Optional.empty();
  }
}
