package dev.parley.bot.discord;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.GenericComponentInteractionCreateEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presses, forms and commands, as deliveries for the bot. Whatever comes of one, the person gets an
 * answer.
 */
final class InteractionListener extends ListenerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(InteractionListener.class);
  private static final int KEPT = 10_000;

  /** The slash command's only option. */
  static final String WORDS = "words";

  private final Inlet inlet;
  private final Exchanges exchanges;
  private final Confirmations confirmations;
  private final Clock clock;
  private final Recent<Boolean> seen = new Recent<>(KEPT);

  InteractionListener(Inlet inlet, Exchanges exchanges, Confirmations confirmations, Clock clock) {
    this.inlet = inlet;
    this.exchanges = exchanges;
    this.confirmations = confirmations;
    this.clock = clock;
  }

  private interface Work {
    void run();
  }

  /**
   * Does it once for each delivery: a second one, as after a resume, was answered with the first.
   */
  private void once(IReplyCallback event, Work work) {
    if (seen.first(event.getId(), true)) {
      safely(event, work);
    }
  }

  private void safely(IReplyCallback event, Work work) {
    try {
      if (belongs(event)) {
        work.run();
      }
    } catch (RuntimeException e) {
      LOG.warn("an interaction failed: {}", e.getMessage());
      sorry(event, Offers.failed());
    }
  }

  /** Beside the gateway's thread, where Discord is asked something first. */
  private void aside(IReplyCallback event, Work work) {
    Thread.ofVirtual().name("discord-interaction").start(() -> safely(event, work));
  }

  /** Whether it comes from where the bot is at home; if not, the person is told. */
  private boolean belongs(IReplyCallback event) {
    if (!event.isFromGuild()) {
      return true;
    }
    boolean member = event.isFromAttachedGuild();
    if (member && event.getGuild() != null && inlet.hears(event.getGuild().getId())) {
      return true;
    }
    sorry(event, Offers.stranger());
    return false;
  }

  /** An answer without the bot, if there was none yet. */
  private static void sorry(IReplyCallback event, Card card) {
    if (event.isAcknowledged()) {
      return;
    }
    event
        .replyComponents(Renderer.of(card).components())
        .useComponentsV2()
        .setEphemeral(true)
        .queue(_ -> {}, e -> LOG.warn("an interaction got no answer: {}", e.getMessage()));
  }

  private void taken(IReplyCallback event, Inbound inbound, boolean question) {
    exchanges.begin(event.getId(), event, question);
    if (!inlet.hand(inbound)) {
      exchanges.drop(event.getId());
      sorry(event, Offers.failed());
    }
  }

  // ---- presses

  @Override
  public void onButtonInteraction(ButtonInteractionEvent event) {
    once(event, () -> button(event, ButtonId.read(event.getComponentId())));
  }

  private void button(ButtonInteractionEvent event, ButtonId id) {
    Optional<Form> form = exchanges.waiting(id.token());
    if (id.kind() == ButtonId.Kind.NEVER_MIND) {
      aside(event, () -> withdraw(event));
    } else if (id.kind() == ButtonId.Kind.ASKS && event.getButton() != null) {
      aside(event, () -> question(event, id, event.getButton().getLabel()));
    } else if (form.isPresent()) {
      String name = id.channel().isPresent() ? id.toString() : form.get().token();
      aside(event, () -> event.replyModal(DiscordForm.of(form.get(), name)).complete());
    } else {
      pressed(event, id); // also one that its message no longer has: the bot says why
    }
  }

  private static void withdraw(ButtonInteractionEvent event) {
    event.deferEdit().complete();
    event.getHook().deleteOriginal().complete();
  }

  /**
   * Anything else that can be pressed is none of ours: answered, so that nobody is left waiting.
   */
  @Override
  public void onGenericComponentInteractionCreate(GenericComponentInteractionCreateEvent event) {
    if (!(event instanceof ButtonInteractionEvent)) {
      once(event, () -> pressed(event, ButtonId.of(ButtonId.Kind.TELLS, event.getComponentId())));
    }
  }

  private void pressed(GenericComponentInteractionCreateEvent event, ButtonId id) {
    if (id.channel().isPresent()) {
      aside(event, () -> elsewhere(event, id));
    } else {
      Place here = People.place(event.getChannel(), event.getUser().getId());
      boolean whispered = event.getMessage().isEphemeral();
      spoken(
          event,
          speaker -> pressed(event, id, speaker, here, whispered ? "" : event.getMessageId()));
    }
  }

  private void elsewhere(GenericComponentInteractionCreateEvent event, ButtonId id) {
    counting(event, id, (speaker, counts) -> pressed(event, id, speaker, counts, ""));
  }

  /** What was sent to somebody directly counts in a channel, if they may see that. */
  private void counting(IReplyCallback event, ButtonId id, BiConsumer<Speaker, Place> then) {
    String in = id.channel().orElseThrow();
    GuildChannel channel = event.getJDA().getChannelById(GuildChannel.class, in);
    String guild = channel == null ? "" : channel.getGuild().getId();
    var counts = new Place(DiscordSurface.ID, guild, in, id.thread());
    Speaker speaker = People.elsewhere(event.getJDA(), counts, event.getUser());
    if (speaker.kind() == Speaker.Kind.HUMAN) {
      then.accept(speaker, counts);
    } else {
      sorry(event, Offers.outside());
    }
  }

  private void pressed(
      GenericComponentInteractionCreateEvent event,
      ButtonId id,
      Speaker speaker,
      Place place,
      String message) {
    taken(
        event,
        new Inbound.Pressed(
            event.getId(),
            speaker,
            place,
            id.message().orElse(message),
            id.token(),
            clock.instant()),
        id.kind() == ButtonId.Kind.ANSWERS);
  }

  /** With whoever does it; in a direct conversation Discord is asked who that is. */
  private void spoken(IReplyCallback event, Consumer<Speaker> then) {
    Guild guild = event.getGuild();
    if (guild == null) {
      aside(
          event,
          () -> then.accept(People.directly(event.getJDA(), event.getUser(), inlet.guilds())));
    } else {
      Optional<Member> member = Optional.ofNullable(event.getMember());
      then.accept(People.speaker(guild.getId(), event.getUser(), member, false));
    }
  }

  private void question(ButtonInteractionEvent event, ButtonId id, String label) {
    List<String> words = confirmations.words(id.token(), label);
    Rendered rendered =
        Renderer.question(
            confirmations.question(id.token(), label),
            id.channel().isPresent() ? id.answering() : id.answering(event.getMessageId()),
            words.getFirst(),
            words.getLast());
    event.replyComponents(rendered.components()).useComponentsV2().setEphemeral(true).complete();
  }

  // ---- forms and commands

  @Override
  public void onModalInteraction(ModalInteractionEvent event) {
    once(event, () -> form(event, ButtonId.read(event.getModalId())));
  }

  /** A form that was opened from a direct message says in its id where it counts. */
  private void form(ModalInteractionEvent event, ButtonId id) {
    if (id.channel().isPresent()) {
      aside(
          event,
          () ->
              counting(
                  event, id, (speaker, place) -> submitted(event, id.token(), speaker, place)));
    } else {
      Place here = People.place(event.getChannel(), event.getUser().getId());
      spoken(event, speaker -> submitted(event, event.getModalId(), speaker, here));
    }
  }

  private void submitted(ModalInteractionEvent event, String token, Speaker speaker, Place place) {
    taken(
        event,
        new Inbound.Submitted(
            event.getId(), speaker, place, token, DiscordForm.answers(event), clock.instant()),
        false);
  }

  @Override
  public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
    once(event, () -> spoken(event, speaker -> commanded(event, speaker)));
  }

  private void commanded(SlashCommandInteractionEvent event, Speaker speaker) {
    MessageChannel channel = event.getChannel();
    if (!People.threads(channel)) {
      sorry(event, Offers.threadless());
      return;
    }
    var option = event.getOption(WORDS);
    String words = option == null ? "help" : option.getAsString();
    taken(
        event,
        new Inbound.Said(
            event.getId(),
            speaker,
            People.place(channel, event.getUser().getId()),
            "",
            words,
            true,
            clock.instant()),
        false);
  }
}
