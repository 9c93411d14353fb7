package dev.parley.bot.slack;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.parley.bot.surface.SurfaceFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What Slack says when it says no, as the surface's failures. */
final class SlackErrors {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int TOO_MANY = 429;

  private static final Set<String> SLOW =
      Set.of("ratelimited", "rate_limited", "message_limit_exceeded");
  private static final Set<String> OUT_OF_ORDER =
      Set.of("service_unavailable", "team_added_to_org", "request_timeout", "accesslimited");
  private static final Set<String> BLOCKS =
      Set.of(
          "invalid_blocks",
          "invalid_blocks_format",
          "invalid_arguments",
          "msg_blocks_too_long",
          "msg_too_long");
  private static final Set<String> IN_DOUBT = Set.of("internal_error", "fatal_error");

  /**
   * The token is of no use any more. What was to be said waits for another one: nothing is lost.
   */
  static final Set<String> OF_THE_TOKEN =
      Set.of("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired");

  /** Refusals that end when somebody mends the installation. */
  static final Set<String> MENDED_BY_THE_OPERATOR =
      Set.of(
          "missing_scope",
          "not_in_channel",
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "restricted_action");

  private static final String TOKEN =
      "install the app again (api.slack.com/apps, Install App) and put the new bot token under"
          + " surfaces.slack.workspaces";

  private static final Map<String, String> NEXT =
      Map.ofEntries(
          Map.entry("not_in_channel", "say /invite @parley in the channel"),
          Map.entry(
              "channel_not_found",
              "the app does not see this channel: say /invite @parley in it, or check its id"),
          Map.entry("is_archived", "the channel is archived: use another one"),
          Map.entry("invalid_auth", "the token is wrong: " + TOKEN),
          Map.entry("not_authed", "there is no token: " + TOKEN),
          Map.entry("account_inactive", "the app was uninstalled: " + TOKEN),
          Map.entry("token_revoked", "the token was taken back: " + TOKEN),
          Map.entry("token_expired", "the token is too old: " + TOKEN),
          Map.entry(
              "restricted_action",
              "a rule of the workspace forbids it: ask its admin, or use another channel"),
          Map.entry("message_not_found", "the message was deleted; nothing is to be done"),
          Map.entry("cant_update_message", "it is not a message of ours any more"),
          Map.entry("edit_window_closed", "the workspace lets messages be edited for a while only"),
          Map.entry("msg_blocks_too_long", "this is a mistake of Parley: report it"),
          Map.entry("invalid_blocks", "this is a mistake of Parley: report it"),
          Map.entry("msg_too_long", "this is a mistake of Parley: report it"),
          Map.entry("user_not_in_channel", "the person must join the channel"));

  private SlackErrors() {}

  /**
   * An answer that says no.
   *
   * @param title the method, and where
   */
  static SurfaceFailure of(
      String method, String title, boolean changes, SlackApiTextResponse response) {
    String error = String.valueOf(response.getError());
    String said = title + ": " + error;
    if (SLOW.contains(error)) {
      return new SurfaceFailure.Slow(said, PAUSE);
    }
    if (OUT_OF_ORDER.contains(error) || (!changes && IN_DOUBT.contains(error))) {
      return new SurfaceFailure.Unreachable(said);
    }
    if (IN_DOUBT.contains(error)) {
      return new SurfaceFailure.Unknown(said, new IOException(said));
    }
    if (error.equals("missing_scope")) {
      return new SurfaceFailure.Refused(
          said + " (needed: " + response.getNeeded() + "; has: " + response.getProvided() + ")",
          "add the scope "
              + response.getNeeded()
              + " (api.slack.com/apps, OAuth & Permissions, Bot Token Scopes) and install the app"
              + " again");
    }
    return new SurfaceFailure.Refused(said, NEXT.getOrDefault(error, "see " + help(method)));
  }

  private static String help(String method) {
    return "https://docs.slack.dev/reference/methods/" + method;
  }

  /** An answer that is no answer. */
  static SurfaceFailure of(String method, boolean changes, SlackApiException e) {
    int code = e.getResponse().code();
    String said = method + ": HTTP " + code;
    if (code == TOO_MANY) {
      return new SurfaceFailure.Slow(said, after(e.getResponse().header("Retry-After")));
    }
    if (code >= 500) {
      return changes
          ? new SurfaceFailure.Unknown(said, e)
          : new SurfaceFailure.Unreachable(said, e);
    }
    return new SurfaceFailure.Refused(said, "check surfaces.slack.api and the way to it");
  }

  private static Duration after(@org.jspecify.annotations.Nullable String header) {
    return header != null && header.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(header))
        : PAUSE;
  }

  /** No answer. */
  static SurfaceFailure of(String method, boolean changes, IOException e) {
    String said = method + ": " + e.getClass().getSimpleName() + ": " + e.getMessage();
    boolean neverSent =
        e instanceof ConnectException
            || e instanceof UnknownHostException
            || e instanceof NoRouteToHostException;
    return changes && !neverSent
        ? new SurfaceFailure.Unknown(said, e)
        : new SurfaceFailure.Unreachable(said, e);
  }

  /** Whether the blocks were refused, and not the message. */
  static boolean ofBlocks(SurfaceFailure failure) {
    return BLOCKS.stream().anyMatch(error -> says(failure, error));
  }

  /** Whether it is this refusal of Slack's. */
  static boolean says(SurfaceFailure failure, String error) {
    String said = String.valueOf(failure.getMessage());
    return said.contains(": " + error);
  }
}
