package dev.parley.bot.picture;

import java.util.List;

/** Boxes and arrows. */
public record Graph(String title, List<Node> nodes, List<Edge> edges) {
  public Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * A box.
   *
   * @param sign in front of the name: a change's sign, or nothing
   */
  public record Node(String id, String sign, String name, String detail, Shade shade) {}

  /** An arrow: {@code to} is needed by, or follows from, {@code from}. */
  public record Edge(String from, String to) {}

  /** The colour of a box. */
  public enum Shade {
    CREATE,
    UPDATE,
    REPLACE,
    DELETE,
    CALL,
    PLAIN,
    FOCUS
  }
}
