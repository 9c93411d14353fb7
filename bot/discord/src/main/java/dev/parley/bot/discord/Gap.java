package dev.parley.bot.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.utils.TimeUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was said while nobody listened: after a session that could not be resumed, the bot's threads
 * and its bound channels are read again from the moment the connection broke. Messages that were
 * heard all the same are told twice, and known by their ids. Presses show their own failure to the
 * person; emoji of the gap are not looked for.
 */
final class Gap extends ListenerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Gap.class);
  private static final int MOST = 100;
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final DiscordSettings settings;
  private final MessageListener listener;
  private final AtomicReference<Optional<Instant>> broke = new AtomicReference<>(Optional.empty());

  Gap(DiscordSettings settings, MessageListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /** The first break counts, until the connection is whole again. */
  @Override
  public void onSessionDisconnect(SessionDisconnectEvent event) {
    Instant at = event.getTimeDisconnected().toInstant();
    broke.updateAndGet(former -> former.isPresent() ? former : Optional.of(at));
  }

  @Override
  public void onSessionResume(SessionResumeEvent event) {
    broke.set(Optional.empty());
  }

  @Override
  public void onSessionRecreate(SessionRecreateEvent event) {
    broke
        .getAndSet(Optional.empty())
        .ifPresent(
            at -> Thread.ofVirtual().name("discord-gap").start(() -> read(event.getJDA(), at)));
  }

  private void read(JDA jda, Instant broken) {
    long after = TimeUtil.getDiscordTimestamp(broken.minus(OVERLAP).toEpochMilli());
    for (GuildMessageChannel channel : channels(jda)) {
      try {
        List<Message> missed =
            channel.getHistoryAfter(after, MOST).complete().getRetrievedHistory().reversed();
        missed.forEach(this::said);
      } catch (RuntimeException e) {
        LOG.warn("channel {} could not be read again: {}", channel.getId(), e.getMessage());
      }
    }
  }

  private void said(Message message) {
    if (MessageListener.people(message)) {
      listener.said(message, People.member(message.getGuild(), message.getAuthor().getId()));
    }
  }

  private List<GuildMessageChannel> channels(JDA jda) {
    var all = new ArrayList<GuildMessageChannel>();
    for (Guild guild : jda.getGuilds()) {
      for (String id : settings.channels().getOrDefault(guild.getId(), List.of())) {
        Optional.ofNullable(guild.getChannelById(GuildMessageChannel.class, id))
            .ifPresent(all::add);
      }
      for (ThreadChannel thread : guild.getThreadChannels()) {
        if (listener.followed(thread)) {
          all.add(thread);
        }
      }
    }
    all.removeIf(
        one ->
            !one.getGuild()
                .getSelfMember()
                .hasPermission(one, Permission.VIEW_CHANNEL, Permission.MESSAGE_HISTORY));
    return all;
  }
}
