package dev.parley.engine.resolve;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.SchemaPaths;
import dev.parley.engine.json.Nearest;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what references mean: a name of the request, of something tracked, or an address. */
final class References {
  private final Scene scene;
  private final Troubles troubles;
  private final Map<Address, Piece> pieces;
  private final Map<String, List<Piece>> byName = new HashMap<>();

  References(Scene scene, Troubles troubles, Map<Address, Piece> pieces) {
    this.scene = scene;
    this.troubles = troubles;
    this.pieces = pieces;
    for (Piece piece : pieces.values()) {
      byName.computeIfAbsent(piece.at().name(), _ -> new ArrayList<>(1)).add(piece);
    }
  }

  /** A copy in which every reference names an address, and those addresses. */
  record Bound(Fields properties, Set<Address> targets) {}

  /** Binds all references; each that can't be bound is a problem and stays as it is. */
  Bound bind(Piece.Wanted from, Fields properties) {
    var targets = new HashSet<Address>();
    Value bound = bind(properties, from, Pointer.ROOT, targets);
    return new Bound(bound instanceof Fields fields ? fields : properties, targets);
  }

  private Value bind(Value value, Piece.Wanted from, Pointer at, Set<Address> targets) {
    return switch (value) {
      case Ref ref -> bind(ref, from, at, targets);
      case Items(var items) -> {
        var copy = new ArrayList<Value>(items.size());
        for (int i = 0; i < items.size(); i++) {
          copy.add(bind(items.get(i), from, at.child(Integer.toString(i)), targets));
        }
        yield new Items(copy);
      }
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, bind(field, from, at.child(name), targets)));
        yield new Fields(copy);
      }
      default -> value;
    };
  }

  private Value bind(Ref ref, Piece.Wanted from, Pointer at, Set<Address> targets) {
    String where = from.at() + "#" + at;
    Pointer output;
    try {
      output = Pointer.of(ref.pointer());
    } catch (IllegalArgumentException e) {
      troubles.problem(
          where,
          "a reference to " + ref.target() + "#" + ref.pointer(),
          "an output is named by a JSON pointer",
          "write " + ref.target() + "#/" + ref.pointer());
      return ref;
    }
    List<Address> fits = addresses(ref.target(), output, from);
    if (fits.size() > 1) {
      String choices = String.join(" or ", fits.stream().map(Address::toString).sorted().toList());
      troubles.problem(
          where,
          "a reference to '" + ref.target() + "'",
          "more than one resource has that name",
          "write " + choices);
      return ref;
    }
    if (fits.isEmpty()) {
      if (looksLikeId(ref.target())) {
        return new Text(ref.target());
      }
      var known = new HashSet<>(byName.keySet());
      known.addAll(scene.trackedNames());
      known.remove(from.at().name());
      troubles.problem(
          where,
          "a reference to '" + ref.target() + "'",
          "nothing of that name is in the request or known already",
          Nearest.hint(ref.target(), known, "names"));
      return ref;
    }
    Address target = fits.getFirst();
    if (target.equals(from.at())) {
      troubles.problem(
          where,
          "a reference to '" + ref.target() + "'",
          "it refers to itself",
          "refer to another resource");
      return ref;
    }
    if (pieces.get(target) instanceof Piece.Unwanted) {
      troubles.problem(
          where,
          "a reference to " + target,
          "the same request removes it",
          "keep it, or refer to another resource");
      return ref;
    }
    Optional<TypeSchema> type = schema(target);
    if (type.isPresent() && !SchemaPaths.knows(type.get(), output)) {
      Pointer around =
          output.segments().size() > 1
              ? new Pointer(output.segments().subList(0, output.segments().size() - 1))
              : Pointer.ROOT;
      troubles.problem(
          where,
          "a reference to " + target + "#" + output,
          "it has no such output",
          Nearest.hint(
              output.segments().getLast(), SchemaPaths.names(type.get(), around), "outputs"));
      return ref;
    }
    targets.add(target);
    return new Ref(target.toString(), ref.pointer());
  }

  /** What a target may mean; of several, those that fit best. */
  private List<Address> addresses(String target, Pointer output, Piece.Wanted from) {
    Optional<Address> whole = whole(target);
    if (whole.isPresent()) {
      return List.of(whole.get());
    }
    List<Address> made = byName.getOrDefault(target, List.of()).stream().map(Piece::at).toList();
    List<Address> there =
        scene.named(target).stream().map(Tracked::at).filter(at -> !made.contains(at)).toList();
    var all = new ArrayList<>(made);
    all.addAll(there);
    List<Address> fits = better(all, at -> !at.equals(from.at()));
    fits =
        better(fits, at -> schema(at).map(type -> SchemaPaths.knows(type, output)).orElse(false));
    fits = better(fits, at -> at.account().equals(from.at().account()));
    return better(fits, made::contains);
  }

  private static List<Address> better(
      List<Address> all, java.util.function.Predicate<Address> test) {
    if (all.size() < 2) {
      return all;
    }
    List<Address> some = all.stream().filter(test).toList();
    return some.isEmpty() ? all : some;
  }

  private Optional<Address> whole(String target) {
    if (!target.contains("/")) {
      return Optional.empty();
    }
    try {
      Address address = Address.of(target);
      boolean known = pieces.containsKey(address) || scene.tracked(address).isPresent();
      return known ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<TypeSchema> schema(Address at) {
    if (pieces.get(at) instanceof Piece.Wanted wanted) {
      return Optional.of(wanted.type());
    }
    return scene
        .account(at.account())
        .flatMap(scene::quietly)
        .flatMap(spot -> spot.schema(at.type()));
  }

  /**
   * An ARN, a path, or a word with a long hexadecimal part: the provider's own name for something.
   */
  private static boolean looksLikeId(String text) {
    return text.contains(":")
        || text.contains("/")
        || text.matches("[a-z]+(-[a-z]+)*-[0-9a-f]{8,40}");
  }

  /** A copy in which references are exchanged for what is known already. */
  static Fields fill(Fields properties, Known known) {
    return fill((Value) properties, known) instanceof Fields filled ? filled : properties;
  }

  private static Value fill(Value value, Known known) {
    return switch (value) {
      case Ref ref -> known.output(Address.of(ref.target()), Pointer.of(ref.pointer())).orElse(ref);
      case Items(var items) when value.hasHoles() ->
          new Items(items.stream().map(item -> fill(item, known)).toList());
      case Fields(var fields) when value.hasHoles() -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, fill(field, known)));
        yield new Fields(copy);
      }
      default -> value;
    };
  }

  /** All references that are left. */
  static void collect(Value value, Collection<Ref> into) {
    switch (value) {
      case Ref ref -> into.add(ref);
      case Items(var items) -> items.forEach(item -> collect(item, into));
      case Fields(var fields) -> fields.values().forEach(field -> collect(field, into));
      default -> {}
    }
  }

  /** Outputs that are known before the run. */
  @FunctionalInterface
  interface Known {
    Optional<Value> output(Address of, Pointer at);
  }
}
