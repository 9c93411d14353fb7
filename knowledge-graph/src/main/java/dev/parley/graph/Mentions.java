package dev.parley.graph;

import dev.parley.knowledge.Vocabulary;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.exec.QueryExec;

/** Whether a name or address was ever that of a resource. */
final class Mentions {
  private static final Node LABEL = Nodes.iri(Vocabulary.RDFS + "label");
  private static final Node ADDRESS = Nodes.iri(Vocabulary.own("address").iri());

  private Mentions() {}

  static boolean knows(QueryExec running, String resource) {
    DatasetGraph view = running.getDataset();
    Node text = NodeFactory.createLiteralString(resource.strip());
    if (view.contains(Quad.defaultGraphIRI, Node.ANY, ADDRESS, text)) {
      return true;
    }
    for (var named = view.find(Quad.defaultGraphIRI, Node.ANY, LABEL, text); named.hasNext(); ) {
      if (view.contains(Quad.defaultGraphIRI, named.next().getSubject(), ADDRESS, Node.ANY)) {
        return true;
      }
    }
    return false;
  }
}
