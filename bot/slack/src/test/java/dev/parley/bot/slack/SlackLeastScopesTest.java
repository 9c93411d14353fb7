package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.bot.testkit.Rig;
import dev.parley.bot.testkit.SurfaceContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Every promise once more with the least scopes: the bot reads no channel, people mention it. */
class SlackLeastScopesTest extends SurfaceContract {
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final Map<String, String> threads = new HashMap<>();

  @Override
  protected Rig rig() {
    FakeTeam.OPTIONAL.forEach(slack.team(FakeSlack.TEAM)::revoke);
    return new SlackRig(slack, clock, threads, false);
  }

  @AfterEach
  void slack_saw_nothing_that_it_does_not_allow() {
    assertThat(slack.faults()).isEmpty();
    assertThat(rig.surface().check().ok()).isTrue();
  }

  @Test
  void the_plan_says_that_words_need_a_mention() {
    rig.say("ann", "t1", "bucket one");
    FakeSlack.await("the plan", () -> rig.shown("t1").contains("p-1 v1"));
    FakeSlack.await("the buttons", () -> rig.buttons("t1").contains("Approve"));
    String bot = slack.team(FakeSlack.TEAM).botUser();
    assertThat(rig.shown("t1")).contains("Words reach me only with a mention: @" + bot);
  }
}
