package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.concept.Concept.Quantity;
import dev.parley.bot.assistant.concept.Concept.Turn;
import dev.parley.bot.assistant.text.Numbers;
import java.util.Optional;
import java.util.Set;

/** Three, 2x, a pair of, another two, 5 more. */
final class Quantities implements Recogniser {
  private static final Set<String> MORE =
      Set.of("more", "additional", "extra", "further", "another");
  private static final Set<String> LESS = Set.of("less", "fewer");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the", "half");

  /** Before a number they take it back: "4, not 3". */
  private static Optional<Hit> denied(Sentence s, int i) {
    boolean instead =
        s.isWord(i, Set.of("instead", "rather")) && s.isWord(i + 1, Set.of("of", "than"));
    int at = s.token(i).word("not") ? i + 1 : instead ? i + 2 : i;
    boolean number =
        at > i
            && at < s.tokens().size()
            && s.before().filter(Quantity.class::isInstance).isPresent();
    return number
        ? Numbers.at(s.tokens(), at)
            .flatMap(read -> Hit.of(new Turn(Kind.INSTEAD), at + read.length() - i))
        : Optional.empty();
  }

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    Optional<Hit> denied = denied(s, i);
    if (denied.isPresent()) {
      return denied;
    }
    int at = i;
    boolean more = s.isWord(at, MORE);
    if (more) {
      at++;
    }
    if (s.token(at).word("x") && s.isNumber(at + 1)) {
      return number(s, i, at + 1, more);
    }
    boolean half =
        s.token(at).word("half")
            && (s.isWord(at + 1, Set.of("a")) ? s.token(at + 2) : s.token(at + 1)).word("dozen");
    if (half) {
      int end = s.token(at + 1).word("dozen") ? at + 2 : at + 3;
      return Hit.of(new Quantity(6, more), end - i);
    }
    boolean article = s.isWord(at, ARTICLES);
    if (article
        && !s.isWord(
            at + 1, Set.of("couple", "pair", "dozen", "trio", "hundred", "few", "handful"))) {
      return Optional.empty();
    }
    return number(s, i, article ? at + 1 : at, more);
  }

  private static Optional<Hit> number(Sentence s, int start, int at, boolean more) {
    if (at >= s.tokens().size()) {
      return Optional.empty();
    }
    if (s.isWord(at, Set.of("few", "handful"))) {
      return Hit.of(new Quantity(3, more), s.skip(at + 1, Set.of("of")) - start);
    }
    Optional<Numbers.Read> read = Numbers.at(s.tokens(), at);
    if (read.isEmpty()
        || read.get().value().stripTrailingZeros().scale() > 0
        || read.get().value().precision() > 6) {
      return Optional.empty();
    }
    int end = at + read.get().length();
    if (s.isWord(end, Set.of("x", "times"))) {
      end++;
    }
    if (s.isWord(end, LESS)) {
      return Hit.of(new Quantity(-read.get().value().intValue(), true), end + 1 - start);
    }
    boolean plus = s.isWord(end, MORE);
    end = s.skip(plus ? end + 1 : end, Set.of("of"));
    return Hit.of(new Quantity(read.get().value().intValue(), more || plus), end - start);
  }
}
