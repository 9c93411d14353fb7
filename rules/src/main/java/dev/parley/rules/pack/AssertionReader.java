package dev.parley.rules.pack;

import dev.parley.rules.logic.Assertion;
import dev.parley.rules.logic.Operator;
import dev.parley.rules.logic.Source;
import dev.parley.rules.read.Section;
import dev.parley.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the tree under {@code assert}, {@code when} and {@code where}. */
final class AssertionReader {
  private static final Assertion NOTHING = new Assertion.All(List.of());
  private final Set<String> words;

  /**
   * A reader.
   *
   * @param words the derived values that may be spoken of
   */
  AssertionReader(Set<String> words) {
    this.words = words;
  }

  /** The assertion; every mistake is noted in the section. */
  Assertion read(Section section) {
    if (section.has("all")) {
      return new Assertion.All(parts(section.only("all"), "all"));
    }
    if (section.has("any")) {
      return new Assertion.Any(parts(section.only("any"), "any"));
    }
    if (section.has("not")) {
      return new Assertion.Not(read(section.only("not").section("not")));
    }
    if (section.has("if")) {
      return ifThen(section.only("if", "then", "else"));
    }
    if (section.has("each") || section.has("some")) {
      return each(section);
    }
    if (section.has("exists")) {
      return exists(section.only("exists").section("exists"));
    }
    if (section.has("count")) {
      return count(section.only("count", "where", "op", "value"));
    }
    if (section.has("range")) {
      return range(section.only("range", "covers"));
    }
    if (section.has("secrets")) {
      return secrets(section.only("secrets"));
    }
    if (section.has("path")) {
      return test(section.only("path", "op", "value", "default"));
    }
    section.wrong(
        section.names().isEmpty()
            ? "an empty assertion"
            : "'" + String.join(", ", section.names()) + "'",
        "no form of assertion",
        "one of path, all, any, not, if, each, some, exists, count, range, secrets");
    return NOTHING;
  }

  private List<Assertion> parts(Section section, String name) {
    var parts = new ArrayList<Assertion>();
    section.sections(name).forEach(part -> parts.add(read(part)));
    if (parts.isEmpty()) {
      section.wrong(
          name,
          "'" + name + "' without parts",
          "it would say nothing",
          "list at least one assertion");
    }
    return parts;
  }

  private Assertion ifThen(Section section) {
    Assertion condition = read(section.section("if"));
    var ways = new ArrayList<Assertion>();
    if (section.has("then")) {
      ways.add(
          new Assertion.Any(List.of(new Assertion.Not(condition), read(section.section("then")))));
    } else {
      section.wrong("if", "'if' without 'then'", "it would say nothing", "add then: ...");
    }
    if (section.has("else")) {
      ways.add(new Assertion.Any(List.of(condition, read(section.section("else")))));
    }
    return ways.size() == 1 ? ways.getFirst() : new Assertion.All(ways);
  }

  private Assertion each(Section section) {
    boolean some = section.has("some");
    String list = some ? "some" : "each";
    section.only(list, "where", "assert");
    if (!section.has("assert")) {
      section.wrong(
          "'" + list + "' without 'assert'",
          "it would say nothing of the items",
          "add assert: ...");
      return NOTHING;
    }
    return new Assertion.Each(
        source(section, list), where(section), read(section.section("assert")), some);
  }

  private Optional<Assertion> where(Section section) {
    return section.has("where") ? Optional.of(read(section.section("where"))) : Optional.empty();
  }

  private Assertion exists(Section section) {
    section.only("types", "where", "link");
    var types = Set.copyOf(section.texts("types"));
    String link = section.text("link").orElse("from");
    if (types.isEmpty()) {
      section.wrong(
          "'exists' without 'types'", "it must say of what", "add types: [aws:AWS::EC2::EIP]");
    }
    if (!Set.of("from", "to").contains(link)) {
      section.wrong(
          "link",
          "'" + link + "'",
          "no such direction",
          "from (the other points here) or to (this points there)");
    }
    return new Assertion.Exists(types, where(section), link.equals("from"));
  }

