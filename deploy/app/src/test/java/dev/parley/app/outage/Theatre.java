package dev.parley.app.outage;

import dev.parley.app.house.Installation;
import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.Settings;
import dev.parley.app.settings.SettingsFile;
import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.transcript.Host;
import dev.parley.run.Run;
import dev.parley.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The whole program on the demo's clouds, where things take as long as really, by a clock that
 * stands still until the test moves it.
 */
final class Theatre implements Host, AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String CHAT =
      """
        %s:
          workspaces: {"1": {tenant: demo, channels: {"2": {}}}}
      """;

  final SettableClock clock = new SettableClock(Instant.now());
  private final Settings settings;
  private Installation house;
  private Bot bot;
  private MemorySurface terminal;

  /**
   * @param chat the surface that the program expects people on
   * @param person how somebody is known there
   * @param account what is written to the account aws-dev
   */
  Theatre(Path data, String chat, UnaryOperator<String> person, String account) throws IOException {
    String demo;
    try (var in = SettingsFile.class.getResourceAsStream("/demo.yaml")) {
      demo = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String user : List.of("ann", "bob")) {
      demo =
          demo.replace(
              "\"console::" + user + "\"",
              "\"console::" + user + "\", \"" + person.apply(user) + "\"");
    }
    demo = demo.replace("latency: 0.02", "latency: 1").replace("aws-dev:", "aws-dev:\n" + account);
    settings =
        SettingsFile.read(
                "demo.yaml",
                demo + CHAT.formatted(chat).indent(0),
                data,
                Map.of(),
                ConfiguredAccounts.factories().keySet())
            .in(data);
    open();
  }

  private void open() {
    house = Installation.open(settings, clock);
    bot = house.bot(BotSettings.of("demo").prompt());
    terminal = new MemorySurface("console", clock);
  }

  @Override
  public Bot bot() {
    return bot;
  }

  @Override
  public boolean crash() {
    house.abandon();
    open();
    return true;
  }

  Run run() {
    return house.engine().run("demo", "r-1").orElseThrow();
  }

  /** Lets time pass, second by second, until the run is as it should be. */
  Run passing(String what, Predicate<Run> when) {
    return until(what, when, () -> clock.advance(Duration.ofSeconds(1)));
  }

  /** Waits until something is told, while time passes. */
  void told(BooleanSupplier seen) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not told in time");
      }
      clock.advance(Duration.ofSeconds(1));
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Waits until the run is as it should be, while the clock stands still. */
  Run standing(String what, Predicate<Run> when) {
    return until(what, when, () -> {});
  }

  private Run until(String what, Predicate<Run> when, Runnable meanwhile) {
    long end = System.nanoTime() + LONGEST.toNanos();
    Run now = run();
    while (!when.test(now)) {
      if (System.nanoTime() > end || now.state().ended()) {
        throw new AssertionError(
            "not seen: " + what + "; it is " + now.state() + ": " + now.message());
      }
      meanwhile.run();
      LockSupport.parkNanos(10_000_000);
      now = run();
    }
    return now;
  }

  /** What the terminal answers to a command. */
  String terminal(String person, String words) {
    if (!bot.check().containsKey("console")) {
      bot.attach(terminal);
    }
    int before = terminal.outputs().size();
    terminal.say(terminal.human(person), terminal.place("t"), words);
    if (!bot.settled(LONGEST)) {
      throw new AssertionError("no answer to " + words);
    }
    return String.valueOf(terminal.outputs().subList(before, terminal.outputs().size()));
  }

  @Override
  public void close() {
    house.close();
  }
}
