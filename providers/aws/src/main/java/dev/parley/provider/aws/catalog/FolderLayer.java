package dev.parley.provider.aws.catalog;

import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The schemas of a folder, file or archive that the operator keeps. A file is read again when its
 * size or time has changed; what was read is noted, so that a start with a thousand schemas reads
 * none.
 */
final class FolderLayer implements Layer {
  private static final String FILE = "folder.json";

  /** What a file held: a type, or what is wrong with it. */
  record Seen(String stamp, String type, String sha, String description, String trouble) {}

  /** All files of the place, by name. */
  record All(String where, String region, Map<String, Seen> files) {}

  private final Path where;
  private final String region;
  private final Documents documents;
  private final Notes notes;
  private Map<String, Seen> files = Map.of();
  private boolean loaded;

  FolderLayer(Path where, String region, Documents documents, Notes notes) {
    this.where = where;
    this.region = region;
    this.documents = documents;
    this.notes = notes;
  }

  @Override
  public Map<String, Entry> look(boolean anew, List<String> warnings) {
    load();
    try {
      List<SchemaFiles.Piece> pieces = SchemaFiles.in(where, region);
      var seen = new TreeMap<String, Seen>();
      for (SchemaFiles.Piece piece : pieces) {
        Seen before = files.get(piece.name());
        boolean same = !anew && before != null && before.stamp().equals(piece.stamp());
        seen.put(piece.name(), same ? before : read(piece));
      }
      if (!seen.equals(files)) {
        files = seen;
        notes.write(FILE, new All(place(), region, files));
      }
    } catch (Invalid e) {
      warnings.add(e.getMessage() + (files.isEmpty() ? "" : "; what was read before stands"));
    }
    return entries(warnings);
  }

  @Override
  public Optional<String> schema(String type, Entry entry) {
    return entry.sha();
  }

  private void load() {
    if (!loaded) {
      files =
          notes
              .read(FILE, All.class)
              .filter(all -> all.where().equals(place()) && all.region().equals(region))
              .map(All::files)
              .orElse(Map.of());
      loaded = true;
    }
  }

  private String place() {
    return where.toAbsolutePath().normalize().toString();
  }

  private Seen read(SchemaFiles.Piece piece) {
    try {
      String said = piece.text().read();
      Fields first = RegistryForm.document(piece.name(), said);
      String type = RegistryForm.name(piece.name(), first);
      String text = OwnForm.instead(type, first).orElse(said);
      Fields document = RegistryForm.document(piece.name(), text);
      String sha = documents.keep(text);
      String description = RegistryForm.brief(document.text("description").orElse(""));
      return new Seen(piece.stamp(), type, sha, description, "");
    } catch (Invalid e) {
      return new Seen(piece.stamp(), "", "", "", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Seen(
          piece.stamp(),
          "",
          "",
          "",
          String.join(": ", piece.name(), String.valueOf(e.getMessage())));
    }
  }

  private Map<String, Entry> entries(List<String> warnings) {
    var entries = new TreeMap<String, Entry>();
    var twice = new ArrayList<String>();
    files.forEach(
        (name, seen) -> {
          if (!seen.trouble().isEmpty()) {
            warnings.add(seen.trouble());
          } else {
            var entry =
                new Entry(
                    seen.sha(),
                    Optional.of(seen.sha()),
                    Instant.EPOCH,
                    seen.description(),
                    name + " sha256:" + new Digest(seen.sha()).brief());
            if (entries.putIfAbsent(seen.type(), entry) != null) {
              twice.add(
                  name + ": " + seen.type() + " stands in another file too; the first counts");
            }
          }
        });
    warnings.addAll(twice);
    return entries;
  }
}
