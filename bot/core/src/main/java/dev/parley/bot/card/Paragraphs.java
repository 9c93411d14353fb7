package dev.parley.bot.card;

import dev.parley.bot.surface.Prose;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits long prose: between paragraphs where it can, else at a line's end, else between words, and
 * only a word longer than a whole piece in its middle. Inline code, links and mentions stay whole.
 */
final class Paragraphs {
  private static final List<String> BREAKS = List.of("\n\n", "\n", " ");

  private Paragraphs() {}

  /** Pieces of at most so many characters, in order. */
  static List<Prose> split(Prose prose, int most) {
    if (prose.words().length() <= most) {
      return List.of(prose);
    }
    var pieces = new ArrayList<Prose>();
    var piece = new ArrayList<Prose>();
    int length = 0;
    for (Prose leaf : leaves(prose)) {
      Prose rest = leaf;
      while (length + rest.words().length() > most) {
        int room = most - length;
        if (rest instanceof Prose.Plain(var text) && room > 0) {
          int at = cut(text, room, length == 0);
          if (at > 0) {
            String part = text.substring(0, at).stripTrailing();
            if (!part.isEmpty()) {
              piece.add(new Prose.Plain(part));
            }
            rest = new Prose.Plain(text.substring(at).stripLeading());
            if (piece.isEmpty()) {
              continue;
            }
          }
        }
        if (piece.isEmpty()) {
          rest = shortened(rest, most);
          break;
        }
        pieces.add(new Prose.Run(piece));
        piece = new ArrayList<>();
        length = 0;
      }
      if (!rest.words().isEmpty()) {
        piece.add(rest);
        length += rest.words().length();
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(new Prose.Run(piece));
    }
    return pieces;
  }

  /** Where a text is cut so that the first part fits; 0 if not here. */
  private static int cut(String text, int room, boolean must) {
    for (String stop : BREAKS) {
      int at = text.lastIndexOf(stop, room);
      if (at > 0) {
        return at;
      }
    }
    if (!must) {
      return 0;
    }
    return Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
  }

  /** A leaf that can't be split and fits in no piece. */
  private static Prose shortened(Prose leaf, int most) {
    String words = leaf.words();
    return new Prose.Plain(words.substring(0, Math.max(1, most - 1)) + "…");
  }

  private static List<Prose> leaves(Prose prose) {
    return prose instanceof Prose.Run(var parts)
        ? parts.stream().flatMap(part -> leaves(part).stream()).toList()
        : List.of(prose);
  }
}
