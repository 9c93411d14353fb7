package dev.parley.knowledge;

import dev.parley.knowledge.Term.Iri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The names used in the graph: published terms where there are any (PROV-O, P-Plan, DCTERMS,
 * devops-infra, schema.org), our own for the gaps.
 */
public final class Vocabulary {
  /** Own terms. */
  public static final String PARLEY = "urn:parley:vocabulary#";

  public static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  public static final String RDFS = "http://www.w3.org/2000/01/rdf-schema#";
  public static final String XSD = "http://www.w3.org/2001/XMLSchema#";
  public static final String PROV = "http://www.w3.org/ns/prov#";
  public static final String P_PLAN = "http://purl.org/net/p-plan#";
  public static final String DCTERMS = "http://purl.org/dc/terms/";
  public static final String SCHEMA = "http://schema.org/";

  /** devops-infra: a term is {@code CORE + "dependsOn"}, or by module: {@link #infra}. */
  public static final String CORE = "http://w3id.org/devops-infra/core#";

  private Vocabulary() {}

  /** An own term. */
  public static Iri own(String term) {
    return new Iri(PARLEY + term);
  }

  /** A devops-infra term by module and name, for example {@code server#VirtualServer}. */
  public static Iri infra(String term) {
    return new Iri("http://w3id.org/devops-infra/" + term);
  }

  /**
   * The name of one instance: {@code urn:parley:<tenant>:<kind>:<id>}, each part percent-encoded.
   *
   * @param kind resource, rev, run, step, plan, vote, receipt, finding, user, account
   */
  public static Iri instance(String tenant, String kind, String id) {
    return new Iri("urn:parley:" + encode(tenant) + ":" + encode(kind) + ":" + encode(id));
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