  private Assertion count(Section section) {
    var types = Set.copyOf(section.texts("count"));
    if (types.isEmpty()) {
      section.wrong("count", "'count' without types", "it must say of what", "list types");
    }
    return new Assertion.Count(types, where(section), operator(section), operand(section));
  }

  private Assertion range(Section section) {
    var ends = section.texts("range");
    var ports = new ArrayList<Integer>();
    for (String port : section.texts("covers")) {
      if (port.matches("\\d{1,5}")) {
        ports.add(Integer.parseInt(port));
      } else {
        section.wrong("covers", "'" + port + "'", "no port", "write numbers");
      }
    }
    if (ends.size() != 2 || ports.isEmpty()) {
      section.wrong(
          "a range",
          "it has two ends and covers ports",
          "write range: [/FromPort, /ToPort] and covers: [22]");
      return NOTHING;
    }
    return new Assertion.PortRange(
        place(section, "range", ends.get(0)), place(section, "range", ends.get(1)), ports);
  }

  private Assertion secrets(Section section) {
    if (!section.text("secrets").orElse("").equals("none")) {
      section.wrong("secrets", "'secrets'", "only one demand is known", "write secrets: none");
    }
    return new Assertion.NoSecrets();
  }

  private Assertion test(Section section) {
    Operator operator = operator(section);
    if (section.has("value") && !operator.takesOperand()) {
      section.wrong(
          "value",
          "a value for '" + operator.word() + "'",
          "it compares with nothing",
          "leave the value out");
    }
    return new Assertion.Test(
        source(section, "path"), operator, operand(section), section.value("default"));
  }

  private Operator operator(Section section) {
    String word = section.needed("op");
    var operator = Operator.of(word);
    if (operator.isEmpty() && !word.isEmpty()) {
      var known = List.of(Operator.values()).stream().map(Operator::word).toList();
      section.wrong(
          "op", "'" + word + "'", "no such operator", "one of " + String.join(", ", known));
    }
    if (operator.map(Operator::takesOperand).orElse(false) && !section.has("value")) {
      section.wrong("'" + word + "' without a value", "it compares with one", "add value: ...");
    }
    return operator.orElse(Operator.PRESENT);
  }

  /** A value as written, or {@code {from: place}}. */
  private Source operand(Section section) {
    Value value = section.value("value").orElse(Value.NULL);
    if (value instanceof Value.Fields fields && fields.fields().keySet().equals(Set.of("from"))) {
      return place(section, "value", fields.text("from").orElse(""));
    }
    if (section.text("op").orElse("").equals("matches")) {
      checkPattern(section, value);
    }
    return new Source.Literal(value);
  }

  private static void checkPattern(Section section, Value value) {
    try {
      if (value instanceof Value.Text(var text)) {
        Pattern.compile(text);
      } else {
        section.wrong(
            "value",
            "a pattern that is no text",
            "'matches' takes a regular expression",
            "put it in quotes");
      }
    } catch (PatternSyntaxException e) {
      section.wrong(
          "value", "the pattern", "no regular expression: " + e.getDescription(), "mend it");
    }
  }

  private Source source(Section section, String field) {
    return place(section, field, section.text(field).orElse(""));
  }

  private Source place(Section section, String field, String text) {
    try {
      Source source = Source.of(text);
      if (source instanceof Source.Context(var at) && !words.contains(at.segments().getFirst())) {
        section.wrong(
            field,
            "'" + text + "'",
            "no such derived value here",
            "one of @" + String.join(", @", new TreeSet<>(words)));
      }
      return source;
    } catch (IllegalArgumentException e) {
      section.wrong(
          field, "'" + text + "'", "no place", "write /property, $/property, @derived or '.'");
      return new Source.Here(dev.parley.value.Pointer.ROOT);
    }
  }
}
