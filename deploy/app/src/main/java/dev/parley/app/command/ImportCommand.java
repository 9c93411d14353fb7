package dev.parley.app.command;

import dev.parley.engine.json.Codec;
import dev.parley.engine.look.Adopted;
import dev.parley.engine.look.Clouds;
import dev.parley.engine.look.Selection;
import dev.parley.identity.Role;
import dev.parley.resource.ResourceId;
import dev.parley.value.Invalid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code parley import}. */
@Command(
    name = "import",
    description = "Takes what exists under care: into the ledger and the graph. Changes no cloud.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Mixin Looking looking = new Looking();

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "where it is")
  String account = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TYPE|ID|all",
      description = "a type, ids or names, or all")
  List<String> what = List.of();

  @Override
  public Integer call() {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      Clouds clouds = house.engine().clouds();
      Adopted adopted =
          clouds.adopt(
              tenant,
              account,
              selection(clouds, tenant),
              looking.user(house, Role.OPERATOR),
              Looking::progress);
      looking.print(
          List.of("ADDRESS", "ID"),
          adopted.imported().stream()
              .map(one -> List.of(one.at().toString(), one.resource().id().value()))
              .toList(),
          Codec.encode(adopted));
      Looking.aside(adopted.refused().stream().map(problem -> "not imported: " + problem).toList());
      Looking.aside(adopted.gaps().stream().map(gap -> "not seen: " + gap).toList());
      return adopted.imported().isEmpty() && !adopted.refused().isEmpty() ? 1 : 0;
    }
  }

  private Selection selection(Clouds clouds, String tenant) {
    if (what.equals(List.of("all"))) {
      return new Selection.Everything();
    }
    if (what.size() == 1) {
      try {
        return new Selection.OfType(clouds.type(tenant, account, what.getFirst()));
      } catch (Invalid e) {
        // not a type: an id
      }
    }
    return new Selection.Ids(
        what.stream().map(ResourceId::new).collect(Collectors.toSet()), Optional.empty());
  }
}
