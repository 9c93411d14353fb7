package dev.parley.rules.pack;

import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.value.Check;
import java.util.List;

/** The few prices an example is about. */
record ExamplePrices(List<Price> all) implements PriceSource {
  ExamplePrices {
    all = List.copyOf(all);
  }

  @Override
  public String revision() {
    return "example";
  }

  @Override
  public List<Price> prices(String family, String service, String sku, String region) {
    return all.stream()
        .filter(price -> price.family().equals(family) && price.service().equals(service))
        .filter(price -> price.sku().equals(sku) && price.region().equals(region))
        .toList();
  }

  @Override
  public Check check() {
    return Check.ok("example");
  }

  @Override
  public void close() {}
}
