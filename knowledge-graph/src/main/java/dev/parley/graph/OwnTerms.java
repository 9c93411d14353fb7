package dev.parley.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.graph.GraphFactory;

/** Our own terms with their labels, domains and ranges: a graph that comes with the release. */
final class OwnTerms {
  /** Its name; ask {@code GRAPH <urn:parley:vocabulary> { … }}. */
  static final Node GRAPH = Nodes.iri("urn:parley:vocabulary");

  private static final String FILE = "vocabulary.ttl";

  private final Graph graph;

  private OwnTerms(Graph graph) {
    this.graph = graph;
  }

  static OwnTerms shipped() {
    Graph graph = GraphFactory.createDefaultGraph();
    try (InputStream in = OwnTerms.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + FILE);
      }
      RDFDataMgr.read(graph, in, Lang.TURTLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OwnTerms(graph);
  }

  Graph graph() {
    return graph;
  }
}
