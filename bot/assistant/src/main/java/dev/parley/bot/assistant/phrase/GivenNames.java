package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.Named;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/** Called shop-web; named "orders". */
final class GivenNames implements Recogniser {
  private static final Set<String> WORDS =
      Set.of("called", "named", "name", "labelled", "titled", "naming", "calling");
  private static final Set<String> FILLERS = Set.of(":", "is", "it", "them", "=");
  private static final Set<String> NO_NAMES =
      Set.of("the", "a", "an", "of", "with", "in", "and", "tag", "server", "servers");

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    int at = i;
    if (s.isWord(at, Set.of("with", "by")) && s.isWord(at + 1, Set.of("the", "name", "names"))) {
      at = s.skip(at + 1, Set.of("the"));
      if (!s.isWord(at, Set.of("name", "names"))) {
        return Optional.empty();
      }
      at = s.skip(at + 1, Set.of("of"));
    } else if (s.isWord(at, WORDS)
        || s.isWord(at, Set.of("call")) && s.isWord(at + 1, Set.of("it", "them"))) {
      at++;
    } else {
      return Optional.empty();
    }
    at = s.skip(at, FILLERS);
    if (!nameable(s.token(at))) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    names.add(s.token(at).text());
    int end = at + 1;
    while (joins(s, end)) {
      int next = s.skip(end, Set.of(",", "and", "&"));
      names.add(s.token(next).text());
      end = next + 1;
    }
    return Hit.of(new Named(names), end - i);
  }

  /** Whether another name follows: "orders and jobs", but not "orders and a cache". */
  private static boolean joins(Sentence s, int end) {
    int next = s.skip(end, Set.of(",", "and", "&"));
    if (next == end || next >= s.tokens().size()) {
      return false;
    }
    Token token = s.token(next);
    Token behind = s.token(next + 1);
    boolean closed =
        behind.kind() == Kind.SIGN
            || s.isWord(next + 1, Set.of("and", "in", "for", "with", "on", "behind"));
    boolean fresh =
        token.kind() == Kind.QUOTED
            || token.kind() == Kind.WORD
                && !s.lexicon().knows(token.key())
                && s.lexicon().shaped(token.text()).isEmpty();
    return fresh && closed;
  }

  private static boolean nameable(Token token) {
    return token.kind() == Kind.QUOTED && !token.text().isBlank()
        || token.kind() == Kind.NUMBER
        || token.kind() == Kind.WORD
            && !NO_NAMES.contains(token.key())
            && token.key().chars().anyMatch(Character::isLetterOrDigit);
  }
}
