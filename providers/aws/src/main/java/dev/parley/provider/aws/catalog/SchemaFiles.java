package dev.parley.provider.aws.catalog;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The schemas that a folder, a single file or a zip archive holds. A folder may be laid out in two
 * ways: schemas anywhere in it, or {@code resources/} with an index of each region in {@code
 * providers/REGION.json}, as cfn-lint keeps them; of the latter only the region's own are taken.
 */
final class SchemaFiles {
  /** No vendor's schema is near that size. */
  private static final int LARGEST = 16 << 20;

  private static final int MOST = 20_000;

  /** A file of schemas; {@code stamp} changes when it is written. */
  record Piece(String name, String stamp, Reading text) {}

  /** How a piece is read. */
  @FunctionalInterface
  interface Reading {
    String read() throws IOException;
  }

  private SchemaFiles() {}

  /**
   * The pieces there are, sorted by name. Nothing is read yet.
   *
   * @throws Invalid if there is no such place, or it can't be read
   */
  static List<Piece> in(Path where, String region) {
    try {
      if (Files.isDirectory(where)) {
        return Files.isDirectory(where.resolve("providers"))
                && Files.isDirectory(where.resolve("resources"))
            ? indexed(where, region)
            : folder(where);
      }
      if (Files.isRegularFile(where)) {
        return archive(where) ? zip(where) : List.of(file(where, where.getFileName().toString()));
      }
    } catch (IOException e) {
      throw unreadable(where, "it can't be read: " + e.getMessage());
    }
    throw unreadable(where, "there is no such folder or file");
  }

  private static Invalid unreadable(Path where, String why) {
    return new Invalid(
        new Problem(
            where.toString(),
            "no schemas",
            why,
            "give a folder of schemas, a single .json file or a .zip archive"));
  }

  private static List<Piece> folder(Path where) throws IOException {
    var pieces = new ArrayList<Piece>();
    List<Path> files;
    try (Stream<Path> found = Files.walk(where, 8)) {
      files = found.filter(Files::isRegularFile).sorted().limit(MOST).toList();
    }
    for (Path file : files) {
      String name = where.relativize(file).toString();
      if (archive(file)) {
        pieces.addAll(zip(file));
      } else if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
        pieces.add(file(file, name));
      }
    }
    return pieces;
  }

  private static List<Piece> indexed(Path where, String region) throws IOException {
    Path index = where.resolve("providers").resolve(region + ".json");
    if (!Files.isRegularFile(index)) {
      throw unreadable(index, "this folder has no index of the region " + region);
    }
    var names = new TreeSet<String>();
    if (Json.parsePlain(Files.readString(index)) instanceof Fields types) {
      types
          .fields()
          .values()
          .forEach(
              value -> {
                if (value instanceof Text(var name) && name.matches("[A-Za-z0-9_-]{1,80}")) {
                  names.add(name);
                }
              });
    }
    var pieces = new ArrayList<Piece>();
    for (String name : names) {
      Path file = where.resolve("resources").resolve(name + ".json");
      if (Files.isRegularFile(file)) {
        pieces.add(file(file, "resources/" + name + ".json"));
      }
    }
    return pieces;
  }

  private static Piece file(Path file, String name) throws IOException {
    var about = Files.readAttributes(file, BasicFileAttributes.class);
    return new Piece(
        name,
        about.size() + ":" + about.lastModifiedTime().toMillis(),
        () -> {
          try (InputStream in = Files.newInputStream(file)) {
            return text(in);
          }
        });
  }

  private static boolean archive(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private static List<Piece> zip(Path file) throws IOException {
    var pieces = new ArrayList<Piece>();
    String archive = file.getFileName().toString();
    long written = Files.getLastModifiedTime(file).toMillis();
    try (var zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements() && pieces.size() < MOST) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        if (!entry.isDirectory() && name.toLowerCase(Locale.ROOT).endsWith(".json")) {
          pieces.add(
              new Piece(
                  archive + "!" + name,
                  entry.getSize() + ":" + Long.toHexString(entry.getCrc()) + ":" + written,
                  () -> entry(file, name)));
        }
      }
    }
    pieces.sort(java.util.Comparator.comparing(Piece::name));
    return pieces;
  }

  private static String entry(Path file, String name) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new IOException("the archive no longer holds " + name);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return text(in);
      }
    }
  }

  private static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException("larger than " + (LARGEST >> 20) + " MiB, which no schema is");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
