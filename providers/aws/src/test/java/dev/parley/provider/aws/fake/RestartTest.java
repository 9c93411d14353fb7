package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.world.Charge;
import dev.parley.provider.aws.fake.world.LogLine;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.value.Value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;

class RestartTest {
  @TempDir Path folder;

  private static ProgressEvent create(CloudControlClient cloud, String name) {
    return cloud
        .createResource(
            r ->
                r.typeName("AWS::SQS::Queue")
                    .clientToken("token-" + name)
                    .desiredState("{\"QueueName\": \"%s\"}".formatted(name)))
        .progressEvent();
  }

  @Test
  void nothing_that_was_answered_is_lost() throws IOException {
    ProgressEvent asked;
    Fields before;
    AccessKey key;
    try (FakeAws aws = FakeAws.builder().folder(folder).pace(Pace.looks(2)).start()) {
      FakeAccounts.furnish(aws);
      key = aws.user(FakeAccounts.ONE, "parley");
      aws.log(new LogLine(FakeAccounts.ONE, "ap-south-1", "g", "s", Instant.EPOCH, "hello"));
      aws.charge(
          new Charge(
              FakeAccounts.ONE,
              "ap-south-1",
              "EC2",
              LocalDate.of(2026, 1, 1),
              BigDecimal.ONE,
              Map.of("team", "shop")));
      try (CloudControlClient cloud = Sdk.client(CloudControlClient.builder(), aws, key)) {
        asked = create(cloud, "orders");
      }
      before = aws.export();
    }
    Files.writeString(
        folder.resolve("state.log"), "{\"kind\":\"Gone\",\"pl", StandardOpenOption.APPEND);
    try (FakeAws aws = FakeAws.builder().folder(folder).start()) {
      assertThat(aws.export()).isEqualTo(before);
      synchronized (aws.world()) {
        assertThat(aws.world().logs()).hasSize(1);
        assertThat(aws.world().charges()).hasSize(1);
      }
      try (CloudControlClient cloud = Sdk.client(CloudControlClient.builder(), aws, key)) {
        assertThat(create(cloud, "orders").requestToken()).isEqualTo(asked.requestToken());
        for (String status : new String[] {"IN_PROGRESS", "SUCCESS"}) {
          assertThat(
                  cloud
                      .getResourceRequestStatus(r -> r.requestToken(asked.requestToken()))
                      .progressEvent()
                      .operationStatusAsString())
              .isEqualTo(status);
        }
      }
      assertThat(aws.resources("AWS::SQS::Queue")).hasSize(1);
    }
    assertThat(Files.readString(folder.resolve("wire.log")).lines())
        .anyMatch(line -> line.contains("\"operation\":\"CreateResource\""))
        .noneMatch(line -> line.contains("orders"));
  }

  @Test
  void as_a_program_it_survives_being_killed() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Process first = run();
      URI endpoint = endpoint(first);
      String fault =
          """
          {"service": "", "operation": "CreateResource", "about": "", "holding": "",
           "times": 1, "effect": {"kind": "FailAfter", "status": 500}}\
          """;
      assertThat(
              http.send(
                      HttpRequest.newBuilder(endpoint.resolve("/_fake/faults"))
                          .POST(HttpRequest.BodyPublishers.ofString(fault))
                          .build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(204);
      try (CloudControlClient cloud = Sdk.client(CloudControlClient.builder(), endpoint)) {
        assertThatThrownBy(() -> create(cloud, "orders")).hasMessageContaining("500");
      }
      first.destroyForcibly().waitFor();
      Process second = run();
      URI again = endpoint(second);
      try (CloudControlClient cloud = Sdk.client(CloudControlClient.builder(), again)) {
        assertThat(create(cloud, "orders").identifier()).endsWith("/orders");
      }
      String state =
          http.send(
                  HttpRequest.newBuilder(again.resolve("/_fake/state")).build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(((Fields) Json.parse(state)).itemsAt("resources")).hasSize(1);
      String wire =
          http.send(
                  HttpRequest.newBuilder(again.resolve("/_fake/wire")).build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(wire).contains("CreateResource").doesNotContain("orders");
      second.destroyForcibly().waitFor();
    }
  }

  private Process run() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FakeAwsMain.class.getName(),
            folder.toString(),
            "0")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI endpoint(Process process) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).startsWith("listening on ");
    return URI.create("http://127.0.0.1:" + line.substring("listening on ".length()));
  }
}
