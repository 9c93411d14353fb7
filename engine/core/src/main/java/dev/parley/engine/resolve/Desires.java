package dev.parley.engine.resolve;

import dev.parley.engine.catalog.Patterns;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a resource shall look like in the end: what was wanted last, under what is wanted now. */
final class Desires {
  private final Scene scene;
  private final Map<String, String> drafted;

  Desires(Scene scene) {
    this.scene = scene;
    this.drafted = scene.wish().draft().tags();
  }

  /** All its properties, references not bound yet. */
  Fields of(Piece.Wanted piece, Optional<Resource> prior) {
    Optional<Tracked> tracked = scene.tracked(piece.at());
    if (tracked.isEmpty()) {
      return fresh(piece.wish(), piece);
    }
    Fields base = base(piece, tracked.get(), prior);
    Fields desired =
        piece.said().isPresent() ? said(base, piece, piece.said().get()) : all(base, piece);
    desired = TagShapes.set(desired, piece.type(), drafted);
    return prior.isPresent() ? desired : fresh(desired, piece);
  }

  /** Something new bears the request's tags, the account's, its owner and its environment. */
  private Fields fresh(Fields properties, Piece.Wanted piece) {
    Fields tagged = TagShapes.add(properties, piece.type(), drafted);
    tagged = TagShapes.add(tagged, piece.type(), piece.spot().account().tags());
    return TagShapes.add(
        tagged,
        piece.type(),
        Map.of("owner", scene.wish().requester().id(), "environment", scene.environment()));
  }

  private Fields base(Piece.Wanted piece, Tracked tracked, Optional<Resource> prior) {
    Fields observed = prior.orElse(tracked.resource()).properties();
    Optional<Fields> last = Optional.ofNullable(scene.wish().lastDesired().get(piece.at()));
    return last.map(wanted -> settle(wanted, observed))
        .orElseGet(() -> Overlay.sendable(piece.type(), observed));
  }

  private static Fields all(Fields base, Piece.Wanted piece) {
    Fields wish = piece.wish();
    if (piece.type().tags().isPresent()) {
      wish = piece.type().tags().get().at().remove(wish);
    }
    return TagShapes.over(Overlay.over(base, wish), piece.wish(), piece.type());
  }

  private static Fields said(Fields base, Piece.Wanted piece, Set<Pointer> said) {
    Set<Pointer> places = new LinkedHashSet<>(said);
    Optional<Pointer> tags = piece.type().tags().map(t -> t.at());
    boolean tagsSaid =
        tags.isPresent() && places.removeIf(place -> Patterns.covers(tags.get(), place));
    Fields desired = Overlay.places(base, piece.wish(), places);
    return tagsSaid ? TagShapes.over(desired, piece.wish(), piece.type()) : desired;
  }

  /** A reference to something that is not there any more becomes the value it once had. */
  private Fields settle(Fields wanted, Fields observed) {
    return wanted.hasHoles() && settle(wanted, observed, Pointer.ROOT) instanceof Fields fields
        ? fields
        : wanted;
  }

  private Value settle(Value value, Fields observed, Pointer at) {
    return switch (value) {
      case Ref ref when scene.trackedAddress(ref.target()).isEmpty() -> at.in(observed).orElse(ref);
      case Items(var items) -> {
        var copy = new ArrayList<Value>();
        for (int i = 0; i < items.size(); i++) {
          copy.add(settle(items.get(i), observed, at.child(Integer.toString(i))));
        }
        yield new Items(copy);
      }
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, settle(field, observed, at.child(name))));
        yield new Fields(copy);
      }
      default -> value;
    };
  }
}
