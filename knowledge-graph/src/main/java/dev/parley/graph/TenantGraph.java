package dev.parley.graph;

import dev.parley.knowledge.Triples;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.jena.graph.Node;
import org.apache.jena.query.TxnType;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;

/**
 * One tenant's store: many readers, one writer. The journal place and the number of writes stand in
 * its own default graph, which no view shows.
 */
final class TenantGraph implements AutoCloseable {
  private static final Node ITSELF = Nodes.iri("urn:parley:store");
  private static final Node OF_JOURNAL = Nodes.iri("urn:parley:vocabulary#journalOffset");
  private static final Node OF_WRITES = Nodes.iri("urn:parley:vocabulary#writes");

  private final DatasetGraph data;
  private final Runnable closing;
  private final Lives lives = new Lives();

  private volatile long recorded;

  /** Opens it: reads all lives and the journal place. */
  TenantGraph(DatasetGraph data, Runnable closing) {
    this.data = data;
    this.closing = closing;
    data.begin(TxnType.READ);
    try {
      lives.readAll(data);
      recorded = counted(OF_JOURNAL);
    } finally {
      data.end();
    }
  }

  long recorded() {
    return recorded;
  }

  /**
   * Makes each graph hold exactly what is given, and moves the journal place, in one transaction.
   */
  synchronized void record(long sequence, List<Triples> graphs) {
    List<Written> written = graphs.stream().map(Written::of).toList();
    data.begin(TxnType.WRITE);
    try {
      var touched = new LinkedHashSet<Node>();
      written.forEach(graph -> replace(graph, touched));
      long place = Math.max(sequence, recorded);
      long write = counted(OF_WRITES) + 1;
      count(OF_JOURNAL, place);
      count(OF_WRITES, write);
      lives.readAgain(data, touched, write);
      data.commit();
      recorded = place;
    } catch (RuntimeException e) {
      undo();
      throw e;
    } finally {
      data.end();
    }
  }

  private void undo() {
    if (data.isInTransaction()) {
      data.abort();
    }
    data.begin(TxnType.READ);
    lives.readAll(data);
  }

  private record Written(Node graph, Set<Quad> quads) {
    static Written of(Triples triples) {
      Node graph = Nodes.of(triples.graph());
      var quads = new LinkedHashSet<Quad>();
      triples.triples().forEach(triple -> quads.add(Nodes.quad(graph, triple)));
      return new Written(graph, quads);
    }
  }

  private void replace(Written written, Set<Node> touched) {
    var kept = new HashSet<Quad>();
    var gone = new ArrayList<Quad>();
    for (Iterator<Quad> old = data.findNG(written.graph(), Node.ANY, Node.ANY, Node.ANY);
        old.hasNext(); ) {
      Quad quad = old.next();
      if (written.quads().contains(quad)) {
        kept.add(quad);
      } else {
        gone.add(quad);
      }
    }
    gone.forEach(data::delete);
    for (Quad quad : written.quads()) {
      if (!kept.contains(quad)) {
        data.add(quad);
        touch(quad, touched);
      }
    }
    gone.forEach(quad -> touch(quad, touched));
  }

  private static void touch(Quad quad, Set<Node> touched) {
    if (Lives.concerns(quad)) {
      touched.add(quad.getSubject());
    }
  }

  private void count(Node what, long number) {
    data.deleteAny(Quad.defaultGraphIRI, ITSELF, what, Node.ANY);
    data.add(Quad.defaultGraphIRI, ITSELF, what, Nodes.number(BigDecimal.valueOf(number)));
  }

  private long counted(Node what) {
    Iterator<Quad> found = data.find(Quad.defaultGraphIRI, ITSELF, what, Node.ANY);
    return found.hasNext() ? Long.parseLong(found.next().getObject().getLiteralLexicalForm()) : 0;
  }

  /** Runs something over the picture, in a READ transaction that ends whatever happens. */
  <T> T read(
      Optional<Instant> asOf, Deadline deadline, OwnTerms terms, Function<GuardedView, T> reader) {
    data.begin(TxnType.READ);
    try {
      // The number of the last write this snapshot holds: ends brought by later ones are not its
      // business.
      long write = counted(OF_WRITES);
      Predicate<Node> visible =
          asOf.map(instant -> lives.asOf(instant, write)).orElseGet(() -> lives.now(write));
      return reader.apply(new GuardedView(data, visible, deadline, terms));
    } finally {
      data.end();
    }
  }

  /** All statements as N-Quads: graph after graph by name, sorted within. */
  void export(Consumer<String> line) {
    data.begin(TxnType.READ);
    try {
      var graphs = new ArrayList<Node>();
      data.listGraphNodes().forEachRemaining(graphs::add);
      graphs.sort(Comparator.comparing(Node::toString));
      for (Node graph : graphs) {
        var lines = new ArrayList<String>();
        data.findNG(graph, Node.ANY, Node.ANY, Node.ANY)
            .forEachRemaining(
                quad ->
                    lines.add(
                        NodeFmtLib.strNodesNT(
                                quad.getSubject(), quad.getPredicate(), quad.getObject(), graph)
                            + " ."));
        lines.stream().sorted().forEach(line);
      }
    } finally {
      data.end();
    }
  }

  @Override
  public synchronized void close() {
    closing.run();
  }
}
