package dev.parley.provider.aws.fake.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operation's input may hold. Written as {@code {Name!: text, Tags: [{Key!: text}]}}:
 * {@code !} marks what is required, {@code [x]} a list, {@code <x>} a map, and the leaves are
 * {@code text}, {@code number}, {@code bool}, {@code time} and {@code any}.
 */
public sealed interface Shape {
  /** No members at all. */
  Struct NOTHING = new Struct(Map.of());

  /** A single value. */
  record Leaf(Kind kind) implements Shape {}

  /** A list. */
  record Listed(Shape item) implements Shape {}

  /** A map from texts. */
  record Mapped(Shape value) implements Shape {}

  /** An object with known members. */
  record Struct(Map<String, Member> members) implements Shape {
    public Struct {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** A member of an object. */
  record Member(Shape shape, boolean required) {}

  /** What a leaf holds. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOL,
    TIME,
    ANY
  }

  /**
   * Reads an object's shape.
   *
   * @throws IllegalArgumentException if it can't be read
   */
  static Struct of(String text) {
    var reader = new ShapeReader(text);
    return reader.whole();
  }
}
