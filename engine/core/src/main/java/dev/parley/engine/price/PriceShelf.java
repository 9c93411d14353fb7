package dev.parley.engine.price;

import dev.parley.cost.PriceSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Which price sources are asked for an account's things, in order: the operator's books, what the
 * account's own provider says now, then the book that ships with the program.
 *
 * @param own the operator's books
 * @param live the accounts' providers' own lists
 * @param shipped the last resort
 */
public record PriceShelf(List<PriceSource> own, LivePrices live, List<PriceSource> shipped) {
  public PriceShelf {
    own = List.copyOf(own);
    shipped = List.copyOf(shipped);
  }

  /** Books alone, in this order, for every account. */
  public static PriceShelf of(List<PriceSource> books) {
    return new PriceShelf(books, LivePrices.NONE, List.of());
  }

  /** The books, which know the same for every account. */
  public List<PriceSource> books() {
    var books = new ArrayList<>(own);
    books.addAll(shipped);
    return List.copyOf(books);
  }
}
