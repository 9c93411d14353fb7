package dev.parley.bot.surface;

import dev.parley.value.Check;
import java.util.List;
import java.util.function.Consumer;

/**
 * One place where people talk to Parley. Translates, and decides nothing. Blocking; building one
 * does no I/O.
 */
public interface Surface extends AutoCloseable {
  /** slack, discord, console, web. */
  String id();

  Capabilities capabilities();

  /** Begins to listen. Deliveries are acknowledged on the wire before the inbox does any work. */
  void start(Consumer<Inbound> inbox);

  /**
   * Posts a card.
   *
   * @param key the same key posts once, however often it is tried
   */
  MessageRef post(Place place, Card card, String key);

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

  /** Whether it is connected. */
  Check check();

  @Override
  void close();
}
