package dev.parley.bot.assistant.clause;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.AccountId;
import dev.parley.bot.assistant.concept.Concept.BlueprintName;
import dev.parley.bot.assistant.concept.Concept.Boundary;
import dev.parley.bot.assistant.concept.Concept.Calling;
import dev.parley.bot.assistant.concept.Concept.Cheapest;
import dev.parley.bot.assistant.concept.Concept.Cidr;
import dev.parley.bot.assistant.concept.Concept.City;
import dev.parley.bot.assistant.concept.Concept.Determiner;
import dev.parley.bot.assistant.concept.Concept.Domain;
import dev.parley.bot.assistant.concept.Concept.Edge;
import dev.parley.bot.assistant.concept.Concept.Environment;
import dev.parley.bot.assistant.concept.Concept.Family;
import dev.parley.bot.assistant.concept.Concept.Forbidden;
import dev.parley.bot.assistant.concept.Concept.Intent;
import dev.parley.bot.assistant.concept.Concept.Json;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.concept.Concept.Known;
import dev.parley.bot.assistant.concept.Concept.Limit;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Named;
import dev.parley.bot.assistant.concept.Concept.NoLimit;
import dev.parley.bot.assistant.concept.Concept.Noise;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Pronoun;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Quantity;
import dev.parley.bot.assistant.concept.Concept.Region;
import dev.parley.bot.assistant.concept.Concept.Relation;
import dev.parley.bot.assistant.concept.Concept.Rollback;
import dev.parley.bot.assistant.concept.Concept.Service;
import dev.parley.bot.assistant.concept.Concept.Step;
import dev.parley.bot.assistant.concept.Concept.Tags;
import dev.parley.bot.assistant.concept.Concept.Time;
import dev.parley.bot.assistant.concept.Concept.Turn;
import dev.parley.bot.assistant.concept.Concept.TypeName;
import dev.parley.bot.assistant.concept.Concept.Unknown;
import dev.parley.bot.assistant.concept.Concept.Verb;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.concept.Concept.WhileChatIsDown;
import dev.parley.bot.assistant.concept.Concept.World;
import dev.parley.bot.assistant.concept.Found;
import dev.parley.bot.assistant.lexicon.Idioms;
import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.lexicon.Services;
import dev.parley.bot.assistant.text.Names;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Cap;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Takes a message apart. One pass from left to right: what stands before a noun waits for it, what
 * stands behind goes to the nearest noun before that can take it, and the rest to any that can.
 */
public final class Parser {
  private static final Set<String> ENDS_IN_S =
      Set.of(
          "redis",
          "kubernetes",
          "k8s",
          "eks",
          "aks",
          "dns",
          "rds",
          "sqs",
          "ecs",
          "sns",
          "s3",
          "kms",
          "lambdas",
          "alias");

  private final Services services;
  private final List<Clause> clauses = new ArrayList<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<Concept> places = new ArrayList<>();
  private final List<Noun> placedAfter = new ArrayList<>();
  private final Set<Kind> turns = EnumSet.noneOf(Kind.class);
  private final List<String> forbidden = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<String> environment = Optional.empty();
  private Optional<Cap> cap = Optional.empty();
  private Optional<Boolean> rollback = Optional.empty();
  private Optional<WhenChatIsDown> whenChatIsDown = Optional.empty();
  private boolean uncapped;
  private boolean cheapest;

  private Clause clause = new Clause();
  private final Waiting waiting = new Waiting();
  private boolean replaces;
  private Concept former = new Boundary(Edge.SENTENCE);
  private boolean adjacent;

  private Parser(Services services) {
    this.services = services;
  }

  /** What stands before a noun and waits for it. */
  private static final class Waiting {
    private final List<Quality> qualities = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Concept> places = new ArrayList<>();
    private Optional<Quantity> quantity = Optional.empty();
    private Optional<Which> which = Optional.empty();
    private Optional<Link> link = Optional.empty();
  }

