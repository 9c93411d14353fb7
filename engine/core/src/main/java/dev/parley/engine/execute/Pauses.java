package dev.parley.engine.execute;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Lets time pass without a thread that waits for it. */
public interface Pauses {
  /**
   * Runs something once that much time has passed, on some other thread. It must not block for
   * long.
   */
  void after(Duration pause, Runnable then);

  /**
   * Waits on the calling thread.
   *
   * @throws InterruptedException if it was interrupted
   */
  default void pause(Duration pause) throws InterruptedException {
    var over = new CountDownLatch(1);
    after(pause, over::countDown);
    over.await();
  }
}
