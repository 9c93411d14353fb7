package dev.parley.bot.web;

import dev.parley.value.Value.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The open pages: what happens is told to each, numbered, so that a page that lost its connection
 * gets what it missed, or is told to read everything anew if too much happened.
 */
final class Listeners {
  private static final int KEPT = 2000;
  private final List<Listener> open = new CopyOnWriteArrayList<>();
  private final Object past = new Object();
  private final Deque<Told> told = new ArrayDeque<>();
  private long last;

  /**
   * One thing told.
   *
   * @param to the person it is for; empty means everybody
   */
  record Told(long number, String kind, Optional<String> to, Fields body) {}

  void tell(String kind, Optional<String> to, Fields body) {
    synchronized (past) {
      var one = new Told(++last, kind, to, body);
      told.addLast(one);
      if (told.size() > KEPT) {
        told.removeFirst();
      }
      open.forEach(listener -> listener.offer(one));
    }
  }

  /** Opens a listener that starts behind a number; 0 or an unknown number starts now. */
  Listener listen(String person, long after) {
    synchronized (past) {
      var listener = new Listener(person);
      boolean known = after > 0 && after <= last && (told.isEmpty() || told.getFirst().number() <= after + 1);
      if (known) {
        told.stream().filter(one -> one.number() > after).forEach(listener::offer);
      } else {
        listener.offer(new Told(last, "hello", Optional.empty(), Fields.EMPTY));
      }
      open.add(listener);
      return listener;
    }
  }

  /** How many pages are open. */
  int size() {
    return open.size();
  }

  /** Lets every open page go. */
  void close() {
    new ArrayList<>(open).forEach(Listener::close);
  }

  /** One open page. */
  final class Listener implements AutoCloseable {
    private final String person;
    private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(KEPT + 10);
    private volatile boolean closed;

    private Listener(String person) {
      this.person = person;
    }

    private void offer(Told one) {
      boolean mine = one.to().isEmpty() || one.to().get().equals(person);
      if (mine && !waiting.offer(one)) {
        close(); // too slow: the page comes back and reads everything anew
      }
    }

    /** The next thing; empty after a while of silence. */
    Optional<Told> next() throws InterruptedException {
      return Optional.ofNullable(waiting.poll(10, TimeUnit.SECONDS));
    }

    boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
      open.remove(this);
    }
  }
}
