package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import org.junit.jupiter.api.Test;

/** What people write, in all the ways in which Discord tells of it. */
class MessageListenerTest extends OnDiscord {
  private static final int PINNED = 6;
  private static final int JOINED = 7;
  private static final int THREAD_MADE = 18;
  private static final int THREAD_BEGAN = 21;
  private static final int VOICE = 2;
  private static final int FORUM = 15;

  private Place thread() {
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    return surface.thread(root, "a bucket");
  }

  @Test
  void without_the_right_to_read_all_a_thread_is_followed_by_mention() {
    start(false);
    String thread = thread().thread().orElseThrow();
    discord.say(ann, thread, "make it two");
    discord.say(ann, thread, NAME + "make it three");
    var said = next(Inbound.Said.class);
    assertThat(said.text()).isEqualTo("make it three");
    assertThat(said.place().thread()).contains(thread);
    assertThat(heard).isEmpty();
  }

  @Test
  void what_discord_itself_says_of_people_is_not_heard() {
    start(true);
    String thread = thread().thread().orElseThrow();
    for (int type : List.of(PINNED, JOINED, THREAD_MADE, THREAD_BEGAN)) {
      discord.system(ann, thread, type, NAME + "words");
    }
    nothing();
  }

  @Test
  void a_sticker_or_a_poll_alone_says_nothing() {
    start(true);
    discord.say(ann, thread().thread().orElseThrow(), "");
    nothing();
  }

  @Test
  void a_webhook_and_another_bot_are_no_people() {
    start(true);
    discord.hook(FakeDiscord.CHANNEL, NAME + "a bucket");
    assertThat(next(Inbound.Said.class).speaker().kind()).isEqualTo(Speaker.Kind.BOT);
    String robot = discord.person("robot", true, false);
    discord.say(robot, FakeDiscord.CHANNEL, NAME + "a bucket");
    assertThat(next(Inbound.Said.class).speaker().kind()).isEqualTo(Speaker.Kind.BOT);
  }

