package dev.parley.benchmarks;

import dev.parley.app.house.Installation;
import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.Settings;
import dev.parley.app.settings.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What the drivers share: an installation on disk with clouds that take no time, and medians. */
final class Bench {
  static final String TENANT = "bench";

  private Bench() {}

  /** Everything embedded, the journal on disk, one cloud without latency. */
  static Installation open(Path folder) {
    return Installation.open(settings(folder));
  }

  static Settings settings(Path folder) {
    String yaml =
        """
        tenants:
          bench:
            currency: USD
            users:
              ann: {roles: [viewer, operator], people: ["console::ann"], demo: true}
              bob: {roles: [viewer, approver, admin], teams: [security, finops, sre], people: ["console::bob"], demo: true}
            accounts:
              aws-dev:
                provider: sandbox
                family: aws
                region: eu-west-1
                environment: development
                tags: {cost-center: "1"}
                settings: {latency: 0, durable: false, concurrency: 64}
        """;
    return SettingsFile.read(
            "bench.yaml", yaml, folder, Map.of(), ConfiguredAccounts.factories().keySet())
        .in(folder);
  }

  static Path folder() {
    try {
      return Files.createTempDirectory("parley-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The q-quantile of some nanoseconds, in milliseconds. */
  static double millis(long[] nanos, double q) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1)))] / 1e6;
  }
}
