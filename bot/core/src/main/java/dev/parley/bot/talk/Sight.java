package dev.parley.bot.talk;

import java.util.Optional;

/**
 * How the places stand at which a bot shows a plan.
 *
 * @param away why none of them can be reached; empty if one can
 */
record Sight(Optional<String> away) {
  static final Sight REACHED = new Sight(Optional.empty());

  static Sight away(String why) {
    return new Sight(Optional.of(why));
  }
}
