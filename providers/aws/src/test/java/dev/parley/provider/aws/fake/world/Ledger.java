package dev.parley.provider.aws.fake.world;

import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A file of entries, one line each, on the disk before the answer leaves. A last line that a crash
 * cut off was never answered and is dropped.
 */
public final class Ledger implements AutoCloseable {
  private final FileChannel file;
  private boolean dirty;

  private Ledger(FileChannel file) {
    this.file = file;
  }

  /** Opens or makes the file and tells what is in it, oldest first. */
  public static Ledger open(Path path, Consumer<Entry> replay) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      long whole = 0;
      if (Files.exists(path)) {
        String text = Files.readString(path);
        int end = text.lastIndexOf('\n') + 1;
        whole = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        text.substring(0, end).lines().forEach(line -> replay.accept(read(line)));
      }
      var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(whole);
      channel.position(whole);
      return new Ledger(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("can't open " + path, e);
    }
  }

  private static Entry read(String line) {
    try {
      return Codec.decode((Fields) Json.parse(line), Entry.class);
    } catch (Invalid e) {
      throw new IllegalStateException("a whole line of the ledger can't be read", e);
    }
  }

  /** Writes an entry; it is safe after {@link #sync}. */
  public void append(Entry entry) {
    String line = Json.write(Codec.encodeAs(Entry.class, entry)) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      dirty = true;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write the ledger", e);
    }
  }

  /** Waits until the disk has it. */
  public void sync() {
    if (!dirty) {
      return;
    }
    try {
      file.force(false);
      dirty = false;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write the ledger", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("can't close the ledger", e);
    }
  }
}
