package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.Json;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import java.util.Optional;

/** {@code Key=value}, {@code Key: value}, {@code /a/b=1} and JSON objects. */
final class Pairs implements Recogniser {
  @Override
  public Optional<Hit> at(Sentence s, int i) {
    Token token = s.token(i);
    if (token.kind() == Kind.JSON) {
      return Hit.of(new Json(token.text()), 1);
    }
    if (token.kind() == Kind.PAIR) {
      return pair(s, i, token);
    }
    boolean property =
        token.kind() == Kind.WORD
            && s.token(i + 1).sign(":")
            && s.token(i + 1).glued()
            && (token.text().startsWith("/")
                || token.text().matches("[A-Z]\\w*[a-z]\\w*(\\.\\w+)*"));
    Token value = s.token(i + 2);
    boolean valued =
        value.kind() == Kind.WORD
            || value.kind() == Kind.NUMBER
            || value.kind() == Kind.QUOTED
            || value.kind() == Kind.JSON;
    boolean known = property && s.lexicon().knows(token.key());
    if (!property || !valued || known) {
      return Optional.empty();
    }
    return Hit.of(new Pair(token.text(), value.text(), value.kind() == Kind.QUOTED), 3);
  }

  private static Optional<Hit> pair(Sentence s, int i, Token token) {
    int equals = token.text().indexOf('=');
    String value = token.text().substring(equals + 1);
    String key = token.text().substring(0, equals);
    Token next = s.token(i + 1);
    if (value.isEmpty() && next.glued() && next.kind() != Kind.SIGN) {
      return Hit.of(new Pair(key, next.text(), next.kind() == Kind.QUOTED), 2);
    }
    String bare = TagPhrases.bare(value);
    return Hit.of(new Pair(key, bare, !bare.equals(value)), 1);
  }
}
