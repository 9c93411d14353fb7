package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that break, and what comes after. */
class SessionTest extends OnDiscord {
  private static final Duration LONG = Duration.ofSeconds(60);

  private void lost() {
    await().atMost(LONG).until(() -> !surface.check().ok());
  }

  private void back() {
    await().atMost(LONG).until(() -> surface.check().ok());
  }

  @Test
  void a_discord_that_is_out_of_order_when_parley_starts_is_entered_later() {
    discord.fault("/users/@me", 500, 1);
    start(DiscordRig.settings(discord, true));
    assertThat(surface.check().ok()).isFalse();
    assertThat(surface.lost()).isPresent();
    assertThat(surface.check().next()).get().asString().contains("it is tried again");
    back();
    assertThat(surface.lost()).isEmpty();
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "good morning");
    assertThat(next(Inbound.Said.class).text()).isEqualTo("good morning");
  }

  @Test
  void a_dropped_connection_resumes_and_loses_nothing() {
    start(true);
    discord.drop(4000);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "meanwhile");
    assertThat(next(Inbound.Said.class).text()).isEqualTo("meanwhile");
    assertThat(discord.resumes()).isPositive();
    assertThat(discord.connects()).isOne();
  }

  @Test
  void while_the_gateway_is_away_the_check_says_so_and_afterwards_all_is_heard() {
    start(true);
    discord.away();
    lost();
    assertThat(surface.check().detail()).contains("not connected");
    assertThat(surface.check().next()).get().asString().contains("connects by itself");
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "are you there?");
    discord.back();
    back();
    assertThat(next(Inbound.Said.class).text()).isEqualTo("are you there?");
    assertThat(discord.resumes()).isPositive();
  }

  @Test
  void what_was_said_while_a_session_was_lost_for_good_is_read_again_once() {
    start(true);
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    Place thread = surface.thread(root, "a bucket");
    discord.lose(4000);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "in the gap");
    discord.say(ann, FakeDiscord.CHANNEL, "to each other");
    discord.say(ann, thread.thread().orElseThrow(), "make it two");
    lost();
    back();
    assertThat(discord.connects()).isEqualTo(2);
    List<Inbound.Said> said = List.of(next(Inbound.Said.class), next(Inbound.Said.class));
    assertThat(said).extracting(Inbound.Said::text).containsExactly("in the gap", "make it two");
    assertThat(said.getLast().place()).isEqualTo(thread);
    assertThat(said.getFirst().speaker().person().id()).isEqualTo(ann);
    nothing();
  }

  @Test
  void emoji_of_a_new_session_are_other_deliveries_though_their_numbers_begin_again() {
    start(true);
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    discord.react(ann, root.id(), "\ud83d\udc4d", true);
    String first = next(Inbound.Reacted.class).delivery();
    discord.lose(4000);
    lost();
    back();
    discord.say(ann, FakeDiscord.CHANNEL, "one more event, as before");
    discord.react(ann, root.id(), "\ud83d\udc4e", true);
    String second = next(Inbound.Reacted.class).delivery();
    String number = first.substring(first.lastIndexOf(':'));
    assertThat(second).endsWith(number).isNotEqualTo(first);
  }

  @Test
  void a_token_that_is_reset_while_it_runs_is_told_and_discord_is_left_alone() {
    start(false);
    discord.resetToken("MTA.another.token");
    await().atMost(LONG).until(() -> surface.check().detail().contains("4004"));
    assertThat(surface.check().next()).get().asString().contains("Reset Token");
    int tries = discord.tries();
    int requests = discord.tally().requests();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> surface.post(CHANNEL, card("p-1", List.of()), "k"))
          .isInstanceOf(SurfaceFailure.Unreachable.class);
    }
    assertThat(discord.tries()).isEqualTo(tries);
    assertThat(discord.tally().requests()).isEqualTo(requests);
  }

  @Test
  void a_token_that_rest_refuses_loses_no_message() {
    start(false);
    discord.fault("/messages", 401, 1);
    assertThatThrownBy(() -> surface.post(CHANNEL, card("p-1", List.of()), "k"))
        .isInstanceOf(SurfaceFailure.Unreachable.class)
        .hasMessageContaining("token");
  }
}
