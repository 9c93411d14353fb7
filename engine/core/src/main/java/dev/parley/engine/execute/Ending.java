package dev.parley.engine.execute;

/** What follows when a run's steps have ended, well or badly. */
@FunctionalInterface
public interface Ending {
  /** Called on the run's own thread, once each time its steps have ended. May block. */
  void stepsEnded(String tenant, String run);
}
