package dev.parley.bot.web;

import dev.parley.value.Value.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The open pages: what happens is told to each, numbered, so that a page that lost its connection
 * gets what it missed, or is told to read everything anew if too much happened or the program was
 * started again meanwhile.
 */
final class Listeners {
  static final int KEPT = 2000;
  private static final Told END = new Told(0, "end", Optional.empty(), Fields.EMPTY);
  private final List<Listener> open = new CopyOnWriteArrayList<>();
  private final Object past = new Object();
  private final Deque<Told> told = new ArrayDeque<>();
  private final String start;
  private long last;

  /**
   * Nobody listens yet.
   *
   * @param start names this start of the program, so that a number of an earlier one is not taken
   *     for its own
   */
  Listeners(String start) {
    this.start = start;
  }

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

  /** What the page sends back as {@code Last-Event-ID}. */
  String id(Told one) {
    return start + "-" + one.number();
  }

  /**
   * Opens a listener that starts behind an id; one that is not known here is told {@code hello} and
   * starts now.
   */
  Listener listen(String person, Optional<String> after) {
    synchronized (past) {
      var listener = new Listener(person);
      long number = after.map(this::number).orElse(-1L);
      boolean known = number >= 0 && number <= last && number >= last - told.size();
      if (known) {
        told.stream().filter(one -> one.number() > number).forEach(listener::offer);
      } else {
        listener.offer(new Told(last, "hello", Optional.empty(), Fields.EMPTY));
      }
      open.add(listener);
      return listener;
    }
  }

  private long number(String id) {
    String head = start + "-";
    String tail = id.startsWith(head) ? id.substring(head.length()) : "";
    return tail.matches("\\d{1,18}") ? Long.parseLong(tail) : -1;
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
        close(); // too slow: the page comes back and gets the rest, or reads everything anew
      }
    }

    /** The next thing; empty after a while of silence, or when it is over. */
    Optional<Told> next() throws InterruptedException {
      Optional<Told> next = Optional.ofNullable(waiting.poll(10, TimeUnit.SECONDS));
      return closed ? Optional.empty() : next;
    }

    boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
      open.remove(this);
      var _ = waiting.offer(END);
    }
  }
}
