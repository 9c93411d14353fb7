package dev.parley.app.house;

import dev.parley.app.house.Examination.Finding;
import dev.parley.bot.link.Link;
import dev.parley.bot.link.Links;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.AuditLine;
import dev.parley.engine.Engine.AuditReport;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the owner of an installation may do from the command line, whether Parley runs or not:
 * whoever may read the data folder could do it anyway.
 */
public final class Operator {
  private static final String SURFACE = "command-line";

  private final Installation house;
  private final Supplier<List<Finding>> chats;

  /**
   * The operator of an installation.
   *
   * @param chats how its chat platforms are
   */
  public Operator(Installation house, Supplier<List<Finding>> chats) {
    this.house = house;
    this.chats = chats;
  }

  /**
   * Makes whoever got a code a user; written into the audit log as the operator's doing.
   *
   * @param tenant empty means whichever tenant the code was given by
   * @throws Invalid if the code is not good, or the user is not known
   */
  public Link link(String tenant, String code, String user) {
    Engine engine = house.engine();
    String ticket = Links.ticket(code);
    String whose =
        (tenant.isEmpty() ? house.tenants() : List.of(house.tenant(tenant)))
            .stream()
                .filter(id -> house.links(id).wants(ticket).isPresent())
                .findFirst()
                .orElseThrow(() -> stale(code));
    Person person = house.links(whose).wants(ticket).orElseThrow(() -> stale(code));
    var problems = new ArrayList<Problem>();
    if (engine.directory().user(whose, user).isEmpty()) {
      problems.add(
          new Problem(
              "--user",
              user,
              "tenant " + whose + " knows nobody by that id",
              "known: "
                  + engine.directory().users(whose).stream()
                      .map(User::id)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    engine
        .directory()
        .user(whose, person)
        .ifPresent(
            known ->
                problems.add(
                    new Problem(
                        "CODE",
                        person.toString(),
                        "that person is linked already, as " + known.id(),
                        "let them say unlink first")));
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    var as = new Person(SURFACE, "", System.getProperty("user.name", "operator"));
    var operator = new User(whose, "operator", as.id(), Set.of(), Set.of(), false);
    Link link =
        house.links(whose).confirm(ticket, user, operator.id(), as).orElseThrow(() -> stale(code));
    engine.note(whose, operator, "linked a person", link.person() + " as " + link.user());
    return link;
  }

  private static Invalid stale(String code) {
    return new Invalid(
        new Problem(
            "CODE",
            code,
            "it is not good, or not any more; nothing changed",
            "a code works once, within 10 minutes: let the person say `link` to Parley again"));
  }

  /** Lines of a tenant's audit log. */
  public List<AuditLine> audit(String tenant, long after, int limit) {
    return house.engine().audit(house.tenant(tenant), after, limit);
  }

  /** Walks a tenant's audit log. */
  public AuditReport verifyAudit(String tenant) {
    return house.engine().verifyAudit(house.tenant(tenant));
  }

  /** Everything that can be looked at, the engine's own parts first. */
  public List<Finding> examine() {
    var findings = new ArrayList<Finding>();
    house.engine().check().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(part -> new Finding(part.getKey(), part.getValue(), true))
        .forEach(findings::add);
    findings.addAll(chats.get());
    return findings;
  }
}
