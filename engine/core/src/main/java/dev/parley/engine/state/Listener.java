package dev.parley.engine.state;

import dev.parley.run.Event;

/** Hears of every event after it is durable, in the tenant's order; must return at once. */
@FunctionalInterface
public interface Listener {
  void heard(String tenant, long sequence, Event event);
}
