package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Speaker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Presses, forms and commands, in time and too late. */
class InteractionListenerTest extends OnDiscord {
  private static final int MENU = 3;
  private static final Form WHY =
      new Form(
          "form-tok", "Why?", List.of(new Form.Field("reason", "Reason", true, List.of())), "Send");

  private Posted root() {
    surface.post(CHANNEL, card("p-1", List.of(), button("Details", "tok")), "root");
    return discord.of(FakeDiscord.CHANNEL).getFirst();
  }

  private Posted answer(String person) {
    await().atMost(LONGEST).until(() -> !discord.privately(person).isEmpty());
    return discord.privately(person).getLast();
  }

  private static String customId(Posted message) {
    return message.buttons().getFirst().text("custom_id").orElseThrow();
  }

  @Test
  void a_press_that_is_delivered_twice_is_one_and_answered_once() {
    start(false);
    Posted root = root();
    String delivery = discord.press(ann, root.id, "!tok");
    discord.press(ann, root.id, "!tok", delivery);
    next(Inbound.Pressed.class);
    nothing();
    await().atMost(LONGEST).until(discord::quiet);
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void an_answer_after_a_quarter_of_an_hour_comes_as_a_direct_message() {
    start(false);
    discord.press(ann, root().id, "!tok");
    var pressed = next(Inbound.Pressed.class);
    await().atMost(LONGEST).until(discord::quiet);
    discord.passes(Duration.ofMinutes(16));
    surface.whisper(pressed, card("Late, but here", List.of()));
    assertThat(discord.of(discord.direct(ann)).getFirst().text()).contains("Late, but here");
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void an_answer_to_a_press_that_discord_has_given_up_comes_as_a_direct_message() {
    start(false);
    discord.press(ann, root().id, "!tok");
    var pressed = next(Inbound.Pressed.class);
    discord.passes(Duration.ofSeconds(4));
    surface.whisper(pressed, card("Late, but here", List.of()));
    assertThat(discord.of(discord.direct(ann)).getFirst().text()).contains("Late, but here");
  }

  @Test
  void a_button_of_another_version_or_making_is_handed_on_as_unknown() {
    start(false);
    Posted root = root();
    for (String id : List.of("v0:approve:p-1", "?", "=#1:", "!@1.2:", "x".repeat(100))) {
      discord.press(ann, root.id, id);
    }
    await().atMost(LONGEST).until(discord::quiet);
    assertThat(heard).isNotEmpty().allMatch(one -> one instanceof Inbound.Pressed);
    assertThat(heard).noneMatch(one -> ((Inbound.Pressed) one).token().equals("tok"));
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_menu_that_is_none_of_ours_is_answered() {
    start(false);
    discord.press(ann, root().id, "menu", "900000000000000001", MENU);
    await().atMost(LONGEST).until(() -> discord.quiet());
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void what_the_bot_does_not_take_is_said_to_whoever_pressed() {
    surface = new DiscordSurface(DiscordRig.settings(discord), Clock.systemUTC());
    surface.start(
        _ -> {
          throw new IllegalStateException("the store is full");
        });
    connected();
    discord.press(ann, root().id, "!tok");
    assertThat(answer(ann).text()).contains("was not taken", "nothing has changed");
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void on_a_server_that_is_not_configured_a_press_is_answered_and_not_heard() {
    start(false);
    Posted root = root();
    surface.close();
    start(
        new DiscordSettings(
            FakeDiscord.TOKEN,
            Set.of("299999999999999999"),
            Map.of(),
            false,
            Optional.of(discord.api()),
            Optional.of(discord.gateway())));
    await().atMost(LONGEST).until(() -> surface.lost().isEmpty());
    discord.press(ann, root.id, "!tok");
    assertThat(answer(ann).text()).contains("Not on this server");
    discord.slash(ann, FakeDiscord.CHANNEL, "status");
    await().atMost(LONGEST).until(() -> discord.privately(ann).size() == 2);
    assertThat(heard).isEmpty();
  }

  @Test
  void a_button_in_a_direct_message_counts_only_for_members_who_see_the_channel() {
    start(false);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "approve p-1");
    surface.whisper(
        next(Inbound.Said.class), card("Approve p-1?", List.of(), button("Approve", "tok")));
    Posted question = answer(ann);
    discord.press(ann, question.id, customId(question));
    var pressed = next(Inbound.Pressed.class);
    assertThat(pressed.place()).isEqualTo(CHANNEL);
    assertThat(pressed.speaker().kind()).isEqualTo(Speaker.Kind.HUMAN);
    discord.leaves(ann);
    discord.press(ann, question.id, customId(question));
    await()
        .atMost(LONGEST)
        .until(() -> discord.privately(ann).getLast().text().contains("does not count"));
    assertThat(heard).isEmpty();
  }

  @Test
  void a_form_asked_for_by_a_message_opens_from_a_direct_one_and_counts_in_the_channel() {
    start(false);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "reject p-1");
    surface.open(next(Inbound.Said.class), WHY);
    Posted offer = answer(ann);
    discord.press(ann, offer.id, customId(offer));
    await().atMost(LONGEST).until(() -> !discord.forms(ann).isEmpty());
    discord.submit(ann, discord.forms(ann).getLast(), Map.of("reason", "too many"));
    var submitted = next(Inbound.Submitted.class);
    assertThat(submitted.token()).isEqualTo("form-tok");
    assertThat(submitted.place()).isEqualTo(CHANNEL);
    assertThat(submitted.fields()).isEqualTo(Map.of("reason", "too many"));
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_command_in_a_direct_conversation_says_who_speaks() {
    start(false);
    discord.slash(ann, discord.direct(ann), "whoami");
    var said = next(Inbound.Said.class);
    assertThat(said.place().direct()).isTrue();
    assertThat(said.speaker().person().workspace()).isEqualTo(FakeDiscord.GUILD);
    assertThat(said.text()).isEqualTo("whoami");
  }

  @Test
  void a_form_that_a_button_in_a_direct_message_opens_counts_where_the_button_does() {
    start(false);
    discord.say(ann, FakeDiscord.CHANNEL, NAME + "break-glass p-1");
    surface.whisper(
        next(Inbound.Said.class), card("Break the glass?", List.of(), button("Break", "tok")));
    Posted question = answer(ann);
    discord.press(ann, question.id, customId(question));
    surface.open(next(Inbound.Pressed.class), WHY);
    await().atMost(LONGEST).until(() -> !discord.forms(ann).isEmpty());
    discord.submit(ann, discord.forms(ann).getLast(), Map.of("reason", "the shop is down"));
    var submitted = next(Inbound.Submitted.class);
    assertThat(submitted.token()).isEqualTo("form-tok");
    assertThat(submitted.place()).isEqualTo(CHANNEL);
    surface.whisper(submitted, card("Once more?", List.of(), button("Break", "tok-2")));
    Posted again = answer(ann);
    discord.press(ann, again.id, customId(again));
    assertThat(next(Inbound.Pressed.class).place()).isEqualTo(CHANNEL);
  }
}
