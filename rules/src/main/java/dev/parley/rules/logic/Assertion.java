package dev.parley.rules.logic;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule demands: a tree of tests in Kleene's logic. Plain data; evaluating it runs no one's
 * code.
 */
public sealed interface Assertion {
  /** Evaluates it on a resource or the plan. */
  default Result on(View view) {
    return eval(new Frame(view, view.properties(), Pointer.ROOT));
  }

  /** Evaluates it where the frame stands. */
  Result eval(Frame frame);

  /**
   * Where evaluation stands.
   *
   * @param item the value that {@code /x} is relative to
   * @param at where the item is in the resource
   */
  record Frame(View view, Value item, Pointer at) {
    Found find(Source source) {
      return switch (source) {
        case Source.Here(var pointer) -> Found.in(item, pointer);
        case Source.Root(var pointer) -> Found.in(view.properties(), pointer);
        case Source.Context(var pointer) -> view.context(pointer);
        case Source.Literal(var value) -> Found.of(value);
      };
    }

    Pointer place(Source source) {
      return switch (source) {
        case Source.Here(var pointer) -> join(at, pointer);
        case Source.Root(var pointer) -> pointer;
        case Source.Context(var pointer) -> view.origin(pointer);
        case Source.Literal _ -> at;
      };
    }

    private static Pointer join(Pointer left, Pointer right) {
      if (left.segments().isEmpty()) {
        return right;
      }
      var segments = new ArrayList<>(left.segments());
      segments.addAll(right.segments());
      return new Pointer(segments);
    }
  }

  /** All of them hold. */
  record All(List<Assertion> parts) implements Assertion {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public Result eval(Frame frame) {
      Result worst = Result.NOTHING;
      for (Assertion part : parts) {
        Result result = part.eval(frame);
        if (result.tri().compareTo(worst.tri()) < 0
            || (worst.tri() == Tri.PASS && result.tri() == Tri.PASS)) {
          worst = result;
        }
        if (worst.tri() == Tri.FAIL) {
          return worst;
        }
      }
      return worst;
    }
  }

  /** At least one of them holds. */
  record Any(List<Assertion> parts) implements Assertion {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public Result eval(Frame frame) {
      Result best = Result.NOTHING.as(Tri.FAIL);
      for (Assertion part : parts) {
        Result result = part.eval(frame);
        if (result.tri().compareTo(best.tri()) > 0 || best.tri() == Tri.FAIL) {
          best = result;
        }
        if (best.tri() == Tri.PASS) {
          return best;
        }
      }
      return best;
    }
  }

  /** It does not hold. */
  record Not(Assertion part) implements Assertion {
    @Override
    public Result eval(Frame frame) {
      return part.eval(frame).not();
    }
  }

  /**
   * What stands at a place compares so with a value.
   *
   * @param fallback what the vendor takes when nothing stands there
   */
  record Test(Source source, Operator operator, Source operand, Optional<Value> fallback)
      implements Assertion {
    @Override
    public Result eval(Frame frame) {
      Found actual = frame.find(source);
      if (actual instanceof Found.Absent && fallback.isPresent()) {
        actual = Found.of(fallback.get());
      }
      Found expected = frame.find(operand);
      Found shown = actual;
      return new Result(
          operator.test(actual, expected),
          frame.place(source),
          () ->
              operator == Operator.LITERAL && shown instanceof Found.Known
                  ? "a literal"
                  : Phrases.of(shown),
          () -> operator.phrase(expected));
    }
  }

  /**
   * A range from one place to another covers one of the ports; nothing at both ends is every port.
   */
  record PortRange(Source from, Source to, List<Integer> ports) implements Assertion {
    public PortRange {
      ports = List.copyOf(ports);
    }

    @Override
    public Result eval(Frame frame) {
      Found low = frame.find(from);
      Found high = frame.find(to);
      Tri tri =
          low instanceof Found.Unknown || high instanceof Found.Unknown
              ? Tri.UNKNOWN
              : Network.within(number(low), number(high), ports);
      return new Result(
          tri,
          frame.place(from),
          () -> Phrases.of(low) + "-" + Phrases.of(high),
          () -> "covering port " + join(ports));
    }

    private static int number(Found end) {
      return end instanceof Found.Known(Value.Num(BigDecimal number))
          ? number.intValue()
          : end instanceof Found.Known(Value.Text(var text)) && text.matches("\\d{1,5}")
              ? Integer.parseInt(text)
              : -1;
    }

    private static String join(List<Integer> ports) {
      return String.join(", ", ports.stream().map(String::valueOf).toList());
    }
  }

