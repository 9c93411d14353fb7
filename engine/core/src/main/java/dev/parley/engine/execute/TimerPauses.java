package dev.parley.engine.execute;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time: one timer thread for all pauses; what follows a pause runs on a virtual thread. */
public final class TimerPauses implements Pauses, AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  public TimerPauses() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "parley-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void after(Duration pause, Runnable then) {
    try {
      timer.schedule(
          () -> Thread.startVirtualThread(then),
          Math.max(0, pause.toMillis()),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // closed: nothing follows any more
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
