package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.Inert;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Elements of a rich text block. Their text is literal: Slack looks for no markup, mention or emoji
 * code in it, so what people wrote needs no escaping and can't become anything.
 */
final class Rich {
  private static final String SLACK = "slack";

  private Rich() {}

  /** Text as it is; must not be empty. */
  static Fields text(String text) {
    return Block.of("text").with("text", Value.text(text));
  }

  static Fields bold(String text) {
    return styled(text, "bold");
  }

  static Fields italic(String text) {
    return styled(text, "italic");
  }

  static Fields code(String text) {
    return styled(text, "code");
  }

  static Fields emoji(String name) {
    return Block.of("emoji").with("name", Value.text(name));
  }

  private static Fields styled(String text, String style) {
    return text(text).with("style", Fields.of(style, Value.bool(true)));
  }

  /** A piece of prose as elements; none if it is empty. */
  static List<Fields> of(Prose prose) {
    var out = new ArrayList<Fields>();
    add(prose, out);
    return out;
  }

  private static void add(Prose prose, List<Fields> out) {
    switch (prose) {
      case Prose.Plain(var text) -> some(Inert.lines(text), out, "");
      case Prose.Bold(var text) -> some(Inert.lines(text), out, "bold");
      case Prose.Mono(var text) -> some(Inert.line(text), out, "code");
      case Prose.Link(var label, var url) -> link(label, url, out);
      case Prose.Mention(var person) -> {
        if (person.surface().equals(SLACK)) {
          out.add(Block.of("user").with("user_id", Value.text(person.id())));
        } else {
          some("@" + Inert.line(person.id()), out, "");
        }
      }
      case Prose.Time(var at) ->
          out.add(
              Block.of("date")
                  .with("timestamp", Value.num(at.getEpochSecond()))
                  .with("format", Value.text("{date_short_pretty}, {time}"))
                  .with("fallback", Value.text(prose.words())));
      case Prose.Run(var parts) -> parts.forEach(part -> add(part, out));
    }
  }

  private static void some(String text, List<Fields> out, String style) {
    if (!text.isEmpty()) {
      out.add(style.isEmpty() ? text(text) : styled(text, style));
    }
  }

  /** A link shows where it leads, unless its label is plain words. */
  static void link(String label, String url, List<Fields> out) {
    String words = Inert.line(label);
    if (!Words.isWeb(url)) {
      some(words + " (" + Inert.line(url) + ")", out, "");
      return;
    }
    Fields element =
        Block.of("link").with("url", Value.text(java.net.URI.create(url).toASCIIString()));
    boolean disguised = Words.isWeb(words) && !words.equals(url);
    out.add(
        words.isBlank() || disguised
            ? element
            : element.with("text", Value.text(Words.cut(words, Limits.LABEL * 4))));
  }
}
