package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Calls of the Web API, each with the token of its workspace, tried once. */
final class Web {
  private final Slack slack;
  private final SlackSettings settings;
  private final Map<String, Identity> identities = new ConcurrentHashMap<>();
  private final Map<Call, Lacking> lacking = new ConcurrentHashMap<>();

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
    return call(new Call(team, name, "", true, true), method);
  }

  /** The same, in a channel: what is missing there is remembered for the operator. */
  <T extends SlackApiTextResponse> T change(Place place, String name, Method<T> method) {
    return call(new Call(place.workspace(), name, Channel.id(place), true, true), method);
  }

  /** The same, where a refusal is met by another way and nothing is to be mended. */
  <T extends SlackApiTextResponse> T tryChange(Place place, String name, Method<T> method) {
    return call(new Call(place.workspace(), name, Channel.id(place), true, false), method);
  }

  /** Calls a method that only reads. */
  <T extends SlackApiTextResponse> T read(String team, String name, Method<T> method) {
    return call(new Call(team, name, "", false, true), method);
  }

  /** The same, where a refusal is an answer too. */
  <T extends SlackApiTextResponse> T tryRead(String team, String name, Method<T> method) {
    return call(new Call(team, name, "", false, false), method);
  }

  /**
   * What is called.
   *
   * @param channel empty for none
   * @param noted whether the operator is to hear of a refusal that they can mend
   */
  private record Call(String team, String name, String channel, boolean changes, boolean noted) {
    String title() {
      return channel.isEmpty() ? name : name + " in " + channel;
    }
  }

  private <T extends SlackApiTextResponse> T call(Call call, Method<T> method) {
    T response;
    try {
      response = method.on(slack.methods(token(call.team())));
    } catch (SlackApiException e) {
      throw SlackErrors.of(call.title(), call.changes(), e);
    } catch (IOException e) {
      throw SlackErrors.of(call.title(), call.changes(), e);
    }
    if (response.isOk()) {
      lacking.remove(call);
      return response;
    }
    String error = String.valueOf(response.getError());
    SurfaceFailure failure = SlackErrors.of(call.name(), call.title(), call.changes(), response);
    if (failure instanceof SurfaceFailure.Refused refused) {
      if (call.noted() && SlackErrors.MENDED_BY_THE_OPERATOR.contains(error)) {
        lacking.put(call, new Lacking(error, refused));
      }
      if (call.changes() && SlackErrors.OF_THE_TOKEN.contains(error)) {
        throw new SurfaceFailure.Unreachable(refused.getMessage() + "; " + refused.next());
      }
    }
    throw failure;
  }

  /** A refusal that the operator can mend. */
  private record Lacking(String error, SurfaceFailure.Refused refused) {
    boolean ofTheInstallation() {
      return error.equals("missing_scope") || SlackErrors.OF_THE_TOKEN.contains(error);
    }
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

  /** Who we are, asked now; a success ends what was said of the token and its scopes before. */
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
    lacking
        .entrySet()
        .removeIf(one -> one.getKey().team().equals(team) && one.getValue().ofTheInstallation());
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

  /** What a workspace refused when it was last tried, and its operator can mend. */
  List<SurfaceFailure.Refused> lacking(String team) {
    return lacking.entrySet().stream()
        .filter(one -> one.getKey().team().equals(team))
        .map(one -> one.getValue().refused())
        .sorted(Comparator.comparing(refused -> String.valueOf(refused.getMessage())))
        .toList();
  }

  /**
   * Whether the bot hears what is said in a place without a mention. Private channels can't be told
   * from public ones by their id, so that either scope will do.
   */
  boolean overhears(Place place) {
    List<String> scopes = identity(place.workspace()).scopes();
    return place.direct()
        || scopes.isEmpty()
        || scopes.contains("channels:history")
        || scopes.contains("groups:history");
  }
}
