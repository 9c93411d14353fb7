package dev.parley.bot.assistant;

import dev.parley.plan.Conversation;
import dev.parley.plan.Planner;
import dev.parley.testkit.PlannerContract;

class OfflinePlannerContractTest extends PlannerContract {
  @Override
  protected Planner planner() {
    return new OfflinePlanner();
  }

  @Override
  protected Conversation conversation() {
    return Worlds.of("empty");
  }

  @Override
  protected String request() {
    return "3 small servers behind a load balancer in mumbai for production";
  }

  @Override
  protected String change() {
    return "make it 5";
  }

  @Override
  protected String question() {
    return "what depends on vpc-main?";
  }
}
