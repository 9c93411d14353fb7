package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.parley.bot.surface.SurfaceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Calls of the Web API, each with the token of its workspace, tried once. */
final class Web {
  private final Slack slack;
  private final SlackSettings settings;
  private final Map<String, Identity> identities = new ConcurrentHashMap<>();
  private final Map<String, SurfaceFailure.Refused> lacking = new ConcurrentHashMap<>();

  Web(Slack slack, SlackSettings settings) {
    this.slack = slack;
    this.settings = settings;
  }

  /** One method of the Web API. */
  @FunctionalInterface
  interface Method<T extends SlackApiTextResponse> {
    T on(MethodsClient client) throws IOException, SlackApiException;
  }

  /**
   * Who we are in a workspace.
   *
   * @param user the bot's user id
   * @param bot the id that stands on its messages
   * @param scopes what the token may do, as the answer's header says
   */
  record Identity(String team, String name, String user, String bot, List<String> scopes) {}

  /**
   * Calls a method that changes something: if the answer is lost, nobody knows whether it did.
   *
   * @throws SurfaceFailure if it was not done, or may not have been
   */
  <T extends SlackApiTextResponse> T change(String team, String name, Method<T> method) {
    return call(team, name, true, method);
  }

  /** Calls a method that only reads. */
  <T extends SlackApiTextResponse> T read(String team, String name, Method<T> method) {
    return call(team, name, false, method);
  }

  private <T extends SlackApiTextResponse> T call(
      String team, String name, boolean changes, Method<T> method) {
    T response;
    try {
      response = method.on(slack.methods(token(team)));
    } catch (SlackApiException e) {
      throw SlackErrors.of(name, changes, e);
    } catch (IOException e) {
      throw SlackErrors.of(name, changes, e);
    }
    if (response.isOk()) {
      return response;
    }
    SurfaceFailure failure = SlackErrors.of(name, changes, response);
    if (failure instanceof SurfaceFailure.Refused refused
        && SlackErrors.MENDED_BY_THE_OPERATOR.contains(String.valueOf(response.getError()))) {
      lacking.put(team + " " + name, refused);
    }
    throw failure;
  }

  private String token(String team) {
    SlackSettings.Workspace workspace = settings.workspaces().get(team);
    if (workspace == null) {
      throw new SurfaceFailure.Refused(
          "there is no token for the Slack workspace " + team,
          "add it under surfaces.slack.workspaces");
    }
    return workspace.botToken();
  }

  /** Who we are; asked once. */
  Identity identity(String team) {
    Identity known = identities.get(team);
    return known == null ? ask(team) : known;
  }

  /** Who we are, asked now. */
  Identity ask(String team) {
    AuthTestResponse answer = read(team, "auth.test", client -> client.authTest(r -> r));
    if (!team.equals(answer.getTeamId())) {
      throw new SurfaceFailure.Refused(
          "the bot token of " + team + " belongs to the workspace " + answer.getTeamId(),
          "write the token under workspaces." + answer.getTeamId());
    }
    var identity =
        new Identity(
            team,
            String.valueOf(answer.getUser()),
            String.valueOf(answer.getUserId()),
            String.valueOf(answer.getBotId()),
            scopes(answer));
    identities.put(team, identity);
    return identity;
  }

  private static List<String> scopes(AuthTestResponse answer) {
    Map<String, List<String>> headers = answer.getHttpResponseHeaders();
    if (headers == null) {
      return List.of();
    }
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("x-oauth-scopes"))
        .flatMap(header -> header.getValue().stream())
        .flatMap(scopes -> List.of(scopes.split(",")).stream())
        .map(String::strip)
        .filter(scope -> !scope.isEmpty())
        .toList();
  }

  /** What a workspace refused lately that its operator can mend. */
  Optional<SurfaceFailure.Refused> lacking(String team) {
    return lacking.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(team + " "))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Forgets what was refused: it is asked anew. */
  void forgive(String team) {
    lacking.keySet().removeIf(key -> key.startsWith(team + " "));
  }
}
