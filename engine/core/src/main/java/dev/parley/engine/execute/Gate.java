package dev.parley.engine.execute;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Plan;
import dev.parley.run.Presence;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a run's new calls through, unless its plan waits for the chat and the chat is down. Safe for
 * many threads.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Plan plan;
  private final Presence presence;
  private volatile boolean lifted;

  Gate(Plan plan, Presence presence) {
    this.plan = plan;
    this.presence = presence;
    this.lifted = plan.whenChatIsDown() == WhenChatIsDown.CONTINUE;
  }

  /** Why nothing new may be sent now; empty if it may. */
  Optional<String> shut() {
    if (lifted) {
      return Optional.empty();
    }
    try {
      return presence.away(plan);
    } catch (RuntimeException e) {
      LOG.error("it can't be told whether anybody follows {}, by a defect of ours", plan.id(), e);
      return Optional.of("it can't be told whether the chat is there: " + e.getMessage());
    }
  }

  /** Lets everything through from now on: nothing is begun any more, and what is begun must end. */
  void lift() {
    lifted = true;
  }
}
