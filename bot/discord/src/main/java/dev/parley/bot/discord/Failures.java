package dev.parley.bot.discord;

import dev.parley.bot.surface.SurfaceFailure;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import net.dv8tion.jda.api.exceptions.RateLimitedException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.RestAction;

/**
 * Calls of Discord's REST interface, once each, and what their refusals mean. What an operator can
 * mend (a token, a permission) is no refusal for good: it is tried until it works.
 */
final class Failures {
  private static final int NO_ANSWER = -1;

  private Failures() {}

  /** Several calls that are one thing. */
  interface Reaching<T> {
    T get();
  }

  /** Sends it now; a rate limit is told and not waited for. */
  static <T> T now(String what, RestAction<T> action) {
    try {
      return once(what, action);
    } catch (ErrorResponseException e) {
      throw of(what, e);
    }
  }

  /** The same, for a caller who knows what a refusal means. */
  static <T> T once(String what, RestAction<T> action) {
    try {
      return action.complete(false);
    } catch (RateLimitedException e) {
      throw new SurfaceFailure.Slow(
          what + ": Discord asks to wait", Duration.ofMillis(Math.max(1, e.getRetryAfter())));
    }
  }

  /** Does it; whatever JDA makes of a refusal becomes a failure of the surface. */
  static <T> T reached(String what, Reaching<T> work) {
    try {
      return work.get();
    } catch (InsufficientPermissionException e) {
      throw missing(what, e);
    } catch (ErrorResponseException e) {
      throw of(what, e);
    } catch (RejectedExecutionException e) {
      throw new SurfaceFailure.Unreachable(what + ": the connection to Discord is closed", e);
    }
  }

  static SurfaceFailure of(String what, ErrorResponseException e) {
    int code = e.getErrorCode();
    int status = e.getResponse() == null ? 0 : e.getResponse().code;
    if (code == NO_ANSWER) {
      return new SurfaceFailure.Unknown(what + ": the connection broke", e);
    }
    if (status >= 500) {
      return new SurfaceFailure.Unreachable(
          what + ": Discord is out of order: " + e.getMeaning(), e);
    }
    String said = what + ": " + e.getMeaning() + " (" + code + ")";
    String next = remedy(e.getErrorResponse(), status);
    return mendable(e.getErrorResponse(), status)
        ? new SurfaceFailure.Unreachable(said + "; " + next, e)
        : new SurfaceFailure.Refused(said, next);
  }

  /** JDA knows the bot's permissions, and asks Discord only for what they allow. */
  private static SurfaceFailure missing(String what, InsufficientPermissionException e) {
    return new SurfaceFailure.Unreachable(
        what
            + ": the bot lacks the permission '"
            + e.getPermission().getName()
            + "'; grant it to the bot's role in that channel, or invite it again with the link of"
            + " the set-up",
        e);
  }

  private static boolean mendable(ErrorResponse error, int status) {
    return status == 401
        || switch (error) {
          case MISSING_ACCESS, MISSING_PERMISSIONS, THREAD_LOCKED, INVALID_TOKEN, UNAUTHORIZED ->
              true;
          default -> false;
        };
  }

  private static String remedy(ErrorResponse error, int status) {
    if (status == 401) {
      return "reset the bot's token in the developer portal and configure the new one";
    }
    return switch (error) {
      case MISSING_ACCESS, MISSING_PERMISSIONS ->
          "let the bot see the channel, send messages and make public threads there; a thread that"
              + " was locked is opened again by a moderator";
      case THREAD_LOCKED -> "a moderator unlocks the thread";
      case UNKNOWN_CHANNEL -> "the channel or thread is gone; ask again in another one";
      case UNKNOWN_MESSAGE -> "somebody deleted the message; ask for the plan again";
      case CANNOT_SEND_TO_USER -> "the person takes no direct messages from the bot";
      default -> "look the code up in Discord's list of error codes";
    };
  }
}
