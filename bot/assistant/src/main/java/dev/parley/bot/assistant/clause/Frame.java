package dev.parley.bot.assistant.clause;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Cap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a message says about everything in it.
 *
 * @param places regions, cities, accounts, families, in the order they were said
 * @param cap the limit on cost
 * @param uncapped whether a limit is lifted
 */
public record Frame(
    Optional<String> environment,
    List<Concept> places,
    boolean cheapest,
    Map<String, String> tags,
    Optional<Cap> cap,
    boolean uncapped,
    Optional<Boolean> rollback,
    Optional<WhenChatIsDown> whenChatIsDown) {
  public Frame {
    places = List.copyOf(places);
    tags = new LinkedHashMap<>(tags);
  }

  /** Whether nothing of the kind was said. */
  public boolean isEmpty() {
    return environment.isEmpty()
        && places.isEmpty()
        && !cheapest
        && tags.isEmpty()
        && cap.isEmpty()
        && !uncapped
        && rollback.isEmpty()
        && whenChatIsDown.isEmpty();
  }
}
