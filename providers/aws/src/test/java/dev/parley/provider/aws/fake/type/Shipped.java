package dev.parley.provider.aws.fake.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that come along with the stand-in, on the class path. */
public final class Shipped {
  private Shipped() {}

  /**
   * A file's text.
   *
   * @throws IllegalStateException if it did not come along
   */
  public static String text(String name) {
    try (InputStream in = Shipped.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
