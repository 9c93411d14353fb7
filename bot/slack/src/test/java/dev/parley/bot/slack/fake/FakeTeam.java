package dev.parley.bot.slack.fake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One workspace of the stand-in, with the app installed in it. */
public final class FakeTeam {
  /** What the manifest asks for. */
  public static final Set<String> LEAST =
      Set.of(
          "app_mentions:read",
          "chat:write",
          "commands",
          "reactions:read",
          "reactions:write",
          "files:write",
          "im:history",
          "users:read");

  /** What may be added, so that threads are read without a mention. */
  public static final Set<String> OPTIONAL = Set.of("channels:history", "groups:history");

  final String id;
  final String botUser;
  final String botId;
  final String botToken;
  final String appToken;
  final Set<String> scopes = ConcurrentHashMap.newKeySet();
  final Set<String> appScopes = ConcurrentHashMap.newKeySet();
  volatile boolean revoked;

  /** With the least scopes; tokens can be told by the workspace's id. */
  public FakeTeam(String id, String appToken) {
    this.id = id;
    this.botUser = "U" + id.substring(1) + "BOT";
    this.botId = "B" + id.substring(1) + "BOT";
    this.botToken = "xoxb-" + id;
    this.appToken = appToken;
    scopes.addAll(LEAST);
    appScopes.add("connections:write");
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

  /** Adds scopes, as somebody does who lets the app read its channels. */
  public FakeTeam grant(Set<String> more) {
    scopes.addAll(more);
    return this;
  }

  /** Takes a scope of the app's own token away. */
  public void revokeOfApp(String scope) {
    appScopes.remove(scope);
  }

  /** Takes the bot token back, as an uninstallation does. */
  public void revokeToken() {
    revoked = true;
  }

  /** Takes a scope away. */
  public void revoke(String scope) {
    scopes.remove(scope);
  }
}
