package dev.parley.rules.logic;

import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A comparison of what stands at a place with a value. Each is total: every combination of known,
 * absent and unknown has an answer. Clouds often write {@code "true"} and {@code "80"} as texts;
 * they equal {@code true} and {@code 80}.
 */
public enum Operator {
  EQ("eq", "", true),
  IN("in", "one of ", true),
  MATCHES("matches", "like ", true),
  CONTAINS("contains", "containing ", true),
  GT("gt", "more than ", true),
  GE("ge", "at least ", true),
  LT("lt", "less than ", true),
  LE("le", "at most ", true),
  ABSENT("absent", "absent", false),
  PRESENT("present", "present", false),
  EMPTY("empty", "none", false),
  CIDR_OPEN("cidrOpen", "open to the world", false),
  PORTS("portRangeContains", "covering port ", true),
  LITERAL("literal", "written out in the plan", false);

  private final String word;
  private final String phrase;
  private final boolean operand;

  Operator(String word, String phrase, boolean operand) {
    this.word = word;
    this.phrase = phrase;
    this.operand = operand;
  }

  /** As rules write it. */
  public String word() {
    return word;
  }

  /** Whether it compares with a value. */
  public boolean takesOperand() {
    return operand;
  }

  /** What it expects, in words. */
  public String phrase(Found value) {
    return operand ? phrase + Phrases.of(value) : phrase;
  }

  /** The operator of that word. */
  public static Optional<Operator> of(String word) {
    for (Operator operator : values()) {
      if (operator.word.equals(word)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  /** Applies it. */
  public Tri test(Found actual, Found expected) {
    if (operand && !(expected instanceof Found.Known)) {
      return Tri.UNKNOWN;
    }
    Value value = expected instanceof Found.Known(var known) ? known : Value.NULL;
    return switch (actual) {
      case Found.Absent _ -> Tri.of(this == ABSENT || this == EMPTY);
      case Found.Unknown(_, var there) -> ofUnknown(there);
      case Found.Known(var known) -> ofKnown(known, value);
    };
  }

  private Tri ofUnknown(boolean there) {
    return switch (this) {
      case PRESENT -> there ? Tri.PASS : Tri.UNKNOWN;
      case ABSENT -> there ? Tri.FAIL : Tri.UNKNOWN;
      default -> Tri.UNKNOWN;
    };
  }

  private Tri ofKnown(Value actual, Value expected) {
    if (actual instanceof Value.Secret) {
      return switch (this) {
        case PRESENT -> Tri.PASS;
        case ABSENT, EMPTY, LITERAL -> Tri.FAIL;
        default -> Tri.UNKNOWN;
      };
    }
    return switch (this) {
      case EQ -> equal(actual, expected);
      case IN -> best(list(expected), item -> equal(actual, item));
      case MATCHES -> matches(actual, expected);
      case CONTAINS -> contains(actual, expected);
      case GT -> compare(actual, expected, sign -> sign > 0);
      case GE -> compare(actual, expected, sign -> sign >= 0);
      case LT -> compare(actual, expected, sign -> sign < 0);
      case LE -> compare(actual, expected, sign -> sign <= 0);
      case ABSENT -> Tri.FAIL;
      case PRESENT -> Tri.PASS;
      case EMPTY -> empty(actual);
      case CIDR_OPEN -> best(list(actual), Operator::world);
      case PORTS -> Network.covers(actual, ports(expected));
      case LITERAL -> Tri.of(actual instanceof Text(var text) && SecretLike.literal(text));
    };
  }

  /** The ports a rule names: a number or a list of numbers. */
  static List<Integer> ports(Value expected) {
    var ports = new ArrayList<Integer>();
    for (Value port : list(expected)) {
      number(port).ifPresent(number -> ports.add(number.intValue()));
    }
    return ports;
  }

  private static Tri world(Value range) {
    return switch (range) {
      case Text(var text) -> Tri.of(Network.isWorld(text));
      case Value.Ref _, Value.Unknown _ -> Tri.UNKNOWN;
      case Num _, Bool _, Value.Null _, Items _, Fields _, Value.Secret _ -> Tri.FAIL;
    };
  }

  private static Tri equal(Value actual, Value expected) {
    if (actual.hasHoles() || expected.hasHoles()) {
      boolean sized =
          actual instanceof Items(var a)
              && expected instanceof Items(var b)
              && a.size() != b.size();
      return sized ? Tri.FAIL : Tri.UNKNOWN;
    }
    if (actual.equals(expected)) {
      return Tri.PASS;
    }
    if (actual instanceof Text(var text) && expected instanceof Bool(var bool)) {
      return Tri.of(text.equalsIgnoreCase(Boolean.toString(bool)));
    }
    if (actual instanceof Bool(var bool) && expected instanceof Text(var text)) {
      return Tri.of(text.equalsIgnoreCase(Boolean.toString(bool)));
    }
    if (actual instanceof Num || expected instanceof Num) {
      return Tri.of(number(actual).isPresent() && number(actual).equals(number(expected)));
    }
    return Tri.FAIL;
  }

  private static Tri matches(Value actual, Value expected) {
    if (!(expected instanceof Text(var pattern))) {
      return Tri.FAIL;
    }
    return switch (actual) {
      case Text(var text) ->
          Tri.of(Pattern.compile(pattern).matcher(BoundedText.of(text)).matches());
      case Num(var number) -> Tri.of(number.toPlainString().matches(pattern));
      case Bool(var bool) -> Tri.of(Boolean.toString(bool).matches(pattern));
      default -> Tri.FAIL;
    };
  }

  private static Tri contains(Value actual, Value expected) {
    if (actual instanceof Text(var text)) {
      return best(
          list(expected),
          part -> Tri.of(part instanceof Text(var wanted) && text.contains(wanted)));
    }
    return best(list(actual), item -> best(list(expected), wanted -> holeOrEqual(item, wanted)));
  }

  private static Tri holeOrEqual(Value item, Value wanted) {
    return switch (Found.of(item)) {
      case Found.Unknown _ -> Tri.UNKNOWN;
      case Found.Absent _ -> Tri.FAIL;
      case Found.Known(var known) -> equal(known, wanted);
    };
  }

  private static Tri compare(Value actual, Value expected, java.util.function.IntPredicate holds) {
    var left = number(actual);
    var right = number(expected);
    return left.isPresent() && right.isPresent()
        ? Tri.of(holds.test(left.get().compareTo(right.get())))
        : Tri.UNKNOWN;
  }

  private static Tri empty(Value actual) {
    return switch (actual) {
      case Text(var text) -> Tri.of(text.isBlank());
      case Items(var items) -> Tri.of(items.isEmpty());
      case Fields fields -> Tri.of(fields.isEmpty());
      default -> Tri.FAIL;
    };
  }

  private static Optional<BigDecimal> number(Value value) {
    return switch (value) {
      case Num(var number) -> Optional.of(number);
      case Text(var text) when text.matches("-?\\d{1,18}(?:\\.\\d{1,18})?") ->
          Optional.of(((Num) Value.num(new BigDecimal(text))).number());
      default -> Optional.empty();
    };
  }

  private static List<Value> list(Value value) {
    return value instanceof Items(var items) ? items : List.of(value);
  }

  private static Tri best(List<Value> values, java.util.function.Function<Value, Tri> test) {
    Tri best = Tri.FAIL;
    for (Value value : values) {
      Tri one = test.apply(value);
      best = one.compareTo(best) > 0 ? one : best;
    }
    return best;
  }
}
