package dev.parley.bot.card;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Builds the JSON object of a card; fields keep the order in which they are put. */
final class Body {
  private final Map<String, Value> fields = new LinkedHashMap<>();

  static Body event(String name) {
    return new Body().put("event", name);
  }

  Body put(String name, String text) {
    fields.put(name, Value.text(text));
    return this;
  }

  Body put(String name, Value value) {
    fields.put(name, value);
    return this;
  }

  Body put(String name, long number) {
    return put(name, Value.num(number));
  }

  Body put(String name, boolean flag) {
    return put(name, Value.bool(flag));
  }

  Body put(String name, Body inner) {
    return put(name, inner.fields());
  }

  /** Left out when empty. */
  Body put(String name, Optional<? extends Value> value) {
    value.ifPresent(found -> fields.put(name, found));
    return this;
  }

  Body texts(String name, Iterable<String> texts) {
    return put(name, Value.texts(texts));
  }

  <T> Body list(String name, Iterable<T> items, Function<T, Body> each) {
    List<Value> out = new ArrayList<>();
    items.forEach(item -> out.add(each.apply(item).fields()));
    return put(name, new Items(out));
  }

  Fields fields() {
    return new Fields(fields);
  }
}
