package dev.parley.bot.slack;

import java.util.List;

/**
 * What the app must be allowed to do.
 *
 * @param why what does not work without it
 * @param needed whether it is of no use without it
 */
record Scope(String name, String why, boolean needed) {
  /** The least ones, then those that people may leave away. */
  static final List<Scope> ALL =
      List.of(
          new Scope("chat:write", "Parley can't answer", true),
          new Scope("app_mentions:read", "Parley is not told when somebody mentions it", true),
          new Scope("commands", "there is no /parley", true),
          new Scope(
              "users:read", "Parley can't tell guests from members, and so hears nobody", true),
          new Scope("im:history", "direct messages are not heard", true),
          new Scope("reactions:read", "emoji are not heard", true),
          new Scope("reactions:write", "Parley can't show that it has heard", true),
          new Scope("files:write", "plans, pictures and long texts can't be attached", true),
          new Scope(
              "channels:history",
              "in the threads of public channels only what mentions Parley is heard",
              false),
          new Scope(
              "groups:history",
              "in the threads of private channels only what mentions Parley is heard",
              false));

  /** The event that goes with a scope that may be left away. */
  String event() {
    return name.startsWith("groups") ? "message.groups" : "message.channels";
  }
}
