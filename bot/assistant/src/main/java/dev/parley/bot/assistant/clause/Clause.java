package dev.parley.bot.assistant.clause;

import dev.parley.bot.assistant.concept.Concept.Cidr;
import dev.parley.bot.assistant.concept.Concept.Domain;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One thing asked for: a verb, its things, and the qualities that found no thing. */
public final class Clause {
  final List<Noun> nouns = new ArrayList<>();
  final List<Quality> loose = new ArrayList<>();
  final List<Pair> pairs = new ArrayList<>();
  final List<Domain> domains = new ArrayList<>();
  final List<Cidr> ranges = new ArrayList<>();
  Optional<Verb> verb = Optional.empty();
  Optional<String> call = Optional.empty();
  OptionalInt count = OptionalInt.empty();
  OptionalInt step = OptionalInt.empty();
  boolean more;
  boolean world;
  boolean predicate;
  boolean indefinite;
  final List<String> names = new ArrayList<>();

  Clause() {}

  public List<Noun> nouns() {
    return List.copyOf(nouns);
  }

  /** Qualities of none of its things in particular. */
  public List<Quality> loose() {
    return List.copyOf(loose);
  }

  /** {@code key=value} of none of its things in particular. */
  public List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  public List<Domain> domains() {
    return List.copyOf(domains);
  }

  /** Ranges of addresses. */
  public List<Cidr> ranges() {
    return List.copyOf(ranges);
  }

  public Optional<Verb> verb() {
    return verb;
  }

  /** The operation to call. */
  public Optional<String> call() {
    return call;
  }

  /** A number of nothing in particular: "make it 5". */
  public OptionalInt count() {
    return count;
  }

  /** Bigger or smaller. */
  public OptionalInt step() {
    return step;
  }

  public boolean more() {
    return more;
  }

  /** Whether anybody may reach it. */
  public boolean world() {
    return world;
  }

  /** Whether it says how things shall be: "the bucket should be public". */
  public boolean predicate() {
    return predicate;
  }

  /** Whether it wants something new that it names by its qualities alone: "a 100 GB disk". */
  public boolean indefinite() {
    return indefinite;
  }

  /** Names given to nothing in particular: "call it shop". */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Whether it says nothing by itself. */
  public boolean isEmpty() {
    return nouns.isEmpty()
        && loose.isEmpty()
        && pairs.isEmpty()
        && domains.isEmpty()
        && ranges.isEmpty()
        && count.isEmpty()
        && step.isEmpty()
        && names.isEmpty();
  }

  boolean started() {
    return verb.isPresent() || call.isPresent() || !isEmpty();
  }
}
