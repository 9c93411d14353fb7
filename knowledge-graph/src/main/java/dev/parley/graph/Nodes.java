package dev.parley.graph;

import dev.parley.knowledge.Term;
import dev.parley.knowledge.Triples.Triple;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.Quad;

/**
 * Our terms as Jena's nodes and back. Literals are written in the one spelling that every store
 * gives back: TDB2 keeps numbers and times by value.
 */
final class Nodes {
  private Nodes() {}

  static Node of(Term term) {
    return switch (term) {
      case Term.Iri(var iri) -> iri(iri);
      case Term.Text(var text) -> NodeFactory.createLiteralString(wellFormed(text));
      case Term.Number(var number) -> number(number);
      case Term.Flag(var flag) ->
          NodeFactory.createLiteralDT(Boolean.toString(flag), XSDDatatype.XSDboolean);
      case Term.Time(var time) -> time(time);
    };
  }

  static Quad quad(Node graph, Triple triple) {
    return Quad.create(graph, of(triple.subject()), of(triple.predicate()), of(triple.object()));
  }

  /**
   * A name.
   *
   * @throws IllegalArgumentException if it holds what no IRI may hold
   */
  static Node iri(String iri) {
    if (iri.isBlank() || iri.chars().anyMatch(c -> c <= ' ' || "<>\"{}|^`\\".indexOf(c) >= 0)) {
      throw new IllegalArgumentException("not an IRI: " + iri);
    }
    return NodeFactory.createURI(iri);
  }

  static Node number(BigDecimal number) {
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    RDFDatatype type = plain.scale() <= 0 ? XSDDatatype.XSDinteger : XSDDatatype.XSDdecimal;
    return NodeFactory.createLiteralDT(plain.toPlainString(), type);
  }

  static Node time(Instant time) {
    String text = time.toString();
    int dot = text.indexOf('.');
    if (dot > 0) {
      text = text.substring(0, text.length() - 1).replaceAll("0+$", "") + "Z";
    }
    return NodeFactory.createLiteralDT(text, XSDDatatype.XSDdateTime);
  }

  static Term term(Node node) {
    if (node.isURI()) {
      return new Term.Iri(node.getURI());
    }
    if (node.isBlank()) {
      return new Term.Iri("_:" + node.getBlankNodeLabel());
    }
    return node.isLiteral() ? literal(node) : new Term.Text(node.toString());
  }

  private static Term literal(Node node) {
    String text = node.getLiteralLexicalForm();
    RDFDatatype type = node.getLiteralDatatype();
    try {
      if (XSDDatatype.XSDboolean.equals(type)) {
        return new Term.Flag(text.equals("true") || text.equals("1"));
      }
      if (XSDDatatype.XSDdateTime.equals(type)) {
        return new Term.Time(OffsetDateTime.parse(text).toInstant());
      }
      if (type instanceof XSDDatatype
          && node.getLiteralValue() instanceof Number
          && text.length() < 100) {
        return new Term.Number(new BigDecimal(text.trim()));
      }
    } catch (DateTimeException
        | NumberFormatException
        | org.apache.jena.datatypes.DatatypeFormatException e) {
      return new Term.Text(text);
    }
    return new Term.Text(text);
  }

  /** Half a surrogate pair can't be written as UTF-8. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return wellFormed(text.substring(0, i) + '\uFFFD' + text.substring(i + 1));
      }
    }
    return text;
  }
}
