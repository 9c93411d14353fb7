package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.WhileChatIsDown;
import dev.parley.bot.assistant.lexicon.Idioms;
import dev.parley.bot.assistant.text.Token.Kind;
import dev.parley.identity.WhenChatIsDown;
import java.util.Optional;
import java.util.Set;

/**
 * Wait if the chat is down; keep going even if Slack is down; if Discord can't be reached, pause
 * the run; don't wait for the chat. What to do and when, in either order; words alone as "wait" say
 * nothing about the chat.
 */
final class Outages implements Recogniser {
  private static final int LONGEST = 6;

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    Optional<Hit> said = action(s, i);
    return said.isPresent() ? said.flatMap(hit -> behind(s, i, hit)) : before(s, i);
  }

  /** "Wait" and then "for the chat" or "if the chat is down". */
  private static Optional<Hit> behind(Sentence s, int i, Hit said) {
    int at = filled(s, i + said.length());
    int outage = outage(s, at);
    if (outage > 0) {
      return Hit.of(said.concept(), at + outage - i);
    }
    int of = longest(s, at, Idioms.outages("for"));
    int chat = of == 0 ? 0 : longest(s, at + of, Idioms.outages("chat"));
    if (chat == 0) {
      return Optional.empty();
    }
    int end = at + of + chat;
    return Hit.of(said.concept(), end + longest(s, end, Idioms.outages("back")) - i);
  }

  /** "If the chat is down" and then "wait". */
  private static Optional<Hit> before(Sentence s, int i) {
    int outage = outage(s, i);
    if (outage == 0) {
      return Optional.empty();
    }
    int at = filled(s, i + outage);
    return action(s, at).map(hit -> new Hit(hit.concept(), at + hit.length() - i));
  }

  private static Optional<Hit> action(Sentence s, int i) {
    int wait = longest(s, i, Idioms.outages("wait"));
    int goOn = longest(s, i, Idioms.outages("continue"));
    WhenChatIsDown what = goOn >= wait ? WhenChatIsDown.CONTINUE : WhenChatIsDown.WAIT;
    return wait + goOn == 0
        ? Optional.empty()
        : Hit.of(new WhileChatIsDown(what), Math.max(wait, goOn));
  }

  /** How many tokens "if the chat is down" takes. */
  private static int outage(Sentence s, int i) {
    int when = longest(s, i, Idioms.outages("when"));
    int chat = when == 0 ? 0 : longest(s, i + when, Idioms.outages("chat"));
    int down = chat == 0 ? 0 : longest(s, i + when + chat, Idioms.outages("down"));
    return down == 0 ? 0 : when + chat + down;
  }

  private static int filled(Sentence s, int i) {
    int at = i;
    while (true) {
      int more = s.token(at).sign(",") ? 1 : longest(s, at, Idioms.outages("fill"));
      if (more == 0) {
        return at;
      }
      at += more;
    }
  }

  /** How many tokens the longest of some phrases takes. */
  private static int longest(Sentence s, int i, Set<String> phrases) {
    var key = new StringBuilder();
    int longest = 0;
    for (int length = 1;
        length <= LONGEST && s.token(i + length - 1).kind() == Kind.WORD;
        length++) {
      key.append(length == 1 ? "" : " ").append(s.key(i + length - 1));
      if (phrases.contains(key.toString())) {
        longest = length;
      }
    }
    return longest;
  }
}
