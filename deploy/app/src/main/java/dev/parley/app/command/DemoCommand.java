package dev.parley.app.command;

import dev.parley.app.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley demo}. */
@Command(
    name = "demo",
    description =
        "Starts everything embedded: three simulated clouds, a terminal conversation and a local"
            + " web page. No account, no network.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Mixin DataFolder data = new DataFolder();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "of the page; 0 for any free one; default: ${DEFAULT-VALUE}",
      defaultValue = "7070")
  int port = 7070;

  @Option(names = "--no-terminal", description = "serves the page alone, until it is told to stop")
  boolean noTerminal;

  @Option(names = "--no-page", description = "opens the terminal conversation alone")
  boolean noPage;

  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      description =
          "plays a conversation and prints every card, in a fresh installation that is thrown away"
              + " unless --data says where to keep it; exit code 1 if an expectation is not met")
  @Nullable Path transcript;

  @Option(
      names = "--json",
      description = "with --transcript: prints JSON lines (see bot/README.md)")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path script = transcript;
    if (script != null) {
      boolean keep = spec != null && spec.commandLine().getParseResult().hasMatchedOption("--data");
      return keep ? Transcript.play(script, data.folder(), json) : Transcript.play(script, json);
    }
    Settings demo = Configured.demo(data.folder());
    var page = new Settings.Web(!noPage, demo.web().bind(), port, false);
    return Serving.serve(demo.with(page), !noTerminal);
  }
}
