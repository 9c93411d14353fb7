package dev.parley.bot.surface;

import java.util.Optional;

/**
 * Something to press.
 *
 * @param token opaque; says nothing, and is looked up on the server
 * @param confirm asked before it counts
 */
public record Button(Style style, String label, String token, Optional<Confirm> confirm) {
  /** How it looks. */
  public enum Style {
    PRIMARY,
    DANGER,
    PLAIN
  }

  /** "Are you sure?" with the reason to hesitate. */
  public record Confirm(String title, String text, String yes, String no) {}
}
