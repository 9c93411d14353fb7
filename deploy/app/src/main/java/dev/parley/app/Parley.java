package dev.parley.app;

import dev.parley.app.command.ParleyCommand;

/** Starts Parley. */
public final class Parley {
  private Parley() {}

  /** Runs one command and exits with its code: 0 done, 1 the answer is no, 2 a wrong call. */
  public static void main(String[] arguments) {
    System.exit(ParleyCommand.line().execute(arguments));
  }
}
