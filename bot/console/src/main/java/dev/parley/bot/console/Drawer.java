package dev.parley.bot.console;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a terminal puts the pictures and files that it can't show: a folder. The card names the
 * path.
 */
final class Drawer {
  private final Path folder;

  Drawer(Path folder) {
    this.folder = folder;
  }

  /** The card, its files put away and named by their paths. */
  Card put(Card card) {
    List<Part> parts = card.parts().stream().map(this::put).toList();
    return new Card(
        card.stage(),
        card.tone(),
        card.title(),
        parts,
        card.buttons(),
        card.fallback(),
        card.body());
  }

  private Part put(Part part) {
    return switch (part) {
      case Part.Attached(var file) ->
          keep(file)
              .<Part>map(
                  path ->
                      new Part.Attached(
                          new Attachment(path, file.mediaType(), file.bytes(), file.url())))
              .orElse(part);
      case Part.Image(var picture, var alt) ->
          keep(picture).<Part>map(path -> new Part.Note(Prose.of(alt + ": " + path))).orElse(part);
      default -> part;
    };
  }

  /** The path of a file with these bytes; empty if it can't be written. */
  private Optional<String> keep(Attachment file) {
    String name = file.name().replaceAll("[^A-Za-z0-9._-]", "_");
    int dot = name.lastIndexOf('.') < 1 ? name.length() : name.lastIndexOf('.');
    try {
      Files.createDirectories(folder);
      for (int number = 1; ; number++) {
        String suffix = number == 1 ? "" : "-" + number;
        Path path = folder.resolve(name.substring(0, dot) + suffix + name.substring(dot));
        if (!Files.exists(path)) {
          Files.write(path, file.bytes());
          return Optional.of(path.toString());
        }
        if (Arrays.equals(Files.readAllBytes(path), file.bytes())) {
          return Optional.of(path.toString());
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
