package dev.parley.rules.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The tables that come with the rulebook. */
public final class Shipped {
  private Shipped() {}

  /** The text of a resource beside the packs. */
  public static String text(String name) {
    try (var in = Shipped.class.getResourceAsStream("/dev/parley/rules/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not shipped: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
