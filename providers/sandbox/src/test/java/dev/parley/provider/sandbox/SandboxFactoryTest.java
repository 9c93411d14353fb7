package dev.parley.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFactoryTest {
  @TempDir Path folder;

  @Test
  void the_service_loader_finds_it() {
    assertThat(ServiceLoader.load(ProviderFactory.class))
        .extracting(ProviderFactory::kind)
        .contains("sandbox");
  }

  @Test
  void every_mistake_in_the_settings_is_told_at_once() {
    var invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                open(
                    "ibm",
                    """
                    latency: -1
                    rate: fast
                    quotas: {"AWS::EC2::VPC": -2}
                    colour: red
                    faults:
                      - {on: dance, effect: explode}
                    """));
    assertThat(invalid.problems())
        .extracting(Problem::what)
        .contains("'ibm'", "-1", "'colour'", "-2", "'dance'", "'explode'");
    assertThat(invalid.problems())
        .extracting(Problem::where)
        .anyMatch(where -> where.contains("rate"));
    assertThat(invalid.problems()).allMatch(problem -> !problem.next().isBlank());
  }

  @Test
  void what_the_process_at_an_endpoint_decides_can_not_be_set_beside_it() {
    var invalid =
        catchThrowableOfType(
            Invalid.class,
            () -> open("aws", "endpoint: http://127.0.0.1:9\nlatency: 1\nseed: x\n"));
    assertThat(invalid.problems())
        .extracting(Problem::what)
        .containsExactly("'seed' beside 'endpoint'", "'latency' beside 'endpoint'");
  }

  @Test
  void an_endpoint_elsewhere_is_refused() {
    var invalid =
        catchThrowableOfType(Invalid.class, () -> open("aws", "endpoint: http://example.com:80\n"));
    assertThat(invalid.problems())
        .singleElement()
        .extracting(Problem::why)
        .asString()
        .contains("this machine only");
  }

  @Test
  void opening_touches_nothing_on_disk() {
    Path untouched = folder.resolve("cloud");
    try (Provider provider = open("gcp", "latency: 0.5\n", untouched)) {
      assertThat(provider.info().family()).isEqualTo("gcp");
      assertThat(Files.exists(untouched)).isFalse();
      assertThat(provider.check().ok()).isTrue();
      assertThat(Files.exists(untouched.resolve("cloud.log"))).isTrue();
    }
  }

  private Provider open(String family, String settings) {
    return open(family, settings, folder.resolve("cloud"));
  }

  private static Provider open(String family, String settings, Path where) {
    var account =
        new Account(
            "acme",
            "one",
            "sandbox",
            family,
            "eu-west-1",
            List.of(),
            "development",
            Map.of(),
            Optional.empty(),
            Set.of(),
            (Fields) Yaml.parse("settings", settings).value());
    return new SandboxFactory()
        .open(account, new Surroundings(Clock.systemUTC(), where, reference -> reference));
  }
}
