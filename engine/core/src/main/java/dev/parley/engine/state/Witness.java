package dev.parley.engine.state;

import dev.parley.run.Entry;
import dev.parley.run.Event;

/**
 * Writes a line beside every event, in the same append. Called by one thread at a time for each
 * tenant, in the order of the events.
 */
public interface Witness {
  /** The line that goes behind the event. */
  Entry.Fresh beside(String tenant, Event event, Entry.Fresh written);

  /** A line found in the journal at start. */
  void recalled(Entry entry);
}
