package dev.parley.engine;

import dev.parley.engine.Engine.Notice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who wants to hear of events: each hears them in order, on a thread of its own. */
final class Watchers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  AutoCloseable add(Consumer<Notice> listener) {
    var watcher = new Watcher(listener);
    watchers.add(watcher);
    Thread.ofVirtual().name("parley-watcher").start(watcher::listen);
    return () -> {
      watchers.remove(watcher);
      watcher.queue.add(Optional.empty());
    };
  }

  void tell(Notice notice) {
    for (Watcher watcher : watchers) {
      watcher.queue.add(Optional.of(notice));
    }
  }

  @Override
  public void close() {
    watchers.forEach(watcher -> watcher.queue.add(Optional.empty()));
    watchers.clear();
  }

  private static final class Watcher {
    private final Consumer<Notice> listener;

    /** An empty one means: no more. */
    private final LinkedBlockingQueue<Optional<Notice>> queue = new LinkedBlockingQueue<>();

    private Watcher(Consumer<Notice> listener) {
      this.listener = listener;
    }

    private void listen() {
      try {
        for (Optional<Notice> next = queue.take(); next.isPresent(); next = queue.take()) {
          try {
            listener.accept(next.get());
          } catch (RuntimeException e) {
            LOG.warn(
                "a watcher failed at event {} of {}",
                next.get().sequence(),
                next.get().tenant(),
                e);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
