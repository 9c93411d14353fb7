package dev.parley.app.command;

import dev.parley.app.house.Chats;
import dev.parley.app.house.Installation;
import dev.parley.value.Check;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley doctor}. */
@Command(
    name = "doctor",
    description =
        "Looks at every part, the chat platforms too: what is missing (a scope, an intent, a token)"
            + " and how to mend it.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Override
  public Integer call() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      Map<String, Check> checks = new TreeMap<>(house.engine().check());
      Chats.surfaces(house.settings(), house.clock())
          .values()
          .forEach(
              surface -> {
                try (surface) {
                  checks.put("surface " + surface.id(), surface.check());
                }
              });
      checks.forEach((part, check) -> System.out.println(line(part, check)));
      return checks.values().stream().allMatch(Check::ok) ? 0 : 1;
    }
  }

  private static String line(String part, Check check) {
    return (check.ok() ? "ok      " : "FAILED  ")
        + part
        + ": "
        + check.detail()
        + check.next().map(next -> "\n          " + next).orElse("");
  }
}