  /** Takes apart what was found in a message. */
  public static Request parse(List<Found> found, Services services, List<String> notes) {
    var parser = new Parser(services);
    parser.notes.addAll(notes);
    parser.replaces =
        found.stream()
            .anyMatch(one -> one.concept() instanceof Turn(var kind) && kind == Kind.INSTEAD);
    for (int i = 0; i < found.size(); i++) {
      parser.take(
          found.get(i),
          i + 1 < found.size() ? found.get(i + 1).concept() : new Boundary(Edge.SENTENCE));
    }
    parser.finish();
    return parser.request();
  }

  private void take(Found found, Concept next) {
    Concept concept = found.concept();
    switch (concept) {
      case Noise _, Time _ -> {
        return;
      }
      case Verb verb -> verb(verb);
      case Calling(var operation) -> calling(operation);
      case Boundary(var edge) -> boundary(edge);
      case Relation(var link) -> relation(link);
      case Determiner(var which) -> {
        if (waiting.which.isEmpty() || which == Which.ALL) {
          waiting.which = Optional.of(which);
        }
      }
      case Quantity quantity -> quantity(quantity, found.text());
      case Quality quality -> waiting.qualities.add(quality);
      case Step(var by) -> clause.step = OptionalInt.of(by);
      case Service service -> service(service, found.text());
      case TypeName(var type) -> noun(new Noun(new Noun.OfType(type)));
      case Known(var name) -> known(name);
      case BlueprintName(var name) -> noun(new Noun(new Noun.OfBlueprint(name)));
      case Pronoun(var group) -> noun(new Noun(new Noun.OfGroup(group)));
      case Named(var names) -> named(names);
      case Unknown(var text, var quoted) -> unknown(text, quoted, next);
      case Pair pair -> pair(pair);
      case Json(var text) ->
          last().ifPresentOrElse(noun -> noun.json.add(text), () -> unknown.add(text));
      case Region _, City _, AccountId _, Family _ -> place(concept, next);
      case Environment(var name) -> environment = environment.or(() -> Optional.of(name));
      case Cheapest _ -> cheapest = true;
      case Tags(var more) -> {
        tags.putAll(more);
        waiting.which = Optional.empty();
      }
      case Limit(var limit, var assumed) -> {
        cap = Optional.of(limit);
        if (!assumed.isEmpty()) {
          notes.add("The limit was taken in " + assumed + ", since that was not said.");
        }
      }
      case NoLimit _ -> uncapped = true;
      case Rollback(var on) -> rollback = Optional.of(on);
      case WhileChatIsDown(var what) -> whenChatIsDown = Optional.of(what);
      case World _ -> clause.world = true;
      case Cidr range -> clause.ranges.add(range);
      case Domain domain -> clause.domains.add(domain);
      case Turn(var kind) -> turns.add(kind);
      case Forbidden(var word) -> forbidden.add(word);
    }
    former = concept;
    adjacent = true;
  }

  private void verb(Verb verb) {
    boolean should = verb.word().startsWith("should");
    boolean edge = former instanceof Boundary;
    if (should && !clause.nouns.isEmpty()) {
      flush();
      clause.predicate = true;
      return;
    }
    if (clause.started() && (!clause.nouns.isEmpty() || !clause.isEmpty())) {
      if (!edge) {
        if (!waiting.words.isEmpty()) {
          flush();
        }
        return;
      }
      close();
    } else if (clause.verb.filter(before -> before.intent() == Intent.REMOVE).isPresent()
        && !edge) {
      return;
    }
    waiting.words.clear();
    clause.verb = Optional.of(verb);
  }

  private void calling(String operation) {
    if (!clause.isEmpty()) {
      if (!(former instanceof Boundary)) {
        return;
      }
      close();
    }
    clause.call = Optional.of(operation);
  }

  private void boundary(Edge edge) {
    if (edge == Edge.SENTENCE) {
      close();
    } else {
      flush();
    }
  }

  private void relation(Link link) {
    flush();
    waiting.link = Optional.of(link);
  }

  /** "Vm x4" counts what stands before, "4 vms" what comes. */
  private void quantity(Quantity quantity, String text) {
    boolean behind =
        text.toLowerCase(Locale.ROOT).startsWith("x")
            && adjacentNoun().filter(n -> n.count.isEmpty()).isPresent();
    if (behind) {
      Noun noun = adjacentNoun().orElseThrow();
      noun.count = OptionalInt.of(quantity.count());
      noun.more = quantity.more();
    } else {
      flushQuantity();
      waiting.quantity = Optional.of(quantity);
    }
  }

