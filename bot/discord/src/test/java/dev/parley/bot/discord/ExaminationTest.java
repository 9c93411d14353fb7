package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the doctor says: nothing while all is well, and of each lack its name and its remedy. */
class ExaminationTest extends OnDiscord {
  private void says(String detail, String remedy) {
    await()
        .atMost(LONGEST)
        .untilAsserted(
            () -> {
              assertThat(surface.check().ok()).isFalse();
              assertThat(surface.check().detail()).contains(detail);
              assertThat(surface.check().next()).get().asString().contains(remedy);
            });
  }

  private Examined part(String what) {
    return surface.examine().stream()
        .filter(one -> one.what().startsWith(what))
        .findFirst()
        .orElseThrow();
  }

  private DiscordSettings settings(String token) {
    return new DiscordSettings(
        token,
        Set.of(FakeDiscord.GUILD),
        Map.of(),
        true,
        Optional.of(discord.api()),
        Optional.of(discord.gateway()));
  }

  @Test
  void with_all_in_order_every_part_is_well() {
    start(true);
    await().atMost(LONGEST).until(() -> !discord.commands().isEmpty());
    await().atMost(LONGEST).until(() -> surface.examine().size() == 4);
    assertThat(surface.examine()).allMatch(one -> one.check().ok());
    assertThat(surface.examine())
        .extracting(Examined::what)
        .containsExactly(
            "connection", "message content", "command", "channel " + FakeDiscord.CHANNEL);
  }

  @Test
  void the_least_intents_are_enough_and_what_that_means_is_said() {
    start(false);
    int least =
        GatewayIntent.getRaw(
            GatewayIntent.GUILD_MESSAGES,
            GatewayIntent.GUILD_MESSAGE_REACTIONS,
            GatewayIntent.DIRECT_MESSAGES);
    assertThat(discord.intents()).isEqualTo(1 | least);
    Examined content = part("message content");
    assertThat(content.needed()).isFalse();
    assertThat(content.check().next()).get().asString().contains("Message Content Intent");
  }

  @Test
  void a_wrong_token() {
    start(settings("wrong.token.x"));
    says("does not know the token", "Reset Token");
  }

  @Test
  void an_intent_that_was_not_granted() {
    discord.refuseMessageContent();
    start(settings(FakeDiscord.TOKEN));
    says("4014", "Message Content Intent");
  }

  @Test
  void an_intent_that_discord_does_not_know() {
    start(true);
    discord.drop(4013);
    says("4013", "start again");
  }

  @Test
  void a_server_that_the_bot_was_not_invited_to() {
    discord.expel();
    start(settings(FakeDiscord.TOKEN));
    says("not a member of guild " + FakeDiscord.GUILD, "permissions=" + FakeDiscord.PERMISSIONS);
    assertThat(surface.check().next()).get().asString().contains("applications.commands");
  }

  @Test
  void a_server_that_is_out_of_order_is_not_one_that_the_bot_has_left() {
    start(true);
    discord.dispatch(
        "GUILD_DELETE",
        Fields.of("id", Value.text(FakeDiscord.GUILD)).with("unavailable", new Value.Bool(true)));
    says("out of order at Discord", "wait");
  }

  @Test
  void a_channel_that_is_not_there() {
    start(settings(FakeDiscord.TOKEN).in(Map.of(FakeDiscord.GUILD, List.of("399999999999999999"))));
    says("there is no channel 399999999999999999", "Copy Channel ID");
  }

  static Set<Permission> needed() {
    return Connection.NEEDED;
  }

  @ParameterizedTest
  @MethodSource("needed")
  void a_permission_that_is_missing_in_a_channel(Permission permission) {
    start(true);
    discord.deny(FakeDiscord.CHANNEL, permission.getRawValue());
    says("in channel " + FakeDiscord.CHANNEL + " the bot lacks", "grant that");
    assertThat(surface.check().detail()).contains(permission.getName());
  }

  @Test
  void a_permission_that_is_missing_on_the_whole_server() {
    discord.permit(FakeDiscord.PERMISSIONS & ~Permission.CREATE_PUBLIC_THREADS.getRawValue());
    start(settings(FakeDiscord.TOKEN));
    says("Create Public Threads", "invite it again");
  }

  @Test
  void a_slash_command_that_was_not_registered_is_no_reason_to_stop() {
    discord.fault("/commands", 403, 1);
    start(true);
    await().atMost(LONGEST).until(() -> surface.examine().size() == 4);
    Examined command = part("command");
    assertThat(command.check().ok()).isFalse();
    assertThat(command.check().next()).get().asString().contains("applications.commands");
    assertThat(command.needed()).isFalse();
    assertThat(surface.check().ok()).isTrue();
  }

  @Test
  void the_invitation_of_the_set_up_asks_for_what_is_needed_and_nothing_else() throws IOException {
    String guide = Files.readString(Path.of("../../deploy/discord/README.md"));
    Matcher number = Pattern.compile("permissions=([0-9]+)").matcher(guide);
    assertThat(number.find()).isTrue();
    assertThat(Permission.getPermissions(Long.parseLong(number.group(1))))
        .isEqualTo(Connection.NEEDED);
    assertThat(guide).contains("scope=bot+applications.commands");
  }
}
