package dev.parley.bot.surface;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Text as a small tree, never markdown: each surface escapes and spells it in its own way. */
public sealed interface Prose {
  /** How moments are written where nobody's own time is known: {@code 2026-11-21 14:02 UTC}. */
  DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

  /** Words; whatever they hold is inert. */
  record Plain(String text) implements Prose {}

  record Bold(String text) implements Prose {}

  /** Inline code. */
  record Mono(String text) implements Prose {}

  record Link(String label, String url) implements Prose {}

  /** Somebody, by the surface's own id; pings them where the surface can. */
  record Mention(dev.parley.identity.Person person) implements Prose {}

  /** A moment, in the reader's own time where the surface can. */
  record Time(Instant at) implements Prose {}

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
      case Time(var at) -> UTC.format(at.atOffset(ZoneOffset.UTC));
      case Run(var parts) -> String.join("", parts.stream().map(Prose::words).toList());
    };
  }
}
