package dev.parley.bot.console;

import java.io.Reader;

/** An input stream that somebody types into; knows when all of it has been read and dealt with. */
final class Keyboard extends Reader {
  private final StringBuilder typed = new StringBuilder();
  private boolean waiting;
  private boolean ended;

  /** Types a line and waits until the reader asks for the next one. */
  synchronized void type(String line) {
    typed.append(line).append('\n');
    waiting = false;
    notifyAll();
    untilIdle();
  }

  synchronized void untilIdle() {
    while (!waiting && !ended) {
      await();
    }
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized int read(char[] into, int from, int length) {
    while (typed.isEmpty() && !ended) {
      waiting = true;
      notifyAll();
      await();
    }
    if (typed.isEmpty()) {
      return -1;
    }
    int count = Math.min(length, typed.length());
    typed.getChars(0, count, into, from);
    typed.delete(0, count);
    return count;
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
  }

  @Override
  public void close() {}
}
