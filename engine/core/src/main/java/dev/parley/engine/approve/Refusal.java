package dev.parley.engine.approve;

import java.util.Optional;

/** Why a vote is not taken. */
record Refusal(Ruling.Kind kind, String message) {
  static Optional<Refusal> of(Ruling.Kind kind, String message) {
    return Optional.of(new Refusal(kind, message));
  }
}
