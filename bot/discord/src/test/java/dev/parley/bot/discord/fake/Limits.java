package dev.parley.bot.discord.fake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Discord's pace, once it is switched on: so many calls of a kind for each channel, and fifty a
 * second in all. Discord publishes the numbers only in the headers of its answers; these are the
 * ones that bots see. A window begins with its first call.
 *
 * @see <a href="https://docs.discord.com/developers/topics/rate-limits">Rate limits</a>
 */
final class Limits {
  private static final int ALL = 50;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Kinds of calls that are counted together, each for one channel or one token. */
  enum Kind {
    POST(5, Duration.ofSeconds(5)),
    EDIT(5, Duration.ofSeconds(5)),
    REACTION(1, Duration.ofMillis(250)),
    /** Not seen published anywhere; taken to be that of messages. */
    THREAD(5, Duration.ofSeconds(5)),
    /** Answers by an interaction's token; they don't count among the fifty. */
    ANSWER(5, Duration.ofSeconds(2)),
    /** Whatever else there is. */
    OTHER(50, SECOND);

    private final int most;
    private final Duration window;

    Kind(int most, Duration window) {
      this.most = most;
      this.window = window;
    }

    /** What the call with this method and path is. */
    static Kind of(String method, String[] at) {
      return switch (at[0]) {
        case "webhooks", "interactions" -> ANSWER;
        case "channels" ->
            switch (at.length) {
              case 3 -> method.equals("POST") ? POST : OTHER;
              case 4 -> method.equals("PATCH") ? EDIT : OTHER;
              case 5 -> method.equals("POST") ? THREAD : OTHER;
              default -> at.length > 5 && method.equals("PUT") ? REACTION : OTHER;
            };
        default -> OTHER;
      };
    }
  }

  /**
   * How a call stands.
   *
   * @param pause zero if it may go on; otherwise how long not
   * @param global whether it was one too many in all
   */
  record Standing(Kind kind, int most, int left, Duration resets, Duration pause, boolean global) {
    boolean slowed() {
      return pause.isPositive();
    }
  }

  private static final class Window {
    long ends;
    int used;
  }

  private final LongSupplier nanos;
  private final Map<String, Window> windows = new HashMap<>();
  private int faster;

  Limits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Keeps to the pace from now on, with windows so many times shorter. */
  void keep(int timesFaster) {
    faster = timesFaster;
    windows.clear();
  }

  /** Counts a call; empty as long as no pace is kept. */
  Optional<Standing> count(Kind kind, String major) {
    if (faster == 0) {
      return Optional.empty();
    }
    long now = nanos.getAsLong();
    if (kind != Kind.ANSWER) {
      Window all = window("", SECOND, now);
      if (all.used >= ALL) {
        Duration wait = Duration.ofNanos(all.ends - now);
        return Optional.of(new Standing(kind, ALL, 0, wait, wait, true));
      }
      all.used++;
    }
    Window one = window(kind + ":" + major, kind.window, now);
    Duration resets = Duration.ofNanos(one.ends - now);
    if (one.used >= kind.most) {
      return Optional.of(new Standing(kind, kind.most, 0, resets, resets, false));
    }
    one.used++;
    return Optional.of(
        new Standing(kind, kind.most, kind.most - one.used, resets, Duration.ZERO, false));
  }

  /** Uses up what is left of a channel's window, as another program with the same token would. */
  void exhaust(Kind kind, String major) {
    Window one = window(kind + ":" + major, kind.window, nanos.getAsLong());
    one.used = kind.most;
  }

  private Window window(String name, Duration length, long now) {
    Window window = windows.computeIfAbsent(name, _ -> new Window());
    if (window.used == 0 || now >= window.ends) {
      window.ends = now + length.toNanos() / faster;
      window.used = 0;
    }
    return window;
  }
}
