package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.infra;
import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.catalog.TypeSchema;
import dev.parley.cost.Estimate.Confidence;
import dev.parley.engine.json.Codec;
import dev.parley.identity.Account;
import dev.parley.identity.User;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The resources of a tenant as they stand: each sight of one is a revision of its own, which the
 * next one or a delete closes. What a resource costs is a sheet beside it with a life of its own.
 */
final class Standing {
  private final Names names;
  private final Surroundings around;
  private final Introductions introductions;
  private final Links links = new Links();
  private final Map<Address, Open> open = new HashMap<>();

  private record Open(Iri revision, Digest seen, Optional<Iri> cost) {}

  /**
   * How something was seen.
   *
   * @param by the step that did it; empty if it was looked at outside a run
   * @param refs the resources its plan says it points at
   * @param cost what its plan's estimate says it costs, if there is a line for it
   */
  record Sight(
      long sequence,
      Instant at,
      Optional<Iri> by,
      Set<Address> refs,
      Optional<Cost> cost,
      boolean imported) {}

  Standing(Names names, Surroundings around, Introductions introductions) {
    this.names = names;
    this.around = around;
    this.introductions = introductions;
  }

  /** The resource looks like this now. A mere look that shows nothing new leaves no trace. */
  void seen(Address at, Resource resource, Sight sight, Consumer<Triples> pages) {
    Digest digest = digest(resource);
    Optional<Open> former = Optional.ofNullable(open.get(at));
    if (sight.by().isEmpty() && former.filter(was -> was.seen().equals(digest)).isPresent()) {
      return;
    }
    Optional<TypeSchema> schema = around.schema(names.tenant(), at.account(), at.type());
    Iri revision = names.revision(at, sight.sequence());
    var meta = new Sheet(names.meta(at.toString(), sight.sequence()), sight.at());
    Iri subject = introductions.resource(meta, at);
    meta.say(revision, Terms.TYPE, Terms.ENTITY)
        .say(revision, Terms.SPECIALIZATION_OF, subject)
        .time(revision, Terms.GENERATED_AT, sight.at());
    sight.by().ifPresent(step -> meta.say(revision, Terms.GENERATED_BY, step));
    if (sight.imported()) {
      meta.flag(revision, own("imported"), true);
    }
    former.ifPresent(
        was -> {
          meta.say(revision, Terms.REVISION_OF, was.revision())
              .time(was.revision(), Terms.INVALIDATED_AT, sight.at());
          sight.by().ifPresent(step -> meta.say(was.revision(), Terms.INVALIDATED_BY, step));
        });
    Optional<Iri> cost = former.flatMap(Open::cost);
    if (sight.cost().isPresent()) {
      cost.ifPresent(was -> meta.time(was, Terms.INVALIDATED_AT, sight.at()));
      Sheet sheet = cost(at, sight.cost().get(), sight);
      cost = Optional.of(sheet.graph());
      pages.accept(sheet.triples());
    }
    pages.accept(meta.triples());
    pages.accept(revision(at, resource, schema, revision, sight).triples());
    links.stands(at, resource, schema);
    open.put(at, new Open(revision, digest, cost));
  }

  /** It is no longer there. */
  void gone(Address at, long sequence, Instant when, Optional<Iri> by, Consumer<Triples> pages) {
    Open was = open.remove(at);
    if (was == null) {
      return;
    }
    links.gone(at);
    var meta = new Sheet(names.meta(at.toString(), sequence), when);
    meta.time(was.revision(), Terms.INVALIDATED_AT, when);
    by.ifPresent(step -> meta.say(was.revision(), Terms.INVALIDATED_BY, step));
    was.cost().ifPresent(cost -> meta.time(cost, Terms.INVALIDATED_AT, when));
    pages.accept(meta.triples());
  }

