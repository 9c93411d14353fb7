package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.testkit.Rig;
import dev.parley.bot.testkit.SurfaceContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;

class DiscordContractTest extends SurfaceContract {
  @AutoClose private final FakeDiscord discord = new FakeDiscord();
  private final Map<String, DiscordRig.Begun> threads = new HashMap<>();

  @Override
  protected Rig rig() {
    return new DiscordRig(discord, clock, threads);
  }

  @AfterEach
  void discord_saw_nothing_that_it_does_not_allow() {
    assertThat(discord.wrongs()).isEmpty();
  }
}
