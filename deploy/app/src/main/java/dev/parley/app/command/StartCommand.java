package dev.parley.app.command;

import dev.parley.app.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley start}. */
@Command(
    name = "start",
    description = "Starts Parley as a configuration says.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration (see deploy/README.md)")
  Path config = Path.of("parley.yaml");

  @Option(
      names = "--demo",
      description = "lets demo identities speak on the page, even for real accounts")
  boolean demo;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings read = Configured.read(config);
    Settings settings = demo ? read.with(read.web().withDemoIdentities()) : read;
    return Serving.serve(settings, settings.console());
  }
}
