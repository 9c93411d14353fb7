package dev.parley.app.kill;

import java.util.List;
import java.util.Map;

/**
 * A chat platform's stand-in, from its people's side: Ann asks, Bob decides. It lives on when the
 * program is killed.
 */
interface Chat extends AutoCloseable {
  /** What stands below {@code surfaces} in the configuration. */
  String surface();

  Map<String, String> secrets();

  /** Who somebody is to the directory. */
  String person(String name);

  /** Whether the program is connected. */
  boolean connected();

  /** Ann asks for something; gives the message's id. */
  String ask(int channel, String text);

  /**
   * Whether the platform knows that the program has a request; if not, the person asks again, as
   * people do whom nobody answers.
   */
  boolean taken(String asked);

  /**
   * Bob presses a button of a card.
   *
   * @return whether the press was acknowledged
   */
  boolean press(Shown card, String label);

  /** All messages of the program that answer a request, as they stand; the root card first. */
  List<Shown> answers(String asked);

  /** What the platform forbids and was done all the same; what comes of kills is left out. */
  List<String> faults();

  @Override
  void close();
}
