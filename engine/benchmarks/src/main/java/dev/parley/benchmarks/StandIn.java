package dev.parley.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A chat platform on this machine, from its people's side. Lives in another process than the
 * program, so that neither measures the other's work.
 */
interface StandIn extends AutoCloseable {
  /** What stands below {@code surfaces} in the program's configuration. */
  String surface();

  /** Tokens, as the program finds them in its environment. */
  Map<String, String> secrets();

  /** Who a person is to the directory. */
  String person(int number);

  /** Whether the program is connected. */
  boolean connected();

  /** Somebody asks for something; returns when the program has acknowledged it. */
  Asked ask(int person, int channel, String text);

  /** The same where its messages count for nothing, to warm the program up. */
  Asked warm(int number, String text);

  /** What is to be seen of each message, as of now; messages without an answer are left out. */
  Map<String, Sight> sights();

  /** Those of some messages that bear the program's emoji. */
  List<Asked> noticed(Collection<Asked> asked);

  /** The earliest moments at which the platform's pace allows what was asked to be answered. */
  Bound bound();

  /** What the platform forbids and was done all the same. */
  List<String> faults();

  /** Calls that were answered with "too many", by method. */
  Map<String, Integer> refusals();

  /** How many messages say the same as another. */
  int doubled();

  @Override
  void close();
}
