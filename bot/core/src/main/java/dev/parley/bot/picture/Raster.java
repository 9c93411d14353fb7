package dev.parley.bot.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Scanner;
import javax.imageio.ImageIO;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Draws our own SVG documents as PNG, for platforms that show no SVG: rectangles, curves with a
 * tip, one-line texts, and groups that are moved. Needs no screen. Twice the size, so that it is
 * sharp on dense displays; never more than 4096 pixels either way.
 */
public final class Raster {
  private static final double SCALE = 2;
  private static final double MOST = 4096;
  private static final float TIP = 8;
  private static final Color TIP_COLOUR = new Color(0x7b8794);

  private final Graphics2D pen;
  private final Deque<AffineTransform> moved = new ArrayDeque<>();

  private Raster(Graphics2D pen) {
    this.pen = pen;
  }

  /**
   * A document of {@link Svg} as PNG.
   *
   * @throws IllegalArgumentException if it is no SVG with a size
   */
  public static byte[] png(byte[] svg) {
    try {
      XMLStreamReader in = reader(svg);
      while (in.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      double width = number(in, "width", 0);
      double height = number(in, "height", 0);
      if (!in.getLocalName().equals("svg") || width <= 0 || height <= 0) {
        throw new IllegalArgumentException("not an SVG document with a width and a height");
      }
      double scale = Math.min(SCALE, MOST / Math.max(width, height));
      var image =
          new BufferedImage(
              (int) Math.max(1, Math.ceil(width * scale)),
              (int) Math.max(1, Math.ceil(height * scale)),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = image.createGraphics();
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      pen.setColor(Color.WHITE);
      pen.fillRect(0, 0, image.getWidth(), image.getHeight());
      pen.scale(scale, scale);
      new Raster(pen).draw(in);
      pen.dispose();
      var out = new ByteArrayOutputStream();
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("not an SVG document: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static XMLStreamReader reader(byte[] svg) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory.createXMLStreamReader(new ByteArrayInputStream(svg), "UTF-8");
  }

  private void draw(XMLStreamReader in) throws XMLStreamException {
    int hidden = 0;
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = in.getLocalName();
        if (hidden > 0 || name.equals("defs")) {
          hidden++;
        } else {
          element(name, in);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (hidden > 0) {
          hidden--;
        } else if (in.getLocalName().equals("g")) {
          pen.setTransform(moved.pop());
        }
      }
    }
  }

  private void element(String name, XMLStreamReader in) throws XMLStreamException {
    switch (name) {
      case "g" -> group(in);
      case "rect" -> rectangle(in);
      case "path" -> path(in);
      case "text" -> text(in);
      case "title" -> in.getElementText();
      default -> {}
    }
  }

  private void group(XMLStreamReader in) {
    moved.push(pen.getTransform());
    attribute(in, "transform")
        .filter(value -> value.startsWith("translate("))
        .map(value -> value.substring(10, value.length() - 1).split("[ ,]+"))
        .ifPresent(by -> pen.translate(Double.parseDouble(by[0]), Double.parseDouble(by[1])));
  }

  private void rectangle(XMLStreamReader in) {
    double round = 2 * number(in, "rx", 0);
    var shape =
        new RoundRectangle2D.Double(
            number(in, "x", 0),
            number(in, "y", 0),
            number(in, "width", 0),
            number(in, "height", 0),
            round,
            round);
    colour(in, "fill")
        .ifPresent(
            fill -> {
              pen.setColor(fill);
              pen.fill(shape);
            });
    stroke(in, shape);
  }

  private void path(XMLStreamReader in) {
    var shape = new Path2D.Double();
    double[] before = new double[2];
    double[] end = new double[2];
    try (var words = new Scanner(spaced(attribute(in, "d").orElse("")))) {
      words.useLocale(java.util.Locale.ROOT);
      while (words.hasNext()) {
        String command = words.next();
        if (command.equals("M")) {
          end = new double[] {words.nextDouble(), words.nextDouble()};
          shape.moveTo(end[0], end[1]);
        } else if (command.equals("C")) {
          double x = words.nextDouble();
          double y = words.nextDouble();
          before = new double[] {words.nextDouble(), words.nextDouble()};
          end = new double[] {words.nextDouble(), words.nextDouble()};
          shape.curveTo(x, y, before[0], before[1], end[0], end[1]);
        }
      }
    }
    stroke(in, shape);
    if (attribute(in, "marker-end").isPresent()) {
      tip(before, end);
    }
  }

  private static String spaced(String path) {
    return path.replaceAll("([A-Za-z])", " $1 ").strip();
  }

  private void tip(double[] before, double[] end) {
    AffineTransform here = pen.getTransform();
    pen.translate(end[0], end[1]);
    pen.rotate(Math.atan2(end[1] - before[1], end[0] - before[0]));
    var shape = new Path2D.Double();
    shape.moveTo(-TIP + 1, -TIP / 2);
    shape.lineTo(1, 0);
    shape.lineTo(-TIP + 1, TIP / 2);
    shape.closePath();
    pen.setColor(TIP_COLOUR);
    pen.fill(shape);
    pen.setTransform(here);
  }

  private void text(XMLStreamReader in) throws XMLStreamException {
    boolean bold = attribute(in, "font-weight").map(w -> w.equals("600")).orElse(false);
    boolean end = attribute(in, "text-anchor").map("end"::equals).orElse(false);
    double x = number(in, "x", 0);
    double y = number(in, "y", 0);
    pen.setFont(
        new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) number(in, "font-size", 12)));
    pen.setColor(colour(in, "fill").orElse(Color.BLACK));
    String words = in.getElementText();
    double left = end ? x - pen.getFontMetrics().stringWidth(words) : x;
    pen.drawString(words, (float) left, (float) y);
  }

  private void stroke(XMLStreamReader in, java.awt.Shape shape) {
    colour(in, "stroke")
        .ifPresent(
            line -> {
              pen.setColor(line);
              pen.setStroke(new BasicStroke((float) number(in, "stroke-width", 1)));
              pen.draw(shape);
            });
  }

  private static Optional<Color> colour(XMLStreamReader in, String name) {
    return attribute(in, name)
        .filter(value -> value.matches("#[0-9a-fA-F]{6}"))
        .map(value -> new Color(Integer.parseInt(value.substring(1), 16)));
  }

  private static double number(XMLStreamReader in, String name, double fallback) {
    return attribute(in, name).map(Double::parseDouble).orElse(fallback);
  }

  private static Optional<String> attribute(XMLStreamReader in, String name) {
    return Optional.ofNullable(in.getAttributeValue(null, name));
  }
}
