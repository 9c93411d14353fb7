package dev.parley.testkit;

import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Term;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import dev.parley.value.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A Knowledge that keeps graphs as they were recorded, and answers nothing. */
final class Written implements Knowledge {
  final Map<String, Map<String, List<Triple>>> graphs = new ConcurrentHashMap<>();
  final Map<String, Long> places = new ConcurrentHashMap<>();
  final AtomicLong statements = new AtomicLong();
  final AtomicInteger writes = new AtomicInteger();
  volatile int failures;

  @Override
  public synchronized void record(String tenant, long sequence, List<Triples> pages) {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("disk full");
    }
    var mine = graphs.computeIfAbsent(tenant, _ -> new TreeMap<>());
    for (Triples page : pages) {
      mine.put(page.graph().iri(), page.triples());
      statements.addAndGet(page.triples().size());
    }
    places.merge(tenant, sequence, Math::max);
    writes.incrementAndGet();
  }

  synchronized List<String> lines(String tenant) {
    var lines = new ArrayList<String>();
    export(tenant, lines::add);
    return lines;
  }

  /** The objects of all statements with a predicate that ends so. */
  synchronized List<String> objects(String tenant, String predicate) {
    return graphs.getOrDefault(tenant, Map.of()).values().stream()
        .flatMap(List::stream)
        .filter(triple -> triple.predicate().iri().endsWith(predicate))
        .map(triple -> said(triple.object()))
        .toList();
  }

  private static String said(Term term) {
    return switch (term) {
      case Term.Iri(var iri) -> iri;
      case Term.Text(var text) -> text;
      case Term.Number(var number) -> number.toPlainString();
      case Term.Flag(var flag) -> Boolean.toString(flag);
      case Term.Time(var time) -> time.toString();
    };
  }

  @Override
  public long recorded(String tenant) {
    return places.getOrDefault(tenant, 0L);
  }

  @Override
  public synchronized void clear(String tenant) {
    graphs.remove(tenant);
    places.remove(tenant);
  }

  @Override
  public Answer ask(String tenant, Ask question) {
    throw new UnsupportedOperationException("it only keeps");
  }

  @Override
  public List<Question> questions() {
    return List.of();
  }

  @Override
  public Check check() {
    return Check.ok("in memory");
  }

  @Override
  public void close() {}

  @Override
  public synchronized void export(String tenant, Consumer<String> line) {
    graphs
        .getOrDefault(tenant, Map.of())
        .forEach(
            (graph, triples) ->
                triples.stream().map(triple -> graph + " " + triple).sorted().forEach(line));
  }
}
