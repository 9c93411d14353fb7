package dev.parley.bot.discord;

import dev.parley.bot.surface.SurfaceFailure;
import java.time.Duration;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import net.dv8tion.jda.api.exceptions.RateLimitedException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.RestAction;

/** Calls of Discord's REST interface, once each, and what their refusals mean. */
final class Failures {
  private static final int NO_ANSWER = -1;

  private Failures() {}

  /** Sends it now; a rate limit is told and not waited for. */
  static <T> T now(String what, RestAction<T> action) {
    try {
      return action.complete(false);
    } catch (RateLimitedException e) {
      throw new SurfaceFailure.Slow(
          what + ": Discord asks to wait", Duration.ofMillis(Math.max(1, e.getRetryAfter())));
    } catch (ErrorResponseException e) {
      throw of(what, e);
    }
  }

  static SurfaceFailure of(String what, ErrorResponseException e) {
    int code = e.getErrorCode();
    if (code == NO_ANSWER) {
      return new SurfaceFailure.Unknown(what + ": the connection broke", e);
    }
    if (code == ErrorResponse.SERVER_ERROR.getCode() || code >= 500 && code < 600) {
      return new SurfaceFailure.Unreachable(
          what + ": Discord is out of order: " + e.getMeaning(), e);
    }
    return new SurfaceFailure.Refused(
        what + ": " + e.getMeaning() + " (" + code + ")", remedy(e.getErrorResponse()));
  }

  static SurfaceFailure missing(String what, InsufficientPermissionException e) {
    return new SurfaceFailure.Refused(
        what + ": the bot lacks the permission '" + e.getPermission().getName() + "'",
        "grant it to the bot's role in that channel, or invite it again with the link of the"
            + " set-up");
  }

  private static String remedy(ErrorResponse error) {
    return switch (error) {
      case MISSING_ACCESS, MISSING_PERMISSIONS ->
          "let the bot see the channel, send messages and make public threads there";
      case UNKNOWN_CHANNEL -> "the channel or thread is gone; ask again in another one";
      case UNKNOWN_MESSAGE -> "somebody deleted the message; ask for the plan again";
      case INVALID_TOKEN, UNAUTHORIZED ->
          "reset the bot's token in the developer portal and configure the new one";
      default -> "look the code up in Discord's list of error codes";
    };
  }
}
