package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.house.Stage;
import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.SettingsFile;
import dev.parley.bot.discord.DiscordPlatform;
import dev.parley.bot.slack.SlackPlatform;
import dev.parley.bot.transcript.Platform;
import dev.parley.bot.transcript.Script;
import dev.parley.bot.transcript.TranscriptPlayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden conversations once more, with the whole program on Slack and on Discord: the official
 * SDKs against the stand-ins. {@code -Dtranscript=ssh} plays those with ssh in their name.
 */
class PlatformConversationsTest {
  private static final List<String> PEOPLE =
      List.of("ann", "bob", "carol", "erin", "vic", "mallory", "eve");
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final String ONLY = System.getProperty("transcript", "");
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> on_slack() throws IOException {
    return conversations(
        "slack", () -> new SlackPlatform(Clock.systemUTC(), PEOPLE), SlackPlatform::person);
  }

  @TestFactory
  Stream<DynamicTest> on_discord() throws IOException {
    return conversations(
        "discord", () -> new DiscordPlatform(Clock.systemUTC(), PEOPLE), DiscordPlatform::person);
  }

  private Stream<DynamicTest> conversations(
      String surface, Supplier<Platform> platform, UnaryOperator<String> person)
      throws IOException {
    return GoldenConversationsTest.scripts().stream()
        .filter(file -> GoldenConversationsTest.name(file).contains(ONLY))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    GoldenConversationsTest.name(file).replace('-', ' ') + " on " + surface,
                    () -> play(surface, file, platform.get(), person)));
  }

  private void play(String surface, Path file, Platform platform, UnaryOperator<String> person)
      throws IOException {
    var printed = new ArrayList<String>();
    String name = GoldenConversationsTest.name(file);
    Path data = folder.resolve(surface + "-" + name);
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
    var settings =
        SettingsFile.read(
                "demo.yaml", demo, data, Map.of(), ConfiguredAccounts.factories().keySet())
            .in(data);
    try (var stage = new Stage(settings)) {
      var failures =
          new TranscriptPlayer(stage, platform, false, LONGEST, printed::add)
              .play(Script.parse(name, Files.readString(file)));
      assertThat(failures).as(String.join("\n", printed)).isEmpty();
      assertThat(faults(platform)).isEmpty();
    } finally {
      close(platform);
      Path seen =
          Files.createDirectories(ModuleGraphTest.root().resolve("deploy/app/target/transcripts"));
      Files.write(seen.resolve(name + "." + surface + ".txt"), printed);
    }
  }

  private static List<String> faults(Platform platform) {
    return platform instanceof SlackPlatform slack
        ? slack.faults()
        : ((DiscordPlatform) platform).faults();
  }

  private static void close(Platform platform) {
    if (platform instanceof SlackPlatform slack) {
      slack.close();
    } else {
      ((DiscordPlatform) platform).close();
    }
  }
}
