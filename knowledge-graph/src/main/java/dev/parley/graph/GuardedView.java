package dev.parley.graph;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.sparql.core.DatasetGraphWrapperView;
import org.apache.jena.sparql.core.GraphView;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.util.Context;
import org.jspecify.annotations.Nullable;

/**
 * What one query sees of a store: the graphs of one picture, their union as default graph, the
 * vocabulary as one graph more, and nothing else. Whatever the query does, it gets its data here,
 * so here is where its time ends. Made for one query, used inside its transaction.
 *
 * <p>The marker {@link DatasetGraphWrapperView} keeps Jena from looking through it at the store.
 */
final class GuardedView extends DatasetGraphWrapper implements DatasetGraphWrapperView {
  private static final int LOOK_EVERY = 256;

  private final Predicate<Node> visible;
  private final Deadline deadline;
  private final OwnTerms terms;

  GuardedView(DatasetGraph store, Predicate<Node> visible, Deadline deadline, OwnTerms terms) {
    super(store, new Context());
    this.visible = visible;
    this.deadline = deadline;
    this.terms = terms;
  }

  @Override
  public Iterator<Quad> find() {
    return find(Node.ANY, Node.ANY, Node.ANY, Node.ANY);
  }

  @Override
  public Iterator<Quad> find(Quad quad) {
    return find(quad.getGraph(), quad.getSubject(), quad.getPredicate(), quad.getObject());
  }

  @Override
  public Iterator<Quad> find(
      @Nullable Node graph, @Nullable Node s, @Nullable Node p, @Nullable Node o) {
    if (graph == null || graph.equals(Node.ANY)) {
      return Iter.concat(find(Quad.defaultGraphIRI, s, p, o), findNG(Node.ANY, s, p, o));
    }
    if (Quad.isDefaultGraph(graph) || Quad.isUnionGraph(graph)) {
      return union(graph, s, p, o);
    }
    return findNG(graph, s, p, o);
  }

  @Override
  public Iterator<Quad> findNG(
      @Nullable Node graph, @Nullable Node s, @Nullable Node p, @Nullable Node o) {
    deadline.look();
    if (graph == null || graph.equals(Node.ANY)) {
      return Iter.concat(
          new Looking<>(
              getR().findNG(Node.ANY, s, p, o),
              quad -> visible.test(quad.getGraph()),
              quad -> quad),
          terms(s, p, o));
    }
    if (Quad.isUnionGraph(graph)) {
      return union(graph, s, p, o);
    }
    if (graph.equals(OwnTerms.GRAPH)) {
      return terms(s, p, o);
    }
    if (!visible.test(graph)) {
      return Collections.emptyIterator();
    }
    return new Looking<>(getR().findNG(graph, s, p, o), _ -> true, quad -> quad);
  }

  /** No statement stands in two visible graphs, so there is nothing to be told apart. */
  private Iterator<Quad> union(Node as, @Nullable Node s, @Nullable Node p, @Nullable Node o) {
    deadline.look();
    return new Looking<>(
        getR().findNG(Node.ANY, s, p, o),
        quad -> visible.test(quad.getGraph()),
        quad -> Quad.create(as, quad.asTriple()));
  }

  private Iterator<Quad> terms(@Nullable Node s, @Nullable Node p, @Nullable Node o) {
    Iterator<Triple> found = terms.graph().find(s, p, o);
    return new Looking<>(found, _ -> true, triple -> Quad.create(OwnTerms.GRAPH, triple));
  }

  @Override
  public boolean contains(Quad quad) {
    return find(quad).hasNext();
  }

  @Override
  public boolean contains(
      @Nullable Node graph, @Nullable Node s, @Nullable Node p, @Nullable Node o) {
    return find(graph, s, p, o).hasNext();
  }

  @Override
  public Graph getDefaultGraph() {
    return GraphView.createDefaultGraph(this);
  }

  @Override
  public Graph getUnionGraph() {
    return GraphView.createUnionGraph(this);
  }

  @Override
  public Graph getGraph(Node graph) {
    return Quad.isDefaultGraph(graph) ? getDefaultGraph() : GraphView.createNamedGraph(this, graph);
  }

  @Override
  public boolean containsGraph(Node graph) {
    deadline.look();
    return Quad.isDefaultGraph(graph)
        || Quad.isUnionGraph(graph)
        || graph.equals(OwnTerms.GRAPH)
        || (visible.test(graph) && getR().containsGraph(graph));
  }

  @Override
  public Iterator<Node> listGraphNodes() {
    deadline.look();
    return Iter.concat(
        new Looking<>(getR().listGraphNodes(), visible, node -> node),
        java.util.List.of(OwnTerms.GRAPH).iterator());
  }

  @Override
  public long size() {
    return Iter.count(listGraphNodes());
  }

  @Override
  public boolean isEmpty() {
    return !find().hasNext();
  }

  @Override
  public void add(Quad quad) {
    throw readOnly();
  }

  @Override
  public void add(Node graph, Node s, Node p, Node o) {
    throw readOnly();
  }

  @Override
  public void delete(Quad quad) {
    throw readOnly();
  }

  @Override
  public void delete(Node graph, Node s, Node p, Node o) {
    throw readOnly();
  }

  @Override
  public void deleteAny(
      @Nullable Node graph, @Nullable Node s, @Nullable Node p, @Nullable Node o) {
    throw readOnly();
  }

  @Override
  public void addGraph(Node graph, Graph triples) {
    throw readOnly();
  }

  @Override
  public void removeGraph(Node graph) {
    throw readOnly();
  }

  @Override
  public void clear() {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("the graph is written by its recorder alone");
  }

  /** Lets through what is visible and looks at the clock while it does. */
  private final class Looking<A, B> implements Iterator<B> {
    private final Iterator<A> source;
    private final Predicate<A> wanted;
    private final Function<A, B> as;
    private @Nullable A next;
    private int seen;

    Looking(Iterator<A> source, Predicate<A> wanted, Function<A, B> as) {
      this.source = source;
      this.wanted = wanted;
      this.as = as;
    }

    @Override
    public boolean hasNext() {
      while (next == null && source.hasNext()) {
        if (++seen % LOOK_EVERY == 0) {
          deadline.look();
        }
        A candidate = source.next();
        if (wanted.test(candidate)) {
          next = candidate;
        }
      }
      return next != null;
    }

    @Override
    public B next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      A found = java.util.Objects.requireNonNull(next);
      next = null;
      return as.apply(found);
    }
  }
}
