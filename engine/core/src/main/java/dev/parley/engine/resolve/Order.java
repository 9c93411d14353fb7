package dev.parley.engine.resolve;

import dev.parley.resource.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Puts addresses in an order in which each comes after what it needs; among equals by name, so that
 * one set of changes has one order.
 */
final class Order {
  private final List<Address> sorted = new ArrayList<>();
  private final Set<Address> stuck = new HashSet<>();
  private final Map<Address, Set<Address>> needs;

  /** Needs that are not among the addresses count as met. */
  Order(Collection<Address> addresses, Map<Address, Set<Address>> needs) {
    this.needs = needs;
    record Node(String key, Address at) {}
    var nodes = new HashMap<Address, Node>();
    addresses.forEach(at -> nodes.put(at, new Node(at.toString(), at)));
    var waiting = new HashMap<Address, Integer>();
    var unlocks = new HashMap<Address, List<Node>>();
    var ready = new PriorityQueue<Node>(java.util.Comparator.comparing(Node::key));
    for (Node node : nodes.values()) {
      int count = 0;
      for (Address need : needs.getOrDefault(node.at(), Set.of())) {
        if (nodes.containsKey(need)) {
          unlocks.computeIfAbsent(need, _ -> new ArrayList<>()).add(node);
          count++;
        }
      }
      waiting.put(node.at(), count);
      if (count == 0) {
        ready.add(node);
      }
    }
    while (!ready.isEmpty()) {
      Node node = ready.remove();
      sorted.add(node.at());
      for (Node next : unlocks.getOrDefault(node.at(), List.of())) {
        if (waiting.merge(next.at(), -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    stuck.addAll(nodes.keySet());
    sorted.forEach(stuck::remove);
  }

  /** In order; those in a circle, or behind one, are missing. */
  List<Address> sorted() {
    return sorted;
  }

  /** One circle, if there is any: each needs the next, the last needs the first. */
  List<Address> circle() {
    if (stuck.isEmpty()) {
      return List.of();
    }
    var way = new ArrayList<Address>();
    Address here = stuck.stream().min(java.util.Comparator.naturalOrder()).orElseThrow();
    while (!way.contains(here)) {
      way.add(here);
      here =
          needs.getOrDefault(here, Set.of()).stream()
              .filter(stuck::contains)
              .min(java.util.Comparator.naturalOrder())
              .orElseThrow();
    }
    return way.subList(way.indexOf(here), way.size());
  }
}
