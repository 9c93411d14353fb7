package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.house.Stage;
import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.SettingsFile;
import dev.parley.bot.transcript.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole conversations with the whole program. Each file in {@code transcripts/} is one; what it
 * looked like is left in {@code target/transcripts}. {@code -Dtranscript=ssh} plays those with ssh
 * in their name.
 */
class GoldenConversationsTest {
  private static final Path SCRIPTS =
      ModuleGraphTest.root().resolve("deploy/app/src/test/resources/transcripts");
  private static final String ONLY = System.getProperty("transcript", "");
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> conversations() throws IOException {
    return scripts().stream()
        .filter(file -> name(file).contains(ONLY))
        .map(file -> DynamicTest.dynamicTest(name(file).replace('-', ' '), () -> play(file)));
  }

  @Test
  void there_are_at_least_25_of_them() throws IOException {
    assertThat(scripts()).hasSizeGreaterThanOrEqualTo(25);
  }

  private void play(Path file) throws IOException {
    var printed = new ArrayList<String>();
    Path data = folder.resolve(name(file));
    try (var in = SettingsFile.class.getResourceAsStream("/demo.yaml")) {
      String demo = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var settings =
          SettingsFile.read(
                  "demo.yaml", demo, data, Map.of(), ConfiguredAccounts.factories().keySet())
              .in(data);
      try (var stage = new Stage(settings)) {
        var failures =
            stage.play(Script.parse(name(file), Files.readString(file)), false, printed::add);
        assertThat(failures).as(String.join("\n", printed)).isEmpty();
      }
    } finally {
      Path seen =
          Files.createDirectories(ModuleGraphTest.root().resolve("deploy/app/target/transcripts"));
      Files.write(seen.resolve(name(file) + ".txt"), printed);
    }
  }

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  static String name(Path file) {
    return file.getFileName().toString().replace(".txt", "");
  }
}
