package dev.parley.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.json.Json;
import dev.parley.provider.sandbox.SandboxMain;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points of real runs against clouds that live on in a process of their
 * own. 100 kills; {@code -Dcrash.kills=1000} for more, {@code -Dcrash.seed=} to repeat a series.
 */
class CrashTest {
  @TempDir Path folder;

  @Test
  void whatever_moment_it_is_killed_at_nothing_acknowledged_is_lost_and_nothing_is_made_twice()
      throws Exception {
    try (var series = new CrashSeries(folder, Map.of())) {
      URI cloud = cloud(series);
      Path settings = Files.writeString(folder.resolve("parley.yaml"), settings(cloud));
      long expected = series.run(settings, CrashSeries.kills(100), 6);
      assertThat(resources(cloud))
          .as("resources in the cloud, %s", CrashSeries.seed())
          .isEqualTo(expected);
    }
  }

  private URI cloud(CrashSeries series) throws IOException {
    Path settings = Files.writeString(folder.resolve("cloud.yaml"), "latency: 0.02\n");
    var out =
        series.beside(
            SandboxMain.class, folder.resolve("cloud").toString(), "0", settings.toString());
    return URI.create(out.readLine().strip());
  }

  private static String settings(URI cloud) {
    return """
    tenants:
      demo:
        currency: USD
        users:
          ann: {roles: [viewer, operator], people: ["console::ann"]}
          bob: {roles: [viewer, approver, admin], teams: [security, finops, sre], people: ["console::bob"]}
        accounts:
          aws-dev:
            provider: sandbox
            family: aws
            region: eu-west-1
            environment: development
            tags: {cost-center: "1"}
            settings: {endpoint: "%s"}
    """
        .formatted(cloud);
  }

  private static long resources(URI cloud) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(cloud.resolve("/admin")).GET().build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return sum(((Fields) Json.parse(body)).fieldsAt("resources"));
    }
  }

  private static long sum(Fields counts) {
    return counts.fields().values().stream()
        .mapToLong(
            value ->
                switch (value) {
                  case Value.Num(var number) -> number.longValueExact();
                  case Fields below -> sum(below);
                  default -> 0;
                })
        .sum();
  }
}
