package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Calling;
import dev.parley.bot.assistant.concept.Concept.Determiner;
import dev.parley.bot.assistant.concept.Concept.Environment;
import dev.parley.bot.assistant.concept.Concept.Forbidden;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Noise;
import dev.parley.bot.assistant.concept.Concept.Quantity;
import dev.parley.bot.assistant.concept.Concept.Relation;
import dev.parley.bot.assistant.concept.Concept.Service;
import dev.parley.bot.assistant.concept.Concept.Verb;
import dev.parley.bot.assistant.lexicon.Phrases;
import dev.parley.bot.assistant.text.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The phrases of the lexicon; of several meanings the one that fits what stands before. */
final class KnownWords implements Recogniser {
  private static final Set<String> POINTING = Set.of("this", "that", "these", "those");

  /** Words that are an environment only where they stand as one. */
  private static final Set<String> WEAK =
      Set.of("test", "testing", "qa", "live", "stage", "develop", "developer");

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    Optional<Phrases.Match> match = s.lexicon().phrase(s.tokens(), i);
    if (match.isEmpty()) {
      return Optional.empty();
    }
    String text = s.text(i, i + match.get().length()).toLowerCase(java.util.Locale.ROOT);
    return choose(s, match.get().concepts(), text, i, match.get().length())
        .flatMap(concept -> Hit.of(concept, match.get().length()));
  }

  private static Optional<Concept> choose(
      Sentence s, List<Concept> concepts, String text, int i, int length) {
    if (text.equals("that") && behindNoun(s)) {
      return Optional.of(new Noise());
    }
    boolean verbs = startsClause(s, text.contains(" "));
    Optional<Concept> verb =
        concepts.stream()
            .filter(concept -> concept instanceof Verb || concept instanceof Calling)
            .findFirst();
    Optional<Concept> forbidden = concepts.stream().filter(Forbidden.class::isInstance).findFirst();
    if (forbidden.isPresent()) {
      return forbidden;
    }
    Optional<Concept> call = concepts.stream().filter(Calling.class::isInstance).findFirst();
    if (verbs && verb.isPresent()) {
      Optional<Concept> noun = concepts.stream().filter(Service.class::isInstance).findFirst();
      if (noun.isPresent() && !opensObject(s, i + length)) {
        return noun;
      }
      return call.isPresent() && !createsSomething(s, i + length) ? call : verb;
    }
    boolean pointing = POINTING.contains(text) && nounFollows(s, i + length);
    for (Concept concept : concepts) {
      boolean fits =
          switch (concept) {
            case Verb _, Calling _ -> false;
            case Concept.Pronoun _ -> !pointing;
            case Environment _ -> !WEAK.contains(text) || standsAsEnvironment(s, i + length);
            default -> true;
          };
      if (fits) {
        return Optional.of(concept);
      }
    }
    return Optional.empty();
  }

  /** "A firewall that allows 443": the word only joins. */
  private static boolean behindNoun(Sentence s) {
    return switch (s.before().orElse(new Noise())) {
      case Service _, Concept.Known _, Concept.Unknown _, Concept.Named _ -> true;
      default -> false;
    };
  }

  private static boolean nounFollows(Sentence s, int i) {
    boolean noun =
        s.lexicon().phrase(s.tokens(), i).stream()
            .flatMap(match -> match.concepts().stream())
            .anyMatch(Service.class::isInstance);
    return noun || s.token(i).kind() == Token.Kind.WORD && !s.lexicon().knows(s.key(i));
  }

  private static boolean standsAsEnvironment(Sentence s, int behind) {
    boolean after =
        s.before().orElse(null) instanceof Relation relation
            && Set.of(Link.IN, Link.FOR, Link.ON, Link.TO).contains(relation.link());
    return after || s.isWord(behind, Set.of("environment", "env")) || s.token(behind).sign(":");
  }

  /** Whether a verb may stand here: "the build server" and "3 test hosts" have none. */
  private static boolean startsClause(Sentence s, boolean phrase) {
    return switch (s.before().orElse(new Noise())) {
      case Determiner _, Quantity _, Concept.Quality _ -> phrase;
      case Relation relation -> relation.link() == Link.TO;
      default -> true;
    };
  }

  private static boolean opensObject(Sentence s, int i) {
    if (i >= s.tokens().size()) {
      return false;
    }
    return s.isNumber(i)
        || s.isWord(
            i,
            Set.of(
                "a", "an", "the", "my", "our", "it", "them", "me", "us", "another", "two", "three",
                "this", "all"));
  }

  /** "Start 3 servers" makes them; "start web-1" starts it. */
  private static boolean createsSomething(Sentence s, int i) {
    return s.isNumber(i)
        || s.isWord(i, Set.of("a", "an", "another", "two", "three", "four", "five", "six"));
  }
}
