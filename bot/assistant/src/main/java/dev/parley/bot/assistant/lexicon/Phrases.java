package dev.parley.bot.assistant.lexicon;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Phrases of up to six words and what each can mean, first meaning first. */
public final class Phrases {
  /** The longest phrase, in tokens. */
  public static final int LONGEST = 6;

  private final Map<String, List<Concept>> meanings = new HashMap<>();

  /** The longest phrase that starts at a token, and its meanings. */
  public record Match(List<Concept> concepts, int length) {}

  /** Adds a meaning; the same meaning counts once. */
  public void add(String phrase, Concept concept) {
    String key = key(phrase);
    if (!key.isEmpty()) {
      List<Concept> all = meanings.computeIfAbsent(key, _ -> new ArrayList<>());
      if (!all.contains(concept)) {
        all.add(concept);
      }
    }
  }

  /** Gives a phrase this one meaning. */
  void set(String phrase, Concept concept) {
    String key = key(phrase);
    if (!key.isEmpty()) {
      meanings.put(key, new ArrayList<>(List.of(concept)));
    }
  }

  /** Adds everything of another. */
  public void addAll(Phrases other) {
    other.meanings.forEach(
        (key, concepts) -> {
          List<Concept> all = meanings.computeIfAbsent(key, _ -> new ArrayList<>());
          concepts.stream().filter(concept -> !all.contains(concept)).forEach(all::add);
        });
  }

  /** What exactly this phrase can mean. */
  public List<Concept> of(String phrase) {
    return meanings.getOrDefault(key(phrase), List.of());
  }

  /** The longest phrase at a token. */
  public Optional<Match> at(List<Token> tokens, int i) {
    var key = new StringBuilder();
    Optional<Match> best = Optional.empty();
    for (int length = 1; length <= LONGEST && i + length <= tokens.size(); length++) {
      Token token = tokens.get(i + length - 1);
      boolean readable =
          token.kind() == Token.Kind.WORD
              || token.kind() == Token.Kind.NUMBER
              || token.sign("&")
              || token.sign("/");
      if (!readable) {
        break;
      }
      key.append(length == 1 ? "" : " ").append(token.key());
      List<Concept> found = meanings.get(key.toString());
      if (found == null && key.indexOf("-") >= 0) {
        found = meanings.get(key.toString().replace('-', ' '));
      }
      if (found != null) {
        best = Optional.of(new Match(found, length));
      }
    }
    return best;
  }

  /** Every word of every phrase. */
  Set<String> allWords() {
    return meanings.keySet().stream()
        .flatMap(key -> Arrays.stream(key.split(" ")))
        .collect(Collectors.toSet());
  }

  private static String key(String phrase) {
    return Tokenizer.of(phrase).stream().map(Token::key).collect(Collectors.joining(" "));
  }
}
