package dev.parley.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.json.Json;
import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.Token;
import dev.parley.resource.Address;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cloud in a process of its own. */
class SandboxMainTest {
  private static final Address JOBS = Address.of("one/aws:AWS::SQS::Queue/jobs");
  @TempDir Path folder;

  @Test
  void what_it_acknowledged_survives_its_violent_death() throws Exception {
    Process first = start();
    String endpoint = endpoint(first);
    try (Provider provider = provider(endpoint)) {
      assertThat(provider.create(queue(), token("1")).state()).isEqualTo(Operation.State.SUCCEEDED);
    }
    first.destroyForcibly().waitFor();

    Process second = start();
    try (Provider provider = provider(endpoint(second))) {
      assertThat(provider.find(JOBS.type(), "eu-west-1", "corr")).isPresent();
      assertThat(provider.create(queue(), token("1")).state()).isEqualTo(Operation.State.SUCCEEDED);
      assertThat(provider.list(Optional.of(JOBS.type()), Optional.empty()).items()).hasSize(1);
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void its_admin_page_counts_and_takes_faults() throws Exception {
    Process process = start();
    String endpoint = endpoint(process);
    try (Provider provider = provider(endpoint);
        HttpClient client = HttpClient.newHttpClient()) {
      String script = "{\"faults\":[{\"effect\":\"down\",\"on\":\"create\"}]}";
      URI faults = URI.create(endpoint + "/admin/faults");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(faults).PUT(BodyPublishers.ofString(script)).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
      String wrong = "{\"faults\":[{\"effect\":\"explode\"}]}";
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(faults).PUT(BodyPublishers.ofString(wrong)).build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("explode");
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> provider.create(queue(), token("1")))
          .isInstanceOf(dev.parley.provider.ProviderException.Unavailable.class);
      provider.create(queue(), token("2"));
      String body =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(endpoint + "/admin")).build(),
                  BodyHandlers.ofString())
              .body();
      Fields counts = (Fields) Json.parse(body);
      assertThat(counts.fieldsAt("resources").fieldsAt("aws/acme/one").get(JOBS.type().toString()))
          .contains(Value.num(1));
      assertThat(counts.get("mutations")).contains(Value.num(2));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Change.Create queue() {
    return new Change.Create(JOBS, "eu-west-1", Fields.of("QueueName", Value.text("jobs")));
  }

  private static Token token(String sign) {
    return new Token(sign.repeat(64), "corr");
  }

  private Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            SandboxMain.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String endpoint(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    assertThat(line).startsWith("http://127.0.0.1:");
    return line;
  }

  private Provider provider(String endpoint) {
    var account =
        new Account(
            "acme",
            "one",
            "sandbox",
            "aws",
            "eu-west-1",
            List.of(),
            "development",
            Map.of(),
            Optional.empty(),
            Set.of(),
            (Fields) Yaml.parse("settings", "endpoint: " + endpoint).value());
    return new SandboxFactory()
        .open(
            account,
            new Surroundings(Clock.systemUTC(), folder.resolve("client"), reference -> reference));
  }
}
