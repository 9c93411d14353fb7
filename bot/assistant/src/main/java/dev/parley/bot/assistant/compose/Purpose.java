package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Intent;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Which;
import java.util.List;
import java.util.Set;

/** What a clause is meant to do, and to what it does not apply. */
final class Purpose {
  private final Work work;
  private final Finder finder;
  private final Implied implied;

  Purpose(Kit kit) {
    work = kit.work();
    finder = kit.finder();
    implied = kit.implied();
  }

  /** "Without a load balancer", "except web-2". */
  static boolean excepted(Noun noun) {
    return noun.link().filter(Link.WITHOUT::equals).isPresent();
  }

  /** What a clause leaves out of what it says of others. */
  Set<String> exceptions(Clause clause) {
    boolean only = clause.nouns().stream().allMatch(Purpose::excepted);
    return only
        ? Set.of()
        : clause.nouns().stream()
            .filter(n -> excepted(n) && finder.refers(n))
            .flatMap(n -> finder.find(n, t -> true).stream())
            .map(Target::name)
            .collect(java.util.stream.Collectors.toSet());
  }

  /** "No database": without what there is. */
  boolean dispensable(Clause clause) {
    return clause.verb().isEmpty()
        && !clause.nouns().isEmpty()
        && clause.nouns().stream()
            .allMatch(
                n ->
                    n.link().filter(Link.WITHOUT::equals).isPresent()
                        && n.count().isEmpty()
                        && finder.refers(n));
  }

  static boolean intent(Clause clause, Intent intent) {
    return clause.verb().filter(v -> v.intent() == intent).isPresent();
  }

  /** Whether it asks for something new. */
  boolean creates(Clause clause) {
    if (implied.container(clause).isPresent()
        && clause.nouns().stream().noneMatch(finder::refers)) {
      boolean present =
          work.makes().stream().anyMatch(m -> Target.service(m).equals(implied.container(clause)));
      if (!present || intent(clause, Intent.CREATE)) {
        return true;
      }
    }
    List<Noun> nouns = clause.nouns();
    boolean fewer = nouns.stream().anyMatch(n -> n.count().orElse(1) < 0);
    boolean steps =
        clause.step().isPresent() && !nouns.isEmpty() && nouns.stream().noneMatch(Noun::indefinite);
    if (fewer || steps) {
      return false;
    }
    boolean strong = intent(clause, Intent.CREATE);
    boolean bare = clause.verb().isEmpty() && !clause.predicate();
    if (nouns.isEmpty()) {
      return clause.count().isEmpty()
          && Implied.disk(clause).isPresent()
          && (strong || bare && clause.indefinite());
    }
    for (Noun noun : nouns) {
      boolean resizes =
          noun.kind() instanceof Noun.OfService
              && noun.count().isPresent()
              && !noun.more()
              && intent(clause, Intent.ALTER);
      boolean countedSubject =
          noun.count().isPresent()
              && nouns.getFirst() != noun
              && nouns.getFirst().kind() instanceof Noun.OfGroup
              && !strong;
      boolean makeable =
          !excepted(noun)
              && (noun.kind() instanceof Noun.OfService || noun.kind() instanceof Noun.OfType);
      boolean existing =
          noun.which().filter(w -> w == Which.THE || w == Which.ALL).isPresent()
              && finder.refers(noun);
      boolean named =
          !strong
              && !noun.indefinite()
              && finder.refers(noun)
              && (clause.verb().isPresent() || clause.predicate());
      boolean bareCurrent =
          bare
              && noun.which().isEmpty()
              && noun.count().isEmpty()
              && !noun.names().isEmpty()
              && finder.refers(noun);
      if (makeable
          && !resizes
          && !countedSubject
          && !existing
          && !named
          && !bareCurrent
          && !intent(clause, Intent.ALTER)) {
        return true;
      }
    }
    return false;
  }

  /** "Point www.example.com to web-1": whether it is about a DNS record. */
  boolean points(Clause clause) {
    boolean verb =
        clause
            .verb()
            .filter(v -> Set.of("point", "map", "route", "get", "set", "let").contains(v.word()))
            .isPresent();
    boolean record =
        clause.nouns().stream()
            .anyMatch(
                n ->
                    n.kind() instanceof Noun.OfService(var service, _, _)
                        && service.equals("dns-record"));
    boolean target =
        clause.nouns().stream()
            .anyMatch(n -> n.link().filter(l -> l == Link.TO || l == Link.ON).isPresent());
    return record
        || verb && (target || clause.domains().size() > 1 || !clause.ranges().isEmpty())
        || target && clause.verb().isEmpty();
  }

  /** "Move it all": the draft as it stands, not each thing of it by itself. */
  boolean whole(Clause clause) {
    return !work.makes().isEmpty()
        && !clause.nouns().isEmpty()
        && clause.nouns().stream()
            .allMatch(
                n -> n.kind() instanceof Noun.OfGroup(var group) && group == Group.EVERYTHING);
  }
}
