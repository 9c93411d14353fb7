package dev.parley.graph;

import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes without end and says each journal place once it is acknowledged. Run as a process of its
 * own, to be killed.
 */
public final class Child {
  private Child() {}

  /** One argument: the folder. */
  public static void main(String[] arguments) {
    var graph = new TdbKnowledge(Path.of(arguments[0]), Clock.systemUTC());
    long place = graph.recorded("acme");
    System.out.println(place);
    while (true) {
      place++;
      graph.record("acme", place, pages(place));
      System.out.println(place);
    }
  }

  /** What belongs to a journal place: a graph of its own, and one that is written over and over. */
  static List<Triples> pages(long place) {
    var pages = new ArrayList<Triples>();
    for (String page : List.of("page-" + place, "latest")) {
      var triples = new ArrayList<Triple>();
      for (int i = 0; i < 20; i++) {
        triples.add(
            new Triple(
                new Iri("urn:example:" + page + "-" + i),
                new Iri("urn:example:place"),
                new Term.Text("at " + place)));
      }
      pages.add(new Triples(new Iri("urn:example:" + page), triples));
    }
    return pages;
  }
}
