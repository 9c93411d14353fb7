package dev.parley.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.aws.AwsTenant;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.FakeAwsMain;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same against AWS by Cloud Control: each resource is asked for under one client token, however
 * often the program died between asking and hearing the answer.
 */
class AwsCrashTest {
  private static final String POLL_AFTER_MILLIS = "20";
  @TempDir Path folder;

  @Test
  void whatever_moment_it_is_killed_at_every_token_makes_one_resource() throws Exception {
    try (var series = new CrashSeries(folder, AwsTenant.keys())) {
      URI cloud = cloud(series);
      Path settings =
          Files.writeString(
              folder.resolve("parley.yaml"),
              AwsTenant.yaml(cloud, "[control]", "{live: true, fresh: 1h}"));
      long expected = series.run(settings, CrashSeries.kills(12), 6);
      Fields state = state(cloud);
      assertThat(state.itemsAt("resources"))
          .as("resources in the cloud, %s", CrashSeries.seed())
          .hasSize((int) expected);
      List<String> tokens =
          state.itemsAt("requests").stream()
              .map(request -> (Fields) request)
              .filter(request -> request.text("verb").orElse("").equalsIgnoreCase("create"))
              .map(request -> request.text("clientToken").orElse("none"))
              .toList();
      assertThat(tokens)
          .as("requests that make something, %s", CrashSeries.seed())
          .hasSize((int) expected)
          .doesNotHaveDuplicates()
          .doesNotContain("none");
    }
  }

  private URI cloud(CrashSeries series) throws IOException {
    var out =
        series.beside(
            FakeAwsMain.class, folder.resolve("cloud").toString(), "0", POLL_AFTER_MILLIS);
    String port = out.readLine().replaceAll("\\D", "");
    return URI.create("http://127.0.0.1:" + port);
  }

  private static Fields state(URI cloud) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(cloud.resolve("/_fake/state")).GET().build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Value state = Json.parse(body);
      return (Fields) state;
    }
  }
}
