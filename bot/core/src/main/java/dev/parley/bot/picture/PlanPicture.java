package dev.parley.bot.picture;

import dev.parley.bot.picture.Graph.Edge;
import dev.parley.bot.picture.Graph.Node;
import dev.parley.bot.picture.Graph.Shade;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan as boxes and arrows: one box for each change, an arrow from what is needed to what needs
 * it. More than sixty boxes are grouped by account, type and sign.
 */
public final class PlanPicture {
  private static final int MOST = 60;

  private PlanPicture() {}

  /** The graph of a plan; changes that change nothing are left out. */
  public static Graph of(Plan plan) {
    List<Change> changes = plan.changes().stream().filter(Change::mutates).toList();
    return changes.size() <= MOST ? single(plan, changes) : grouped(plan, changes);
  }

  /** What it shows, in words. */
  public static String alt(Plan plan) {
    Graph graph = of(plan);
    return "Plan "
        + plan.id()
        + " as a graph: "
        + graph.nodes().size()
        + " boxes, "
        + graph.edges().size()
        + " arrows";
  }

  private static Graph single(Plan plan, List<Change> changes) {
    var nodes = new ArrayList<Node>();
    var edges = new LinkedHashSet<Edge>();
    for (Change change : changes) {
      nodes.add(
          new Node(
              change.at().toString(),
              change.sign(),
              change.at().name(),
              change.at().type().unversioned(),
              shade(change)));
      plan.needs().getOrDefault(change.at(), java.util.Set.of()).stream()
          .sorted()
          .forEach(needed -> edges.add(new Edge(needed.toString(), change.at().toString())));
    }
    return new Graph(plan.id() + " v" + plan.revision(), nodes, List.copyOf(edges));
  }

  private static Graph grouped(Plan plan, List<Change> changes) {
    var groups = new TreeMap<String, List<Change>>();
    Map<Address, String> groupOf = new HashMap<>();
    for (Change change : changes) {
      String key = change.at().account() + " " + change.at().type() + " " + change.sign();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(change);
      groupOf.put(change.at(), key);
    }
    var nodes = new ArrayList<Node>();
    groups.forEach(
        (key, members) -> {
          Change one = members.getFirst();
          nodes.add(
              new Node(
                  key,
                  one.sign(),
                  members.size() + " × " + brief(one.at().type().unversioned()),
                  one.at().account(),
                  shade(one)));
        });
    var edges = new LinkedHashSet<Edge>();
    plan.needs()
        .forEach(
            (at, needed) ->
                needed.stream()
                    .sorted()
                    .forEach(
                        before -> {
                          String from = groupOf.get(before);
                          String to = groupOf.get(at);
                          if (from != null && to != null && !from.equals(to)) {
                            edges.add(new Edge(from, to));
                          }
                        }));
    return new Graph(plan.id() + " v" + plan.revision() + ", grouped", nodes, List.copyOf(edges));
  }

  private static String brief(String type) {
    return type.substring(Math.max(type.lastIndexOf(':'), type.lastIndexOf('/')) + 1);
  }

  private static Shade shade(Change change) {
    return switch (change) {
      case Change.Create _ -> Shade.CREATE;
      case Change.Update _ -> Shade.UPDATE;
      case Change.Replace _ -> Shade.REPLACE;
      case Change.Delete _ -> Shade.DELETE;
      case Change.Call _ -> Shade.CALL;
      case Change.Read _, Change.NoOp _ -> Shade.PLAIN;
    };
  }
}
