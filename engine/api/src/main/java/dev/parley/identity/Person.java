package dev.parley.identity;

/**
 * Somebody as a surface knows them. Display names are no part of it.
 *
 * @param surface slack, discord, console, web
 * @param workspace the surface's tenant: team, guild; "" where there is none
 * @param id the surface's own id for the person
 */
public record Person(String surface, String workspace, String id) {
  @Override
  public String toString() {
    return surface + ":" + (workspace.isEmpty() ? "" : workspace + ":") + id;
  }
}
