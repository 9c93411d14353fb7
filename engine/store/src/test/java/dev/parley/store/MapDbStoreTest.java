package dev.parley.store;

import dev.parley.run.Store;
import dev.parley.testkit.StoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class MapDbStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open(Clock clock) {
    return EmbeddedStore.open(folder, clock);
  }

  @Override
  protected boolean durable() {
    return true;
  }
}