  private Sheet revision(
      Address at, Resource resource, Optional<TypeSchema> schema, Iri revision, Sight sight) {
    var sheet = new Sheet(revision, sight.at());
    Iri subject = names.resource(at);
    sheet.say(subject, Terms.TYPE, Terms.RESOURCE);
    schema
        .flatMap(TypeSchema::general)
        .ifPresent(general -> sheet.say(subject, Terms.TYPE, infra(general)));
    sheet
        .text(subject, own("providerId"), resource.id().value())
        .text(subject, own("region"), resource.region())
        .word(subject, own("lifecycle"), resource.lifecycle());
    if (!resource.name().equals(at.name()) && !resource.name().equals(resource.id().value())) {
      sheet.text(subject, own("providerName"), resource.name());
    }
    tags(sheet, subject, at, resource.tags());
    for (Address target : sight.refs()) {
      sheet.say(subject, Terms.DEPENDS_ON, names.resource(target));
    }
    for (Links.Found link : links.from(at, resource, schema)) {
      sheet.say(subject, Terms.DEPENDS_ON, names.resource(link.target()));
      if (!link.relation().equals("dependsOn")) {
        sheet.say(subject, own(Properties.encode(link.relation())), names.resource(link.target()));
      }
    }
    var left = new HashSet<Pointer>(schema.map(TypeSchema::writeOnly).orElse(Set.of()));
    schema.flatMap(TypeSchema::tags).ifPresent(tags -> left.add(tags.at()));
    new Properties(sheet, subject, revision, left).write(resource.properties());
    return sheet;
  }

  private void tags(Sheet sheet, Iri subject, Address at, Map<String, String> tags) {
    tags.forEach(
        (key, value) -> {
          sheet.text(subject, own("tagged"), key);
          sheet.text(subject, new Iri("urn:parley:tag#" + Properties.encode(key)), value);
        });
    Optional<String> owner = tag(tags, "owner");
    owner.ifPresent(user -> sheet.text(subject, own("owner"), user));
    tag(tags, "environment")
        .or(() -> around.account(names.tenant(), at.account()).map(Account::environment))
        .ifPresent(environment -> sheet.text(subject, own("environment"), environment));
    tag(tags, "team")
        .or(
            () ->
                owner
                    .flatMap(user -> around.user(names.tenant(), user))
                    .flatMap(Standing::onlyTeam))
        .ifPresent(team -> sheet.text(subject, own("team"), team));
  }

  /** An owner in several teams says nothing about whose money it is. */
  private static Optional<String> onlyTeam(User user) {
    return user.teams().size() == 1 ? user.teams().stream().findFirst() : Optional.empty();
  }

  private static Optional<String> tag(Map<String, String> tags, String name) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(name))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private Sheet cost(Address at, Cost cost, Sight sight) {
    var sheet = new Sheet(names.cost(at, sight.sequence()), sight.at());
    Iri subject = names.resource(at);
    cost.monthly()
        .ifPresent(
            monthly -> sheet.money(subject, own("monthlyCost"), own("costCurrency"), monthly));
    if (cost.unpriced() > 0) {
      sheet.number(subject, own("unpricedLines"), cost.unpriced());
    }
    Confidence confidence =
        cost.unpriced() > 0
            ? Confidence.UNPRICED
            : cost.assumed() ? Confidence.ASSUMED : Confidence.PRICED;
    sheet.word(subject, own("costConfidence"), confidence);
    sheet.say(sheet.graph(), Terms.DERIVED_FROM, cost.estimate());
    return sheet;
  }

  private static Digest digest(Resource resource) {
    return Digest.of(
        Codec.encode(
            new Resource(
                resource.type(),
                resource.id(),
                resource.name(),
                resource.region(),
                resource.properties(),
                resource.tags(),
                resource.lifecycle(),
                Optional.empty())));
  }

  /** For tests and figures: how many resources stand. */
  List<Address> addresses() {
    return open.keySet().stream().sorted().toList();
  }
}
