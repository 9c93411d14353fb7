package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Boundary;
import dev.parley.bot.assistant.concept.Concept.Edge;
import dev.parley.bot.assistant.concept.Concept.Noise;
import dev.parley.bot.assistant.concept.Concept.Unknown;
import dev.parley.bot.assistant.concept.Found;
import dev.parley.bot.assistant.lexicon.Lexicon;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a message from left to right, taking the longest concept at each token. */
public final class Scanner {
  /** Of equal lengths the earlier one counts. */
  private static final List<Recogniser> RECOGNISERS =
      List.of(
          new GivenNames(),
          new TagPhrases(),
          new Pairs(),
          new Limits(),
          new Outages(),
          new Ports(),
          new Capacities(),
          new Versions(),
          new Shapes(),
          new Quantities(),
          new KnownWords());

  private static final Set<String> BEFORE_NAMES =
      Set.of("called", "named", "name", "team", "owner", "project", "tag", "by", "to", "label");
  private static final int MENDED_AT_MOST = 40;

  private Scanner() {}

  /**
   * What a message says.
   *
   * @param notes words that were read as others
   */
  public record Scan(List<Found> found, List<Token> tokens, List<String> notes) {}

  /** Reads tokens. */
  public static Scan scan(List<Token> tokens, Lexicon lexicon, String currency) {
    var notes = new ArrayList<String>();
    List<Token> mended = Particles.join(mend(tokens, lexicon, notes), lexicon);
    var sentence = new Sentence(mended, lexicon, currency);
    int at = 0;
    while (at < mended.size()) {
      Hit hit = best(sentence, at);
      sentence
          .found()
          .add(
              new Found(
                  at, at + hit.length(), sentence.text(at, at + hit.length()), hit.concept()));
      at += hit.length();
    }
    return new Scan(List.copyOf(sentence.found()), mended, List.copyOf(notes));
  }

  private static Hit best(Sentence sentence, int at) {
    Optional<Hit> best = Optional.empty();
    for (Recogniser recogniser : RECOGNISERS) {
      Optional<Hit> hit = recogniser.at(sentence, at);
      if (hit.isPresent() && (best.isEmpty() || hit.get().length() > best.get().length())) {
        best = hit;
      }
    }
    return best.orElseGet(() -> new Hit(leftOver(sentence.token(at)), 1));
  }

  private static Concept leftOver(Token token) {
    return switch (token.kind()) {
      case SIGN ->
          switch (token.text()) {
            case "," -> new Boundary(Edge.COMMA);
            case "&" -> new Boundary(Edge.AND);
            case ".", ";", "?", "!" -> new Boundary(Edge.SENTENCE);
            default -> new Noise();
          };
      case QUOTED -> new Unknown(token.text(), true);
      default ->
          token.text().codePoints().anyMatch(Character::isLetterOrDigit)
              ? new Unknown(token.text(), false)
              : new Noise();
    };
  }

  private static List<Token> mend(List<Token> tokens, Lexicon lexicon, List<String> notes) {
    var mended = new ArrayList<Token>(tokens.size());
    int tries = 0;
    for (Token token : tokens) {
      boolean named = !mended.isEmpty() && BEFORE_NAMES.contains(mended.getLast().key());
      boolean candidate =
          token.kind() == Kind.WORD
              && !named
              && tries < MENDED_AT_MOST
              && token.key().chars().allMatch(Character::isLetter)
              && token.key().length() >= 5
              && !lexicon.knows(token.key());
      Optional<String> meant = candidate ? lexicon.meant(token.key()) : Optional.empty();
      tries += candidate ? 1 : 0;
      meant.ifPresent(word -> notes.add("Read “" + token.text() + "” as “" + word + "”."));
      mended.add(
          meant
              .map(word -> new Token(Kind.WORD, word, word, Optional.empty(), token.glued()))
              .orElse(token));
    }
    return mended;
  }
}
