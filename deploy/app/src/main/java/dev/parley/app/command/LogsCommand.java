package dev.parley.app.command;

import dev.parley.engine.json.Codec;
import dev.parley.engine.look.Periods;
import dev.parley.provider.LogLine;
import dev.parley.resource.Tracked;
import dev.parley.value.Value;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley logs}. */
@Command(
    name = "logs",
    description = "What a resource wrote, oldest first.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Mixin Looking looking = new Looking();

  @Parameters(paramLabel = "RESOURCE", description = "its name, address or id")
  String resource = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "2h, yesterday, 2026-01-31; default: 1h")
  String since = "1h";

  @Option(names = "--limit", paramLabel = "N", description = "the most lines; default: 200")
  int limit = 200;

  @Override
  public Integer call() {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      Tracked one = house.engine().clouds().named(tenant, resource);
      List<LogLine> lines =
          house
              .engine()
              .clouds()
              .logs(tenant, one, Periods.since(since, house.clock().instant()), limit);
      looking.print(
          List.of("TIME", "SOURCE", "TEXT"),
          lines.stream()
              .map(line -> List.of(line.at().toString(), line.source(), line.text()))
              .toList(),
          new Value.Items(lines.stream().<Value>map(Codec::encode).toList()));
      return 0;
    }
  }
}
