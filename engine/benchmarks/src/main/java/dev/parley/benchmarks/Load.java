package dev.parley.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How much is asked of a chat platform.
 *
 * @param platform {@code slack} or {@code discord}
 * @param threads requests, each opening a thread of its own
 * @param channels over which they are spread evenly
 * @param people who ask in turn, all linked
 * @param seconds within which all of them ask, at random moments; 0 means at once
 * @param repeats runs, each with a program and a stand-in of its own
 * @param warm requests before it, as a program that has run for a while has had
 */
record Load(
    String platform, int threads, int channels, int people, int seconds, int repeats, int warm) {
  static final String USAGE =
      "usage: platform slack|discord [--threads 300] [--channels 30] [--people 100] [--seconds 0]"
          + " [--warm 200] [--repeats 1]";

  Load {
    if (!platform.equals("slack") && !platform.equals("discord")) {
      throw new IllegalArgumentException("no such platform: " + platform);
    }
    if (threads < 1 || channels < 1 || people < 1 || seconds < 0 || repeats < 1 || warm < 1) {
      throw new IllegalArgumentException(
          "at least one thread, channel, person, warm-up and repeat");
    }
  }

  /** Reads a command line. */
  static Load read(String[] arguments) {
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    String platform = left.isEmpty() ? "slack" : left.remove();
    int threads = 300;
    int channels = 30;
    int people = 100;
    int seconds = 0;
    int repeats = 1;
    int warm = 200;
    while (!left.isEmpty()) {
      String option = left.remove();
      if (left.isEmpty() || !left.peek().matches("\\d{1,6}")) {
        throw new IllegalArgumentException(option + " takes a number");
      }
      int number = Integer.parseInt(left.remove());
      switch (option) {
        case "--threads" -> threads = number;
        case "--channels" -> channels = number;
        case "--people" -> people = number;
        case "--seconds" -> seconds = number;
        case "--repeats" -> repeats = number;
        case "--warm" -> warm = number;
        default -> throw new IllegalArgumentException("no such option: " + option);
      }
    }
    return new Load(platform, threads, channels, people, seconds, repeats, warm);
  }
}
