package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Found;
import dev.parley.bot.assistant.lexicon.Lexicon;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A message while it is being read: its tokens, and what was found left of the reader. */
final class Sentence {
  private static final Token END = new Token(Kind.SIGN, "", "", Optional.empty(), false);

  private final List<Token> tokens;
  private final Lexicon lexicon;
  private final String currency;
  private final List<Found> found = new ArrayList<>();

  Sentence(List<Token> tokens, Lexicon lexicon, String currency) {
    this.tokens = tokens;
    this.lexicon = lexicon;
    this.currency = currency;
  }

  List<Token> tokens() {
    return tokens;
  }

  Lexicon lexicon() {
    return lexicon;
  }

  /** In which people think about money here. */
  String currency() {
    return currency;
  }

  List<Found> found() {
    return found;
  }

  /** The token, or an empty sign behind the end. */
  Token token(int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i) : END;
  }

  String key(int i) {
    return token(i).key();
  }

  boolean isWord(int i, Set<String> words) {
    return token(i).kind() == Kind.WORD && words.contains(key(i));
  }

  boolean isNumber(int i) {
    return token(i).kind() == Kind.NUMBER;
  }

  /** Skips these words and signs. */
  int skip(int i, Set<String> keys) {
    int at = i;
    while (at < tokens.size() && keys.contains(key(at))) {
      at++;
    }
    return at;
  }

  /** Whether any token is one of these words. */
  boolean mentions(Set<String> words) {
    return tokens.stream()
        .anyMatch(token -> token.kind() == Kind.WORD && words.contains(token.key()));
  }

  /** Whether the message, or else the draft, speaks of a service with this argument. */
  boolean speaksOf(String argument) {
    Set<String> said = new java.util.HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean node = key(i).startsWith("node");
      lexicon.phrase(tokens, i).stream()
          .flatMap(match -> match.concepts().stream())
          .filter(concept -> !node)
          .forEach(
              concept -> {
                if (concept instanceof Concept.Service service) {
                  said.add(service.service());
                }
              });
    }
    Set<String> services = said.isEmpty() ? lexicon.drafted() : said;
    return services.stream()
        .anyMatch(
            service ->
                !lexicon.services().offerings(service).isEmpty()
                    && lexicon.services().takes(service, argument));
  }

  /** What was found last that is more than noise. */
  Optional<Concept> before() {
    for (int k = found.size() - 1; k >= 0; k--) {
      if (!(found.get(k).concept() instanceof Concept.Noise)) {
        return Optional.of(found.get(k).concept());
      }
    }
    return Optional.empty();
  }

  String text(int from, int to) {
    var text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from && !token(i).glued() ? " " : "").append(token(i).text());
    }
    return text.toString();
  }
}
