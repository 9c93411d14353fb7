package dev.parley.bot.surface;

import dev.parley.value.Check;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One place where people talk to Parley. Translates, and decides nothing. Blocking; building one
 * does no I/O. What it can't do it says by a {@link SurfaceFailure} and does not try again by
 * itself: the outbox does.
 */
public interface Surface extends AutoCloseable {
  /** slack, discord, console, web. */
  String id();

  Capabilities capabilities();

  /**
   * Begins to listen.
   *
   * @param inbox returns as soon as the delivery is kept, before any work is done on it; only then
   *     is it acknowledged on the wire, so that an acknowledged one is never lost. If it throws,
   *     the delivery is not acknowledged and may come again.
   */
  void start(Consumer<Inbound> inbox);

  /**
   * Posts a card.
   *
   * @param key the same key posts once, however often it is tried
   */
  MessageRef post(Place place, Card card, String key);

  /**
   * Looks for a message that may have been posted under a key before, after an outcome that nobody
   * knows. A surface whose {@link #post} itself posts once per key for days need not.
   */
  default Optional<MessageRef> find(Place place, String key) {
    return Optional.empty();
  }

  /**
   * The same for a file. Where a file bears no key, one of the same name, size and words in that
   * place is it.
   */
  default Optional<MessageRef> find(Place place, Part.Attachment file, String words, String key) {
    return find(place, key);
  }

  /**
   * The thread that hangs on a message; made if need be.
   *
   * @param title what it is about, one line
   */
  default Place thread(MessageRef root, String title) {
    return root.place().in(root.id());
  }

  /**
   * Sends a file as a message of its own, where {@link Capabilities#apart} is claimed.
   *
   * @param words one line that goes with it: what it is, or what a picture shows
   * @param key the same key sends once, however often it is tried
   */
  default MessageRef attach(Place place, Part.Attachment file, String words, String key) {
    throw new SurfaceFailure.Refused(
        id() + " takes no files apart from cards", "claim no Capabilities.apart");
  }

  /**
   * Changes a card in place.
   *
   * @param revision an edit older than the last one shown is dropped
   */
  void edit(MessageRef message, Card card, long revision);

  /** Says something to one person only, as an answer to what they did. */
  void whisper(Inbound answered, Card card);

  /** Opens a form for the person who pressed something. */
  void open(Inbound answered, Form form);

  /** Puts the bot's emoji on a message. */
  void react(MessageRef message, String emoji);

  /**
   * Gives back what stood in the surface's threads before a restart, oldest thread first. Called
   * once, after {@link #start}. A platform that keeps its own messages ignores it; one that does
   * not shows them again under the same message ids. Cards that are still open come with live
   * buttons.
   */
  default void recall(List<Past> threads) {}

  /**
   * Why its connection does not stand now, if it does not: then nobody is heard, and whoever waits
   * for people should wait. Only a connection counts: a permission that is missing, or a call that
   * failed, is another matter. Looked at every few seconds; takes a few seconds at most.
   */
  default Optional<String> lost() {
    return Optional.empty();
  }

  /**
   * Whether it is connected and allowed all it needs; if not, what is missing and how to mend it.
   */
  Check check();

  @Override
  void close();
}
