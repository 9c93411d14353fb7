package dev.parley.provider.aws.catalog;

import dev.parley.value.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * An account's folder of catalog files. Schemas are kept by the SHA-256 of their text, so that what
 * a plan was made with can always be read again; every file is written whole or not at all.
 */
final class Documents {
  private final Path folder;

  Documents(Path folder) {
    this.folder = folder;
  }

  /** Keeps a text; gives its SHA-256. */
  String keep(String text) {
    String sha = Digest.ofText(text).hex();
    Path file = document(sha);
    if (text(sha).isEmpty()) { // not there, or damaged
      write(file, text);
    }
    return sha;
  }

  /** The text of this SHA-256, if it is kept and whole. */
  Optional<String> text(String sha) {
    return read(document(sha)).filter(text -> Digest.ofText(text).hex().equals(sha));
  }

  /** A file of ours by name. */
  Optional<String> note(String name) {
    return read(folder.resolve(name));
  }

  /** Writes a file of ours. */
  void note(String name, String text) {
    write(folder.resolve(name), text);
  }

  private Path document(String sha) {
    return folder.resolve("documents").resolve(sha + ".json");
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), ".part", null);
      Files.write(part, text.getBytes(StandardCharsets.UTF_8));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file, e);
    }
  }
}
