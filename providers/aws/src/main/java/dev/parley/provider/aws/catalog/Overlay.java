package dev.parley.provider.aws.catalog;

import dev.parley.catalog.TypeSchema.Link;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a registry does not say about types, as data: what people call one, its class in the graph's
 * vocabulary, whether it holds data, and where it points. A type that is not in here works as well.
 *
 * @param types by the registry's name
 * @param formats what a schema's {@code format} of the form {@code AWS::EC2::Subnet.Id} points at
 * @param holders types in which others stand: a link to one of them means {@code deployedIn}
 * @param keeping how to guess whether a type holds data
 */
record Overlay(
    Map<String, Entry> types, Map<String, Target> formats, Set<String> holders, Keeping keeping) {
  Overlay {
    types = Map.copyOf(types);
    formats = Map.copyOf(formats);
    holders = Set.copyOf(holders);
  }

  /** What is said about one type. */
  record Entry(
      Optional<String> title,
      Optional<String> general,
      Optional<Boolean> stateful,
      Set<String> calls,
      List<Link> links) {
    static final Entry NONE =
        new Entry(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), List.of());

    Entry {
      calls = Set.copyOf(calls);
      links = List.copyOf(links);
    }
  }

  /** An output of a type; {@link Pointer#ROOT} is its id. */
  record Target(String type, Pointer output) {}

  private static final class Shipped {
    static final Overlay OVERLAY = read();
  }

  /** The one that ships with the program. */
  static Overlay shipped() {
    return Shipped.OVERLAY;
  }

  /** What is said about a type. */
  Entry of(String type) {
    return types.getOrDefault(type, Entry.NONE);
  }

  /** What a link to a type means in the graph. */
  String relation(String type) {
    return holders.contains(type) ? "deployedIn" : "dependsOn";
  }

  private static Overlay read() {
    String file = "overlay.yaml";
    try (var in = Overlay.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: no " + file);
      }
      return of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }

  /** Reads one. */
  static Overlay of(String file, String yaml) {
    Form form = Form.of(Yaml.parse(file, yaml));
    Set<String> holders = new HashSet<>(form.texts("holders"));
    Form formats = form.object("formats");
    var targets = new LinkedHashMap<String, Target>();
    for (String format : formats.names()) {
      Form target = formats.object(format);
      targets.put(
          format,
          new Target(target.required("type"), target.pointer("output").orElse(Pointer.ROOT)));
      target.done();
    }
    Form keeping = form.object("keeping");
    var kept = new Keeping(keeping.texts("evidence"), keeping.texts("nothing"));
    keeping.done();
    Form types = form.object("types");
    var entries = new LinkedHashMap<String, Entry>();
    for (String type : types.names()) {
      entries.put(type, entry(types.object(type), holders));
    }
    form.done();
    form.check();
    return new Overlay(entries, targets, holders, kept);
  }

  private static Entry entry(Form form, Set<String> holders) {
    var links = new ArrayList<Link>();
    for (Form link : form.objects("links")) {
      List<String> to = link.texts("to");
      String usual = to.stream().anyMatch(holders::contains) ? "deployedIn" : "dependsOn";
      links.add(
          new Link(
              link.pointer("from").orElse(Pointer.ROOT),
              to.stream().map(name -> new ResourceType(RegistryForm.FAMILY, name)).toList(),
              link.pointer("output").orElse(Pointer.ROOT),
              link.oneOf("relation", List.of("dependsOn", "deployedIn", "attachedTo"))
                  .orElse(usual)));
      link.done();
    }
    var entry =
        new Entry(
            form.text("title"),
            form.text("general"),
            form.value("stateful").map(_ -> form.flag("stateful", true)),
            Set.copyOf(form.texts("calls")),
            links);
    form.done();
    return entry;
  }
}
