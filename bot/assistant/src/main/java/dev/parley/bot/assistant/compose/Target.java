package dev.parley.bot.assistant.compose;

import dev.parley.plan.Want;
import dev.parley.plan.Want.Make;
import dev.parley.resource.Tracked;
import java.util.Optional;

/**
 * One thing a noun means.
 *
 * @param make the want of the draft that makes it
 * @param tracked the resource that exists
 */
record Target(String name, Optional<Make> make, Optional<Tracked> tracked) {
  /** Its service, if it is an everyday one. */
  Optional<String> service(Scene scene) {
    return make.flatMap(Target::service).or(() -> tracked.flatMap(scene::service));
  }

  static Optional<String> service(Make make) {
    return make.what() instanceof Want.OfService(var service, _)
        ? Optional.of(service)
        : Optional.empty();
  }
}
