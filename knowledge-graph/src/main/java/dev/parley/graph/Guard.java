package dev.parley.graph;

import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Knowledge.Refused.Why;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.Op;

/**
 * Reads a query that somebody sent and lets it through only if it can do no harm: strict SPARQL, of
 * one dataset, with functions that are known. By default Jena would load any class that a query
 * names, call any server and read any file. To be used on a thread with a large stack.
 */
final class Guard {
  private final int longest;

  Guard(int longest) {
    this.longest = longest;
  }

  /**
   * The query, if it may be asked.
   *
   * @throws Refused if not: what, where, and what to write instead
   */
  Query admit(String text) {
    if (text.length() > longest) {
      throw new Refused(
          Why.MALFORMED,
          "The query has "
              + text.length()
              + " characters; at most "
              + longest
              + " are read. Ask in smaller parts.");
    }
    Query query = parse(text);
    if (query.hasDatasetDescription()) {
      throw forbidden(
          "FROM and FROM NAMED",
          "what is visible is decided here",
          "leave them out; use GRAPH <…> { … }");
    }
    if (query.isJsonType()) {
      throw forbidden("JSON { … }", "it is no SPARQL", "use SELECT and ask for JSON results");
    }
    Op algebra = compile(query);
    new Walk().over(algebra);
    refuseHiddenClasses(query);
    return query;
  }

  private static Query parse(String text) {
    try {
      return QueryFactory.create(text, Syntax.syntaxSPARQL_12);
    } catch (QueryParseException e) {
      throw new Refused(Why.MALFORMED, malformed(text, e));
    } catch (QueryException e) {
      throw new Refused(
          Why.MALFORMED, "Not a SPARQL query: " + said(e) + ". Mend it and ask again.");
    } catch (StackOverflowError e) {
      throw new Refused(
          Why.MALFORMED, "The query is nested too deeply to be read. Write it flatter.");
    }
  }

  private static Op compile(Query query) {
    try {
      return Algebra.compile(query);
    } catch (StackOverflowError e) {
      throw new Refused(
          Why.MALFORMED, "The query is nested too deeply to be read. Write it flatter.");
    } catch (QueryException e) {
      throw new Refused(
          Why.MALFORMED, "Not a SPARQL query: " + said(e) + ". Mend it and ask again.");
    }
  }

  private static String malformed(String text, QueryParseException e) {
    String where =
        e.getLine() > 0 ? "Line " + e.getLine() + ", column " + e.getColumn() + ": " : "";
    String update = text.stripLeading().toUpperCase(java.util.Locale.ROOT);
    if (update.startsWith("INSERT") || update.startsWith("DELETE") || update.startsWith("LOAD")) {
      return where
          + "this is an update, and the graph can only be asked. Write SELECT, ASK, CONSTRUCT or"
          + " DESCRIBE.";
    }
    return where + "not a SPARQL 1.1 query: " + said(e) + ". Mend it and ask again.";
  }

  /** The parser's words in one line; it may have none. */
  private static String said(Exception e) {
    String message = e.getMessage();
    if (message == null) {
      return "it is nested too deeply or broken off";
    }
    String line = message.replaceAll("\\s+", " ").strip();
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }

  /**
   * A second belt: whatever a prefix or BASE hides stands in the open once there are no prefixes.
   */
  private static void refuseHiddenClasses(Query query) {
    Query bare = query.cloneQuery();
    bare.getPrefixMapping().clearNsPrefixMap();
    bare.setBaseURI((String) null);
    if (bare.serialize().toLowerCase(java.util.Locale.ROOT).contains("<java:")) {
      throw forbidden("<java:…>", "it would run a class", "use the functions of SPARQL");
    }
  }

  static Refused forbidden(String what, String why, String next) {
    return new Refused(Why.FORBIDDEN, "Refused: " + what + ": " + why + ". Instead: " + next + ".");
  }
}
