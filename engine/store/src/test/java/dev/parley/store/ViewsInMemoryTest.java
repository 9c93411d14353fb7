package dev.parley.store;

import dev.parley.run.Store;
import dev.parley.testkit.StoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The same promises when MapDB can't be had at all. */
class ViewsInMemoryTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open(Clock clock) {
    return new MapDbStore(
        folder.resolve("views"),
        FileJournal.open(folder.resolve("journal"), clock),
        Duration.ofSeconds(5),
        (_, _, _, _, _) -> {
          throw new IllegalStateException("no MapDB today");
        });
  }

  @Override
  protected boolean durable() {
    return true;
  }
}
