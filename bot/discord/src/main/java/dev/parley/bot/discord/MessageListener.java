package dev.parley.bot.discord;

import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.MessageType;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.events.message.MessageBulkDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people write on Discord, change and take away, as deliveries for the bot. */
final class MessageListener extends ListenerAdapter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MessageListener.class);

  /** What people write; the other kinds are Discord's words about what they do. */
  private static final Set<MessageType> WRITTEN =
      EnumSet.of(MessageType.DEFAULT, MessageType.INLINE_REPLY);

  private final Inlet inlet;
  private final Clock clock;

  /** In the order in which they came, though Discord is asked about each. */
  private final ExecutorService direct =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("discord-direct").factory());

  MessageListener(Inlet inlet, Clock clock) {
    this.inlet = inlet;
    this.clock = clock;
  }

  @Override
  public void onMessageReceived(MessageReceivedEvent event) {
    Message message = event.getMessage();
    if (!people(message)) {
      return;
    }
    if (!event.isFromGuild()) {
      privately(message);
      return;
    }
    said(message, Optional.ofNullable(event.getMember()));
  }

  /** Whether it was written by anybody but the bot itself, and not by Discord about somebody. */
  static boolean people(Message message) {
    return !message.getAuthor().equals(message.getJDA().getSelfUser())
        && WRITTEN.contains(message.getType());
  }

  private void privately(Message message) {
    direct.execute(
        () -> {
          try {
            Speaker speaker =
                People.directly(message.getJDA(), message.getAuthor(), inlet.guilds());
            hand(message, speaker, true);
          } catch (RuntimeException e) {
            LOG.error("a direct message was not taken: {}", e.getMessage());
          }
        });
  }

  /**
   * Something was said in a guild.
   *
   * @param member who said it, as Discord told with the message
   */
  void said(Message message, Optional<Member> member) {
    Guild guild = message.getGuild();
    if (!inlet.hears(guild.getId())) {
      return;
    }
    boolean named = names(message);
    MessageChannel channel = message.getChannel();
    boolean followed = followed(channel);
    boolean wordless = message.getContentRaw().isBlank() && message.getAttachments().isEmpty();
    if (!named && (!followed || wordless)) {
      return; // people talk to each other, or what they say may not be read
    }
    Speaker speaker =
        People.speaker(guild.getId(), message.getAuthor(), member, message.isWebhookMessage());
    if (!People.threads(channel)) {
      threadless(channel, speaker);
      return;
    }
    hand(message, speaker, named);
  }

  /** Whether all that is said there is meant for the bot, too. */
  boolean followed(MessageChannel channel) {
    return channel instanceof ThreadChannel thread && inlet.follows(thread);
  }

  /** Whether it calls the bot by name, or answers one of its messages. */
  private static boolean names(Message message) {
    User self = message.getJDA().getSelfUser();
    return message.getMentions().isMentioned(self, Message.MentionType.USER)
        || answered(message).isPresent();
  }

  /** The bot's message that it answers. */
  private static Optional<Message> answered(Message message) {
    return Optional.ofNullable(message.getReferencedMessage())
        .filter(one -> one.getAuthor().equals(message.getJDA().getSelfUser()));
  }

  /** An answer to a card in a channel is said in the thread of that card. */
  private static Place place(Message message, Speaker speaker) {
    Place place = People.place(message.getChannel(), speaker.person().id());
    return place.direct() || place.thread().isPresent()
        ? place
        : answered(message).map(card -> place.in(card.getId())).orElse(place);
  }

  private void hand(Message message, Speaker speaker, boolean addressed) {
    Place place = place(message, speaker);
    inlet.authors().note(message.getId(), speaker);
    place.thread().ifPresent(inlet::join);
    inlet.hand(
        new Inbound.Said(
            message.getId(),
            speaker,
            place,
            message.getId(),
            words(message),
            addressed,
            clock.instant(),
            message.getAttachments().stream().map(Message.Attachment::getFileName).toList()));
  }

  /** A message without the name that calls the bot, wherever it stands. */
  private static String words(Message message) {
    String name = "<@!?" + message.getJDA().getSelfUser().getId() + ">";
    return message.getContentRaw().replaceAll("[ \\t]*" + name + "[ \\t]*", " ").strip();
  }

  /** Voice channels have no threads, and so no place for a plan. */
  private static void threadless(MessageChannel channel, Speaker speaker) {
    if (speaker.kind() == Speaker.Kind.HUMAN && channel.canTalk()) {
      channel
          .sendMessageComponents(Renderer.of(Offers.threadless()).components())
          .useComponentsV2()
          .queue(_ -> {}, e -> LOG.info("no hint in {}: {}", channel.getId(), e.getMessage()));
    }
  }

  /** Discord also updates a message when it shows what is behind a link; that is no edit. */
  @Override
  public void onMessageUpdate(MessageUpdateEvent event) {
    Message message = event.getMessage();
    if (!people(message) || !message.isEdited() || !event.isFromGuild()) {
      return;
    }
    Guild guild = event.getGuild();
    Optional<Speaker> author = inlet.authors().of(message.getId());
    boolean heard = author.isPresent() || names(message) || followed(event.getChannel());
    if (!inlet.hears(guild.getId()) || !heard || message.getContentRaw().isBlank()) {
      return;
    }
    Speaker speaker =
        People.speaker(
            guild.getId(),
            event.getAuthor(),
            Optional.ofNullable(event.getMember()),
            message.isWebhookMessage());
    inlet.hand(
        new Inbound.Edited(
            "edit:" + message.getId() + ":" + message.getTimeEdited(),
            speaker,
            place(message, speaker),
            message.getId(),
            words(message),
            clock.instant()));
  }

  @Override
  public void onMessageDelete(MessageDeleteEvent event) {
    deleted(event.getMessageId(), event.getChannel());
  }

  @Override
  public void onMessageBulkDelete(MessageBulkDeleteEvent event) {
    List<String> ids = event.getMessageIds();
    ids.forEach(id -> deleted(id, event.getChannel()));
  }

  private void deleted(String message, MessageChannel channel) {
    inlet
        .authors()
        .forget(message)
        .ifPresent(
            speaker -> {
              Place place = People.place(channel, speaker.person().id());
              inlet.hand(
                  new Inbound.Deleted(
                      "delete:" + message, speaker, place, message, clock.instant()));
            });
  }

  @Override
  public void close() {
    direct.shutdownNow();
  }
}
