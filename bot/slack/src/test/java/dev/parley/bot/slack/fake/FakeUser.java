package dev.parley.bot.slack.fake;

/**
 * Somebody.
 *
 * @param team their home workspace; another one than the app's makes them external
 */
public record FakeUser(
    String id,
    String team,
    boolean bot,
    boolean restricted,
    boolean ultraRestricted,
    boolean stranger) {
  /** A member. */
  public static FakeUser member(String id, String team) {
    return new FakeUser(id, team, false, false, false, false);
  }
}
