package dev.parley.bot.slack.fake;

import java.util.Map;

/**
 * What the stand-in has counted so far.
 *
 * @param refusals answers of HTTP 429, by method
 * @param early calls that came again before the time that a 429 had named; only under strict pace
 * @param late deliveries that were acknowledged later than after one second
 * @param lost deliveries that nobody acknowledged at all
 * @param posts new messages of the app, by channel
 * @param doubles messages too many, by the key in their metadata; empty as long as each key was
 *     posted once
 */
public record Counters(
    Map<String, Integer> refusals,
    int early,
    int late,
    int lost,
    Map<String, Integer> posts,
    Map<String, Integer> doubles) {
  public Counters {
    refusals = Map.copyOf(refusals);
    posts = Map.copyOf(posts);
    doubles = Map.copyOf(doubles);
  }

  /** Answers of HTTP 429, all methods together. */
  public int tooMany() {
    return refusals.values().stream().mapToInt(Integer::intValue).sum();
  }
}
