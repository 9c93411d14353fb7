package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.engine.Engine.AuditReport;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.io.IOException;
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
    Optional<Running> running = Running.on(data.folder());
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
  int list() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      long after = 0;
      for (var page = house.engine().audit(house.tenant(tenant), after, 500);
          !page.isEmpty();
          page = house.engine().audit(house.tenant(tenant), after, 500)) {
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
        after = page.getLast().sequence();
      }
    }
    return 0;
  }

  private AuditReport walk() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      return house.engine().verifyAudit(house.tenant(tenant));
    }
  }

  private static AuditReport ask(Running running) throws IOException, InterruptedException {
    String body = running.get("api/audit-check", "application/json").body();
    return Codec.decode((Fields) Json.parse(body), AuditReport.class);
  }
}
