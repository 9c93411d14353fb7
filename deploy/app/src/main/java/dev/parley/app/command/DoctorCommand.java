package dev.parley.app.command;

import dev.parley.app.house.Examination;
import dev.parley.app.house.Examination.Finding;
import dev.parley.app.house.Installation;
import dev.parley.app.house.Operator;
import dev.parley.app.settings.Chat;
import dev.parley.engine.json.Codec;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  public Integer call() throws IOException, InterruptedException {
    Optional<Running> running = configured.running(data.folder());
    if (running.isPresent()) {
      System.out.println("as the Parley that runs here sees it:");
      var answer = (Value.Items) running.get().ask("", "doctor");
      return told(
          answer.items().stream().map(one -> Codec.decode((Fields) one, Finding.class)).toList());
    }
    try (var house = Installation.open(configured.settings(data.folder()))) {
      var examination =
          new Examination(house.settings().secrets(), house.clock(), Duration.ofSeconds(patience));
      List<Chat> chats = house.settings().chats();
      var operator =
          new Operator(
              house, () -> chats.stream().flatMap(chat -> examination.of(chat).stream()).toList());
      return told(operator.examine());
    }
  }

  private static int told(List<Finding> findings) {
    findings.forEach(finding -> System.out.println(line(finding)));
    return findings.stream().allMatch(one -> one.check().ok() || !one.needed()) ? 0 : 1;
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
