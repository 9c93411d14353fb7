package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.util.List;
import net.dv8tion.jda.api.Permission;
import org.junit.jupiter.api.Test;

/** Cards for places that are gone, closed or forbidden: made again, or said, and never lost. */
class DeliveryTest extends OnDiscord {
  private MessageRef root;
  private Place thread;

  private void begun() {
    start(false);
    root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    thread = surface.thread(root, "a bucket");
  }

  private String threadId() {
    return thread.thread().orElseThrow();
  }

  private void post(String key) {
    surface.post(thread, card("here", List.of()), key);
  }

  @Test
  void a_thread_that_was_deleted_is_made_again_on_its_root_card() {
    begun();
    discord.remove(threadId());
    post("later");
    assertThat(discord.of(threadId())).hasSize(1);
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_thread_that_nothing_was_told_of_is_found() {
    start(false);
    root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    discord.threadUnheard(FakeDiscord.CHANNEL, root.id());
    thread = surface.thread(root, "a bucket");
    post("later");
    assertThat(discord.of(threadId())).hasSize(1);
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void with_thread_and_root_card_gone_a_card_is_refused_for_good() {
    begun();
    discord.remove(threadId());
    discord.delete(root.id());
    assertThatThrownBy(() -> post("later"))
        .isInstanceOfSatisfying(
            SurfaceFailure.Refused.class,
            refused -> {
              assertThat(refused).hasMessageContaining("10008");
              assertThat(refused.next()).contains("ask for the plan again");
            });
  }

  @Test
  void a_card_that_somebody_deleted_is_not_edited_and_the_reason_is_said() {
    begun();
    discord.delete(root.id());
    assertThatThrownBy(() -> surface.edit(root, card("p-1 v2", List.of()), 2))
        .isInstanceOf(SurfaceFailure.Refused.class)
        .hasMessageContaining("10008");
  }

  @Test
  void a_channel_that_was_deleted_is_told() {
    begun();
    discord.remove(FakeDiscord.CHANNEL);
    await()
        .atMost(LONGEST)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> surface.post(CHANNEL, card("n", List.of()), "n"))
                    .isInstanceOf(SurfaceFailure.Refused.class)
                    .hasMessageContaining("no channel " + FakeDiscord.CHANNEL));
    assertThat(surface.check().detail()).contains("there is no channel " + FakeDiscord.CHANNEL);
  }

  @Test
  void an_edit_wakes_a_thread_that_was_put_away() {
    begun();
    MessageRef inside = surface.post(thread, card("p-1", List.of()), "in");
    discord.archive(threadId());
    surface.edit(inside, card("p-1 v2", List.of()), 2);
    assertThat(discord.of(threadId()).getLast().text()).contains("v2");
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_locked_thread_waits_for_a_moderator() {
    begun();
    discord.archive(threadId(), true);
    assertThatThrownBy(() -> post("later"))
        .isInstanceOf(SurfaceFailure.Unreachable.class)
        .hasMessageContaining("moderator");
  }

  @Test
  void a_permission_that_is_missing_holds_a_card_until_it_is_granted() {
    begun();
    discord.deny(FakeDiscord.CHANNEL, Permission.MESSAGE_SEND.getRawValue());
    await().atMost(LONGEST).until(() -> !surface.check().ok());
    assertThatThrownBy(() -> surface.post(CHANNEL, card("p-2", List.of()), "k2"))
        .isInstanceOf(SurfaceFailure.Unreachable.class)
        .hasMessageContaining("Send Messages");
    discord.deny(FakeDiscord.CHANNEL, 0);
    connected();
    surface.post(CHANNEL, card("p-2", List.of()), "k2");
    assertThat(discord.of(FakeDiscord.CHANNEL)).hasSize(2);
    assertThat(discord.tally().invalid()).as("JDA did not even ask").isZero();
  }

  @Test
  void a_bot_that_was_sent_away_keeps_its_cards_until_it_is_invited_again() {
    begun();
    discord.expel();
    await().atMost(LONGEST).until(() -> !surface.check().ok());
    assertThatThrownBy(() -> post("later"))
        .isInstanceOf(SurfaceFailure.Unreachable.class)
        .hasMessageContaining("not a member of guild " + FakeDiscord.GUILD);
  }

  @Test
  void a_card_is_found_again_by_its_key_alone_long_after_discord_forgot_the_nonce() {
    begun();
    assertThat(surface.find(CHANNEL, "root")).contains(root);
    assertThat(surface.find(CHANNEL, "another")).isEmpty();
  }
}
