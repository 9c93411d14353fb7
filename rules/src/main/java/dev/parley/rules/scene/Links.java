package dev.parley.rules.scene;

import dev.parley.rules.logic.Tri;
import dev.parley.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which resource points at which: by a reference, or by the id as text. Each resource is read once.
 */
final class Links {
  private record Outgoing(Set<String> targets, Set<String> texts, boolean unknown) {}

  private final Map<ResourceSubject, Outgoing> read = new HashMap<>();

  Tri from(ResourceSubject source, ResourceSubject target) {
    Outgoing out = read.computeIfAbsent(source, Links::outgoing);
    boolean hit =
        out.targets.contains(target.address().toString())
            || target.id().map(id -> out.texts.contains(id.value())).orElse(false);
    return hit ? Tri.PASS : out.unknown ? Tri.UNKNOWN : Tri.FAIL;
  }

  private static Outgoing outgoing(ResourceSubject source) {
    var targets = new HashSet<String>();
    var texts = new HashSet<String>();
    boolean unknown = walk(source.properties(), targets, texts);
    return new Outgoing(targets, texts, unknown);
  }

  private static boolean walk(Value value, Set<String> targets, Set<String> texts) {
    return switch (value) {
      case Value.Ref(var target, _) -> {
        targets.add(target);
        yield false;
      }
      case Value.Unknown _ -> true;
      case Value.Text(var text) -> {
        texts.add(text);
        yield false;
      }
      case Value.Items(var items) -> {
        boolean unknown = false;
        for (Value item : items) {
          unknown |= walk(item, targets, texts);
        }
        yield unknown;
      }
      case Value.Fields(var fields) -> {
        boolean unknown = false;
        for (Value field : fields.values()) {
          unknown |= walk(field, targets, texts);
        }
        yield unknown;
      }
      case Value.Num _, Value.Bool _, Value.Null _, Value.Secret _ -> false;
    };
  }
}
