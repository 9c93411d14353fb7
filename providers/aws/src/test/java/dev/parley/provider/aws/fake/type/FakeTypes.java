package dev.parley.provider.aws.fake.type;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.engine.json.Yaml;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The types that are registered, alike in all accounts and regions. */
public final class FakeTypes {
  private final Map<String, FakeType> types = new TreeMap<>();
  private final Map<String, Manners> manners = new LinkedHashMap<>();
  private final ModelCheck.Cache checks = new ModelCheck.Cache();

  private FakeTypes() {}

  /** Those that come along: {@code fake-schemas/} and {@code fake-manners.yaml}. */
  public static FakeTypes shipped() {
    var types = new FakeTypes();
    Form form = Form.of(Yaml.parse("fake-manners.yaml", Shipped.text("fake-manners.yaml")));
    for (String name : form.names()) {
      types.manners.put(name, Manners.of(form.object(name)));
    }
    form.check();
    Shipped.text("fake-schemas/index.txt")
        .lines()
        .forEach(file -> types.register(Shipped.text("fake-schemas/" + file)));
    return types;
  }

  /** Adds a type, or another version of one. */
  public synchronized FakeType register(String schema) {
    Fields read = (Fields) Json.parsePlain(schema);
    String name = read.text("typeName").orElseThrow();
    var type =
        new FakeType(read, manners.getOrDefault(name, plain(new FakeType(read, Manners.NONE))));
    types.put(name, type);
    return type;
  }

  /** Of a type that nobody told more about than its schema: it makes up its identifiers. */
  private static Manners plain(FakeType type) {
    Fields outputs = Fields.EMPTY;
    for (Pointer part : type.pointers("primaryIdentifier")) {
      if (type.pointers("readOnlyProperties").contains(part)) {
        outputs = outputs.with(part.toString(), Value.text("{hex:17}"));
      }
    }
    return outputs.isEmpty()
        ? Manners.NONE
        : Manners.of(Form.of(type.name(), Fields.of("outputs", outputs)));
  }

  /** Takes a type away. */
  public synchronized void deregister(String name) {
    types.remove(name);
  }

  /** The named one. */
  public synchronized Optional<FakeType> get(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** All, by name. */
  public synchronized Collection<FakeType> all() {
    return List.copyOf(types.values());
  }

  /** The check of a type's models. */
  public ModelCheck check(FakeType type) {
    return checks.of(type);
  }

  /** Writes every schema to a folder, one file each, as a vendor would give them. */
  public void export(Path folder) {
    try {
      Files.createDirectories(folder);
      for (FakeType type : all()) {
        String file = type.name().replace("::", "-").toLowerCase(Locale.ROOT) + ".json";
        Files.writeString(folder.resolve(file), Json.pretty(type.schema()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't write schemas to " + folder, e);
    }
  }
}
