package dev.parley.plan;

import dev.parley.identity.WhenChatIsDown;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wanted, as a planner understood a conversation. Nothing in it has been checked.
 *
 * @param title a few words for lists and cards
 * @param environment development, staging, production or the tenant's own word, if it was said
 * @param place where everything goes unless a Want says otherwise
 * @param tags put on everything that is made
 * @param cap the request's own limit on cost
 * @param rollback whether to undo a run by itself when it fails or its health checks do
 * @param whenChatIsDown what its run shall do while the chat is down, if it was said; otherwise
 *     what the accounts say
 * @param planner who understood it so: {@code offline}, or a model's name
 */
public record Draft(
    String title,
    Optional<String> environment,
    Place place,
    List<Want> wants,
    Map<String, String> tags,
    Optional<Cap> cap,
    boolean rollback,
    Optional<WhenChatIsDown> whenChatIsDown,
    String planner) {
  public Draft {
    wants = List.copyOf(wants);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** One that leaves it to the accounts what its run does while the chat is down. */
  public Draft(
      String title,
      Optional<String> environment,
      Place place,
      List<Want> wants,
      Map<String, String> tags,
      Optional<Cap> cap,
      boolean rollback,
      String planner) {
    this(title, environment, place, wants, tags, cap, rollback, Optional.empty(), planner);
  }
}
