package dev.parley.app.command;

import dev.parley.engine.json.Codec;
import dev.parley.engine.look.Clouds;
import dev.parley.engine.look.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code parley discover}. */
@Command(
    name = "discover",
    description = "What exists in an account, tracked or not.",
    mixinStandardHelpOptions = true)
final class DiscoverCommand implements Callable<Integer> {
  @Mixin Looking looking = new Looking();

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "where to look")
  String account = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "only these: a type's name, or the end of it")
  String type = "";

  @Override
  public Integer call() {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      Clouds clouds = house.engine().clouds();
      Inventory inventory =
          clouds.discover(
              tenant,
              account,
              type.isEmpty() ? Optional.empty() : Optional.of(clouds.type(tenant, account, type)),
              Looking::progress);
      looking.print(
          List.of("ADDRESS", "TYPE", "ID", "NAME", "REGION", "SOURCE"),
          inventory.found().stream().map(DiscoverCommand::row).toList(),
          Codec.encode(inventory));
      inventory
          .sources()
          .forEach(
              source ->
                  Looking.aside(
                      List.of(
                          source.name()
                              + (source.complete() ? " sees everything" : " sees a part")
                              + (source.detail().isBlank() ? "" : ": " + source.detail()))));
      Looking.aside(inventory.gaps().stream().map(gap -> "not seen: " + gap).toList());
      return 0;
    }
  }

  private static List<String> row(Inventory.Found found) {
    return List.of(
        found.tracked().map(Object::toString).orElse("-"),
        found.resource().type().name(),
        found.resource().id().value(),
        found.resource().name(),
        found.resource().region(),
        found.source());
  }
}
