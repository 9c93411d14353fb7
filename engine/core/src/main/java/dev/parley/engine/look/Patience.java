package dev.parley.engine.look;

import dev.parley.engine.execute.Pauses;
import dev.parley.provider.ProviderException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks a cloud again where it said that it is asked too often, or is down for a moment. Only for
 * what reads: what changes something is retried by its run alone.
 */
final class Patience {
  private static final int TRIES = 5;
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Pauses pauses;

  Patience(Pauses pauses) {
    this.pauses = pauses;
  }

  /**
   * The answer, or what the cloud said the last time.
   *
   * @throws ProviderException if it said no, or was asked {@value #TRIES} times
   */
  <T> T ask(Supplier<T> question) {
    for (int former = 0; ; former++) {
      try {
        return question.get();
      } catch (ProviderException.Throttled e) {
        wait(e, former, e.delay().orElse(pause(former)));
      } catch (ProviderException.Unavailable e) {
        wait(e, former, pause(former));
      }
    }
  }

  private static Duration pause(int former) {
    return Duration.ofSeconds(1L << former);
  }

  private void wait(ProviderException trouble, int former, Duration pause) {
    if (former + 1 >= TRIES || pause.compareTo(MOST) > 0) {
      throw trouble;
    }
    try {
      pauses.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble;
    }
  }
}
