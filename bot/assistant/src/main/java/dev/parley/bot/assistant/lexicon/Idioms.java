package dev.parley.bot.assistant.lexicon;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Boundary;
import dev.parley.bot.assistant.concept.Concept.Calling;
import dev.parley.bot.assistant.concept.Concept.Cheapest;
import dev.parley.bot.assistant.concept.Concept.Determiner;
import dev.parley.bot.assistant.concept.Concept.Edge;
import dev.parley.bot.assistant.concept.Concept.Environment;
import dev.parley.bot.assistant.concept.Concept.Family;
import dev.parley.bot.assistant.concept.Concept.Forbidden;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Intent;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.NoLimit;
import dev.parley.bot.assistant.concept.Concept.Noise;
import dev.parley.bot.assistant.concept.Concept.Pronoun;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Relation;
import dev.parley.bot.assistant.concept.Concept.Rollback;
import dev.parley.bot.assistant.concept.Concept.Step;
import dev.parley.bot.assistant.concept.Concept.Turn;
import dev.parley.bot.assistant.concept.Concept.Verb;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.concept.Concept.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Everyday English about infrastructure, as data says it. */
public final class Idioms {
  private static final Fields DATA = Data.read("idioms.yaml");
  private static final Phrases PHRASES = new Phrases();
  private static final Map<String, Set<String>> OUTAGES = new LinkedHashMap<>();
  private static final Set<String> LIMITS = new HashSet<>();
  private static final Map<String, Integer> PORTS = new LinkedHashMap<>();
  private static final Map<String, Runtime> RUNTIMES = new LinkedHashMap<>();
  private static final Map<String, String> IMAGES = new LinkedHashMap<>();
  private static final Map<String, String> ENVIRONMENTS = new LinkedHashMap<>();

  static {
    DATA.fieldsAt("verbs")
        .fields()
        .forEach(
            (intent, words) ->
                Data.texts(words)
                    .forEach(
                        word -> {
                          var verb =
                              new Verb(Intent.valueOf(intent.toUpperCase(Locale.ROOT)), word);
                          forms(word).forEach(form -> PHRASES.add(form, verb));
                        }));
    DATA.fieldsAt("calls").fields().forEach((call, words) -> each(words, _ -> new Calling(call)));
    each(DATA.get("forbidden").orElse(Value.NULL), Forbidden::new);
    DATA.fieldsAt("groups").fields().forEach(Idioms::group);
    DATA.fieldsAt("families")
        .fields()
        .forEach((family, words) -> each(words, _ -> new Family(family)));
    DATA.fieldsAt("sizes")
        .fields()
        .forEach(
            (size, words) ->
                each(
                    words,
                    _ -> new Quality(List.of(Fields.of("size", Value.text(size))), Set.of())));
    DATA.fieldsAt("environments")
        .fields()
        .forEach(
            (name, words) -> {
              for (String word : Data.texts(words)) {
                PHRASES.add(word, new Environment(name));
                ENVIRONMENTS.put(word, name);
              }
            });
    DATA.fieldsAt("ports").fields().forEach((name, port) -> PORTS.put(name, Data.number(port)));
    DATA.fieldsAt("images")
        .fields()
        .forEach((image, words) -> Data.texts(words).forEach(word -> IMAGES.put(word, image)));
    DATA.fieldsAt("outages")
        .fields()
        .forEach((part, words) -> OUTAGES.put(part, Set.copyOf(Data.texts(words))));
    DATA.fieldsAt("runtimes").fields().forEach((name, about) -> runtime(name, (Fields) about));
  }

  private Idioms() {}

  /**
   * A language functions are written in.
   *
   * @param name as it stands before a version
   * @param latest what is meant without a version
   * @param suffix behind the version
   */
  public record Runtime(String name, String latest, String suffix) {}

  /** All phrases that mean the same everywhere. */
  public static Phrases phrases() {
    return PHRASES;
  }

  /** Whether a phrase introduces a limit on cost. */
  public static boolean limits(String phrase) {
    return LIMITS.contains(phrase);
  }

