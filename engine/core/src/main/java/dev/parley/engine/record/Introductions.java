package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.knowledge.Term.Iri;
import dev.parley.resource.Address;
import java.util.HashSet;
import java.util.Set;

/**
 * Says what never changes about resources, accounts, users and agents, each once: on the first
 * sheet that mentions it. Those sheets are never closed, so a resource keeps its name when it is
 * gone.
 */
final class Introductions {
  private final Names names;
  private final Surroundings around;
  private final Set<String> known = new HashSet<>();

  Introductions(Names names, Surroundings around) {
    this.names = names;
    this.around = around;
  }

  Iri resource(Sheet sheet, Address at) {
    Iri resource = names.resource(at);
    if (known.add("resource " + at)) {
      sheet
          .text(resource, Terms.LABEL, at.name())
          .text(resource, own("address"), at.toString())
          .text(resource, own("resourceType"), at.type().toString())
          .say(resource, own("account"), account(sheet, at.account()));
      around
          .service(names.tenant(), at.account(), at.type())
          .ifPresent(service -> sheet.text(resource, own("service"), service));
    }
    return resource;
  }

  Iri account(Sheet sheet, String id) {
    Iri account = names.account(id);
    if (known.add("account " + id)) {
      sheet.say(account, Terms.TYPE, Terms.ACCOUNT).text(account, Terms.LABEL, id);
      around
          .account(names.tenant(), id)
          .ifPresent(
              found ->
                  sheet
                      .text(account, own("family"), found.family())
                      .text(account, own("providerKind"), found.kind()));
    }
    return account;
  }

  Iri user(Sheet sheet, String id) {
    Iri user = names.user(id);
    if (known.add("user " + id)) {
      sheet.say(user, Terms.TYPE, Terms.PERSON).text(user, Terms.LABEL, id);
    }
    return user;
  }

  Iri agent(Sheet sheet, String name) {
    Iri agent = names.agent(name);
    if (known.add("agent " + name)) {
      sheet.say(agent, Terms.TYPE, Terms.SOFTWARE_AGENT).text(agent, Terms.LABEL, name);
    }
    return agent;
  }
}
