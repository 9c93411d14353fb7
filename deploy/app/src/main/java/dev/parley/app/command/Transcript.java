package dev.parley.app.command;

import dev.parley.app.house.Stage;
import dev.parley.app.settings.Settings;
import dev.parley.bot.transcript.Failure;
import dev.parley.bot.transcript.Script;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A conversation played without a terminal, in a folder of its own that is gone afterwards. */
final class Transcript {
  private Transcript() {}

  /** 0 if every expectation was met. */
  static int play(Path file, boolean json) throws IOException {
    Path folder = Files.createTempDirectory("parley-transcript");
    try {
      return play(file, folder, json);
    } finally {
      delete(folder);
    }
  }

  /** The same, in a folder that stays. */
  static int play(Path file, Path folder, boolean json) {
    Script script = Script.parse(file.getFileName().toString(), read(file));
    Settings settings = Configured.demo(folder);
    try (var stage = new Stage(settings)) {
      List<Failure> failures = stage.play(script, json, System.out::println);
      System.out.flush();
      failures.forEach(failure -> System.err.println("parley: " + failure));
      return failures.isEmpty() ? 0 : 1;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new Invalid(
          new Problem(
              file.toString(), "the transcript", "it is no UTF-8 text", "save it as UTF-8"));
    } catch (IOException e) {
      throw new Invalid(
          new Problem(file.toString(), "the transcript", "it can't be read", "name another"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
