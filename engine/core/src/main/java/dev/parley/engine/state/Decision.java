package dev.parley.engine.state;

import dev.parley.run.Event;
import java.util.List;
import java.util.function.Function;

/**
 * What was decided on the state as it stood: the events that say so, and the answer once they are
 * folded in.
 */
public record Decision<T>(List<Event> events, Function<Book, T> answer) {
  public Decision {
    events = List.copyOf(events);
  }

  /** Nothing changes. */
  public static <T> Decision<T> nothing(T answer) {
    return new Decision<>(List.of(), _ -> answer);
  }

  /** These events happen; the answer is read afterwards. */
  public static <T> Decision<T> of(List<Event> events, Function<Book, T> answer) {
    return new Decision<>(events, answer);
  }
}