  @Test
  void somebody_who_was_sent_off_for_a_while_is_a_guest() {
    start(true);
    discord.sendsOff(ann);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "a bucket");
    assertThat(next(Inbound.Said.class).speaker().kind()).isEqualTo(Speaker.Kind.GUEST);
  }

  @Test
  void people_of_the_same_name_are_told_apart() {
    start(true);
    String other = discord.person("ann");
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "one");
    discord.say(other, FakeDiscord.CHANNEL, NAME + "two");
    assertThat(next(Inbound.Said.class).speaker().person().id()).isEqualTo(ann);
    assertThat(next(Inbound.Said.class).speaker().person().id()).isEqualTo(other);
  }

  @Test
  void the_longest_message_there_is_comes_whole() {
    start(true);
    String longest = "x".repeat(4000 - NAME.length());
    discord.say(ann, FakeDiscord.CHANNEL, NAME + longest);
    assertThat(next(Inbound.Said.class).text()).isEqualTo(longest);
  }

  @Test
  void files_are_named() {
    start(true);
    discord.say(ann, FakeDiscord.CHANNEL, NAME, List.of("message.txt", "plan.png"));
    assertThat(next(Inbound.Said.class).files()).containsExactly("message.txt", "plan.png");
  }

  @Test
  void a_link_that_discord_unfolds_is_no_edit() {
    start(true);
    String message = discord.say(ann, FakeDiscord.CHANNEL, NAME + "see https://example.org");
    next(Inbound.Said.class);
    discord.unfurl(message);
    nothing();
    discord.edit(message, NAME + "see https://example.org now");
    discord.unfurl(message);
    var edit = next(Inbound.Edited.class);
    assertThat(next(Inbound.Edited.class).delivery()).isEqualTo(edit.delivery());
  }

  @Test
  void what_people_change_of_their_own_talk_is_not_heard() {
    start(true);
    String message = discord.say(ann, FakeDiscord.CHANNEL, "lunch?");
    discord.edit(message, "dinner?");
    discord.delete(message);
    nothing();
  }

  @Test
  void many_messages_deleted_at_once_are_told_one_by_one() {
    start(true);
    String one = discord.say(ann, FakeDiscord.CHANNEL, NAME + "one");
    String two = discord.say(ann, FakeDiscord.CHANNEL, NAME + "two");
    next(Inbound.Said.class);
    next(Inbound.Said.class);
    discord.dispatch(
        "MESSAGE_DELETE_BULK",
        Fields.of("ids", Value.texts(List.of(one, two, "300000000000000099")))
            .with("channel_id", Value.text(FakeDiscord.CHANNEL))
            .with("guild_id", Value.text(FakeDiscord.GUILD)));
    assertThat(next(Inbound.Deleted.class).message()).isEqualTo(one);
    assertThat(next(Inbound.Deleted.class).message()).isEqualTo(two);
    nothing();
  }

  @Test
  void after_a_restart_it_is_still_known_whose_message_was_deleted() {
    start(true);
    String message = discord.say(ann, FakeDiscord.CHANNEL, "said before the restart");
    Speaker speaker = People.speaker(FakeDiscord.GUILD, ann, Speaker.Kind.HUMAN);
    surface.recall(
        List.of(
            new Past(
                CHANNEL.in(message),
                "a bucket",
                List.of(new Past.Heard(message, speaker, "a bucket", Instant.EPOCH)))));
    discord.delete(message);
    assertThat(next(Inbound.Deleted.class).speaker()).isEqualTo(speaker);
  }

  @Test
  void a_post_of_a_forum_is_a_thread_like_any_other() {
    start(true);
    String forum = discord.channel("ideas", FORUM);
    String post = discord.foreignThread(forum, "we need a bucket");
    discord.say(ann, post, NAME + "a bucket");
    var said = next(Inbound.Said.class);
    assertThat(said.place())
        .isEqualTo(new Place("discord", FakeDiscord.GUILD, forum, Optional.of(post)));
    MessageRef root = surface.post(said.place(), card("p-1", List.of()), "root");
    assertThat(surface.thread(root, "a bucket")).isEqualTo(said.place());
    assertThat(discord.of(post)).hasSize(1);
  }

  @Test
  void beside_a_voice_channel_there_is_no_room_for_a_plan_and_it_says_so() {
    discord.permit(FakeDiscord.PERMISSIONS | Permission.VOICE_CONNECT.getRawValue());
    start(true);
    String voice = discord.channel("stand-up", VOICE);
    discord.say(ann, voice, NAME + "a bucket");
    await().atMost(LONGEST).until(() -> !discord.of(voice).isEmpty());
    assertThat(discord.of(voice).getFirst().text()).contains("no threads");
    discord.slash(ann, voice, "a bucket");
    await().atMost(LONGEST).until(() -> !discord.privately(ann).isEmpty());
    assertThat(discord.privately(ann).getFirst().text()).contains("no threads");
    nothing();
  }

  @Test
  void in_a_direct_message_somebody_is_known_by_the_server_they_share_with_the_bot() {
    start(true);
    discord.say(ann, discord.direct(ann), "whoami");
    var said = next(Inbound.Said.class);
    assertThat(said.speaker().person().workspace()).isEqualTo(FakeDiscord.GUILD);
    assertThat(said.place().direct()).isTrue();
    discord.leaves(ann);
    discord.say(ann, discord.direct(ann), "and now?");
    assertThat(next(Inbound.Said.class).speaker().person().workspace()).isEmpty();
  }

  @Test
  void emoji_that_a_moderator_clears_are_taken_back_one_by_one() {
    start(true);
    MessageRef root = surface.post(CHANNEL, card("p-1", List.of()), "root");
    String bob = discord.person("bob");
    discord.react(ann, root.id(), "\ud83d\udc4d", true);
    discord.react(bob, root.id(), "\u2705", true);
    next(Inbound.Reacted.class);
    next(Inbound.Reacted.class);
    Fields of =
        Fields.of("message_id", Value.text(root.id()))
            .with("channel_id", Value.text(FakeDiscord.CHANNEL))
            .with("guild_id", Value.text(FakeDiscord.GUILD));
    Fields check = Fields.of("id", new Value.Null()).with("name", Value.text("\u2705"));
    discord.dispatch("MESSAGE_REACTION_REMOVE_EMOJI", of.with("emoji", check));
    var off = next(Inbound.Unreacted.class);
    assertThat(off.speaker().person().id()).isEqualTo(bob);
    discord.dispatch("MESSAGE_REACTION_REMOVE_ALL", of);
    assertThat(next(Inbound.Unreacted.class).speaker().person().id()).isEqualTo(ann);
    nothing();
  }

  @Test
  void a_bare_mention_is_heard_as_one() {
    start(true);
    discord.say(ann, FakeDiscord.CHANNEL, "<@" + FakeDiscord.SELF + ">");
    var said = next(Inbound.Said.class);
    assertThat(said.text()).isEmpty();
    assertThat(said.direct()).isTrue();
  }

  @Test
  void an_answer_to_a_card_in_the_channel_is_said_in_its_thread() {
    start(false);
    Place thread = thread();
    discord.reply(ann, thread.thread().orElseThrow(), "make it two");
    var said = next(Inbound.Said.class);
    assertThat(said.place()).isEqualTo(thread);
    assertThat(said.text()).isEqualTo("make it two");
    String lunch = discord.say(ann, FakeDiscord.CHANNEL, "lunch?");
    discord.reply(discord.person("bob"), lunch, "yes");
    nothing();
  }

  @Test
  void the_name_that_calls_the_bot_may_stand_anywhere() {
    start(true);
    discord.say(ann, FakeDiscord.CHANNEL, "please " + NAME + "make a bucket\ncalled logs");
    assertThat(next(Inbound.Said.class).text()).isEqualTo("please make a bucket\ncalled logs");
  }

  @Test
  void a_thread_of_peoples_own_is_heard_only_once_the_bot_was_called_into_it() {
    start(true);
    String lunch = discord.foreignThread(FakeDiscord.CHANNEL, "lunch");
    discord.say(ann, lunch, "pizza?");
    discord.say(ann, lunch, NAME + "a bucket for the pizza");
    assertThat(next(Inbound.Said.class).text()).isEqualTo("a bucket for the pizza");
    discord.say(ann, lunch, "make it two");
    assertThat(next(Inbound.Said.class).text()).isEqualTo("make it two");
    assertThat(heard).isEmpty();
  }

  @Test
  void emoji_that_people_give_each_other_are_not_heard() {
    start(true);
    discord.react(ann, discord.say(ann, FakeDiscord.CHANNEL, "done!"), "\ud83d\udc4d", true);
    nothing();
  }
}
