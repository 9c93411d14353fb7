package dev.parley.engine.state;

import dev.parley.engine.json.Codec;
import dev.parley.run.Entry;
import dev.parley.run.Event;
import java.util.Optional;

/** How events stand in the journal. */
public final class Events {
  /** The stream all events of a tenant are in. */
  public static final String STREAM = "event";

  private static final int VERSION = 1;

  private Events() {}

  /** An event as a journal entry. */
  public static Entry.Fresh fresh(String tenant, Event event) {
    return new Entry.Fresh(
        tenant,
        STREAM,
        event.getClass().getSimpleName(),
        VERSION,
        Codec.encodeAs(Event.class, event));
  }

  /** The event of a journal entry; empty if the entry is something else. */
  public static Optional<Event> read(Entry entry) {
    return entry.stream().equals(STREAM)
        ? Optional.of(Codec.decode(entry.body(), Event.class))
        : Optional.empty();
  }
}
