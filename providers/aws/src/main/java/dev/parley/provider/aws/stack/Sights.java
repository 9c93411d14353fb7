package dev.parley.provider.aws.stack;

import dev.parley.engine.catalog.Patterns;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.stack.Live.Sight;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Resources as their stacks show them, checked by looks at the resources themselves. */
final class Sights {
  private final List<Live> looks;

  Sights(List<Live> looks) {
    this.looks = List.copyOf(looks);
  }

  /** What a stack of one holds; empty if it holds nothing, or what it held is gone. */
  Optional<Resource> of(Holding holding, AwsType type, String region) {
    var identifier = Identifier.of(type);
    Optional<String> id = holding.id(identifier);
    Standing standing = Standing.of(holding.stack());
    if (id.isEmpty()) {
      return half(holding, type, region, standing);
    }
    Fields shown = identifier.lay(id.get(), visible(type, holding.known()));
    return looked(type, region, id.get(), shown)
        .map(
            properties ->
                new Resource(
                    type.schema().type(),
                    new ResourceId(id.get()),
                    name(properties).orElse(holding.name()),
                    region,
                    properties,
                    tags(type, properties, holding.tags()),
                    standing.lifecycle(),
                    Optional.empty()));
  }

  /** What a failed or unfinished stack stands for, under the stack's own id. */
  private static Optional<Resource> half(
      Holding holding, AwsType type, String region, Standing standing) {
    return switch (standing) {
      case EMPTY, COMPLETE, UNDONE, DELETED -> Optional.empty();
      case CREATING, UPDATING, ROLLED_BACK, FAILED, DELETING, STUCK ->
          Optional.of(
              new Resource(
                  type.schema().type(),
                  new ResourceId(holding.stack().stackId()),
                  holding.name(),
                  region,
                  visible(type, holding.known()),
                  holding.tags(),
                  standing.lifecycle(),
                  Optional.empty()));
    };
  }

  /** A stack as a resource of its own. */
  Resource unit(Stack stack, AwsType type, String region, Optional<String> template) {
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : stack.tags()) {
      if (!tag.key().equals(Tagging.CORRELATION)) {
        tags.put(tag.key(), tag.value());
      }
    }
    return new Resource(
        type.schema().type(),
        new ResourceId(stack.stackId()),
        stack.stackName(),
        region,
        visible(type, Unit.properties(stack, template)),
        tags,
        Standing.of(stack).lifecycle(),
        Optional.ofNullable(stack.lastUpdatedTime())
            .or(() -> Optional.ofNullable(stack.creationTime()))
            .map(Object::toString));
  }

  /** A resource of somebody else's stack, which is known by its physical id only. */
  Optional<Resource> foreign(AwsType type, String region, String physical, Standing standing) {
    var identifier = Identifier.of(type);
    if (identifier.parts().size() > 1) {
      return Optional.empty();
    }
    Fields shown = identifier.lay(physical, Fields.EMPTY);
    return looked(type, region, physical, shown)
        .map(
            properties ->
                new Resource(
                    type.schema().type(),
                    new ResourceId(physical),
                    name(properties).orElse(physical),
                    region,
                    properties,
                    tags(type, properties, Map.of()),
                    standing.lifecycle(),
                    Optional.empty()));
  }

  /** The properties after the first look that can see them; empty if it sees that it is gone. */
  private Optional<Fields> looked(AwsType type, String region, String id, Fields properties) {
    for (Live look : looks) {
      switch (sight(look, type, region, id, properties)) {
        case Sight.Blind _ -> {}
        case Sight.Gone _ -> {
          return Optional.empty();
        }
        case Sight.There(var seen, var whole) -> {
          return Optional.of(whole ? visible(type, seen) : laid(properties, visible(type, seen)));
        }
      }
    }
    return Optional.of(properties);
  }

  private static Sight sight(Live look, AwsType type, String region, String id, Fields properties) {
    try {
      return look.look(type, region, id, properties);
    } catch (ProviderException.Forbidden | ProviderException.Refused e) {
      return new Sight.Blind();
    }
  }

  private static Fields laid(Fields under, Fields over) {
    Fields laid = under;
    for (var field : over.fields().entrySet()) {
      if (under.get(field.getKey()).isEmpty()) {
        laid = laid.with(field.getKey(), field.getValue());
      }
    }
    return laid;
  }

  /** Without what may be sent and is never shown. */
  private static Fields visible(AwsType type, Fields properties) {
    Fields visible = properties;
    for (Pointer hidden : type.schema().writeOnly()) {
      for (Pointer at : Patterns.places(hidden, visible).reversed()) {
        visible = at.remove(visible);
      }
    }
    return visible;
  }

  private static Optional<String> name(Fields properties) {
    for (Value item : properties.itemsAt("Tags")) {
      if (item instanceof Fields tag && tag.text("Key").filter("Name"::equals).isPresent()) {
        return tag.text("Value").filter(name -> !name.isBlank());
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> tags(
      AwsType type, Fields properties, Map<String, String> more) {
    Map<String, String> tags = new HashMap<>(more);
    tags.putAll(Tagging.of(type.schema(), properties));
    return tags;
  }
}
