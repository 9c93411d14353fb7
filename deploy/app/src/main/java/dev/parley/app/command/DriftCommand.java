package dev.parley.app.command;

import dev.parley.engine.json.Codec;
import dev.parley.engine.look.Drifts;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Drift;
import dev.parley.value.Invalid;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley drift}. */
@Command(
    name = "drift",
    description =
        "How clouds differ from what is known of them. Exit code 0: no drift, 2: drift, 1: it could"
            + " not be looked at.",
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  private static final int NONE = 0;
  private static final int FAILED = 1;
  private static final int FOUND = 2;

  @Mixin Looking looking = new Looking();

  @Option(names = "--account", paramLabel = "ID", description = "default: all of them")
  String account = "";

  @Override
  public Integer call() {
    try (var house = looking.open()) {
      Drifts drifts =
          house
              .engine()
              .clouds()
              .drift(
                  looking.tenant(house),
                  Optional.of(account).filter(id -> !id.isEmpty()),
                  Looking::progress);
      looking.print(
          List.of("RESOURCE", "HOW", "PROPERTIES"),
          drifts.found().stream().map(DriftCommand::row).toList(),
          Codec.encode(drifts));
      Looking.aside(drifts.gaps().stream().map(gap -> "not looked at: " + gap).toList());
      return !drifts.found().isEmpty() ? FOUND : drifts.gaps().isEmpty() ? NONE : FAILED;
    } catch (Invalid e) {
      Looking.aside(e.problems().stream().map(Object::toString).toList());
      return FAILED;
    } catch (ProviderException e) {
      Looking.aside(List.of(e.kind() + ": " + e.getMessage()));
      return FAILED;
    }
  }

  private static List<String> row(Drift drift) {
    return List.of(
        drift.at().toString(),
        drift.kind().name().toLowerCase(Locale.ROOT),
        drift.differences().stream()
            .map(one -> one.path().toString())
            .collect(Collectors.joining(" ")));
  }
}