  /** "3 t3.medium": so many of what is sold in that size, unless it says how something shall be. */
  private void sized() {
    Optional<Quality> size =
        waiting.qualities.stream()
            .filter(q -> !q.services().isEmpty() && q.options().getFirst().get("size").isPresent())
            .findFirst();
    boolean fresh = waiting.which.filter(w -> w == Which.A || w == Which.ANOTHER).isPresent();
    if (size.isEmpty()
        || waiting.quantity.isEmpty() && !fresh
        || replaces
        || clause.predicate
        || intent(Intent.ALTER)
        || intent(Intent.REMOVE)) {
      return;
    }
    Optional<Noun> before = lastHere();
    boolean given =
        before
            .filter(
                n ->
                    n.kind() instanceof Noun.OfName
                        || n.kind() instanceof Noun.OfGroup
                        || n.which.filter(Which.THE::equals).isPresent())
            .isPresent();
    if (given && !intent(Intent.CREATE)) {
      return;
    }
    boolean inside =
        waiting.link.filter(l -> l == Link.WITH || l == Link.OF || l == Link.ON).isPresent()
            && before
                .filter(
                    n ->
                        n.kind() instanceof Noun.OfService(var service, _, _)
                            && services.takes(service, "nodes")
                            && fits(n, size.get()))
                .isPresent();
    if (inside) {
      waiting.quantity.ifPresent(
          q ->
              waiting.qualities.add(
                  new Quality(List.of(Fields.of("nodes", Value.num(q.count()))), Set.of())));
      waiting.quantity = Optional.empty();
      return;
    }
    services
        .ofSize(size.get().services())
        .ifPresent(
            service -> {
              List<String> words = List.copyOf(waiting.words);
              waiting.words.clear();
              unknown.addAll(words);
              noun(new Noun(new Noun.OfService(service, ServiceWords.base(service), Fields.EMPTY)));
            });
  }

  private void place(Concept place, Concept next) {
    boolean open =
        waiting.which.isPresent() || waiting.quantity.isPresent() || !waiting.qualities.isEmpty();
    boolean leads =
        next instanceof Quality || next instanceof Unknown || next instanceof Environment;
    if (next instanceof Service || open && leads) {
      waiting.places.add(place);
    } else {
      waiting.which = Optional.empty();
      placed(place, last());
    }
  }

  private void placed(Concept place, Optional<Noun> of) {
    places.add(place);
    of.ifPresent(
        noun -> {
          noun.places.add(place);
          placedAfter.add(noun);
        });
  }

  private void service(Service service, String text) {
    if (describes(service) && lastHere().isPresent()) {
      Noun noun = lastHere().get();
      if (noun.kind() instanceof Noun.OfService(var own, var base, var arguments)) {
        clause.nouns.set(
            clause.nouns.size() - 1,
            noun.as(new Noun.OfService(own, base, over(service.arguments(), arguments))));
        clear();
        return;
      }
    }
    if (repeats(service)) {
      Noun noun = lastHere().orElseThrow();
      waiting.qualities.forEach(noun.qualities::add);
      noun.plural |= plural(text);
      clear();
      return;
    }
    Optional<Noun> before = adjacentNoun();
    boolean carried =
        former instanceof Service software && !software.noun() && ServiceWords.carries(text);
    if (before.isPresent() && carried) {
      before.get().plural = plural(text);
      return;
    }
    boolean names =
        before.isPresent()
            && before.get().names.isEmpty()
            && waiting.qualities.isEmpty()
            && before.get().count.isEmpty()
            && (before.get().kind() instanceof Noun.OfType
                || plural(text) && !before.get().plural && service.noun());
    if (names) {
      before.get().names.add(Names.of(text));
      return;
    }
    if (before.isPresent()
        && before.get().kind() instanceof Noun.OfService(var other, var base, var arguments)
        && waiting.qualities.isEmpty()) {
      clause.nouns.remove(before.get());
      boolean same = other.equals(service.service());
      String name = same ? base : Names.of(base);
      Fields merged = same ? over(arguments, service.arguments()) : service.arguments();
      boolean named =
          same && service.noun() && arguments.isEmpty() && before.get().which.isPresent();
      Noun noun =
          new Noun(new Noun.OfService(service.service(), same ? name : service.base(), merged));
      noun.which = before.get().which;
      noun.count = before.get().count;
      noun.more = before.get().more;
      noun.link = before.get().link;
      noun.qualities.addAll(before.get().qualities);
      noun.names.addAll(before.get().names);
      noun.places.addAll(before.get().places);
      noun.modifier =
          same
              ? before.get().modifier
              : Optional.of(before.get().modifier.map(m -> m + "-" + name).orElse(name));
      if (named && noun.names.isEmpty()) {
        noun.names.add(Names.of(text));
      }
      noun.plural = plural(text);
      clause.nouns.add(noun);
      return;
    }
    Noun noun =
        new Noun(new Noun.OfService(service.service(), service.base(), service.arguments()));
    noun.plural = plural(text);
    noun(noun);
  }

