package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where an answer goes: into the thread, or to its author alone; and what stands in the way of one.
 */
final class Replies {
  private final Voice voice;
  private final Bounds bounds;

  /** Threads whose present message is answered to its author alone. */
  private final Map<String, Inbound.Said> asides = new ConcurrentHashMap<>();

  Replies(Voice voice, Bounds bounds) {
    this.voice = voice;
    this.bounds = bounds;
  }

  /**
   * A command that leaves no message in the channel is answered to its author alone, unless it
   * begins something that others shall see.
   */
  void begin(Command command, Inbound.Said said, Talk talk) {
    boolean begins =
        command instanceof Command.Plan
            || command instanceof Command.Ask
            || command instanceof Command.RollBack
            || command instanceof Command.Show
            || command instanceof Command.Waive
            || command instanceof Command.Cloud;
    boolean loose = said.message().isEmpty() && talk.home().isEmpty();
    boolean unbound = !bounds.at(said.place()).bound();
    if (unbound || (voice.remote(said.place()) && loose && !begins)) {
      asides.put(talk.thread(), said);
    }
  }

  /** The command is answered. */
  void end(Talk talk) {
    asides.remove(talk.thread());
  }

  /** Answers in the thread, or to the one whose command is for themselves. */
  void tell(Talk talk, Card card) {
    Inbound.Said alone = asides.get(talk.thread());
    if (alone == null) {
      voice.post(talk.place(), card);
    } else {
      voice.whisper(alone, card);
    }
  }

  /** Says what a person can mend; anything else is for the lane to report. */
  void guarded(Talk talk, Runnable work) {
    try {
      work.run();
    } catch (Invalid e) {
      tell(talk, Notice.invalid("That can't be done", e));
    } catch (IllegalArgumentException e) {
      tell(
          talk,
          Notice.problem(
              new Problem(
                  "",
                  "That can't be done",
                  String.valueOf(e.getMessage()),
                  "change it and say it again")));
    }
  }

  /** Whether somebody has a role; who has not is told. */
  boolean may(Inbound said, User user, Role role, String what) {
    if (user.is(role)) {
      return true;
    }
    voice.whisper(
        said,
        Notice.warn(
            "You may not " + what,
            "That takes the role "
                + role.name().toLowerCase(java.util.Locale.ROOT)
                + "; you have "
                + roles(user)
                + ". Ask an admin."));
    return false;
  }

  private static String roles(User user) {
    return user.roles().isEmpty()
        ? "none"
        : String.join(
            ", ",
            user.roles().stream()
                .map(r -> r.name().toLowerCase(java.util.Locale.ROOT))
                .sorted()
                .toList());
  }
}
