package dev.parley.bot.picture;

import dev.parley.bot.surface.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Draws costs as bars: one line each, its label before it and its value behind it. */
public final class BarsPicture {
  private static final int LABEL = 190;
  private static final int BAR = 320;
  private static final int VALUE = 190;
  private static final int LINE = 30;
  private static final int TOP = 40;

  private BarsPicture() {}

  /** The picture as SVG, UTF-8. */
  public static byte[] draw(Part.Bars bars) {
    int width = LABEL + BAR + VALUE;
    int height = TOP + Math.max(1, bars.bars().size()) * LINE + 8;
    var out = new StringBuilder();
    out.append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\">"
                .formatted(width, height))
        .append(text(14, 24, 14, true, "#1f2933", bars.title()));
    List<Part.Bar> all = bars.bars();
    for (int i = 0; i < all.size(); i++) {
      Part.Bar bar = all.get(i);
      int y = TOP + i * LINE;
      int length = (int) Math.round(BAR * Math.clamp(bar.share(), 0.0, 1.0));
      out.append(text(14, y + 16, 12, false, "#1f2933", bar.label()))
          .append(
              ("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"3\" fill=\"#2b6cb0\"/>")
                  .formatted(LABEL, y + 3, Math.max(2, length)))
          .append(text(LABEL + Math.max(2, length) + 8, y + 16, 12, false, "#52606d", bar.value()));
    }
    return out.append("</svg>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same in words. */
  public static String words(Part.Bars bars) {
    return bars.title()
        + ": "
        + String.join(
            "; ", bars.bars().stream().map(bar -> bar.label() + " " + bar.value()).toList());
  }

  private static String text(int x, int y, int size, boolean bold, String fill, String words) {
    return "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s fill=\"%s\">%s</text>"
        .formatted(x, y, size, bold ? " font-weight=\"600\"" : "", fill, Svg.escape(cut(words)));
  }

  /** Cut between characters, never within one of two units. */
  private static String cut(String words) {
    return words.codePointCount(0, words.length()) > 28
        ? words.substring(0, words.offsetByCodePoints(0, 27)) + "…"
        : words;
  }
}
