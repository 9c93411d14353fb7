package dev.parley.cost;

import dev.parley.value.Check;
import java.util.List;

/** Knows prices: a book, an import, a vendor's live list. */
public interface PriceSource extends AutoCloseable {
  /** A digest of all it says; changes when any price does. */
  String revision();

  /**
   * Prices of a sku in a region, all tiers, lowest first; the exact region before {@code *}. Empty
   * if it does not know.
   */
  List<Price> prices(String family, String service, String sku, String region);

  /** Whether it can be used now. */
  Check check();

  @Override
  void close();
}
