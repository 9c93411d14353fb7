package dev.parley.bot.slack.block;

import dev.parley.bot.text.Inert;
import java.net.URI;
import java.net.URISyntaxException;

/** Text from anybody, made fit for Slack: no markup, no mention, no more than fits. */
public final class Words {
  private Words() {}

  /**
   * One line of a plain text object, which Slack never parses.
   *
   * @param most characters, cut with an ellipsis
   */
  public static String line(String text, int most) {
    return cut(Inert.line(text), most);
  }

  /**
   * Several lines where Slack does parse: {@code & < >} stand for themselves, so that nothing
   * becomes a mention or a link.
   */
  public static String escaped(String text, int most) {
    String clean = Inert.lines(text);
    var out = new StringBuilder();
    for (int c : clean.codePoints().toArray()) {
      String one =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(c);
          };
      if (out.length() + one.length() > most - 1) {
        return out.append('…').toString();
      }
      out.append(one);
    }
    return out.toString();
  }

  /** The text, or its beginning and an ellipsis; never half a character. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** Whether it is an address that people may be sent to. */
  public static boolean isWeb(String url) {
    if (url.length() > Limits.SECTION) {
      return false;
    }
    try {
      URI uri = new URI(url);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
