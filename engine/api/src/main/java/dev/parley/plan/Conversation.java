package dev.parley.plan;

import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.resource.Tracked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a planner may know when it reads a message.
 *
 * @param thread the conversation's name
 * @param speaker who wrote the message
 * @param turns what was said before, oldest first, secrets redacted
 * @param current the draft behind the thread's latest plan
 * @param pending the question the thread is waiting on
 * @param accounts those the speaker may plan for
 * @param catalogs account id → its catalog
 * @param tracked everything Parley made or imported for the tenant
 * @param blueprints most used first
 */
public record Conversation(
    Tenant tenant,
    String thread,
    User speaker,
    List<Turn> turns,
    Optional<Draft> current,
    Optional<Reading.Question> pending,
    List<Account> accounts,
    Map<String, dev.parley.catalog.Catalog> catalogs,
    List<Tracked> tracked,
    List<Blueprint> blueprints,
    Instant now) {
  public Conversation {
    turns = List.copyOf(turns);
    accounts = List.copyOf(accounts);
    catalogs = Map.copyOf(catalogs);
    tracked = List.copyOf(tracked);
    blueprints = List.copyOf(blueprints);
  }

  /**
   * One thing that was said.
   *
   * @param user who said it; {@code parley} for our own answers
   */
  public record Turn(String user, String text, Instant at) {}
}
