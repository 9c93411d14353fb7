package dev.parley.bot.slack;

import dev.parley.engine.json.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Slack is reached.
 *
 * @param workspaces by the workspace's id ({@code T…}); at least one
 * @param signingSecret what requests are signed with; must be there in HTTP mode
 * @param bind the address that HTTP mode listens on; a proxy with TLS stands in front
 * @param port of HTTP mode; 0 takes any free one
 * @param path that Slack posts to in HTTP mode
 * @param api where the Web API is; ends with a slash
 */
public record SlackSettings(
    Map<String, Workspace> workspaces,
    Mode mode,
    Optional<String> signingSecret,
    String bind,
    int port,
    String path,
    String api) {
  private static final String API = "https://slack.com/api/";
  private static final int PORT = 8788;
  private static final String PATH = "/slack/events";
  private static final Pattern TEAM = Pattern.compile("T[A-Z0-9]{2,}");
  private static final String TOKEN_HINT =
      "take it from api.slack.com/apps: your app, OAuth & Permissions";
  private static final String APP_HINT =
      "make one at api.slack.com/apps: your app, Basic Information, App-Level Tokens, with"
          + " connections:write";

  public SlackSettings {
    workspaces = Map.copyOf(workspaces);
    if (workspaces.isEmpty()) {
      throw new IllegalArgumentException("Slack without a workspace");
    }
    if (mode == Mode.HTTP && signingSecret.filter(secret -> !secret.isBlank()).isEmpty()) {
      throw new IllegalArgumentException(
          "HTTP mode without a signing secret would take anybody's requests: set signingSecret");
    }
    if (mode == Mode.SOCKET && workspaces.values().stream().anyMatch(w -> w.appToken().isEmpty())) {
      throw new IllegalArgumentException("Socket Mode needs an appToken for each workspace");
    }
  }

  /** How events come. */
  public enum Mode {
    /** By a connection that we open: nothing listens. */
    SOCKET,
    /** By signed requests to an address of ours. */
    HTTP
  }

  /**
   * One workspace in which the app is installed.
   *
   * @param botToken {@code xoxb-…}
   * @param appToken {@code xapp-…}; workspaces with the same one are one app and share its
   *     connection
   */
  public record Workspace(String botToken, Optional<String> appToken) {
    @Override
    public String toString() {
      return "a workspace with " + (appToken.isPresent() ? "two tokens" : "one token");
    }
  }

  /** By Socket Mode, with the usual addresses. */
  public static SlackSettings socket(Map<String, Workspace> workspaces) {
    return new SlackSettings(
        workspaces, Mode.SOCKET, Optional.empty(), "127.0.0.1", PORT, PATH, API);
  }

  /** The same with another Web API. */
  public SlackSettings at(String otherApi) {
    return new SlackSettings(workspaces, mode, signingSecret, bind, port, path, otherApi);
  }

  /**
   * Reads {@code surfaces.slack}; mistakes are noted in the form.
   *
   * @return empty if there was any mistake
   */
  public static Optional<SlackSettings> read(Form form) {
    int before = form.problems().size();
    Mode mode =
        form.oneOf("mode", List.of("socket", "http")).filter("http"::equals).isPresent()
            ? Mode.HTTP
            : Mode.SOCKET;
    Map<String, Workspace> workspaces = workspaces(form, mode);
    Optional<String> secret = form.text("signingSecret").filter(text -> !text.isBlank());
    if (mode == Mode.HTTP && secret.isEmpty()) {
      form.wrong(
          "signingSecret",
          "nothing",
          "without it anybody could send requests in Slack's name",
          "take it from api.slack.com/apps: your app, Basic Information, Signing Secret");
    }
    String bind = form.text("bind").orElse("127.0.0.1");
    int port = port(form);
    String path = form.text("path").orElse(PATH);
    if (!path.startsWith("/")) {
      form.wrong("path", "'" + path + "'", "a path begins with /", "write " + PATH);
    }
    String api = form.text("api").orElse(API);
    if (!api.endsWith("/")) {
      form.wrong("api", "'" + api + "'", "it must end with /", "write " + API);
    }
    form.done();
    return form.problems().size() > before
        ? Optional.empty()
        : Optional.of(new SlackSettings(workspaces, mode, secret, bind, port, path, api));
  }

  private static Map<String, Workspace> workspaces(Form form, Mode mode) {
    Form all = form.object("workspaces");
    var out = new LinkedHashMap<String, Workspace>();
    for (String team : all.names()) {
      Form one = all.object(team);
      if (!TEAM.matcher(team).matches()) {
        all.wrong(
            team,
            "'" + team + "'",
            "a workspace's id is T and capital letters or digits",
            "open Slack in a browser: its address holds /client/T…");
      }
      String bot = token(one, "botToken", "xoxb-", TOKEN_HINT);
      Optional<String> app =
          mode == Mode.SOCKET || one.fields().get("appToken").isPresent()
              ? Optional.of(token(one, "appToken", "xapp-", APP_HINT))
              : Optional.empty();
      one.done();
      out.put(team, new Workspace(bot, app));
    }
    if (out.isEmpty() && form.fields().get("workspaces").isEmpty()) {
      form.wrong(
          "workspaces",
          "nothing",
          "there is no workspace",
          "write workspaces: {T…: {botToken: …}}");
    } else if (out.isEmpty()) {
      all.wrong("no workspace", "at least one is needed", "write T…: {botToken: …}");
    }
    return out;
  }

  private static String token(Form form, String name, String prefix, String hint) {
    String token = form.required(name);
    if (!token.isBlank() && !token.startsWith(prefix)) {
      form.wrong(
          name,
          "a " + name + " that does not begin with " + prefix,
          "it is another kind of token",
          hint);
    }
    return token;
  }

  private static int port(Form form) {
    int port = form.number("port").map(java.math.BigDecimal::intValue).orElse(PORT);
    if (port < 0 || port > 65_535) {
      form.wrong("port", String.valueOf(port), "there is no such port", "write 0 to 65535");
    }
    return port;
  }

  @Override
  public String toString() {
    return "Slack by " + mode + " for " + workspaces.keySet();
  }
}
