package dev.parley.bot.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a graph's nodes into columns: each node right of all it needs (longest path), and inside a
 * column near the middle of its neighbours (two barycentre sweeps). The same graph is always laid
 * out the same way. Nodes on a cycle keep the column in which they were first met.
 */
final class Layout {
  private static final int SWEEPS = 4;

  private final Map<String, Integer> column = new LinkedHashMap<>();
  private final List<List<String>> columns = new ArrayList<>();
  private final Map<String, List<String>> before = new HashMap<>();
  private final Map<String, List<String>> after = new HashMap<>();

  Layout(Graph graph) {
    graph.nodes().forEach(node -> column.put(node.id(), 0));
    for (Graph.Edge edge : graph.edges()) {
      if (column.containsKey(edge.from())
          && column.containsKey(edge.to())
          && !edge.from().equals(edge.to())) {
        before.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge.from());
        after.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to());
      }
    }
    assign();
    fill();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      order(sweep % 2 == 0);
    }
  }

  /** Node ids, column by column, top to bottom. */
  List<List<String>> columns() {
    return columns;
  }

  private void assign() {
    var missing = new HashMap<String, Integer>();
    column.keySet().forEach(id -> missing.put(id, before.getOrDefault(id, List.of()).size()));
    var ready = new ArrayDeque<String>();
    column.keySet().stream().filter(id -> missing.getOrDefault(id, 0) == 0).forEach(ready::add);
    while (!ready.isEmpty()) {
      String id = ready.remove();
      for (String next : after.getOrDefault(id, List.of())) {
        column.merge(next, column.getOrDefault(id, 0) + 1, Math::max);
        if (missing.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
  }

  private void fill() {
    column.forEach(
        (id, at) -> {
          while (columns.size() <= at) {
            columns.add(new ArrayList<>());
          }
          columns.get(at).add(id);
        });
    columns.removeIf(List::isEmpty);
  }

  private void order(boolean leftToRight) {
    var row = new HashMap<String, Double>();
    for (List<String> ids : columns) {
      place(ids, row);
    }
    for (int i = 0; i < columns.size(); i++) {
      List<String> ids = columns.get(leftToRight ? i : columns.size() - 1 - i);
      Map<String, List<String>> neighbours = leftToRight ? before : after;
      var middle = new HashMap<String, Double>();
      for (String id : ids) {
        middle.put(
            id,
            neighbours.getOrDefault(id, List.of()).stream()
                .mapToDouble(other -> row.getOrDefault(other, 0.5))
                .average()
                .orElse(row.getOrDefault(id, 0.5)));
      }
      ids.sort(Comparator.comparingDouble((String id) -> middle.getOrDefault(id, 0.5)));
      place(ids, row);
    }
  }

  /** Rows as shares of the column's height, so that columns of different length compare. */
  private static void place(List<String> ids, Map<String, Double> row) {
    for (int i = 0; i < ids.size(); i++) {
      row.put(ids.get(i), (i + 0.5) / ids.size());
    }
  }
}
