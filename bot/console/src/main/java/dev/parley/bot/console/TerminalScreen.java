package dev.parley.bot.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal with line editing, history and completion. */
final class TerminalScreen implements Screen {
  private static final int LEAST = 60;
  private static final int MOST = 120;

  private final Terminal terminal;
  private final LineReader reader;
  private Supplier<List<String>> words = List::of;
  private boolean interrupted;

  TerminalScreen() {
    try {
      terminal = TerminalBuilder.builder().system(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal can't be opened", e);
    }
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("parley")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .completer(
                (_, _, candidates) ->
                    words.get().forEach(word -> candidates.add(new Candidate(word))))
            .build();
  }

  @Override
  public int columns() {
    int wide = terminal.getWidth();
    return wide <= 0 ? 100 : Math.clamp(wide - 1, LEAST, MOST);
  }

  @Override
  public boolean interactive() {
    return true;
  }

  @Override
  public void print(List<String> lines) {
    reader.printAbove(String.join("\n", lines));
  }

  /** Ctrl-D ends; Ctrl-C clears the line, and ends when nothing was typed twice in a row. */
  @Override
  public Optional<String> read(String prompt, Supplier<List<String>> words) {
    this.words = words;
    while (true) {
      try {
        String line = reader.readLine(prompt);
        interrupted = false;
        return Optional.of(line);
      } catch (UserInterruptException e) {
        boolean empty = e.getPartialLine() == null || e.getPartialLine().isBlank();
        if (empty && interrupted) {
          return Optional.empty();
        }
        interrupted = empty;
        if (empty) {
          print(
              List.of(
                  "(Ctrl-C once more, Ctrl-D or `quit` ends Parley; runs go on at the next"
                      + " start)"));
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
