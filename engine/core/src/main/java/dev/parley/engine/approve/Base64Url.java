package dev.parley.engine.approve;

import java.util.Base64;
import java.util.Optional;

/** Base64 for URLs, without padding, and with one spelling for each sequence of bytes. */
final class Base64Url {
  private Base64Url() {}

  static String write(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes; empty if the text is not how they are spelled. */
  static Optional<byte[]> read(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return write(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
