package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.transcript.Failure;
import dev.parley.bot.transcript.Host;
import dev.parley.bot.transcript.Script;
import dev.parley.bot.transcript.TranscriptPlayer;
import dev.parley.engine.json.Json;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TranscriptPlayerTest {
  private static final String ALL =
      """
      --- thread shop
      ann: bucket
      > event question
      > json /topic == "name"
      > json /choices contains "assets"
      ann: 2
      > event plan 1
      > json /estimate/monthly == 10
      > json /changes/0/action == "create"
      > json /verdict/approval/eligible contains "bob"
      ann: [Approve]
      > contains You asked for p-1
      > not event vote
      ann: also bucket other public
      > json plan /verdict/findings/0/rule == "TST-PUB-001"
      > json plan /blocked == true
      > not button Approve
      ann: waive TST-PUB-001 on other for 2 days because it is a page
      bob: [Grant waiver]
      > json plan /revision == 3
      bob: [Approve] on v1
      > contains out of date
      bob: :+1:
      > event vote
      > event receipt
      > event step 2
      > json run /state == "succeeded"
      --- thread second
      ann: 2 buckets flaky
      bob: [Reject] not today
      > json vote /reason == "not today"
      ann: 2 buckets flaky
      bob: [Approve]
      > json step /state == "failed"
      > json run /state == "failed"
      ann: [Retry failed]
      > json step /attempt == 2
      > json run /state == "succeeded"
      ann: what exists?
      > json answer /rows exists
      ann: delete nothing
      > event error
      ann: help
      > contains approve p-42
      ann: bucket old
      @advance 25h
      > contains Expired
      @crash
      ann: bucket new
      > event plan
      """;

  @Test
  void a_script_that_goes_as_written_has_no_failures() {
    assertThat(play(ALL, false, new ArrayList<>())).isEmpty();
  }

  @Test
  void every_json_line_fits_the_published_schema_and_every_event_occurs() throws IOException {
    var lines = new ArrayList<String>();
    assertThat(play(ALL, true, lines)).isEmpty();
    Schema schema = schema();
    Set<String> events = new TreeSet<>();
    for (String line : lines) {
      JsonNode tree = Json.toTree(Json.parsePlain(line));
      events.add(tree.path("event").asText());
      assertThat(schema.validate(tree)).as(line).isEmpty();
    }
    assertThat(events)
        .containsExactly(
            "answer", "error", "message", "plan", "question", "receipt", "run", "step", "vote");
  }

  @Test
  void the_schema_refuses_what_is_no_line() throws IOException {
    for (String wrong :
        List.of(
            "{}",
            "{\"event\":\"party\"}",
            "{\"event\":\"question\",\"topic\":\"x\"}",
            "{\"event\":\"message\",\"text\":\"x\",\"mood\":1}")) {
      assertThat(schema().validate(Json.toTree(Json.parsePlain(wrong)))).as(wrong).isNotEmpty();
    }
  }

  @Test
  void a_failed_expectation_names_its_line_and_what_stood_there_instead() {
    var out = new ArrayList<String>();
    List<Failure> failures =
        play(
            "ann: bucket one\n"
                + "> json /estimate/monthly == 11\n"
                + "> contains unicorn\n"
                + "> event run\n"
                + "> button Fly\n"
                + "bob: [Fly]\n",
            false,
            out);
    assertThat(failures).extracting(Failure::line).containsExactly(2, 3, 4, 5, 6);
    assertThat(failures.getFirst().why()).contains("there stands 10");
    assertThat(String.join("\n", out)).contains("FAILED test, line 3");
  }

  @Test
  void the_same_script_is_printed_the_same_each_time() {
    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    play(ALL, true, first);
    play(ALL, true, second);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void people_are_quoted_and_cards_are_boxed() {
    var out = new ArrayList<String>();
    play("ann: bucket one\nbob: [Approve]\n", false, out);
    assertThat(out)
        .contains("ann: bucket one", "bob: [Approve]", "  (only bob sees this)")
        .anyMatch(line -> line.startsWith("╭─ ! p-1 v1") || line.startsWith("╭─ p-1 v1"));
  }

  private static Schema schema() throws IOException {
    try (InputStream in = Script.class.getResourceAsStream("lines.schema.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Json.toTree(Json.parsePlain(text)));
    }
  }

  private static List<Failure> play(String script, boolean json, List<String> out) {
    var host = new TestHost();
    try {
      return new TranscriptPlayer(host, host.clock, json, Duration.ofSeconds(20), out::add)
          .play(Script.parse("test", script));
    } finally {
      host.bot.close();
      host.engine.close();
    }
  }

  private static final class TestHost implements Host {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
    private final ScriptedEngine engine =
        new ScriptedEngine(new MemoryStore(new MemoryJournal(clock)), clock);
    private Bot bot = fresh();

    private Bot fresh() {
      return new Bot(
          engine, List.of(new WordPlanner()), BotSettings.of(People.TENANT).prompt(), clock);
    }

    @Override
    public Bot bot() {
      return bot;
    }

    @Override
    public boolean crash() {
      bot.close();
      bot = fresh();
      return true;
    }

    @Override
    public boolean advance(Duration by) {
      clock.advance(by);
      return true;
    }
  }
}
