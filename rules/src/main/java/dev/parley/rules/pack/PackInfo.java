package dev.parley.rules.pack;

import java.util.Set;

/**
 * What a pack says of itself in its {@code pack.yaml}.
 *
 * @param name its folder's name
 * @param roles who approves what its rules leave to people: roles or teams
 */
public record PackInfo(String name, String title, Set<String> roles) {
  public PackInfo {
    roles = Set.copyOf(roles);
  }
}
