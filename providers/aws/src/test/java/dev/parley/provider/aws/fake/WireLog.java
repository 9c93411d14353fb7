package dev.parley.provider.aws.fake;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.world.WireEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What reached the cloud; in a folder also as a file, one line each, without bodies. */
final class WireLog implements AutoCloseable {
  private final List<WireEntry> entries = new CopyOnWriteArrayList<>();
  private final Optional<Writer> file;

  WireLog(Optional<Path> folder) {
    file = folder.map(WireLog::open);
  }

  private static Writer open(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.newBufferedWriter(
          folder.resolve("wire.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to " + folder, e);
    }
  }

  synchronized void add(WireEntry entry) {
    entries.add(entry);
    if (file.isPresent()) {
      try {
        file.get().write(Json.write(entry.written()) + "\n");
        file.get().flush();
      } catch (IOException e) {
        throw new UncheckedIOException("can't write the wire's log", e);
      }
    }
  }

  List<WireEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void close() {
    if (file.isPresent()) {
      try {
        file.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException("can't close the wire's log", e);
      }
    }
  }
}
