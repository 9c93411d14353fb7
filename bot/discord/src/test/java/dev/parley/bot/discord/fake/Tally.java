package dev.parley.bot.discord.fake;

import java.util.Map;

/**
 * What the stand-in has counted so far.
 *
 * @param requests REST calls in all
 * @param tooMany calls answered with 429
 * @param invalid calls answered with 401, 403 or 429; Discord bans an address for 10,000 of them in
 *     ten minutes
 * @param late first answers to an interaction that came after more than a second
 * @param repeated posts that came again under their nonce, and made nothing new
 * @param posts messages made, by channel or thread
 */
public record Tally(
    int requests, int tooMany, int invalid, int late, int repeated, Map<String, Integer> posts) {
  public Tally {
    posts = Map.copyOf(posts);
  }
}
