package dev.parley.bot.transcript;

import dev.parley.bot.transcript.Sighting.Seen;
import dev.parley.engine.json.Json;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What shall be seen after a line. */
public sealed interface Expectation {
  /** Why it is not met; empty if it is. */
  Optional<String> unmet(List<Seen> seen);

  /**
   * {@code > contains …} and {@code > not contains …}. White space counts as one blank, upper and
   * lower case alike.
   */
  record Contains(String words, boolean not) implements Expectation {
    @Override
    public Optional<String> unmet(List<Seen> seen) {
      boolean found = seen.stream().anyMatch(one -> plain(one.words()).contains(plain(words)));
      if (found != not) {
        return Optional.empty();
      }
      return Optional.of(not ? "it was shown: " + words : "not shown: " + words);
    }

    private static String plain(String text) {
      return text.replaceAll("[\\s\u00a0]+", " ").strip().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@code > event plan}, {@code > not event run}, {@code > event plan 2}: how many, at least one.
   */
  record Events(String event, boolean not, Optional<Integer> count) implements Expectation {
    @Override
    public Optional<String> unmet(List<Seen> seen) {
      long found = seen.stream().filter(one -> one.event().equals(event)).count();
      boolean met = not ? found == 0 : count.map(c -> c == found).orElse(found > 0);
      return met ? Optional.empty() : Optional.of(found + " of event " + event + " were shown");
    }
  }

  /** {@code > button Approve}, {@code > not button Approve}: whether it can be pressed now. */
  record Offers(String label, boolean not) implements Expectation {
    @Override
    public Optional<String> unmet(List<Seen> seen) {
      boolean found =
          seen.stream().anyMatch(one -> one.buttons().stream().anyMatch(label::equalsIgnoreCase));
      return found != not
          ? Optional.empty()
          : Optional.of(not ? "the button is there: " + label : "no button " + label);
    }
  }

  /**
   * {@code > json [event] /pointer op value}: some line shown has it. A {@code *} in the pointer
   * stands for any item of a list.
   *
   * @param event only lines of this event; "" for all
   * @param op ==, !=, &lt;, &gt;, &lt;=, &gt;=, contains, exists, absent
   */
  record JsonAt(String event, String pointer, String op, Value value) implements Expectation {
    @Override
    public Optional<String> unmet(List<Seen> seen) {
      List<Value> found =
          seen.stream()
              .filter(one -> event.isEmpty() || one.event().equals(event))
              .flatMap(one -> at(Pointer.of(pointer).segments(), one.body()).stream())
              .toList();
      boolean met =
          switch (op) {
            case "exists" -> !found.isEmpty();
            case "absent" -> found.isEmpty();
            case "!=" -> found.stream().noneMatch(value::equals);
            default -> found.stream().anyMatch(one -> holds(one, op, value));
          };
      if (met) {
        return Optional.empty();
      }
      String there =
          found.isEmpty()
              ? "nothing stands there"
              : "there stands "
                  + String.join(", ", found.stream().limit(5).map(Json::write).toList());
      return Optional.of(pointer + " " + op + " " + Json.write(value) + ": " + there);
    }

    private static List<Value> at(List<String> segments, Value root) {
      if (segments.isEmpty()) {
        return List.of(root);
      }
      List<String> rest = segments.subList(1, segments.size());
      if (segments.getFirst().equals("*") && root instanceof Value.Items(var items)) {
        return items.stream().flatMap(item -> at(rest, item).stream()).toList();
      }
      return new Pointer(segments.subList(0, 1))
          .in(root)
          .map(next -> at(rest, next))
          .orElse(List.of());
    }

    private static boolean holds(Value found, String op, Value wanted) {
      if (op.equals("==")) {
        return found.equals(wanted);
      }
      if (op.equals("contains")) {
        return switch (found) {
          case Value.Items(var items) -> items.contains(wanted);
          case Value.Text(var text) ->
              wanted instanceof Value.Text(var part) && text.contains(part);
          default -> false;
        };
      }
      return found instanceof Value.Num(BigDecimal have)
          && wanted instanceof Value.Num(BigDecimal limit)
          && compare(have.compareTo(limit), op);
    }

    private static boolean compare(int order, String op) {
      return switch (op) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
  }
}
