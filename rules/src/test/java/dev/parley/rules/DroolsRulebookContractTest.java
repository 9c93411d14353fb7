package dev.parley.rules;

import dev.parley.policy.Rulebook;
import dev.parley.policy.Rulebook.Case;
import dev.parley.testkit.RulebookContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class DroolsRulebookContractTest extends RulebookContract {
  @TempDir Path folder;

  @Override
  protected Rulebook loaded() {
    return DroolsRulebook.open(RulebookSettings.defaults());
  }

  @Override
  protected Rulebook empty() {
    return DroolsRulebook.open(
        RulebookSettings.defaults().withPacks(Set.of("none")).withFolders(List.of(folder)));
  }

  @Override
  protected Case clean() {
    return Cases.of().bucket("logs").build();
  }

  @Override
  protected Case denied() {
    return Cases.of().bucket("logs").openBucket("open").build();
  }
}
