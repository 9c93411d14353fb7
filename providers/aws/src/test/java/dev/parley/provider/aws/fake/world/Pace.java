package dev.parley.provider.aws.fake.world;

import java.time.Duration;

/**
 * How long operations take: until they were looked at so many times and so much of the cloud's time
 * has passed.
 *
 * @param looks 0 is done at once, 1 is done at the first look
 */
public record Pace(int looks, Duration lasting) {
  /** Done at once. */
  public static final Pace AT_ONCE = new Pace(0, Duration.ZERO);

  /** Done after some looks. */
  public static Pace looks(int looks) {
    return new Pace(looks, Duration.ZERO);
  }

  /** Done when some time has passed. */
  public static Pace lasting(Duration time) {
    return new Pace(0, time);
  }
}