  /**
   * The phrases of one part of what is said about a chat that is down: {@code wait}, {@code
   * continue}, {@code when}, {@code chat}, {@code down}, {@code for}, {@code back}, {@code fill}.
   */
  public static Set<String> outages(String part) {
    return OUTAGES.getOrDefault(part, Set.of());
  }

  /** The port a protocol's name means. */
  public static Optional<Integer> port(String protocol) {
    return Optional.ofNullable(PORTS.get(protocol));
  }

  /** The runtime a language's word means. */
  public static Optional<Runtime> runtime(String word) {
    return Optional.ofNullable(RUNTIMES.get(word));
  }

  /** The image an operating system's words mean. */
  public static Optional<String> image(String words) {
    return Optional.ofNullable(IMAGES.get(words));
  }

  /** An environment by any of its words, as the tenant's accounts would write it. */
  public static String environment(String word) {
    return ENVIRONMENTS.getOrDefault(word.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
  }

  private static void runtime(String name, Fields about) {
    var runtime =
        new Runtime(name, about.text("latest").orElse(name), about.text("suffix").orElse(""));
    Data.texts(about.get("words").orElse(Value.NULL)).forEach(word -> RUNTIMES.put(word, runtime));
  }

  private static void group(String name, Value words) {
    Optional<Concept> concept = concept(name);
    concept.ifPresent(meaning -> each(words, _ -> meaning));
    if (name.equals("limit")) {
      LIMITS.addAll(Data.texts(words));
    }
  }

  /** A verb's own forms: open, opens, opening, opened. */
  private static List<String> forms(String verb) {
    if (verb.indexOf(' ') >= 0 || verb.indexOf('\'') >= 0 || verb.length() < 3) {
      return List.of(verb);
    }
    String stem = verb.endsWith("e") ? verb.substring(0, verb.length() - 1) : verb;
    return List.of(verb, verb + "s", stem + "ing", stem + "ed");
  }

  private static Optional<Concept> concept(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "it" -> new Pronoun(Group.IT);
          case "them" -> new Pronoun(Group.THEM);
          case "everything" -> new Pronoun(Group.EVERYTHING);
          case "old" -> new Pronoun(Group.OLD);
          case "the" -> new Determiner(Which.THE);
          case "a" -> new Determiner(Which.A);
          case "another" -> new Determiner(Which.ANOTHER);
          case "all" -> new Determiner(Which.ALL);
          case "same" -> new Turn(Kind.SAME);
          case "instead" -> new Turn(Kind.INSTEAD);
          case "also" -> new Turn(Kind.ALSO);
          case "afresh" -> new Turn(Kind.AFRESH);
          case "bigger" -> new Step(1);
          case "smaller" -> new Step(-1);
          case "cheapest" -> new Cheapest();
          case "nocap" -> new NoLimit();
          case "rollback" -> new Rollback(true);
          case "norollback" -> new Rollback(false);
          case "behind" -> new Relation(Link.BEHIND);
          case "front" -> new Relation(Link.FRONT);
          case "with" -> new Relation(Link.WITH);
          case "without" -> new Relation(Link.WITHOUT);
          case "in" -> new Relation(Link.IN);
          case "on" -> new Relation(Link.ON);
          case "to" -> new Relation(Link.TO);
          case "for" -> new Relation(Link.FOR);
          case "from" -> new Relation(Link.FROM);
          case "of" -> new Relation(Link.OF);
          case "and" -> new Boundary(Edge.AND);
          case "world" -> new World();
          case "public" -> visibility(true);
          case "private" -> visibility(false);
          case "noise" -> new Noise();
          default -> null;
        });
  }

  private static Concept visibility(boolean open) {
    return new Quality(List.of(Fields.of("public", Value.bool(open))), Set.of());
  }

  private static void each(Value words, Function<String, Concept> meaning) {
    Data.texts(words).forEach(word -> PHRASES.add(word, meaning.apply(word)));
  }
}
