package dev.parley.store;

import dev.parley.engine.json.Json;
import dev.parley.run.Entry;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Says that views were closed properly, and what they held then. It is taken away before they are
 * used again, so that views which were not closed have none.
 *
 * @param generation which views
 * @param offset the last entry they hold
 * @param mark checksum of that entry: another journal has another
 * @param rows how many
 * @param sum over all rows, in any order
 */
record Stamp(long generation, long offset, long mark, long rows, long sum) {
  private static final String FILE = "stamp.json";

  /** The stamp in a folder, which is gone from there afterwards. */
  static Optional<Stamp> take(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Files.delete(file);
    FolderDisk.force(folder);
    try {
      Fields read = EntryText.fields(text);
      return Optional.of(
          new Stamp(
              number(read, "generation"),
              number(read, "offset"),
              number(read, "mark"),
              number(read, "rows"),
              number(read, "sum")));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Puts the stamp into a folder, durably. */
  void put(Path folder) throws IOException {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("generation", Value.num(generation));
    fields.put("offset", Value.num(offset));
    fields.put("mark", Value.num(mark));
    fields.put("rows", Value.num(rows));
    fields.put("sum", Value.num(sum));
    Path made = folder.resolve(FILE + ".new");
    try (var file = new RandomAccessFile(made.toFile(), "rw")) {
      file.setLength(0);
      file.write(Json.write(new Fields(fields)).getBytes(StandardCharsets.UTF_8));
      file.getFD().sync();
    }
    Files.move(made, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    FolderDisk.force(folder);
  }

  /** An entry's checksum; 0 if there is none. */
  static long mark(Optional<Entry> entry) {
    if (entry.isEmpty()) {
      return 0;
    }
    Entry found = entry.get();
    var crc = new CRC32C();
    crc.update(EntryText.opening(found.sequence(), found.at()));
    crc.update(
        EntryText.rest(
            new Entry.Fresh(
                found.tenant(), found.stream(), found.kind(), found.version(), found.body())));
    return crc.getValue();
  }

  private static long number(Fields read, String name) {
    if (read.get(name).orElse(Value.NULL) instanceof Num(var number)) {
      return number.longValueExact();
    }
    throw new IllegalArgumentException("no number: " + name);
  }
}
