package dev.parley.bot.discord;

import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Speaker;
import java.util.Set;
import java.util.function.Consumer;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from Discord to the bot: what may pass, and what becomes of what does not. */
final class Inlet {
  private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);
  private static final int KEPT = 10_000;

  private final Set<String> guilds;
  private final Consumer<Inbound> inbox;
  private final Recent<Speaker> authors = new Recent<>(KEPT);
  private final Recent<Boolean> joined = new Recent<>(KEPT);

  /**
   * An inlet.
   *
   * @param guilds the guilds that are heard; empty means all
   */
  Inlet(Set<String> guilds, Consumer<Inbound> inbox) {
    this.guilds = guilds;
    this.inbox = inbox;
  }

  /** Whether a guild is heard. */
  boolean hears(String guild) {
    return guilds.isEmpty() || guilds.contains(guild);
  }

  Set<String> guilds() {
    return guilds;
  }

  /** Who wrote the latest messages that the bot heard: Discord does not say it of deleted ones. */
  Recent<Speaker> authors() {
    return authors;
  }

  /** The bot was called into a thread of people's own. */
  void join(String thread) {
    joined.note(thread, true);
  }

  /**
   * Whether what is said in a thread is meant for the bot, too: its own, or one it was called to.
   */
  boolean follows(ThreadChannel thread) {
    return thread.getOwnerId().equals(thread.getJDA().getSelfUser().getId())
        || joined.of(thread.getId()).isPresent();
  }

  /** Hands it to the bot; false if that did not take it. */
  boolean hand(Inbound inbound) {
    try {
      inbox.accept(inbound);
      return true;
    } catch (RuntimeException e) {
      LOG.error(
          "a {} from Discord was not taken: {}",
          inbound.getClass().getSimpleName(),
          e.getMessage());
      return false;
    }
  }
}
