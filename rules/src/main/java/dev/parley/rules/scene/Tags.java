package dev.parley.rules.scene;

import dev.parley.rules.logic.Found;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource's tags, however its cloud spells them: a list of keys and values, or an object. Google
 * calls them labels; what it calls tags are marks for firewalls.
 *
 * @param at where they stand, or would stand
 * @param hole why they are not known, if they are not
 */
record Tags(Pointer at, Fields tags, Optional<String> hole) {
  private static final List<Pointer> USUAL =
      List.of(Pointer.of("/Tags"), Pointer.of("/HostedZoneTags"), Pointer.of("/tags"));
  private static final List<Pointer> GOOGLE =
      List.of(
          Pointer.of("/labels"), Pointer.of("/resourceLabels"), Pointer.of("/settings/userLabels"));

  static Tags of(String family, Fields properties) {
    for (Pointer place : family.equals("gcp") ? GOOGLE : USUAL) {
      var found = place.in(properties);
      if (found.isPresent()) {
        return read(place, found.get());
      }
    }
    return new Tags(usual(family), Fields.EMPTY, Optional.empty());
  }

  /**
   * One tag; letters' case in keys does not matter, and {@code _} is {@code -}, since labels know
   * no capitals or dashes everywhere.
   */
  Found get(String key) {
    for (var entry : tags.fields().entrySet()) {
      if (plain(entry.getKey()).equals(plain(key))) {
        return Found.of(entry.getValue());
      }
    }
    return hole.<Found>map(Found.Unknown::new).orElse(Found.NOTHING);
  }

  private static String plain(String key) {
    return key.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static Tags read(Pointer place, Value value) {
    return switch (value) {
      case Fields fields -> new Tags(place, fields, Optional.empty());
      case Value.Items(var items) -> list(place, items);
      case Value.Ref(var target, _) -> new Tags(place, Fields.EMPTY, Optional.of(target));
      case Value.Unknown(var why) -> new Tags(place, Fields.EMPTY, Optional.of(why));
      case Value.Text _, Value.Num _, Value.Bool _, Value.Null _, Value.Secret _ ->
          new Tags(place, Fields.EMPTY, Optional.empty());
    };
  }

  private static Tags list(Pointer place, List<Value> items) {
    Map<String, Value> tags = new LinkedHashMap<>();
    var holes = new ArrayList<String>();
    for (Value item : items) {
      if (item instanceof Fields pair) {
        pair.text("Key")
            .or(() -> pair.text("key"))
            .or(() -> pair.text("TagKey"))
            .ifPresentOrElse(
                key ->
                    tags.put(
                        key,
                        pair.get("Value")
                            .or(() -> pair.get("value"))
                            .or(() -> pair.get("TagValue"))
                            .orElse(Value.NULL)),
                () -> {
                  if (pair.hasHoles()) {
                    holes.add("a tag's key");
                  }
                });
      } else if (item.hasHoles()) {
        holes.add("a tag");
      }
    }
    return new Tags(place, new Fields(tags), holes.stream().findFirst());
  }

  private static Pointer usual(String family) {
    return switch (family) {
      case "azure" -> Pointer.of("/tags");
      case "gcp" -> Pointer.of("/labels");
      default -> Pointer.of("/Tags");
    };
  }
}
