package dev.parley.provider.aws.control;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.body.Places;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Cloud Control shows of a resource, as a {@link Resource}. */
final class Seen {
  private Seen() {}

  /**
   * A resource.
   *
   * @param properties JSON in a string
   * @throws dev.parley.value.Invalid if it is no JSON
   */
  static Resource resource(AwsType type, String region, String id, String properties) {
    Fields shown = Json.parsePlain(properties) instanceof Fields fields ? fields : Fields.EMPTY;
    return resource(type, region, id, shown);
  }

  static Resource resource(AwsType type, String region, String id, Fields properties) {
    Fields open = Places.without(properties, type.schema().writeOnly());
    Map<String, String> tags = Tagging.of(type.schema(), open);
    return new Resource(
        type.schema().type(),
        new ResourceId(id),
        name(type, id, open, tags),
        region,
        open,
        tags,
        Lifecycle.READY,
        Optional.empty());
  }

  /** The tag that people name things with, or the property that is called a name. */
  private static String name(AwsType type, String id, Fields properties, Map<String, String> tags) {
    String tagged = tags.getOrDefault("Name", "");
    if (!tagged.isBlank()) {
      return tagged;
    }
    String own = type.schema().type().unversioned().replaceAll(".*::", "");
    for (String property : List.of(own + "Name", own + "Identifier", "Name")) {
      Optional<String> text =
          properties
              .get(property)
              .filter(Value.Text.class::isInstance)
              .flatMap(_ -> properties.text(property));
      if (text.filter(name -> !name.isBlank()).isPresent()) {
        return text.get();
      }
    }
    return id;
  }
}
