package dev.parley.plan;

import dev.parley.value.Check;

/** Turns what people say into Drafts. Proposes only: it can't approve, and it decides no policy. */
public interface Planner extends AutoCloseable {
  /** {@code offline}, or a model's name. */
  String name();

  /** Reads one message in its conversation. Never throws for what a person wrote. */
  Reading read(String message, Conversation conversation);

  /** Whether it can be used now. */
  Check check();

  @Override
  void close();
}
