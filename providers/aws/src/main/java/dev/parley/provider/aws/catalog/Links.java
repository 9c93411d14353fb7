package dev.parley.provider.aws.catalog;

import dev.parley.catalog.TypeSchema.Link;
import dev.parley.engine.catalog.Patterns;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers where a type's properties point at other types: what the overlay says, then {@code
 * relationshipRef} of the schema, then a {@code format} that names a type's output. The first word
 * about a place stands.
 */
final class Links {
  private static final Pattern FORMAT =
      Pattern.compile("([A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64})\\.([A-Za-z0-9]+)");

  private record Way(Pointer from, Pointer output, String relation) {}

  private final Overlay overlay;
  private final String own;
  private final Set<Pointer> readOnly;
  private final List<Pointer> identifier;
  private final List<Link> said = new ArrayList<>();
  private final Map<Way, List<ResourceType>> found = new LinkedHashMap<>();

  Links(Overlay overlay, String own, Set<Pointer> readOnly, List<Pointer> identifier) {
    this.overlay = overlay;
    this.own = own;
    this.readOnly = readOnly;
    this.identifier = identifier;
  }

  /** Takes one that is given. */
  void said(Link link) {
    said.add(link);
  }

  /** Looks for one at a place of the schema. */
  void look(Pointer at, Fields part) {
    Fields relation = part.fieldsAt("relationshipRef");
    Optional<Overlay.Target> target =
        relation
            .text("typeName")
            .map(type -> new Overlay.Target(type, output(relation.text("propertyPath").orElse(""))))
            .or(() -> part.text("format").flatMap(this::format));
    target.ifPresent(
        to -> {
          Pointer from = SchemaWalk.kinds(part).contains("array") ? at.child("*") : at;
          boolean itself = to.type().equals(own) && identifier.contains(from);
          boolean shown = Patterns.anyCovers(readOnly, from);
          if (!itself && !shown && said.stream().noneMatch(link -> link.from().equals(from))) {
            List<ResourceType> types =
                found.computeIfAbsent(
                    new Way(from, to.output(), overlay.relation(to.type())),
                    _ -> new ArrayList<>());
            var type = new ResourceType(RegistryForm.FAMILY, to.type());
            if (!types.contains(type)) {
              types.add(type);
            }
          }
        });
  }

  /** All of them. */
  List<Link> all() {
    var all = new ArrayList<>(said);
    found.forEach((way, to) -> all.add(new Link(way.from(), to, way.output(), way.relation())));
    return all;
  }

  private Optional<Overlay.Target> format(String format) {
    if (overlay.formats().containsKey(format)) {
      return Optional.ofNullable(overlay.formats().get(format));
    }
    Matcher match = FORMAT.matcher(format);
    return match.matches()
        ? Optional.of(
            new Overlay.Target(
                match.group(1), match.group(2).equals("Arn") ? Pointer.of("/Arn") : Pointer.ROOT))
        : Optional.empty();
  }

  private static Pointer output(String path) {
    return path.startsWith("/properties/")
        ? Pointer.of(path.substring("/properties".length()))
        : Pointer.ROOT;
  }
}
