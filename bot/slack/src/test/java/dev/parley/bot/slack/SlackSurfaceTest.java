package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.testkit.Rig;
import dev.parley.bot.testkit.SurfaceContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;

class SlackSurfaceTest extends SurfaceContract {
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final Map<String, String> threads = new HashMap<>();

  @Override
  protected Rig rig() {
    return new SlackRig(slack, clock, threads, true);
  }

  @AfterEach
  void slack_saw_nothing_that_it_does_not_allow() {
    assertThat(slack.faults()).isEmpty();
  }
}
