package dev.parley.bot.surface;

import java.util.List;

/** Text as a small tree, never markdown: each surface escapes and spells it in its own way. */
public sealed interface Prose {
  /** Words; whatever they hold is inert. */
  record Plain(String text) implements Prose {}

  record Bold(String text) implements Prose {}

  /** Inline code. */
  record Mono(String text) implements Prose {}

  record Link(String label, String url) implements Prose {}

  /** Somebody, by the surface's own id; pings them where the surface can. */
  record Mention(dev.parley.identity.Person person) implements Prose {}

  /** Several in a row. */
  record Run(List<Prose> parts) implements Prose {
    public Run {
      parts = List.copyOf(parts);
    }
  }

  static Prose of(String text) {
    return new Plain(text);
  }

  static Prose of(Prose... parts) {
    return new Run(List.of(parts));
  }

  /** The words alone. */
  default String words() {
    return switch (this) {
      case Plain(var text) -> text;
      case Bold(var text) -> text;
      case Mono(var text) -> text;
      case Link(var label, _) -> label;
      case Mention(var person) -> "@" + person.id();
      case Run(var parts) -> String.join("", parts.stream().map(Prose::words).toList());
    };
  }
}
