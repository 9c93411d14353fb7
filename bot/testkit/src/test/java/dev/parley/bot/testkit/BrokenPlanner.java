package dev.parley.bot.testkit;

import dev.parley.plan.Conversation;
import dev.parley.plan.Planner;
import dev.parley.plan.Reading;
import dev.parley.value.Check;

/** A planner whose model is down. */
final class BrokenPlanner implements Planner {
  @Override
  public String name() {
    return "broken";
  }

  @Override
  public Reading read(String message, Conversation conversation) {
    throw new IllegalStateException("the model does not answer");
  }

  @Override
  public Check check() {
    return Check.failed("down", "wait");
  }

  @Override
  public void close() {}
}
