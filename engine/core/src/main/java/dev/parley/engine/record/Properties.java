package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Null;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import dev.parley.value.Value.Unknown;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A resource's observed properties as statements. A property is a predicate of its own name, a list
 * says it several times, an object is a node {@code <rev>#/json/pointer}. Secrets, write-only
 * properties and whatever is named like a credential are left out; a long text is its digest and
 * length.
 */
final class Properties {
  /** What properties are called: {@code urn:parley:property#InstanceType}. */
  static final String NAMESPACE = "urn:parley:property#";

  private static final int LONG_TEXT = 4096;
  private static final int DEPTH = 20;
  private static final int STATEMENTS = 5_000;
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|private_?key|secret_?string|secret_?access_?key|access_?key"
              + "|auth_?token|access_?token|session_?token|client_?secret|connection_?string)");

  private final Sheet sheet;
  private final Iri resource;
  private final Iri revision;
  private final Set<Pointer> left;

  /**
   * Of one revision.
   *
   * @param left pointers that are left out with all below them; {@code *} stands for any segment
   */
  Properties(Sheet sheet, Iri resource, Iri revision, Set<Pointer> left) {
    this.sheet = sheet;
    this.resource = resource;
    this.revision = revision;
    this.left = left;
  }

  void write(Fields properties) {
    fields(resource, Pointer.ROOT, properties);
    if (sheet.size() > STATEMENTS) {
      sheet.flag(revision, own("cut"), true);
    }
  }

  private void fields(Iri subject, Pointer at, Fields fields) {
    fields
        .fields()
        .forEach(
            (name, value) -> {
              Pointer here = at.child(name);
              if (!isLeft(here)) {
                value(subject, name, here, value);
              }
            });
  }

  private void value(Iri subject, String name, Pointer at, Value value) {
    if (sheet.size() > STATEMENTS || at.segments().size() > DEPTH) {
      return;
    }
    Iri predicate = new Iri(NAMESPACE + encode(name));
    switch (value) {
      case Text(var text) -> text(subject, name, predicate, at, text);
      case Num(var number) -> number(subject, name, predicate, number);
      case Bool(var bool) -> sheet.flag(subject, predicate, bool);
      case Items(var items) -> items(subject, name, at, items);
      case Fields nested -> {
        if (!nested.isEmpty()) {
          Iri node = node(at);
          sheet.say(subject, predicate, node).say(node, own("of"), resource);
          fields(node, at, nested);
        }
      }
      case Null _, Secret _, Unknown _, Ref _ -> {}
    }
  }

  private void items(Iri subject, String name, Pointer at, List<Value> items) {
    for (int i = 0; i < items.size(); i++) {
      Pointer here = at.child(Integer.toString(i));
      if (!isLeft(here)) {
        value(subject, name, here, items.get(i));
      }
    }
  }

  private void text(Iri subject, String name, Iri predicate, Pointer at, String text) {
    if (CREDENTIAL.matcher(name).matches()) {
      return;
    }
    if (text.length() > LONG_TEXT) {
      Iri node = node(at);
      sheet
          .say(subject, predicate, node)
          .say(node, own("of"), resource)
          .text(node, own("textDigest"), Digest.ofText(text).hex())
          .number(node, own("textLength"), text.length());
    } else if (TIME.matcher(text).matches()) {
      sheet.say(subject, predicate, time(text));
    } else {
      sheet.say(subject, predicate, new Term.Text(text));
      if (isPort(name) && text.length() <= 5 && text.matches("\\d+")) {
        sheet.number(subject, Terms.PORT, Long.parseLong(text));
      }
    }
  }

  private void number(Iri subject, String name, Iri predicate, BigDecimal number) {
    if (Math.abs(number.scale()) > 60 || number.precision() > 60) {
      sheet.text(subject, predicate, number.toString());
      return;
    }
    sheet.number(subject, predicate, number);
    if (isPort(name)) {
      sheet.number(subject, Terms.PORT, number);
    }
  }

  private static Term time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return new Term.Time(time);
    } catch (DateTimeException e) {
      return new Term.Text(text);
    }
  }

  private static boolean isPort(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("port") || lower.endsWith("portrange");
  }

  private Iri node(Pointer at) {
    var iri = new StringBuilder(revision.iri()).append('#');
    at.segments().forEach(segment -> iri.append('/').append(encode(segment)));
    return new Iri(iri.toString());
  }

  private boolean isLeft(Pointer at) {
    return left.stream().anyMatch(pattern -> matches(pattern.segments(), at.segments()));
  }

  private static boolean matches(List<String> pattern, List<String> segments) {
    if (pattern.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < pattern.size(); i++) {
      if (!pattern.get(i).equals("*") && !pattern.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
