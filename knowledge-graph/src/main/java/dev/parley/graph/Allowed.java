package dev.parley.graph;

import java.util.Set;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;

/** The functions a query may name by IRI, and the predicates that are functions in disguise. */
final class Allowed {
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
  private static final String FN = "http://www.w3.org/2005/xpath-functions#";
  private static final String MATH = "http://www.w3.org/2005/xpath-functions/math#";

  private static final Set<String> CASTS =
      Set.of(
          "string",
          "boolean",
          "integer",
          "decimal",
          "double",
          "float",
          "dateTime",
          "date",
          "time",
          "int",
          "long",
          "short",
          "byte",
          "nonNegativeInteger",
          "positiveInteger",
          "nonPositiveInteger",
          "negativeInteger",
          "unsignedInt",
          "unsignedLong",
          "unsignedShort",
          "unsignedByte",
          "duration",
          "dayTimeDuration",
          "yearMonthDuration",
          "gYear",
          "gYearMonth",
          "gMonth",
          "gMonthDay",
          "gDay",
          "anyURI");

  private static final Set<String> XPATH =
      Set.of(
          "abs",
          "ceiling",
          "floor",
          "round",
          "round-half-to-even",
          "not",
          "boolean",
          "contains",
          "starts-with",
          "ends-with",
          "string-length",
          "substring",
          "substring-before",
          "substring-after",
          "upper-case",
          "lower-case",
          "normalize-space",
          "year-from-dateTime",
          "month-from-dateTime",
          "day-from-dateTime",
          "hours-from-dateTime",
          "minutes-from-dateTime",
          "seconds-from-dateTime",
          "timezone-from-dateTime",
          "year-from-date",
          "month-from-date",
          "day-from-date",
          "days-from-duration",
          "hours-from-duration",
          "minutes-from-duration",
          "seconds-from-duration",
          "years-from-duration",
          "months-from-duration");

  private static final Set<String> MATHS =
      Set.of(
          "pi", "exp", "exp10", "log", "log10", "sqrt", "pow", "sin", "cos", "tan", "asin", "acos",
          "atan", "atan2");

  private Allowed() {}

  static boolean function(String iri) {
    return is(iri, XSD, CASTS) || is(iri, FN, XPATH) || is(iri, MATH, MATHS);
  }

  private static boolean is(String iri, String namespace, Set<String> names) {
    return iri.startsWith(namespace) && names.contains(iri.substring(namespace.length()));
  }

  static boolean predicate(String iri) {
    return !iri.regionMatches(true, 0, "java:", 0, 5)
        && !iri.startsWith("http://jena.apache.org/")
        && !iri.startsWith("http://jena.hpl.hp.com/")
        && !PropertyFunctionRegistry.standardRegistry().isRegistered(iri);
  }
}
