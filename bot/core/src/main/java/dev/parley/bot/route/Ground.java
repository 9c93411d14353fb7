package dev.parley.bot.route;

import dev.parley.bot.surface.Place;
import java.util.Set;
import java.util.function.Function;

/**
 * What may be done in a place.
 *
 * @param bound whether it belongs to the tenant; elsewhere the bot says who one is and how to go
 *     on, to that person alone
 * @param changes whether anything that changes something may be asked for and decided on
 * @param accounts which accounts plans of the place may touch; empty means all
 * @param strangersRead whether people who are linked to no user may ask questions
 */
public record Ground(boolean bound, boolean changes, Set<String> accounts, boolean strangersRead) {
  /** Everything goes. */
  public static final Ground OPEN = new Ground(true, true, Set.of(), false);

  /** Questions, and how one's own things stand. */
  public static final Ground READING = new Ground(true, false, Set.of(), false);

  /** Nothing but who one is. */
  public static final Ground STRANGE = new Ground(false, false, Set.of(), false);

  public Ground {
    accounts = Set.copyOf(accounts);
  }

  /** The same where a direct conversation is for reading only. */
  public static Function<Place, Ground> anywhere() {
    return place -> place.direct() ? READING : OPEN;
  }
}
