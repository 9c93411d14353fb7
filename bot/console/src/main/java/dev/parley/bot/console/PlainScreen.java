package dev.parley.bot.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plain reader and writer: no probes, no colours, no prompt. */
public final class PlainScreen implements Screen {
  private final BufferedReader in;
  private final PrintWriter out;
  private final int columns;

  public PlainScreen(Reader in, Writer out, int columns) {
    this.in = new BufferedReader(in);
    this.out = new PrintWriter(out, true);
    this.columns = columns;
  }

  /**
   * The program's standard streams as UTF-8; what is not UTF-8 is marked, and refused by the bot.
   */
  static PlainScreen system() {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    return new PlainScreen(
        new InputStreamReader(System.in, decoder),
        new OutputStreamWriter(System.out, StandardCharsets.UTF_8),
        100);
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public boolean interactive() {
    return false;
  }

  @Override
  public void print(List<String> lines) {
    synchronized (out) {
      lines.forEach(out::println);
    }
  }

  @Override
  public Optional<String> read(String prompt, Supplier<List<String>> words) {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
