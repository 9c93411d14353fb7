package dev.parley.rules.pack;

import java.util.List;

/** Rules that belong together. */
public record Pack(PackInfo info, List<RuleDefinition> rules) {
  public Pack {
    rules = List.copyOf(rules);
  }
}
