package dev.parley.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --data}. */
final class DataFolder {
  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      description = "where everything is kept; default: ${DEFAULT-VALUE}",
      defaultValue = ".parley/demo")
  Path data = Path.of(".parley", "demo");

  Path folder() {
    return data.toAbsolutePath().normalize();
  }
}
