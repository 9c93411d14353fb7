package dev.parley.app.command;

import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.Settings;
import dev.parley.app.settings.SettingsFile;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --config}. */
final class Configured {
  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "the configuration; default: the demo's")
  @Nullable Path config;

  /** The file's settings; the demo's, kept in the folder, where no file is named. */
  Settings settings(Path demoFolder) {
    Optional<Path> file = Optional.ofNullable(config);
    return file.isPresent() ? read(file.get()) : demo(demoFolder);
  }

  /** The Parley that runs on the same data, if there is one. */
  Optional<Running> running(Path demoFolder) {
    return Running.on(settings(demoFolder).data());
  }

  /** The settings of a file. */
  static Settings read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Invalid(
          new Problem(
              file.toString(),
              "the configuration",
              "there is no such file",
              "name another with --config"));
    }
    try {
      return read(file.toString(), Files.readString(file), file.toAbsolutePath().getParent());
    } catch (MalformedInputException e) {
      throw new Invalid(
          new Problem(
              file.toString(), "the configuration", "it is no UTF-8 text", "save it as UTF-8"));
    } catch (IOException e) {
      throw new Invalid(
          new Problem(
              file.toString(),
              "the configuration",
              String.valueOf(e.getMessage()),
              "make it readable"));
    }
  }

  /** The demo's settings, with everything kept in a folder. */
  static Settings demo(Path folder) {
    try (var in = Configured.class.getResourceAsStream("/demo.yaml")) {
      if (in == null) {
        throw new IllegalStateException("demo.yaml is not on the class path");
      }
      return read("demo.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8), folder)
          .in(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Settings read(String name, String text, @Nullable Path folder) {
    Path base = folder == null ? Path.of("").toAbsolutePath() : folder;
    return SettingsFile.read(
        name,
        text,
        base,
        System.getenv(),
        ConfiguredAccounts.factories().keySet(),
        ConfiguredAccounts::mistakes);
  }
}
