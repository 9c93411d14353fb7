package dev.parley.graph;

import dev.parley.knowledge.Vocabulary;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;

/**
 * From when to when each graph is part of the picture: {@code parley:recordedAt}, said by the graph
 * of itself, and {@code prov:invalidatedAtTime}, said of it by any graph. A graph of which neither
 * is said is always part of it.
 *
 * <p>Ends carry the number of the write that brought them, so that a reader whose transaction began
 * before that write still sees what it ended.
 */
final class Lives {
  static final Node RECORDED_AT = Nodes.iri(Vocabulary.own("recordedAt").iri());
  static final Node INVALIDATED_AT = Nodes.iri(Vocabulary.PROV + "invalidatedAtTime");

  private record Life(Optional<Instant> from, Optional<Instant> to, long endedBy) {}

  private final Map<Node, Life> lives = new ConcurrentHashMap<>();

  /** Reads all of them, in a transaction of the caller's. */
  void readAll(DatasetGraph data) {
    lives.clear();
    each(
        data.find(Node.ANY, Node.ANY, RECORDED_AT, Node.ANY),
        quad -> {
          if (quad.getGraph().equals(quad.getSubject())) {
            lives.put(quad.getSubject(), new Life(time(quad), Optional.empty(), 0));
          }
        });
    each(
        data.find(Node.ANY, Node.ANY, INVALIDATED_AT, Node.ANY),
        quad -> {
          Optional<Instant> to = time(quad);
          lives.merge(
              quad.getSubject(),
              new Life(Optional.empty(), to, 0),
              (known, _) -> new Life(known.from(), earlier(known.to(), to), 0));
        });
  }

  /** Whether a statement begins or ends a life. */
  static boolean concerns(Quad quad) {
    return quad.getPredicate().equals(RECORDED_AT) || quad.getPredicate().equals(INVALIDATED_AT);
  }

  /** Reads some anew, in the transaction that changed them. */
  void readAgain(DatasetGraph data, Collection<Node> graphs, long write) {
    for (Node graph : graphs) {
      Optional<Instant> from = Optional.empty();
      for (Iterator<Quad> found = data.find(graph, graph, RECORDED_AT, Node.ANY);
          found.hasNext(); ) {
        from = time(found.next());
      }
      Optional<Instant> to = Optional.empty();
      for (Iterator<Quad> found = data.find(Node.ANY, graph, INVALIDATED_AT, Node.ANY);
          found.hasNext(); ) {
        to = earlier(to, time(found.next()));
      }
      if (from.isEmpty() && to.isEmpty()) {
        lives.remove(graph);
      } else {
        lives.put(graph, new Life(from, to, write));
      }
    }
  }

  void clear() {
    lives.clear();
  }

  /** The graphs a reader sees of the picture as it is. */
  Predicate<Node> now(long write) {
    return graph -> {
      Life life = lives.get(graph);
      return life == null || life.to().isEmpty() || life.endedBy() > write;
    };
  }

  /** The graphs a reader sees of the picture as it was. */
  Predicate<Node> asOf(Instant instant, long write) {
    return graph -> {
      Life life = lives.get(graph);
      if (life == null) {
        return true;
      }
      boolean begun = life.from().isEmpty() || !life.from().get().isAfter(instant);
      boolean ended =
          life.endedBy() <= write && life.to().isPresent() && !life.to().get().isAfter(instant);
      return begun && !ended;
    };
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private static Optional<Instant> time(Quad quad) {
    return Optional.of(OffsetDateTime.parse(quad.getObject().getLiteralLexicalForm()).toInstant());
  }

  private static void each(Iterator<Quad> quads, java.util.function.Consumer<Quad> reader) {
    while (quads.hasNext()) {
      reader.accept(quads.next());
    }
  }
}