  /** "An sqs fifo queue" is one queue. */
  private boolean repeats(Service service) {
    boolean joined =
        former instanceof Quality
            && !waitingForNoun()
            && waiting.link.isEmpty()
            && waiting.words.isEmpty()
            && waiting.places.isEmpty();
    return joined
        && lastHere()
            .filter(
                noun ->
                    noun.kind() instanceof Noun.OfService(var own, _, _)
                        && own.equals(service.service())
                        && !noun.plural
                        && noun.names.isEmpty())
            .filter(noun -> waiting.qualities.stream().allMatch(quality -> fits(noun, quality)))
            .isPresent();
  }

  /** "A database with postgres": software that says more about the noun before. */
  private boolean describes(Service service) {
    boolean alone = waiting.which.isEmpty() && waiting.quantity.isEmpty();
    boolean linked =
        waiting
            .link
            .filter(l -> l == Link.WITH || l == Link.IN || l == Link.ON || l == Link.OF)
            .isPresent();
    boolean same =
        lastHere()
            .filter(
                n ->
                    n.kind() instanceof Noun.OfService(var own, _, _)
                        && own.equals(service.service()))
            .isPresent();
    return !service.noun() && alone && linked && same && !intent(Intent.ALTER);
  }

  private boolean intent(Intent intent) {
    return clause.verb.filter(verb -> verb.intent() == intent).isPresent();
  }

  private static Fields over(Fields base, Fields more) {
    Fields result = base;
    for (var entry : more.fields().entrySet()) {
      result = result.with(entry.getKey(), entry.getValue());
    }
    return result;
  }

  private static boolean plural(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith("s")
        && !lower.endsWith("ss")
        && !ENDS_IN_S.contains(lower.substring(lower.lastIndexOf(' ') + 1));
  }

  private void noun(Noun noun) {
    noun.which = waiting.which;
    noun.link = waiting.link;
    waiting.quantity.ifPresent(
        quantity -> {
          if (noun.kind() instanceof Noun.OfGroup) {
            clause.count = OptionalInt.of(quantity.count());
            clause.more = quantity.more();
          } else {
            noun.count = OptionalInt.of(quantity.count());
            noun.more = quantity.more();
          }
        });
    if (waiting.which.filter(Which.ANOTHER::equals).isPresent()) {
      noun.more = true;
    }
    if (!waiting.words.isEmpty()) {
      noun.modifier =
          Optional.of(
              String.join(
                  "-",
                  waiting.words.subList(
                      Math.max(0, waiting.words.size() - 2), waiting.words.size())));
    }
    noun.names.addAll(waiting.names);
    for (Quality quality : waiting.qualities) {
      if (fits(noun, quality)) {
        noun.qualities.add(quality);
      } else if (quality.options().getFirst().get("public").isEmpty()) {
        behind(quality);
      }
    }
    List<Concept> before = List.copyOf(waiting.places);
    clear();
    clause.nouns.add(noun);
    before.forEach(place -> placed(place, Optional.of(noun)));
  }

  private void known(String name) {
    Optional<Noun> before = adjacentNoun();
    boolean describes =
        before.isPresent()
            && (before.get().kind() instanceof Noun.OfService
                || before.get().kind() instanceof Noun.OfType)
            && before.get().names.isEmpty();
    if (describes) {
      before.get().names.add(name);
    } else {
      noun(new Noun(new Noun.OfName(name)));
    }
  }

