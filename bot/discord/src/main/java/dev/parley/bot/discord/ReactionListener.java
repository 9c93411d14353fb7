package dev.parley.bot.discord;

import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.events.message.GenericMessageEvent;
import net.dv8tion.jda.api.events.message.react.GenericMessageReactionEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionAddEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveAllEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveEmojiEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;

/** Emoji that people put on messages and take off, as deliveries for the bot. */
final class ReactionListener extends ListenerAdapter {
  private static final int KEPT = 10_000;

  private final Inlet inlet;
  private final Clock clock;
  private final String run;
  private final AtomicLong sessions = new AtomicLong();
  private final Recent<Set<Given>> given = new Recent<>(KEPT);

  private record Given(Speaker speaker, String emoji) {}

  /**
   * A listener.
   *
   * @param run tells the deliveries of this run of the program from those of others: Discord gives
   *     an emoji no id, only a number within its session
   */
  ReactionListener(Inlet inlet, Clock clock, String run) {
    this.inlet = inlet;
    this.clock = clock;
    this.run = run;
  }

  /** Numbers begin again with a new session. */
  @Override
  public void onSessionRecreate(SessionRecreateEvent event) {
    sessions.incrementAndGet();
  }

  @Override
  public void onMessageReactionAdd(MessageReactionAddEvent event) {
    long self = event.getJDA().getSelfUser().getIdLong();
    if (event.getMessageAuthorIdLong() == 0 || event.getMessageAuthorIdLong() == self) {
      reacted(event, true); // people's emoji for each other are their own business
    }
  }

  @Override
  public void onMessageReactionRemove(MessageReactionRemoveEvent event) {
    reacted(event, false);
  }

  private boolean heard(GenericMessageEvent event) {
    return event.isFromGuild() && inlet.hears(event.getGuild().getId());
  }

  private String delivery(GenericMessageEvent event) {
    return "reaction:" + run + "-" + sessions.get() + ":" + event.getResponseNumber();
  }

  private void reacted(GenericMessageReactionEvent event, boolean on) {
    if (!heard(event) || event.getUserId().equals(event.getJDA().getSelfUser().getId())) {
      return;
    }
    String guild = event.getGuild().getId();
    User user = event.getUser();
    Speaker speaker =
        user == null
            ? People.speaker(guild, event.getUserId(), Speaker.Kind.HUMAN)
            : People.speaker(guild, user, Optional.ofNullable(event.getMember()), false);
    Place place = People.place(event.getChannel(), event.getUserId());
    String emoji = Emojis.name(event.getEmoji().getName());
    var one = new Given(speaker, emoji);
    given.merge(event.getMessageId(), Set.of(one), (all, now) -> with(all, now, on));
    inlet.hand(
        on
            ? new Inbound.Reacted(
                delivery(event), speaker, place, event.getMessageId(), emoji, clock.instant())
            : new Inbound.Unreacted(
                delivery(event), speaker, place, event.getMessageId(), emoji, clock.instant()));
  }

  private static Set<Given> with(Set<Given> all, Set<Given> some, boolean on) {
    var now = new LinkedHashSet<>(all);
    if (on) {
      now.addAll(some);
    } else {
      now.removeIf(one -> some.stream().anyMatch(gone -> same(one, gone)));
    }
    return now;
  }

  private static boolean same(Given one, Given other) {
    return one.emoji().equals(other.emoji())
        && one.speaker().person().equals(other.speaker().person());
  }

  /** A moderator takes all emoji off a message: each of them is taken back. */
  @Override
  public void onMessageReactionRemoveAll(MessageReactionRemoveAllEvent event) {
    cleared(event, _ -> true);
  }

  @Override
  public void onMessageReactionRemoveEmoji(MessageReactionRemoveEmojiEvent event) {
    String emoji = Emojis.name(event.getEmoji().getName());
    cleared(event, one -> one.emoji().equals(emoji));
  }

  private void cleared(GenericMessageEvent event, Predicate<Given> which) {
    if (!heard(event)) {
      return;
    }
    int number = 0;
    for (Given one : given.of(event.getMessageId()).orElse(Set.of())) {
      if (which.test(one)) {
        given.merge(event.getMessageId(), Set.of(one), (all, gone) -> with(all, gone, false));
        inlet.hand(
            new Inbound.Unreacted(
                delivery(event) + "." + ++number,
                one.speaker(),
                People.place(event.getChannel(), one.speaker().person().id()),
                event.getMessageId(),
                one.emoji(),
                clock.instant()));
      }
    }
  }
}
