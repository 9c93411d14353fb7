package dev.parley.bot.slack;

/** Slack's names of emoji, and the standard short ones. */
final class Emoji {
  private Emoji() {}

  /** Without its skin tone; {@code thumbsup} and {@code +1} are one. */
  static String standard(String name) {
    int tone = name.indexOf("::");
    String bare = tone < 0 ? name : name.substring(0, tone);
    return switch (bare) {
      case "thumbsup" -> "+1";
      case "thumbsdown" -> "-1";
      default -> bare;
    };
  }

  /** As Slack calls it. */
  static String slack(String standard) {
    return standard.replace(":", "");
  }
}
