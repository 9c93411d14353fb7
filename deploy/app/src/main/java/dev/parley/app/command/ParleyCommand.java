package dev.parley.app.command;

import dev.parley.knowledge.Knowledge;
import dev.parley.provider.ProviderException;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.value.Invalid;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code parley}. */
@Command(
    name = "parley",
    mixinStandardHelpOptions = true,
    version = "Parley 0.1.0",
    description =
        "Plans, checks, approves, runs and records infrastructure changes, from a conversation.",
    subcommands = {
      DemoCommand.class,
      StartCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      LinkCommand.class,
      ReceiptCommand.class,
      AuditCommand.class,
      SparqlCommand.class,
      CatalogCommand.class,
      DiscoverCommand.class,
      ImportCommand.class,
      DriftCommand.class,
      LogsCommand.class,
      CostsCommand.class
    })
public final class ParleyCommand {
  private ParleyCommand() {}

  /** The command line, with our own way of telling mistakes. */
  public static CommandLine line() {
    var line = new CommandLine(new ParleyCommand());
    line.setExecutionExceptionHandler(
        (problem, command, _) -> {
          switch (problem) {
            case Invalid invalid -> {
              int count = invalid.problems().size();
              command
                  .getErr()
                  .println("parley: " + (count == 1 ? "one mistake" : count + " mistakes"));
              invalid.problems().forEach(one -> command.getErr().println("  " + one));
            }
            case Knowledge.Refused refused ->
                command.getErr().println("parley: " + refused.getMessage());
            case ProviderException refused ->
                command
                    .getErr()
                    .println(
                        "parley: "
                            + refused.facts().account()
                            + ": "
                            + refused.kind()
                            + ": "
                            + refused.getMessage());
            case JournalFailed failed -> command.getErr().println("parley: " + failed.getMessage());
            default -> throw problem;
          }
          return CommandLine.ExitCode.USAGE;
        });
    return line;
  }
}
