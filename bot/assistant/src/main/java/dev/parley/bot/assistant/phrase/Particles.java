package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.lexicon.Lexicon;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Verbs that come in two pieces: "turn web-3 off" is read as "turn off web-3". */
final class Particles {
  private static final Set<String> PARTICLES = Set.of("off", "on", "out", "down", "up", "away");
  private static final Set<String> ENDS =
      Set.of("and", "please", "again", "now", "then", "to", "for");
  private static final int FARTHEST = 6;

  private Particles() {}

  static List<Token> join(List<Token> tokens, Lexicon lexicon) {
    var joined = new ArrayList<>(tokens);
    for (int i = 0; i < joined.size(); i++) {
      if (joined.get(i).kind() == Kind.WORD && !PARTICLES.contains(joined.get(i).key())) {
        int at = particle(joined, i, lexicon);
        if (at > 0) {
          Token particle = joined.remove(at);
          joined.add(
              i + 1,
              new Token(Kind.WORD, particle.text(), particle.key(), Optional.empty(), false));
        }
      }
    }
    return joined;
  }

  private static int particle(List<Token> tokens, int verb, Lexicon lexicon) {
    for (int k = verb + 2; k < tokens.size() && k <= verb + FARTHEST; k++) {
      Token token = tokens.get(k);
      if (token.kind() == Kind.SIGN) {
        return -1;
      }
      if (token.kind() == Kind.WORD && PARTICLES.contains(token.key())) {
        boolean ends =
            k + 1 == tokens.size()
                || tokens.get(k + 1).kind() == Kind.SIGN
                || ENDS.contains(tokens.get(k + 1).key());
        boolean known = lexicon.acts(tokens.get(verb).key() + " " + token.key());
        return ends && known ? k : -1;
      }
    }
    return -1;
  }
}
