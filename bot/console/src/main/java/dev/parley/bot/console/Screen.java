package dev.parley.bot.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where lines are read and printed; a real terminal, or plain streams. */
public interface Screen extends AutoCloseable {
  /** How many columns fit. */
  int columns();

  /** Whether somebody sits at it; otherwise the lines come from a file or a pipe. */
  boolean interactive();

  /** Prints lines; may happen while a line is being typed, which then stands below. */
  void print(List<String> lines);

  /**
   * Reads a line; empty at the end of the input.
   *
   * @param words completes what is typed
   */
  Optional<String> read(String prompt, Supplier<List<String>> words);

  @Override
  void close();

  /** The program's own: a terminal where there is one, else plain streams. */
  static Screen system() {
    java.io.Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return terminal ? new TerminalScreen() : PlainScreen.system();
  }
}