  private void named(List<String> names) {
    Optional<Noun> last = waitingForNoun() ? Optional.empty() : lastHere();
    if (last.isPresent()) {
      last.get().names.addAll(names);
    } else {
      waiting.names.addAll(names);
    }
  }

  private boolean waitingForNoun() {
    return waiting.which.isPresent() || waiting.quantity.isPresent();
  }

  private void unknown(String text, boolean quoted, Concept next) {
    Optional<Noun> before = adjacentNoun();
    boolean namable =
        before.isPresent()
            && !(before.get().kind() instanceof Noun.OfGroup)
            && before.get().names.isEmpty()
            && !waitingForNoun()
            && waiting.words.isEmpty();
    boolean looks = quoted || text.chars().anyMatch(c -> Character.isDigit(c) || c == '-');
    boolean closed =
        next instanceof Boundary
            || next instanceof Relation
            || next instanceof Pair
            || next instanceof Json
            || next instanceof Limit
            || next instanceof Tags
            || next instanceof Quality;
    boolean creating =
        clause
            .verb
            .filter(verb -> verb.intent() == Intent.CREATE || verb.intent() == Intent.FLEX)
            .isPresent();
    boolean adverb = text.endsWith("ly") || text.endsWith("ing");
    if (namable
        && (looks || closed && creating && !adverb && text.codePoints().allMatch(c -> c < 128))) {
      before.get().names.add(text);
    } else if (quoted) {
      unknown.add(text);
    } else {
      waiting.words.add(text);
    }
  }

  private void pair(Pair pair) {
    Optional<Noun> last = last();
    boolean typed = last.isPresent() && last.get().kind() instanceof Noun.OfType;
    String key = pair.key().toLowerCase(Locale.ROOT);
    if (!typed) {
      switch (key) {
        case "name", "names" -> {
          named(List.of(pair.value()));
          return;
        }
        case "env", "environment" -> {
          environment = Optional.of(Idioms.environment(pair.value()));
          return;
        }
        case "account" -> {
          placed(new AccountId(pair.value()), last);
          return;
        }
        case "region" -> {
          placed(new Region(pair.value().toLowerCase(Locale.ROOT), Set.of()), last);
          return;
        }
        case "team", "owner", "project", "cost-center", "cost-centre", "costcenter" -> {
          tags.put(key.startsWith("cost") ? "cost-center" : key, pair.value());
          return;
        }
        case "count" -> {
          if (pair.value().matches("\\d{1,4}")) {
            clause.count = OptionalInt.of(Integer.parseInt(pair.value()));
            return;
          }
        }
        default -> {}
      }
    }
    if (last.isPresent()) {
      last.get().pairs.add(pair);
    } else {
      clause.pairs.add(pair);
    }
  }

  /** The last noun of this clause, or of the one before if this has none. */
  private Optional<Noun> last() {
    Optional<Noun> here = lastHere();
    return here.isPresent() || clauses.isEmpty() || clauses.getLast().nouns.isEmpty()
        ? here
        : Optional.of(clauses.getLast().nouns.getLast());
  }

  private Optional<Noun> lastHere() {
    return clause.nouns.isEmpty() ? Optional.empty() : Optional.of(clause.nouns.getLast());
  }

  /** The noun right before, with nothing between. */
  private Optional<Noun> adjacentNoun() {
    boolean noun =
        former instanceof Service || former instanceof TypeName || former instanceof BlueprintName;
    return adjacent && noun && waiting.words.isEmpty() ? lastHere() : Optional.empty();
  }

  private boolean fits(Noun noun, Quality quality) {
    return switch (noun.kind()) {
      case Noun.OfService(var service, _, _) ->
          (quality.services().isEmpty() || quality.services().contains(service))
              && quality.options().stream().anyMatch(option -> takes(service, option));
      case Noun.OfName _, Noun.OfGroup _ -> true;
      case Noun.OfType _ -> false;
      case Noun.OfBlueprint _ -> true;
    };
  }

  private boolean takes(String service, Fields option) {
    return option.fields().keySet().stream()
        .allMatch(argument -> services.takes(service, argument) || wall(service, argument));
  }

