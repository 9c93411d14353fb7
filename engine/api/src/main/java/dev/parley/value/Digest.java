package dev.parley.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 over canonical JSON: two equal values have one digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
  public Digest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + hex);
    }
  }

  /** Of a value. */
  public static Digest of(Value value) {
    return ofText(CanonicalJson.write(value));
  }

  /** Of a text's UTF-8 bytes. */
  public static Digest ofText(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return new Digest(
          HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The first eight digits, for people. */
  public String brief() {
    return hex.substring(0, 8);
  }

  @Override
  public String toString() {
    return hex;
  }
}
