package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Kind;
import dev.parley.provider.aws.fake.wire.Shape.Leaf;
import dev.parley.provider.aws.fake.wire.Shape.Listed;
import dev.parley.provider.aws.fake.wire.Shape.Mapped;
import dev.parley.provider.aws.fake.wire.Shape.Member;
import dev.parley.provider.aws.fake.wire.Shape.Struct;
import java.util.LinkedHashMap;
import java.util.Locale;

/** Reads the text form of a shape, by recursive descent. */
final class ShapeReader {
  private final String text;
  private int at;

  ShapeReader(String text) {
    this.text = text;
  }

  Struct whole() {
    Struct struct = struct();
    space();
    if (at != text.length()) {
      throw wrong("nothing more");
    }
    return struct;
  }

  private Shape shape() {
    return switch (peek()) {
      case '{' -> struct();
      case '[' -> new Listed(enclosed('[', ']'));
      case '<' -> new Mapped(enclosed('<', '>'));
      default -> new Leaf(Kind.valueOf(word().toUpperCase(Locale.ROOT)));
    };
  }

  private Shape enclosed(char open, char close) {
    expect(open);
    Shape inner = shape();
    expect(close);
    return inner;
  }

  private Struct struct() {
    expect('{');
    var members = new LinkedHashMap<String, Member>();
    while (peek() != '}') {
      String name = word();
      boolean required = peek() == '!';
      if (required) {
        expect('!');
      }
      expect(':');
      members.put(name, new Member(shape(), required));
      if (peek() == ',') {
        expect(',');
      }
    }
    expect('}');
    return new Struct(members);
  }

  private String word() {
    space();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    if (start == at) {
      throw wrong("a word");
    }
    return text.substring(start, at);
  }

  private char peek() {
    space();
    if (at == text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("expected " + wanted + " at " + at + " of " + text);
  }
}
