package dev.parley.provider.aws.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The schemas that somebody has taken in by hand; they live in the account's own folder. */
final class TakenLayer implements Layer {
  private static final String FILE = "taken.json";

  /** One type that was taken in. */
  record Taken(String sha, Instant since, String description, String from) {}

  /** All of them, by name. */
  record All(Map<String, Taken> types) {}

  private final Notes notes;

  TakenLayer(Notes notes) {
    this.notes = notes;
  }

  @Override
  public Map<String, Entry> look(boolean anew, List<String> warnings) {
    var entries = new TreeMap<String, Entry>();
    taken()
        .forEach(
            (name, one) ->
                entries.put(
                    name,
                    new Entry(
                        one.sha(),
                        Optional.of(one.sha()),
                        one.since(),
                        one.description(),
                        one.from() + ", taken in " + one.since())));
    return entries;
  }

  @Override
  public Optional<String> schema(String type, Entry entry) {
    return entry.sha();
  }

  /** Adds types, each in place of the one taken before. */
  void add(Map<String, Taken> types) {
    var all = new TreeMap<>(taken());
    all.putAll(types);
    notes.write(FILE, new All(all));
  }

  private Map<String, Taken> taken() {
    return notes.read(FILE, All.class).map(All::types).orElse(Map.of());
  }
}
