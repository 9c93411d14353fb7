package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.engine.Engine.AuditLine;
import dev.parley.engine.Engine.AuditReport;
import dev.parley.engine.json.Codec;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code parley audit}. */
@Command(
    name = "audit",
    description = "The audit log: who did what, chained by hashes.",
    mixinStandardHelpOptions = true)
final class AuditCommand {
  private static final int PAGE = 500;

  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Option(
      names = "--tenant",
      scope = ScopeType.INHERIT,
      paramLabel = "ID",
      description = "default: the first one")
  String tenant = "";

  @Command(
      name = "verify",
      description = "Walks the whole chain. Exit code 1 if a line was changed, left out or added.",
      mixinStandardHelpOptions = true)
  int verify() throws IOException, InterruptedException {
    Optional<Running> running = configured.running(data.folder());
    AuditReport report = running.isPresent() ? ask(running.get()) : walk();
    System.out.println(
        (report.intact()
                ? "intact: " + report.lines() + " lines"
                : "BROKEN" + report.broken().map(at -> " at line " + at).orElse(""))
            + (report.detail().isBlank() ? "" : " (" + report.detail() + ")"));
    return report.intact() ? 0 : 1;
  }

  @Command(
      name = "list",
      description = "Prints the log, oldest first.",
      mixinStandardHelpOptions = true)
  int list() throws IOException, InterruptedException {
    Optional<Running> running = configured.running(data.folder());
    if (running.isPresent()) {
      print(after -> lines(running.get(), after));
      return 0;
    }
    try (var house = Installation.open(configured.settings(data.folder()))) {
      print(after -> house.engine().audit(house.tenant(tenant), after, PAGE));
    }
    return 0;
  }

  /** Lines of the log from a sequence number on. */
  private interface Lines {
    List<AuditLine> after(long sequence) throws IOException, InterruptedException;
  }

  private static void print(Lines lines) throws IOException, InterruptedException {
    for (var page = lines.after(0);
        !page.isEmpty();
        page = lines.after(page.getLast().sequence())) {
      page.forEach(
          line ->
              System.out.println(
                  line.at()
                      + "  "
                      + line.who()
                      + "  "
                      + line.what()
                      + "  "
                      + line.about()
                      + "  "
                      + line.hash().substring(0, 12)));
    }
  }

  private List<AuditLine> lines(Running running, long after)
      throws IOException, InterruptedException {
    var lines = (Value.Items) running.ask(tenant, "audit?after=" + after);
    return lines.items().stream()
        .map(line -> Codec.decode((Fields) line, AuditLine.class))
        .toList();
  }

  private AuditReport walk() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      return house.engine().verifyAudit(house.tenant(tenant));
    }
  }

  private AuditReport ask(Running running) throws IOException, InterruptedException {
    return Codec.decode((Fields) running.ask(tenant, "audit-check"), AuditReport.class);
  }
}
