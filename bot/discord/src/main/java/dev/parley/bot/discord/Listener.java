package dev.parley.bot.discord;

import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.identity.Person;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.entities.channel.unions.MessageChannelUnion;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.GenericComponentInteractionCreateEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.events.message.react.GenericMessageReactionEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionAddEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens on Discord, as deliveries for the bot. */
final class Listener extends ListenerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** The slash command's only option. */
  static final String WORDS = "words";

  private final DiscordSettings settings;
  private final Exchanges exchanges;
  private final Confirmations confirmations;
  private final Authors authors = new Authors();
  private final Consumer<Inbound> inbox;
  private final Clock clock;
  private final String session;

  /**
   * A listener.
   *
   * @param session tells the deliveries of this connection from those of others, where Discord
   *     gives them no id
   */
  Listener(
      DiscordSettings settings,
      Exchanges exchanges,
      Confirmations confirmations,
      Consumer<Inbound> inbox,
      Clock clock,
      String session) {
    this.settings = settings;
    this.exchanges = exchanges;
    this.confirmations = confirmations;
    this.inbox = inbox;
    this.clock = clock;
    this.session = session;
  }

  @Override
  public void onMessageReceived(MessageReceivedEvent event) {
    Message message = event.getMessage();
    User self = event.getJDA().getSelfUser();
    if (event.getAuthor().equals(self) || !heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    boolean named = message.getMentions().isMentioned(self, Message.MentionType.USER);
    Speaker speaker =
        speaker(event.getAuthor(), event.getMember(), event.isWebhookMessage(), event.getChannel());
    authors.note(event.getMessageId(), speaker);
    Place place = place(event.getChannel(), event.getAuthor());
    if (!named && !place.direct() && place.thread().isEmpty()) {
      return; // people talk to each other
    }
    hand(
        new Inbound.Said(
            event.getMessageId(),
            speaker,
            place,
            event.getMessageId(),
            words(message, self),
            named || place.direct(),
            clock.instant(),
            message.getAttachments().stream().map(Message.Attachment::getFileName).toList()));
  }

  @Override
  public void onMessageUpdate(MessageUpdateEvent event) {
    Message message = event.getMessage();
    User self = event.getJDA().getSelfUser();
    if (event.getAuthor().equals(self)
        || !message.isEdited()
        || !heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    hand(
        new Inbound.Edited(
            "edit:" + event.getMessageId() + ":" + message.getTimeEdited(),
            speaker(
                event.getAuthor(),
                event.getMember(),
                message.isWebhookMessage(),
                event.getChannel()),
            place(event.getChannel(), event.getAuthor()),
            event.getMessageId(),
            words(message, self),
            clock.instant()));
  }

  @Override
  public void onMessageDelete(MessageDeleteEvent event) {
    if (!heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    authors
        .of(event.getMessageId())
        .ifPresent(
            speaker ->
                hand(
                    new Inbound.Deleted(
                        "delete:" + event.getMessageId(),
                        speaker,
                        place(event.getChannel(), speaker.person().id()),
                        event.getMessageId(),
                        clock.instant())));
  }

  @Override
  public void onMessageReactionAdd(MessageReactionAddEvent event) {
    reacted(event, true);
  }

  @Override
  public void onMessageReactionRemove(MessageReactionRemoveEvent event) {
    reacted(event, false);
  }

  private void reacted(GenericMessageReactionEvent event, boolean on) {
    if (event.getUserId().equals(event.getJDA().getSelfUser().getId())
        || !heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    User user = event.getUser();
    Member member = event.getMember();
    Speaker speaker =
        user == null
            ? new Speaker(
                new Person(
                    DiscordSurface.ID,
                    event.isFromGuild() ? event.getGuild().getId() : "",
                    event.getUserId()),
                Speaker.Kind.HUMAN)
            : speaker(user, member, false, event.getChannel());
    Place place = place(event.getChannel(), event.getUserId());
    String emoji = Emojis.name(event.getEmoji().getName());
    String delivery = "reaction:" + session + ":" + event.getResponseNumber();
    hand(
        on
            ? new Inbound.Reacted(
                delivery, speaker, place, event.getMessageId(), emoji, clock.instant())
            : new Inbound.Unreacted(
                delivery, speaker, place, event.getMessageId(), emoji, clock.instant()));
  }

  @Override
  public void onButtonInteraction(ButtonInteractionEvent event) {
    if (!heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    var id = ButtonId.read(event.getComponentId());
    if (id.kind() == ButtonId.Kind.NEVER_MIND) {
      Thread.ofVirtual().start(() -> withdraw(event));
    } else if (id.kind() == ButtonId.Kind.ASKS && event.getButton() != null) {
      Thread.ofVirtual().start(() -> question(event, id, event.getButton().getLabel()));
    } else if (exchanges.waiting(id.token()).isPresent()) {
      Thread.ofVirtual()
          .start(
              () ->
                  event.replyModal(DiscordForm.of(exchanges.waiting(id.token()).get())).complete());
    } else {
      pressed(event, id); // also one that its message no longer has: the bot says why
    }
  }

  /**
   * Anything else that can be pressed is none of ours: answered, so that nobody is left waiting.
   */
  @Override
  public void onGenericComponentInteractionCreate(GenericComponentInteractionCreateEvent event) {
    if (!(event instanceof ButtonInteractionEvent)) {
      pressed(event, ButtonId.of(ButtonId.Kind.TELLS, event.getComponentId()));
    }
  }

  private void pressed(GenericComponentInteractionCreateEvent event, ButtonId id) {
    boolean whispered = event.getMessage().isEphemeral() || id.channel().isPresent();
    Place shown = place(event.getChannel(), event.getUser());
    Place counts = counts(event.getJDA(), shown, id);
    String message = id.message().orElse(whispered ? "" : event.getMessageId());
    Speaker pressing = speaker(event.getUser(), event.getMember(), false, event.getChannel());
    Speaker speaker =
        id.channel().isEmpty()
            ? pressing
            : new Speaker(
                new Person(DiscordSurface.ID, counts.workspace(), pressing.person().id()),
                pressing.kind());
    boolean accepted =
        hand(
            new Inbound.Pressed(
                event.getId(), speaker, counts, message, id.token(), clock.instant()),
            () -> exchanges.begin(event.getId(), event, id.kind() == ButtonId.Kind.ANSWERS));
    if (!accepted) {
      Thread.ofVirtual()
          .start(
              () ->
                  event
                      .reply("That was not taken; nothing has changed. Press it again.")
                      .setEphemeral(true)
                      .complete());
    }
  }

  /** Where a press counts: a button that was sent to somebody directly belongs to a channel. */
  private static Place counts(JDA jda, Place shown, ButtonId id) {
    if (id.channel().isEmpty()) {
      return shown;
    }
    GuildChannel channel = jda.getChannelById(GuildChannel.class, id.channel().get());
    String guild = channel == null ? "" : channel.getGuild().getId();
    return new Place(DiscordSurface.ID, guild, id.channel().get(), id.thread());
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

  private static void withdraw(ButtonInteractionEvent event) {
    event.deferEdit().complete();
    event.getHook().deleteOriginal().complete();
  }

  @Override
  public void onModalInteraction(ModalInteractionEvent event) {
    if (!heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    boolean accepted =
        hand(
            new Inbound.Submitted(
                event.getId(),
                speaker(event.getUser(), event.getMember(), false, event.getChannel()),
                place(event.getChannel(), event.getUser()),
                event.getModalId(),
                DiscordForm.answers(event),
                clock.instant()),
            () -> exchanges.begin(event.getId(), event, false));
    if (!accepted) {
      Thread.ofVirtual()
          .start(
              () ->
                  event
                      .reply("That was not taken; nothing has changed. Send it again.")
                      .setEphemeral(true)
                      .complete());
    }
  }

  @Override
  public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
    if (!heard(event.isFromGuild(), event::getGuild)) {
      return;
    }
    var option = event.getOption(WORDS);
    String words = option == null ? "help" : option.getAsString();
    hand(
        new Inbound.Said(
            event.getId(),
            speaker(event.getUser(), event.getMember(), false, event.getChannel()),
            place(event.getChannel(), event.getUser()),
            "",
            words,
            true,
            clock.instant()),
        () -> exchanges.begin(event.getId(), event, false));
  }

  private boolean heard(boolean fromGuild, java.util.function.Supplier<Guild> guild) {
    return !fromGuild
        || settings.guilds().isEmpty()
        || settings.guilds().contains(guild.get().getId());
  }

  private void hand(Inbound inbound) {
    hand(inbound, () -> {});
  }

  private boolean hand(Inbound inbound, Runnable before) {
    before.run();
    try {
      inbox.accept(inbound);
      return true;
    } catch (RuntimeException e) {
      LOG.error("a delivery from Discord was not taken: {}", e.getMessage());
      exchanges.drop(inbound.delivery());
      return false;
    }
  }

  /** A message without the name that calls the bot. */
  private static String words(Message message, User self) {
    return message.getContentRaw().replaceFirst("^\\s*<@!?" + self.getId() + ">\\s*", "").strip();
  }

  /** Somebody in a guild is known by that guild, even if Discord tells no more of them. */
  private static Speaker speaker(
      User user,
      @org.jspecify.annotations.Nullable Member member,
      boolean webhook,
      MessageChannel channel) {
    String guild = channel instanceof GuildChannel in ? in.getGuild().getId() : onlyGuild(user);
    Speaker.Kind kind =
        user.isBot() || user.isSystem() || webhook
            ? Speaker.Kind.BOT
            : member != null && member.isPending() ? Speaker.Kind.GUEST : Speaker.Kind.HUMAN;
    return new Speaker(new Person(DiscordSurface.ID, guild, user.getId()), kind);
  }

  /** In a direct conversation: the one guild that the bot and a person share, if it is one. */
  private static String onlyGuild(User user) {
    List<Guild> shared = user.getMutualGuilds();
    return shared.size() == 1 ? shared.getFirst().getId() : "";
  }

  private static Place place(MessageChannelUnion channel, User user) {
    return place(channel, user.getId());
  }

  private static Place place(MessageChannel channel, String user) {
    if (channel.getType() == ChannelType.PRIVATE) {
      return new Place(DiscordSurface.ID, "", Place.DIRECT + user, Optional.empty());
    }
    if (channel instanceof net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel thread) {
      return new Place(
          DiscordSurface.ID,
          thread.getGuild().getId(),
          thread.getParentChannel().getId(),
          Optional.of(thread.getId()));
    }
    String guild = channel instanceof GuildChannel in ? in.getGuild().getId() : "";
    return new Place(DiscordSurface.ID, guild, channel.getId(), Optional.empty());
  }
}
