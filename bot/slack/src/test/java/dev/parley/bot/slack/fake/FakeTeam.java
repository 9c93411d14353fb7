package dev.parley.bot.slack.fake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One workspace of the stand-in, with the app installed in it. */
public final class FakeTeam {
  /** All that the manifest asks for. */
  public static final Set<String> SCOPES =
      Set.of(
          "app_mentions:read",
          "chat:write",
          "commands",
          "reactions:read",
          "reactions:write",
          "files:write",
          "im:history",
          "users:read",
          "channels:history",
          "groups:history");

  final String id;
  final String botUser;
  final String botId;
  final String botToken;
  final String appToken;
  final Set<String> scopes = ConcurrentHashMap.newKeySet();

  /** Tokens can be told by the workspace's id. */
  public FakeTeam(String id, String appToken) {
    this.id = id;
    this.botUser = "U" + id.substring(1) + "BOT";
    this.botId = "B" + id.substring(1) + "BOT";
    this.botToken = "xoxb-" + id;
    this.appToken = appToken;
    scopes.addAll(SCOPES);
  }

  public String id() {
    return id;
  }

  public String botToken() {
    return botToken;
  }

  public String appToken() {
    return appToken;
  }

  public String botUser() {
    return botUser;
  }

  /** Takes a scope away. */
  public void revoke(String scope) {
    scopes.remove(scope);
  }
}
