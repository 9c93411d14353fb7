package dev.parley.bot.picture;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws a graph as an SVG document that needs nothing else: no script, no font, no link. */
public final class Svg {
  private static final int WIDTH = 190;
  private static final int HEIGHT = 44;
  private static final int GAP_X = 64;
  private static final int GAP_Y = 16;
  private static final int MARGIN = 14;

  private Svg() {}

  /** The picture's bytes, UTF-8. */
  public static byte[] draw(Graph graph) {
    List<List<String>> columns = new Layout(graph).columns();
    int tallest = columns.stream().mapToInt(List::size).max().orElse(0);
    int height = 2 * MARGIN + Math.max(1, tallest) * (HEIGHT + GAP_Y) - GAP_Y;
    int width = 2 * MARGIN + Math.max(1, columns.size()) * (WIDTH + GAP_X) - GAP_X;
    var at = new HashMap<String, int[]>();
    for (int c = 0; c < columns.size(); c++) {
      List<String> ids = columns.get(c);
      int top = MARGIN + (tallest - ids.size()) * (HEIGHT + GAP_Y) / 2;
      for (int r = 0; r < ids.size(); r++) {
        at.put(ids.get(r), new int[] {MARGIN + c * (WIDTH + GAP_X), top + r * (HEIGHT + GAP_Y)});
      }
    }
    var out = new StringBuilder(2000 + graph.nodes().size() * 400);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" font-family=\"system-ui,Segoe UI,Roboto,sans-serif\">\n<title>")
        .append(escape(graph.title()))
        .append(
            "</title>\n"
                + "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\""
                + " markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\""
                + " fill=\"#7b8794\"/></marker></defs>\n");
    graph.edges().forEach(edge -> edge(edge, at, out));
    graph.nodes().forEach(node -> node(node, at, out));
    return out.append("</svg>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void edge(Graph.Edge edge, Map<String, int[]> at, StringBuilder out) {
    int[] from = at.get(edge.from());
    int[] to = at.get(edge.to());
    if (from == null || to == null) {
      return;
    }
    int x1 = from[0] + WIDTH;
    int y1 = from[1] + HEIGHT / 2;
    int x2 = to[0] - 2;
    int y2 = to[1] + HEIGHT / 2;
    int bend = Math.max(24, Math.abs(x2 - x1) / 2);
    out.append(
            "<path d=\"M%d %d C%d %d %d %d %d %d\""
                .formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2))
        .append(
            " fill=\"none\" stroke=\"#7b8794\" stroke-width=\"1.4\" marker-end=\"url(#tip)\"/>\n");
  }

  private static void node(Graph.Node node, Map<String, int[]> at, StringBuilder out) {
    int[] place = at.get(node.id());
    if (place == null) {
      return;
    }
    String[] colours = colours(node.shade());
    out.append("<g transform=\"translate(%d %d)\">".formatted(place[0], place[1]))
        .append("<title>")
        .append(escape((node.sign() + " " + node.name() + " " + node.detail()).strip()))
        .append(
            "</title><rect width=\"%d\" height=\"%d\" rx=\"7\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.4\"/>"
                .formatted(WIDTH, HEIGHT, colours[0], colours[1]))
        .append("<text x=\"10\" y=\"19\" font-size=\"13\" font-weight=\"600\" fill=\"#1f2933\">")
        .append(escape(cut((node.sign() + " " + node.name()).strip(), 24)))
        .append("</text><text x=\"10\" y=\"35\" font-size=\"11\" fill=\"#52606d\">")
        .append(escape(cut(node.detail(), 26)))
        .append("</text></g>\n");
  }

  private static String[] colours(Graph.Shade shade) {
    return switch (shade) {
      case CREATE -> new String[] {"#e3f9e5", "#2f8132"};
      case UPDATE -> new String[] {"#fffbea", "#b44d12"};
      case REPLACE -> new String[] {"#ffefe6", "#cb6e17"};
      case DELETE -> new String[] {"#ffe3e3", "#ba2525"};
      case CALL -> new String[] {"#e6f6ff", "#0b69a3"};
      case PLAIN -> new String[] {"#f5f7fa", "#7b8794"};
      case FOCUS -> new String[] {"#e0e8f9", "#2d3a8c"};
    };
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .filter(
            c ->
                c >= 0x20
                    && c != 0x7f
                    && c != 0xFFFE
                    && c != 0xFFFF
                    && !(c >= 0xD800 && c <= 0xDFFF))
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
