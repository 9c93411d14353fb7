package dev.parley.bot.transcript;

import dev.parley.value.Invalid;
import java.time.Duration;
import java.util.List;

/** A conversation as it was written down: what people do, and what shall be seen. */
public record Script(String name, List<Line> lines) {
  public Script {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a script.
   *
   * @param name for messages: the file's name
   * @throws Invalid with every mistake and its line number
   */
  public static Script parse(String name, String text) {
    return new ScriptReader(name).read(text);
  }

  /** One line of it. */
  public sealed interface Line {
    /** Counts from 1. */
    int number();
  }

  /** {@code ann: two web servers}. */
  public record Says(int number, String person, String text) implements Line {}

  /**
   * {@code bob: [Approve]}, {@code bob: [Reject] too dear}, {@code bob: [Approve] on v1}.
   *
   * @param fill goes into the form that opens, {@code |} between its fields; "" if none does
   * @param revision presses a button that a former revision's card had; 0 for what is there now
   */
  public record Presses(int number, String person, String label, String fill, int revision)
      implements Line {}

  /**
   * {@code bob: :+1:} or, to take it back, {@code bob: -:+1:}.
   *
   * @param taken whether it is taken off
   */
  public record Reacts(int number, String person, String emoji, boolean taken) implements Line {}

  /** {@code --- thread shop}: what follows is said there. */
  public record Goes(int number, String thread) implements Line {}

  /** {@code > contains …}: about what was shown since somebody last did something. */
  public record Expects(int number, Expectation expectation) implements Line {}

  /** {@code @crash}: the program dies now and starts again. What went before is not waited for. */
  public record Crashes(int number) implements Line {}

  /** {@code @meanwhile}: the run that the line before began is not waited for. */
  public record Meanwhile(int number) implements Line {}

  /** {@code @wait run}: everything comes to rest. */
  public record Waits(int number) implements Line {}

  /** {@code @advance 25h}: the clock is moved. */
  public record Advances(int number, Duration by) implements Line {}
}
