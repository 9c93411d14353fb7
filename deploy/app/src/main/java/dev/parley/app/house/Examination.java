package dev.parley.app.house;

import dev.parley.app.settings.Chat;
import dev.parley.app.settings.References;
import dev.parley.bot.discord.DiscordSurface;
import dev.parley.bot.slack.SlackSurface;
import dev.parley.bot.surface.Surface;
import dev.parley.value.Check;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at a chat platform as it is configured: connects, takes nothing that people say there, and
 * tells what is missing and how to mend it.
 */
public final class Examination {
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final References secrets;
  private final Clock clock;
  private final Duration patience;

  /**
   * An examination.
   *
   * @param patience how long a platform may take to connect
   */
  public Examination(References secrets, Clock clock, Duration patience) {
    this.secrets = secrets;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * One thing that was looked at.
   *
   * @param needed whether Parley is of no use there while it is not right
   */
  public record Finding(String part, Check check, boolean needed) {}

  /** Everything about one platform, in the order in which it is set up. */
  public List<Finding> of(Chat chat) {
    String part = "surface " + chat.routes().surface();
    try (var surface = Chats.surface(chat, secrets, clock)) {
      surface.start(
          _ -> {
            throw new IllegalStateException("Parley is only looking; nothing is taken");
          });
      connected(surface);
      return of(surface);
    } catch (Invalid e) {
      return e.problems().stream().map(problem -> mistake(part, problem)).toList();
    } catch (RuntimeException e) {
      return List.of(
          new Finding(
              part,
              Check.failed("it can't be opened: " + e.getMessage(), "mend that, then look again"),
              true));
    }
  }

  /** Everything about a platform that serves already. */
  static List<Finding> of(Surface surface) {
    String part = "surface " + surface.id();
    return switch (surface) {
      case SlackSurface slack ->
          slack.examine().stream()
              .map(one -> new Finding(part + " " + one.what(), one.check(), one.needed()))
              .toList();
      case DiscordSurface discord ->
          discord.examine().stream()
              .map(one -> new Finding(part + " " + one.what(), one.check(), one.needed()))
              .toList();
      default -> List.of(new Finding(part, surface.check(), true));
    };
  }

  private static Finding mistake(String part, Problem problem) {
    return new Finding(
        part,
        Check.failed(
            problem.where() + ": " + problem.what() + ": " + problem.why(), problem.next()),
        true);
  }

  /** Waits until it is well, or patience ends. */
  private void connected(Surface surface) {
    long end = System.nanoTime() + patience.toNanos();
    while (!surface.check().ok() && System.nanoTime() < end) {
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
