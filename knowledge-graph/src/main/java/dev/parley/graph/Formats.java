package dev.parley.graph;

import dev.parley.graph.Written.Format;
import dev.parley.graph.Written.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.resultset.ResultSetLang;

/** The formats a result can be had in, the usual one first. */
final class Formats {
  private static final List<Format> TABLES =
      List.of(
          new Format("application/sparql-results+json", ResultSetLang.RS_JSON),
          new Format("application/sparql-results+xml", ResultSetLang.RS_XML),
          new Format("text/csv", ResultSetLang.RS_CSV),
          new Format("text/tab-separated-values", ResultSetLang.RS_TSV),
          new Format("application/json", ResultSetLang.RS_JSON));

  private static final List<Format> GRAPHS =
      List.of(
          new Format("text/turtle", Lang.TURTLE),
          new Format("application/n-triples", Lang.NTRIPLES),
          new Format("application/ld+json", Lang.JSONLD11),
          new Format("application/rdf+xml", Lang.RDFXML));

  private Formats() {}

  /** The one an Accept header likes best; empty if it likes none. */
  static Optional<Format> best(Kind kind, String accept) {
    List<Format> formats = of(kind);
    if (accept.isBlank()) {
      return Optional.of(formats.getFirst());
    }
    AcceptList wanted;
    try {
      wanted = new AcceptList(accept);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    AcceptList offered =
        AcceptList.create(formats.stream().map(Format::mediaType).toArray(String[]::new));
    return Optional.ofNullable(AcceptList.match(wanted, offered))
        .flatMap(match -> named(formats, match));
  }

  private static Optional<Format> named(List<Format> formats, MediaType match) {
    return formats.stream()
        .filter(format -> format.mediaType().equalsIgnoreCase(match.getContentTypeStr()))
        .findFirst();
  }

  static String list(Kind kind) {
    return of(kind).stream().map(Format::mediaType).collect(Collectors.joining(", "));
  }

  private static List<Format> of(Kind kind) {
    return kind == Kind.TABLE ? TABLES : GRAPHS;
  }
}
