package dev.parley.engine.execute;

import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;

/** Puts outputs of other resources where a change refers to them. */
public final class Outputs {
  private Outputs() {}

  /** A reference points at something that is not there. */
  public static final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;

    Unresolved(String message) {
      super(message);
    }
  }

  /**
   * The change with every reference replaced.
   *
   * @param known what exists, by address
   */
  static Change resolve(Change change, Function<Address, Optional<Resource>> known)
      throws Unresolved {
    return switch (change) {
      case Change.Create c -> new Change.Create(c.at(), c.region(), resolve(c.desired(), known));
      case Change.Update c ->
          new Change.Update(c.at(), c.region(), c.id(), c.was(), resolve(c.now(), known));
      case Change.Call c ->
          new Change.Call(c.at(), c.region(), c.id(), c.operation(), resolve(c.input(), known));
      case Change.Replace _, Change.Delete _, Change.Read _, Change.NoOp _ -> change;
    };
  }

  /** An object with every reference replaced. */
  public static Fields resolve(Fields fields, Function<Address, Optional<Resource>> known)
      throws Unresolved {
    return fields.hasHoles() ? (Fields) value(fields, known) : fields;
  }

  private static Value value(Value value, Function<Address, Optional<Resource>> known)
      throws Unresolved {
    return switch (value) {
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        for (var field : fields.entrySet()) {
          copy.put(field.getKey(), value(field.getValue(), known));
        }
        yield new Fields(copy);
      }
      case Items(var items) -> {
        var copy = new java.util.ArrayList<Value>(items.size());
        for (Value item : items) {
          copy.add(value(item, known));
        }
        yield new Items(copy);
      }
      case Ref ref -> target(ref, known);
      case Value.Unknown(var why) -> throw new Unresolved("a value is still not known: " + why);
      case Text _, Value.Num _, Value.Bool _, Value.Null _, Value.Secret _ -> value;
    };
  }

  private static Value target(Ref ref, Function<Address, Optional<Resource>> known)
      throws Unresolved {
    Optional<Resource> resource;
    try {
      resource = known.apply(Address.of(ref.target()));
    } catch (IllegalArgumentException e) {
      throw new Unresolved("it refers to " + ref.target() + ", which is no address");
    }
    if (resource.isEmpty()) {
      throw new Unresolved("it refers to " + ref.target() + ", which is not there");
    }
    if (ref.pointer().isEmpty()) {
      return Value.text(resource.get().id().value());
    }
    return Pointer.of(ref.pointer())
        .in(resource.get().properties())
        .orElseThrow(
            () ->
                new Unresolved(
                    "it refers to " + ref.pointer() + " of " + ref.target() + ", which has none"));
  }
}
