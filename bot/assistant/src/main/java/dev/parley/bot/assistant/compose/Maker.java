package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.text.Names;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Json;
import dev.parley.plan.Place;
import dev.parley.plan.Reading;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.plan.Want.OfType;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes wants of nouns that stand for something new. */
final class Maker {
  private static final int MOST = 1000;

  private final Scene scene;
  private final Work work;
  private final Set<String> inThisMessage = new HashSet<>();

  Maker(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  /** The wants of a noun, put into the work. */
  List<Make> make(Noun noun, Clause clause) {
    int count = count(noun);
    return switch (noun.kind()) {
      case Noun.OfService(var service, var base, var arguments) ->
          service(noun, clause, service, base, arguments, count);
      case Noun.OfType(var type) -> type(noun, type, count);
      case Noun.OfName _, Noun.OfGroup _, Noun.OfBlueprint _ -> List.of();
    };
  }

  private int count(Noun noun) {
    if (noun.count().isPresent()) {
      int count = noun.count().getAsInt();
      if (count > MOST) {
        throw new Halt(
            new Reading.Lost(
                List.of(),
                List.of(Integer.toString(count)),
                "One request may want at most "
                    + MOST
                    + " of a kind. Ask for fewer, or several times."));
      }
      return count;
    }
    if (noun.names().size() > 1) {
      return noun.names().size();
    }
    if (noun.plural() && noun.names().isEmpty() && noun.which().isEmpty()) {
      work.note("How many was not said: two are assumed.");
      return 2;
    }
    return 1;
  }

  private List<Make> service(
      Noun noun, Clause clause, String service, String base, Fields arguments, int count) {
    Qualities qualities = Qualities.of(noun.qualities(), service, scene.services());
    Fields all = Qualities.merge(arguments, qualities.arguments());
    for (Pair pair : noun.pairs()) {
      Pointer place = Literals.place(pair.key(), Optional.empty());
      boolean role =
          scene.services().takes(service, pair.key())
              && !scene.services().offerings(service).isEmpty();
      all =
          all.with(
              role ? pair.key() : place.toString(), Literals.read(pair, place, Optional.empty()));
    }
    for (String json : noun.json()) {
      for (var entry : object(json).fields().entrySet()) {
        all = all.with("/" + entry.getKey(), entry.getValue());
      }
    }
    all = details(noun, clause, service, all);
    if (noun.more()) {
      all = Qualities.merge(model(noun, service, base), all);
    }
    var made = new ArrayList<Make>();
    for (String name : names(noun, service, base, count)) {
      Make make = new Make(name, new OfService(service, all), Place.ANY);
      Optional<Make> before =
          work.make(name).filter(m -> Target.service(m).filter(service::equals).isPresent());
      work.put(
          before
              .map(m -> Work.with(m, make.what() instanceof OfService(_, var a) ? a : Fields.EMPTY))
              .orElse(make));
      made.add(work.make(name).orElseThrow());
    }
    return made;
  }

  /** More of the kind are made as the ones there are. */
  private Fields model(Noun noun, String service, String base) {
    String stem = noun.modifier().map(Names::of).orElse(base);
    List<Make> group = work.group(service, stem);
    return !group.isEmpty() && group.getFirst().what() instanceof OfService(_, var arguments)
        ? arguments
        : Fields.EMPTY;
  }

  /** What is said by its looks alone: a range of addresses, a host name. */
  private Fields details(Noun noun, Clause clause, String service, Fields arguments) {
    Fields all = arguments;
    boolean opens = all.get("ports").isPresent();
    if (scene.services().takes(service, "source") && scene.services().takes(service, "ports")) {
      boolean open =
          clause.world() || opens && all.get("public").filter(Value.bool(true)::equals).isPresent();
      if (open) {
        all = all.with("source", Value.text("0.0.0.0/0"));
      } else if (!clause.ranges().isEmpty()) {
        all = all.with("source", Value.text(range(clause.ranges().getFirst().text())));
      }
    } else if (scene.services().takes(service, "cidr")
        && !clause.ranges().isEmpty()
        && noun.count().orElse(1) == 1
        && !other(clause, noun)) {
      all = all.with("cidr", Value.text(range(clause.ranges().getFirst().text())));
    }
    if (scene.services().takes(service, "domain")
        && !clause.domains().isEmpty()
        && all.get("domain").isEmpty()) {
      all = all.with("domain", Value.text(clause.domains().getFirst().name()));
    }
    return all;
  }

  /** Whether a noun before it takes the range instead: "a vpc 10.1.0.0/16 with a subnet". */
  private boolean other(Clause clause, Noun noun) {
    for (Noun before : clause.nouns()) {
      if (before == noun) {
        return false;
      }
      boolean takes =
          before.kind() instanceof Noun.OfService(var service, _, _)
              && scene.services().takes(service, "cidr");
      if (takes) {
        return true;
      }
    }
    return false;
  }

  static String range(String address) {
    return address.indexOf('/') < 0 ? address + "/32" : address;
  }

  private List<Make> type(Noun noun, ResourceType type, int count) {
    Optional<TypeSchema> schema = scene.services().schema(type);
    Fields properties = Fields.EMPTY;
    for (String json : noun.json()) {
      properties = Qualities.merge(properties, object(json));
    }
    for (Pair pair : noun.pairs()) {
      Pointer place = Literals.place(pair.key(), schema);
      try {
        properties = place.set(properties, Literals.read(pair, place, schema));
      } catch (IllegalArgumentException e) {
        throw new Halt(
            new Reading.Lost(
                List.of("create " + type.name()),
                List.of(pair.key()),
                "The property can't be set there: " + e.getMessage() + ". Give it as JSON."));
      }
    }
    String last =
        type.unversioned()
            .substring(
                Math.max(type.unversioned().lastIndexOf('/'), type.unversioned().lastIndexOf(':'))
                    + 1);
    var made = new ArrayList<Make>();
    for (String name : names(noun, "", Names.of(last), count)) {
      Make make = new Make(name, new OfType(type, properties), Place.ANY);
      work.put(make);
      made.add(make);
    }
    return made;
  }

  private static Fields object(String json) {
    try {
      if (Json.parse(json) instanceof Fields fields) {
        return fields;
      }
      throw new Halt(
          new Reading.Lost(
              List.of(),
              List.of(brief(json)),
              "Properties are a JSON object: {\"Name\": \"value\"}."));
    } catch (Invalid e) {
      throw new Halt(
          new Reading.Lost(
              List.of(),
              List.of(brief(json)),
              "The properties are no JSON: " + e.getMessage() + "."));
    }
  }

  private static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private List<String> names(Noun noun, String service, String base, int count) {
    List<String> given =
        noun.names().stream().map(Names::of).filter(name -> !name.isEmpty()).toList();
    for (int i = 0; i < given.size() && i < noun.names().size(); i++) {
      if (!given.get(i).equals(noun.names().get(i))) {
        work.note("The name “" + noun.names().get(i) + "” is written " + given.get(i) + ".");
      }
    }
    if (!given.isEmpty() && given.size() == count) {
      given.forEach(name -> existing(name));
      inThisMessage.addAll(given);
      return given;
    }
    boolean usual = base.equals(ServiceWords.base(service)) || service.isEmpty();
    String stem =
        !given.isEmpty()
            ? given.getFirst()
            : noun.modifier()
                .map(Names::of)
                .filter(m -> !m.isEmpty())
                .map(m -> usual ? m : m + "-" + base)
                .orElse(base);
    boolean numbered = count > 1 || noun.more();
    var names = new ArrayList<String>();
    int number = noun.more() ? last(service, stem) : 0;
    if (count == 1 && !noun.more() && free(stem, service)) {
      names.add(stem);
    }
    boolean another = noun.which().filter(Which.ANOTHER::equals).isPresent() || noun.more();
    if (count == 1
        && another
        && number == 0
        && names.isEmpty()
        && work.make(stem).isEmpty()
        && !scene.takenElsewhere(stem)) {
      names.add(stem);
    }
    while (names.size() < count) {
      number++;
      String name = numbered || number > 1 ? Names.numbered(stem, number) : Names.numbered(stem, 2);
      boolean taken =
          noun.more()
              ? work.make(name).isPresent() || scene.takenElsewhere(name)
              : !free(name, service);
      if (!taken && !names.contains(name)) {
        names.add(name);
      }
    }
    inThisMessage.addAll(names);
    return names;
  }

  private void existing(String name) {
    if (scene.takenElsewhere(name) && work.make(name).isEmpty()) {
      work.note(
          name + " exists already; in the same account it is changed, not made a second time.");
    }
  }

  private int last(String service, String stem) {
    int drafted =
        work.group(service, stem).stream()
            .mapToInt(make -> Math.max(1, Names.number(make.name())))
            .max()
            .orElse(0);
    int tracked =
        scene.here().stream()
            .filter(t -> scene.is(t, service) && Names.base(t.at().name()).equals(stem))
            .mapToInt(t -> Math.max(1, Names.number(t.at().name())))
            .max()
            .orElse(0);
    return Math.max(drafted, tracked);
  }

  /** Whether the name is this thread's to give: unused, or the same service's. */
  private boolean free(String name, String service) {
    boolean otherService =
        work.make(name)
            .filter(make -> !Target.service(make).filter(service::equals).isPresent())
            .isPresent();
    return !inThisMessage.contains(name) && !otherService && !scene.takenElsewhere(name);
  }
}
