package dev.parley.bot.assistant;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.CatalogFiles;
import dev.parley.engine.catalog.MemoryCatalog;
import dev.parley.engine.json.Yaml;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Catalogs of three families for the tests, after their files. */
final class TestCatalogs {
  private static final Map<String, Catalog> BY_FAMILY = new LinkedHashMap<>();

  static {
    Fields types = (Fields) Yaml.parse("types.yaml", text("/catalogs/types.yaml")).value();
    for (String family : List.of("aws", "azure", "gcp")) {
      String file = "offerings-" + family + ".yaml";
      List<Offering> offerings = CatalogFiles.offerings(file, text("/catalogs/" + file));
      Set<ResourceType> all = new LinkedHashSet<>();
      types.fields().keySet().stream()
          .map(ResourceType::of)
          .filter(t -> t.family().equals(family))
          .forEach(all::add);
      offerings.forEach(offering -> offering.parts().forEach(part -> all.add(part.type())));
      BY_FAMILY.put(
          family,
          new MemoryCatalog(
              all.stream().map(type -> schema(type, types.fieldsAt(type.toString()))).toList(),
              offerings));
    }
  }

  private TestCatalogs() {}

  static Catalog of(String family) {
    return BY_FAMILY.get(family);
  }

  static String text(String resource) {
    try (InputStream in = TestCatalogs.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TypeSchema schema(ResourceType type, Fields about) {
    Fields properties =
        about.isEmpty()
            ? Fields.of("Name", Fields.of("type", Value.text("string")))
            : about.fieldsAt("properties");
    Fields schema =
        Fields.of("type", Value.text("object"))
            .with("properties", properties)
            .with("$defs", about.fieldsAt("$defs"));
    Set<String> calls = new LinkedHashSet<>();
    about.itemsAt("calls").forEach(call -> calls.add(((Text) call).text()));
    return new TypeSchema(
        type,
        type.name(),
        "",
        schema,
        Set.of(),
        Set.of(),
        Set.of(),
        Pointer.of("/Id"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        calls,
        "test");
  }
}
