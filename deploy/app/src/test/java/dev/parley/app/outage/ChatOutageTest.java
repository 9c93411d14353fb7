package dev.parley.app.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.discord.DiscordPlatform;
import dev.parley.bot.slack.SlackPlatform;
import dev.parley.bot.transcript.Platform;
import dev.parley.bot.transcript.Script;
import dev.parley.bot.transcript.TranscriptPlayer;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import dev.parley.run.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The platform goes away in the middle of a run, and comes back; with the whole program. */
@Timeout(300)
class ChatOutageTest {
  private static final List<String> PEOPLE = List.of("ann", "bob");
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String WAITS = "        whenChatIsDown: wait";
  @TempDir Path folder;

  @Test
  void a_run_waits_for_slack_through_a_crash_and_goes_on_when_it_is_back() throws IOException {
    var slack = new SlackPlatform(Clock.systemUTC(), PEOPLE);
    try (slack;
        var theatre = new Theatre(folder, "slack", SlackPlatform::person, WAITS)) {
      approve(theatre, slack, "the run waits until it is back");
      goesAway(theatre, slack, slack::down);
      Run waiting = theatre.passing("it waits", run -> run.state() == RunState.WAITING);
      assertThat(theatre.terminal("ann", "status"))
          .contains("waits for the chat since", "slack can't be reached");
      theatre.clock.advance(Duration.ofHours(1));
      theatre.crash();
      theatre.bot().attach(slack.surface());
      assertThat(theatre.run().state()).isEqualTo(RunState.WAITING);
      assertThat(theatre.run().waiting()).isEqualTo(waiting.waiting());
      slack.down(false);
      Run done = theatre.passing("it is over", run -> run.state().ended());
      assertThat(done.state()).as(done.message()).isEqualTo(RunState.SUCCEEDED);
      nothingBegunMeanwhile(done);
      told("slack-waits", theatre, slack::told, "it waited 1 h");
      assertThat(slack.faults()).isEmpty();
    }
  }

  @Test
  void a_run_waits_for_discord_and_goes_on_when_it_is_back() throws IOException {
    var discord = new DiscordPlatform(Clock.systemUTC(), PEOPLE);
    try (discord;
        var theatre = new Theatre(folder, "discord", DiscordPlatform::person, WAITS)) {
      approve(theatre, discord, "the run waits until it is back");
      discord.down(true);
      theatre.standing("it is gone", _ -> !theatre.bot().check().get("discord").ok());
      theatre.bot().tick();
      theatre.passing("it waits", run -> run.state() == RunState.WAITING);
      assertThat(theatre.terminal("ann", "status"))
          .contains("waits for the chat since", "discord is not connected");
      theatre.clock.advance(Duration.ofHours(1));
      discord.down(false);
      Run done = theatre.passing("it is over", run -> run.state().ended());
      assertThat(done.state()).as(done.message()).isEqualTo(RunState.SUCCEEDED);
      nothingBegunMeanwhile(done);
      told("discord-waits", theatre, discord::told, "it waited 1 h");
      assertThat(discord.faults()).isEmpty();
    }
  }

  @Test
  void a_run_that_waits_for_slack_is_cancelled_on_the_terminal() throws IOException {
    var slack = new SlackPlatform(Clock.systemUTC(), PEOPLE);
    try (slack;
        var theatre = new Theatre(folder, "slack", SlackPlatform::person, WAITS)) {
      approve(theatre, slack, "the run waits until it is back");
      goesAway(theatre, slack, slack::down);
      theatre.passing("it waits", run -> run.state() == RunState.WAITING);
      theatre.terminal("ann", "cancel r-1");
      Run run = theatre.passing("it is over", now -> now.state().ended());
      assertThat(run.state()).isEqualTo(RunState.CANCELLED);
      assertThat(run.count(StepState.SKIPPED)).isPositive();
      slack.down(false);
      told("slack-cancelled", theatre, slack::told, "r-1 was cancelled");
    }
  }

  @Test
  void a_run_that_goes_on_is_told_on_slack_afterwards() throws IOException {
    var slack = new SlackPlatform(Clock.systemUTC(), PEOPLE);
    try (slack;
        var theatre = new Theatre(folder, "slack", SlackPlatform::person, "")) {
      approve(theatre, slack, "p-1 v1");
      goesAway(theatre, slack, slack::down);
      Run run = theatre.passing("it is over", now -> now.state().ended());
      assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCEEDED);
      assertThat(run.waits()).isEmpty();
      assertThat(slack.told()).doesNotContain("r-1 succeeded");
      slack.down(false);
      told("slack-goes-on", theatre, slack::told, "5 created in");
      assertThat(slack.faults()).isEmpty();
    }
  }

  /** Plans and approves, and leaves when the first steps are under way. */
  private static void approve(Theatre theatre, Platform platform, String said) {
    var printed = new ArrayList<String>();
    var script =
        Script.parse(
            "outage",
            """
            --- thread shop
            ann: a vpc with two subnets and 2 servers in development on aws
            > event plan
            > contains %s
            bob: [Approve]
            @meanwhile
            """
                .formatted(said));
    var failures =
        new TranscriptPlayer(theatre, platform, false, LONGEST, printed::add).play(script);
    assertThat(failures).as(String.join("\n", printed)).isEmpty();
    theatre.standing("the first step is under way", run -> run.count(StepState.RUNNING) > 0);
  }

  /** People still reach the bot, but nothing that it says arrives. */
  private static void goesAway(Theatre theatre, Platform platform, Consumer<Boolean> down) {
    theatre.standing("all is told so far", _ -> outboxes(theatre).endsWith("nothing waits"));
    down.accept(true);
    platform.say("ann", "other", Optional.empty(), "a bucket called media");
    theatre.standing("the outage is noticed", _ -> outboxes(theatre).contains("nothing gets"));
  }

  private static String outboxes(Theatre theatre) {
    return theatre.bot().check().entrySet().stream()
        .filter(part -> part.getKey().endsWith("outbox"))
        .map(part -> part.getValue().detail())
        .collect(Collectors.joining("; "));
  }

  /** No step was begun while the run waited, but it did go on before and afterwards. */
  private static void nothingBegunMeanwhile(Run run) {
    assertThat(run.waits()).isNotEmpty();
    for (Wait wait : run.waits()) {
      Instant until = wait.until().orElseThrow();
      for (Step step : run.steps()) {
        Instant begun = step.started().orElseThrow();
        assertThat(begun.isAfter(wait.since()) && begun.isBefore(until))
            .as("%s begun at %s, while it waited: %s", step.at(), begun, wait)
            .isFalse();
      }
    }
  }

  /** Everything has arrived, the result behind the receipt. */
  private static void told(String name, Theatre theatre, Supplier<String> seen, String last)
      throws IOException {
    theatre.told(() -> seen.get().contains(last));
    String all = seen.get();
    Files.writeString(
        Files.createDirectories(Path.of("target/transcripts")).resolve("outage-" + name + ".txt"),
        all);
    assertThat(all).contains("Receipt receipt-1");
    assertThat(all.lastIndexOf(last)).isGreaterThan(all.lastIndexOf("Receipt receipt-1"));
  }
}
