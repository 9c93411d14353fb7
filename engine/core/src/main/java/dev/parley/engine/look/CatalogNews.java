package dev.parley.engine.look;

import dev.parley.catalog.Catalog;
import java.util.List;

/**
 * What a catalog says since it was read anew.
 *
 * @param outdated the open plans that were made from types that have changed: they can't be
 *     approved any more, and are to be asked for again
 */
public record CatalogNews(String account, Catalog.Difference difference, List<String> outdated) {
  public CatalogNews {
    outdated = List.copyOf(outdated);
  }
}
