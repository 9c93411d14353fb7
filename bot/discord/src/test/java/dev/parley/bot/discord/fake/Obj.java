package dev.parley.bot.discord.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;

/** Short ways to write JSON. */
final class Obj {
  private Obj() {}

  static Fields of(Object... pairs) {
    Fields all = Fields.EMPTY;
    for (int i = 0; i < pairs.length; i += 2) {
      all = all.with((String) pairs[i], value(pairs[i + 1]));
    }
    return all;
  }

  static Value value(Object given) {
    return switch (given) {
      case null -> new Value.Null();
      case Value value -> value;
      case String text -> Value.text(text);
      case Integer number -> Value.num(number);
      case Long number -> Value.num(number);
      case Boolean flag -> new Value.Bool(flag);
      case List<?> list -> new Value.Items(list.stream().map(Obj::value).toList());
      default -> throw new IllegalArgumentException("no JSON: " + given);
    };
  }

  static int number(Fields of, String name) {
    return of.get(name)
        .map(value -> value instanceof Value.Num(var n) ? n.intValue() : 0)
        .orElse(0);
  }

  static boolean flag(Fields of, String name) {
    return of.get(name).filter(value -> value instanceof Value.Bool(var b) && b).isPresent();
  }
}
