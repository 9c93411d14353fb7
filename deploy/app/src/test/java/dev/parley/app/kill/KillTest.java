package dev.parley.app.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of many conversations on Slack and on Discord: the whole
 * program with the official SDK against a stand-in that lives on, and clouds that do. {@code
 * -Dkill.times=100} for so many kills, {@code -Dkill.seed=} to repeat their moments.
 */
class KillTest {
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
  private static final int KILLS = Integer.getInteger("kill.times", 3);
  private static final int CHANNELS = 4;
  private static final int AT_ONCE = 6;
  private static final int PATIENT = 2;
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void on_slack_nothing_acknowledged_is_lost_and_nothing_is_shown_or_made_twice() throws Exception {
    series(new SlackChat(CHANNELS), KILLS);
  }

  @Test
  void on_discord_nothing_acknowledged_is_lost_and_nothing_is_shown_or_made_twice()
      throws Exception {
    series(new DiscordChat(CHANNELS), KILLS);
  }

  private void series(Chat chat, int kills) throws Exception {
    var random = new Random(SEED);
    var numbers = new AtomicInteger();
    var over = new AtomicBoolean();
    List<Conversation> all = Collections.synchronizedList(new ArrayList<>());
    try (chat;
        var cloud = cloud();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      URI endpoint = URI.create(cloud.start().strip());
      try (var program = Program.parley(configuration(chat, endpoint), chat.secrets())) {
        program.launch();
        await("the first connection").atMost(LONGEST).until(chat::connected);
        List<Conversation> patient = new ArrayList<>();
        for (int i = 0; i < PATIENT; i++) {
          patient.add(begin(chat, numbers, all));
        }
        List<Future<?>> people = new ArrayList<>();
        patient.forEach(one -> people.add(threads.submit(() -> asks(one))));
        for (int i = 0; i < AT_ONCE; i++) {
          people.add(threads.submit(() -> talk(chat, numbers, all, over)));
        }
        for (int kill = 1; kill <= kills; kill++) {
          boolean early = random.nextInt(5) == 0;
          if (!early) {
            await("a connection").atMost(LONGEST).until(chat::connected);
          }
          LockSupport.parkNanos(Duration.ofMillis(random.nextInt(4000)).toNanos());
          assertThat(program.alive())
              .as("the program before kill %d, seed %d", kill, SEED)
              .isTrue();
          program.kill();
          await("the connection's end").atMost(LONGEST).until(() -> !chat.connected());
          program.launch();
        }
        over.set(true);
        ended(people);
        patient.forEach(
            one -> {
              one.approve();
              one.done();
            });
        settled(all);
        check(chat, endpoint, kills, all);
      }
    }
  }

  private static Conversation begin(Chat chat, AtomicInteger numbers, List<Conversation> all) {
    int number = numbers.incrementAndGet();
    var conversation = new Conversation(chat, number, number % CHANNELS);
    all.add(conversation);
    return conversation;
  }

  private static void asks(Conversation conversation) {
    conversation.ask();
    conversation.planned();
  }

  private static void talk(
      Chat chat, AtomicInteger numbers, List<Conversation> all, AtomicBoolean over) {
    while (!over.get()) {
      Conversation conversation = begin(chat, numbers, all);
      asks(conversation);
      conversation.approve();
      conversation.done();
    }
  }

  private static void ended(List<Future<?>> people) throws InterruptedException {
    for (Future<?> one : people) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new AssertionError("seed " + SEED + ": " + e.getCause().getMessage(), e.getCause());
      }
    }
  }

  private static void settled(List<Conversation> all) {
    await("the last state of everything")
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () ->
                assertThat(all.stream().filter(one -> !one.settled()).toList())
                    .as("not in their last state, seed %d", SEED)
                    .isEmpty());
  }

  private static void check(Chat chat, URI cloud, int kills, List<Conversation> all)
      throws IOException, InterruptedException {
    System.out.printf("kill test: seed %d, %d kills, %d conversations%n", SEED, kills, all.size());
    assertThat(all.size()).as("conversations, or the test has shown nothing").isGreaterThan(kills);
    all.forEach(one -> one.check("seed " + SEED));
    assertThat(chat.faults()).as("seed %d", SEED).isEmpty();
    assertThat(resources(cloud)).as("resources, seed %d", SEED).isEqualTo(all.size());
  }

  private Program cloud() throws IOException {
    Path settings = Files.writeString(folder.resolve("cloud.yaml"), "latency: 0.02\n");
    return Program.of(
        SandboxMain.class, folder.resolve("cloud").toString(), "0", settings.toString());
  }

  private Path configuration(Chat chat, URI cloud) throws IOException {
    String yaml =
        """
        data: data
        tenants:
          demo:
            currency: USD
            users:
              ann: {roles: [viewer, operator], people: ["%s"]}
              bob: {roles: [viewer, approver, admin], teams: [security, finops, sre], people: ["%s"]}
            accounts:
              aws-dev:
                provider: sandbox
                family: aws
                region: eu-west-1
                environment: development
                tags: {cost-center: "1"}
                settings: {endpoint: "%s"}
        surfaces:
          web: {enabled: false}
          console: {enabled: false}
        """
            .formatted(chat.person("ann"), chat.person("bob"), cloud);
    return Files.writeString(folder.resolve("parley.yaml"), yaml + chat.surface());
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
