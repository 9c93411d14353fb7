package dev.parley.app.command;

import dev.parley.app.house.Examination;
import dev.parley.app.house.Examination.Finding;
import dev.parley.app.house.Installation;
import dev.parley.app.settings.Chat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley doctor}. */
@Command(
    name = "doctor",
    description =
        "Looks at every part, the chat platforms too: what is missing (a scope, an intent, a token)"
            + " and how to mend it. Exit code 1 if anything that is needed is not right.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "how long a chat platform may take to connect; default: ${DEFAULT-VALUE}",
      defaultValue = "10")
  int patience = 10;

  @Override
  public Integer call() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      var findings = new ArrayList<Finding>();
      house.engine().check().forEach((part, check) -> findings.add(new Finding(part, check, true)));
      findings.sort(Comparator.comparing(Finding::part));
      var examination =
          new Examination(house.settings().secrets(), house.clock(), Duration.ofSeconds(patience));
      List<Chat> chats = house.settings().chats();
      chats.forEach(chat -> findings.addAll(examination.of(chat)));
      findings.forEach(finding -> System.out.println(line(finding)));
      return findings.stream().allMatch(one -> one.check().ok() || !one.needed()) ? 0 : 1;
    }
  }

  private static String line(Finding finding) {
    String mark = finding.check().ok() ? "ok      " : finding.needed() ? "FAILED  " : "absent  ";
    return mark
        + finding.part()
        + ": "
        + finding.check().detail()
        + finding.check().next().map(next -> "\n          " + next).orElse("");
  }
}
