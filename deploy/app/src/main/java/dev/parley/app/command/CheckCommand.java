package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.value.Check;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parley check}. */
@Command(
    name = "check",
    description =
        "Reads the configuration and looks whether everything can be reached; says what to do where"
            + " not.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Override
  public Integer call() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      Map<String, Check> checks = new TreeMap<>(house.engine().check());
      checks.forEach(
          (part, check) ->
              System.out.println(
                  (check.ok() ? "ok      " : "FAILED  ")
                      + part
                      + ": "
                      + check.detail()
                      + check.next().map(next -> ". " + next).orElse("")));
      return checks.values().stream().allMatch(Check::ok) ? 0 : 1;
    }
  }
}