  /**
   * Every item of a list (or at least one) satisfies an assertion. Something that is no list counts
   * as a list of one, as policy documents do.
   *
   * @param where only items for which this holds count
   * @param some whether one is enough
   */
  record Each(Source list, Optional<Assertion> where, Assertion that, boolean some)
      implements Assertion {
    @Override
    public Result eval(Frame frame) {
      Found found = frame.find(list);
      Pointer place = frame.place(list);
      if (found instanceof Found.Unknown) {
        return Result.of(Tri.UNKNOWN, place, found, some ? "one that fits" : "all to fit");
      }
      boolean single =
          found instanceof Found.Known(var one) && !(Found.opened(one) instanceof Value.Items);
      List<Value> items = items(found);
      var parts = new ArrayList<Result>();
      for (int i = 0; i < items.size(); i++) {
        Frame inner =
            new Frame(
                frame.view(), items.get(i), single ? place : place.child(Integer.toString(i)));
        parts.add(hole(items.get(i)) ? holeAt(inner) : item(inner));
      }
      return some ? best(parts, place, found) : worst(parts, place, found);
    }

    private Result item(Frame inner) {
      if (where.isEmpty()) {
        return that.eval(inner);
      }
      Result applies = where.get().eval(inner);
      if (some) {
        Result result = that.eval(inner);
        return applies.tri().compareTo(result.tri()) < 0 ? applies : result;
      }
      if (applies.tri() == Tri.FAIL) {
        return applies.as(Tri.PASS);
      }
      Result result = that.eval(inner);
      return applies.tri() == Tri.UNKNOWN && result.tri() == Tri.FAIL
          ? applies.as(Tri.UNKNOWN)
          : result;
    }

    private static Result best(List<Result> parts, Pointer place, Found found) {
      Result best = Result.of(Tri.FAIL, place, found, "one that fits");
      for (Result part : parts) {
        best = part.tri().compareTo(best.tri()) > 0 ? part : best;
      }
      return best;
    }

    private static Result worst(List<Result> parts, Pointer place, Found found) {
      Result worst = Result.of(Tri.PASS, place, found, "all to fit");
      for (Result part : parts) {
        worst = part.tri().compareTo(worst.tri()) < 0 ? part : worst;
      }
      return worst;
    }

    private static boolean hole(Value item) {
      return item instanceof Value.Ref || item instanceof Value.Unknown;
    }

    private static Result holeAt(Frame inner) {
      return Result.of(Tri.UNKNOWN, inner.at(), Found.of(inner.item()), "known");
    }

    private static List<Value> items(Found found) {
      return switch (found) {
        case Found.Known(var value) ->
            Found.opened(value) instanceof Value.Items(var items)
                ? items
                : List.of(Found.opened(value));
        case Found.Absent _, Found.Unknown _ -> List.of();
      };
    }
  }

  /** No text anywhere in the resource looks like a credential. */
  record NoSecrets() implements Assertion {
    @Override
    public Result eval(Frame frame) {
      return SecretLike.first(frame.item())
          .map(
              sighting ->
                  new Result(Tri.FAIL, sighting.at(), sighting::what, () -> "a secret reference"))
          .orElse(
              new Result(Tri.PASS, Pointer.ROOT, () -> "no literal", () -> "a secret reference"));
    }
  }

  /**
   * Another resource is there that points at this one, or that this one points at.
   *
   * @param where what must hold of the other
   * @param pointing whether the other points at this one (else this one points at the other)
   */
  record Exists(Set<String> types, Optional<Assertion> where, boolean pointing)
      implements Assertion {
    public Exists {
      types = Set.copyOf(types);
    }

    @Override
    public Result eval(Frame frame) {
      Tri best = Tri.FAIL;
      for (View other : frame.view().others(types)) {
        if (other == frame.view()) {
          continue;
        }
        Tri linked = pointing ? other.pointsAt(frame.view()) : frame.view().pointsAt(other);
        Tri fits = where.map(assertion -> assertion.on(other).tri()).orElse(Tri.PASS);
        Tri both = linked.compareTo(fits) < 0 ? linked : fits;
        best = both.compareTo(best) > 0 ? both : best;
      }
      String there = best == Tri.PASS ? "there" : "none";
      return new Result(
          best,
          Pointer.ROOT,
          () -> there,
          () -> "a " + String.join(" or ", types.stream().sorted().toList()) + " for it");
    }
  }

  /** The number of resources of some types, this one among them, compares so with a number. */
  record Count(Set<String> types, Optional<Assertion> where, Operator operator, Source operand)
      implements Assertion {
    public Count {
      types = Set.copyOf(types);
    }

    @Override
    public Result eval(Frame frame) {
      int certain = 0;
      int perhaps = 0;
      for (View other : frame.view().others(types)) {
        Tri fits = where.map(assertion -> assertion.on(other).tri()).orElse(Tri.PASS);
        certain += fits == Tri.PASS ? 1 : 0;
        perhaps += fits == Tri.FAIL ? 0 : 1;
      }
      Found expected = frame.find(operand);
      Tri low = operator.test(new Found.Known(Value.num(certain)), expected);
      Tri high = operator.test(new Found.Known(Value.num(perhaps)), expected);
      Tri tri = low == high ? low : Tri.UNKNOWN;
      String counted = Integer.toString(certain);
      return new Result(tri, Pointer.ROOT, () -> counted, () -> operator.phrase(expected));
    }
  }
}
