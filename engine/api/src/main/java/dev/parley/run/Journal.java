package dev.parley.run;

import dev.parley.value.Check;
import java.util.List;
import java.util.function.Consumer;

/** The only record: append-only, ordered, durable before it is acknowledged. */
public interface Journal extends AutoCloseable {
  /**
   * Appends all or none. When it returns, they are on disk.
   *
   * @return the entries with their places
   * @throws JournalFailed if it can't be known whether they are; nothing may be acknowledged then
   */
  List<Entry> append(List<Entry.Fresh> fresh);

  /** Gives every entry behind a place, in order. */
  void replay(long after, Consumer<Entry> reader);

  /** The last entry's place; 0 if there is none. */
  long last();

  /** Whether it can be written. */
  Check check();

  @Override
  void close();

  /** The journal can't be written or read; what to do is in the message. */
  final class JournalFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalFailed(String message, Throwable cause) {
      super(message, cause);
    }

    public JournalFailed(String message) {
      super(message);
    }
  }
}
