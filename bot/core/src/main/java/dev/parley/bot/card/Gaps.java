package dev.parley.bot.card;

import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a look into a cloud could not see: a few of it, and all of it in a file. */
final class Gaps {
  private static final int SHOWN = 3;

  private Gaps() {}

  /**
   * The parts that say it.
   *
   * @param words what was not done, for example {@code Not seen}
   */
  static List<Part> parts(String words, List<String> gaps) {
    var parts = new ArrayList<Part>();
    gaps.stream()
        .limit(SHOWN)
        .forEach(gap -> parts.add(new Part.Note(Prose.of(words + ": " + gap))));
    if (gaps.size() > SHOWN) {
      parts.add(
          new Part.Note(
              Prose.of(words + ": " + (gaps.size() - SHOWN) + " more, which the file names")));
      byte[] all = (String.join("\n", gaps) + "\n").getBytes(StandardCharsets.UTF_8);
      String name = words.toLowerCase(Locale.ROOT).replace(' ', '-') + ".txt";
      parts.add(
          new Part.Attached(
              new Part.Attachment(name, "text/plain; charset=utf-8", all, Optional.empty())));
    }
    return parts;
  }
}