  /** Ports of something that stands behind a firewall are the firewall's. */
  private boolean wall(String service, String argument) {
    return argument.equals("ports") && services.takes(service, "firewall");
  }

  /** Gives a quality to the nearest noun before that can take it. */
  private void behind(Quality quality) {
    for (int i = clause.nouns.size() - 1; i >= 0; i--) {
      if (fits(clause.nouns.get(i), quality)) {
        clause.nouns.get(i).qualities.add(quality);
        return;
      }
    }
    clause.loose.add(quality);
  }

  private void flush() {
    sized();
    flushQuantity();
    List<Quality> qualities = List.copyOf(waiting.qualities);
    boolean fresh = waiting.which.filter(w -> w == Which.A || w == Which.ANOTHER).isPresent();
    clause.indefinite |= fresh && !qualities.isEmpty() && clause.nouns.isEmpty();
    unknown.addAll(waiting.words);
    waiting.places.forEach(place -> placed(place, last()));
    List<String> names = List.copyOf(waiting.names);
    clear();
    waiting.names.addAll(names);
    qualities.forEach(this::behind);
  }

  private void flushQuantity() {
    waiting.quantity.ifPresent(
        quantity -> {
          clause.count = OptionalInt.of(quantity.count());
          clause.more = quantity.more();
        });
    waiting.quantity = Optional.empty();
  }

  private void clear() {
    waiting.qualities.clear();
    waiting.words.clear();
    waiting.names.clear();
    waiting.places.clear();
    waiting.quantity = Optional.empty();
    waiting.which = Optional.empty();
    waiting.link = Optional.empty();
  }

  private void close() {
    flush();
    if (clause.nouns.isEmpty() && !waiting.names.isEmpty()) {
      clause.names.addAll(waiting.names);
      waiting.names.clear();
    }
    lessens();
    if (clause.started()) {
      clauses.add(clause);
    }
    clause = new Clause();
  }

  /** "Drop web to 1" takes some away, not all. */
  private void lessens() {
    boolean down =
        clause
            .verb
            .filter(verb -> verb.intent() == Intent.REMOVE && verb.word().equals("drop"))
            .isPresent();
    if (down && clause.count.isPresent() && former instanceof Quantity) {
      clause.verb = Optional.of(new Verb(Intent.ALTER, "scale down"));
    }
  }

  private void finish() {
    close();
    for (Clause each : clauses) {
      for (Quality quality : List.copyOf(each.loose)) {
        Optional<Noun> any = each.nouns.stream().filter(noun -> fits(noun, quality)).findFirst();
        boolean alone = each.nouns.isEmpty() && each.verb.isEmpty();
        if (any.isEmpty() && alone) {
          any =
              clauses.stream()
                  .flatMap(other -> other.nouns.stream())
                  .filter(noun -> fits(noun, quality))
                  .findFirst();
        }
        any.ifPresent(
            noun -> {
              noun.qualities.add(quality);
              each.loose.remove(quality);
            });
      }
    }
    clauses.removeIf(each -> each.isEmpty() && each.verb.isEmpty() && each.call.isEmpty());
    onePlaceIsEverybodys();
  }

  /** A place that was said once holds for all; two places hold each for its own. */
  private void onePlaceIsEverybodys() {
    boolean regions =
        places.stream()
                .filter(p -> p instanceof Region || p instanceof City)
                .map(Parser::placeName)
                .distinct()
                .count()
            > 1;
    boolean targets =
        places.stream()
                .filter(p -> p instanceof AccountId || p instanceof Family)
                .distinct()
                .count()
            > 1;
    for (Noun noun : placedAfter) {
      noun.places.removeIf(p -> p instanceof Region || p instanceof City ? !regions : !targets);
    }
  }

  private static String placeName(Concept place) {
    return switch (place) {
      case Region(var code, _) -> code;
      case City(var word, _) -> word;
      default -> "";
    };
  }

  private Request request() {
    return new Request(
        clauses,
        new Frame(environment, places, cheapest, tags, cap, uncapped, rollback, whenChatIsDown),
        turns,
        forbidden,
        unknown,
        notes);
  }
}
