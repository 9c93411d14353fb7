package dev.parley.bot.picture;

import dev.parley.bot.picture.Graph.Edge;
import dev.parley.bot.picture.Graph.Node;
import dev.parley.bot.picture.Graph.Shade;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What exists, as boxes and arrows. An arrow stands wherever a property of one resource holds the
 * provider id of another.
 */
public final class ResourceMap {
  private static final int MOST = 60;

  private ResourceMap() {}

  /**
   * A map of these resources.
   *
   * @param focus the name or address of the one in the middle of interest; "" for none
   */
  public static Graph of(String title, List<Tracked> tracked, String focus) {
    List<Tracked> shown = tracked.size() <= MOST ? tracked : tracked.subList(0, MOST);
    Map<String, Address> byId = new HashMap<>();
    shown.forEach(one -> byId.put(one.resource().id().value(), one.at()));
    var nodes = new ArrayList<Node>();
    var edges = new LinkedHashSet<Edge>();
    for (Tracked one : shown) {
      boolean inFocus = focus.equals(one.at().name()) || focus.equals(one.at().toString());
      nodes.add(
          new Node(
              one.at().toString(),
              "",
              one.at().name(),
              one.at().type().unversioned(),
              inFocus ? Shade.FOCUS : Shade.PLAIN));
      var mentioned = new LinkedHashSet<String>();
      texts(one.resource().properties(), mentioned);
      for (String text : mentioned) {
        Address other = byId.get(text);
        if (other != null && !other.equals(one.at())) {
          edges.add(new Edge(other.toString(), one.at().toString()));
        }
      }
    }
    return new Graph(title, nodes, List.copyOf(edges));
  }

  private static void texts(Value value, Set<String> found) {
    switch (value) {
      case Value.Text(var text) -> found.add(text);
      case Value.Items(var items) -> items.forEach(item -> texts(item, found));
      case Value.Fields(var fields) -> fields.values().forEach(field -> texts(field, found));
      case Value.Num _,
          Value.Bool _,
          Value.Null _,
          Value.Ref _,
          Value.Secret _,
          Value.Unknown _ -> {}
    }
  }
}
