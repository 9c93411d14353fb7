package dev.parley.value;

import java.util.Optional;

/**
 * Whether something outside can be reached.
 *
 * @param ok whether it can
 * @param detail what was seen
 * @param next what to do if it can't
 */
public record Check(boolean ok, String detail, Optional<String> next) {
  /** All is well. */
  public static Check ok(String detail) {
    return new Check(true, detail, Optional.empty());
  }

  /** It can't be used, and this is what to do. */
  public static Check failed(String detail, String next) {
    return new Check(false, detail, Optional.of(next));
  }
}
