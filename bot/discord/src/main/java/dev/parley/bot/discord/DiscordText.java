package dev.parley.bot.discord;

import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.Inert;
import dev.parley.identity.Person;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Prose in Discord's markdown; whatever people wrote is escaped and pings nobody. */
final class DiscordText {
  private static final String MARKS = "\\`*_~|<>[]()#-:@";
  private static final String NOTHING = "\u200b";

  private DiscordText() {}

  static String of(Prose prose) {
    return switch (prose) {
      case Prose.Plain(var text) -> escaped(Inert.lines(text));
      case Prose.Bold(var text) ->
          text.isBlank() ? "" : "**" + escaped(Inert.line(text).strip()) + "**";
      case Prose.Mono(var text) -> mono(text);
      case Prose.Link(var label, var url) -> link(label, url);
      case Prose.Mention(var person) -> mention(person);
      case Prose.Time(var at) -> "<t:" + at.getEpochSecond() + ":f>";
      case Prose.Run(var parts) ->
          parts.stream().map(DiscordText::of).collect(Collectors.joining());
    };
  }

  /** Plain words: no markdown, no mention, no masked link comes out of them. */
  static String escaped(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (MARKS.indexOf(c) >= 0 && marks(text, i)) {
        out.append('\\');
      }
      out.append(c);
      if (c == '@') {
        out.append(NOTHING);
      }
    }
    return out.toString();
  }

  /** Some marks mean something only where a line begins or an address might. */
  private static boolean marks(String text, int at) {
    char c = text.charAt(at);
    return switch (c) {
      case '#', '-' -> at == 0 || text.substring(text.lastIndexOf('\n', at - 1) + 1, at).isBlank();
      case ':' -> text.startsWith("://", at);
      case '@', '(', ')' -> false;
      default -> true;
    };
  }

  static String mono(String text) {
    String line = Inert.line(text).replace('`', '\u02cb');
    return line.isBlank() ? "" : "`" + line + "`";
  }

  /**
   * Preformatted text; never breaks out of its block.
   *
   * @param language letters and digits; anything else is left out
   */
  static String code(String language, String text) {
    String word = language.matches("[A-Za-z0-9+-]{0,12}") ? language : "";
    return "```" + word + "\n" + Inert.lines(text).replaceAll("`(?=`)", "`" + NOTHING) + "\n```";
  }

  /** As many whole lines as there is room for; a block of code stays one. */
  static String beginning(String markdown, int room) {
    boolean code = markdown.startsWith("```");
    String end = code ? "\n```" : "";
    int last = markdown.lastIndexOf('\n', room - end.length());
    int least = code ? markdown.indexOf('\n') : 0;
    if (last > least) {
      return markdown.substring(0, last) + end;
    }
    int at = room - end.length();
    boolean pair = Character.isHighSurrogate(markdown.charAt(at - 1));
    String kept = markdown.substring(0, pair ? at - 1 : at);
    return code ? kept + end : whole(kept);
  }

  /** Without an escape that escapes nothing, or code that begins and does not end. */
  private static String whole(String markdown) {
    int opened = -1;
    int i = 0;
    while (i < markdown.length()) {
      char c = markdown.charAt(i);
      if (c == '\\' && opened < 0) {
        if (i + 1 == markdown.length()) {
          return markdown.substring(0, i);
        }
        i++;
      } else if (c == '`') {
        opened = opened < 0 ? i : -1;
      }
      i++;
    }
    return opened < 0 ? markdown : markdown.substring(0, opened);
  }

  /** A link shows where it leads; anything but http(s) is only words. */
  static String link(String label, String url) {
    if (!webAddress(url)) {
      return escaped(Inert.line(label));
    }
    return "[" + escaped(Inert.line(label)).replace("]", "") + "](<" + url + ">)";
  }

  private static boolean webAddress(String url) {
    try {
      String scheme = URI.create(url).getScheme();
      return url.matches("[\\x21-\\x7e]+")
          && !url.matches(".*[<>()\\[\\]].*")
          && ("https".equals(scheme) || "http".equals(scheme));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String mention(Person person) {
    return person.surface().equals(DiscordSurface.ID) && person.id().matches("[0-9]{5,20}")
        ? "<@" + person.id() + ">"
        : escaped("@" + Inert.line(person.id()));
  }

  /** The Discord ids of everybody a text calls by name. */
  static Set<String> called(Prose prose) {
    var ids = new LinkedHashSet<String>();
    switch (prose) {
      case Prose.Mention(var person) -> {
        if (mention(person).startsWith("<@")) {
          ids.add(person.id());
        }
      }
      case Prose.Run(var parts) -> parts.forEach(part -> ids.addAll(called(part)));
      default -> {}
    }
    return ids;
  }
}
