package dev.parley.rules.scene;

import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.rules.logic.Found;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/** Machines that cost notably less in another region that is allowed. */
final class Cheaper {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Cheaper() {}

  static Found of(Scene scene) {
    var hints = new ArrayList<String>();
    for (ResourceSubject resource : scene.changing()) {
      if (!resource.action().equals("create") || stays(resource)) {
        continue;
      }
      Set<String> regions =
          ResourceContext.regions(
              scene.parameters().regionsOf(resource.environment()),
              scene.account(resource.address()));
      if (regions.size() < 2 || resource.traits().price().isEmpty()) {
        continue;
      }
      if (scene.prices().isEmpty()) {
        return new Found.Unknown("the rulebook was given no prices to compare regions with");
      }
      hint(scene, resource, regions).ifPresent(hints::add);
    }
    return new Found.Known(Value.texts(hints.stream().distinct().sorted().toList()));
  }

  /** Data that must stay where it is: the residency tag says so, or may say so. */
  private static boolean stays(ResourceSubject resource) {
    return !(resource.tags().get(resource.scene().parameters().tags().residency())
        instanceof Found.Absent);
  }

  private static Optional<String> hint(Scene scene, ResourceSubject resource, Set<String> regions) {
    var sku =
        ResourceContext.skuName(resource).map(name -> name.substring(name.lastIndexOf('/') + 1));
    var here = sku.flatMap(name -> price(scene, resource, name, resource.region()));
    if (here.isEmpty() || here.get().each().amount().signum() <= 0) {
      return Optional.empty();
    }
    BigDecimal least = scene.parameters().spending().cheaper();
    String best = "";
    BigDecimal saved = BigDecimal.ZERO;
    for (String region : regions) {
      var there =
          price(scene, resource, sku.get(), region).filter(price -> same(price, here.get()));
      if (there.isPresent()) {
        BigDecimal now = here.get().each().amount();
        BigDecimal less =
            now.subtract(there.get().each().amount())
                .multiply(HUNDRED)
                .divide(now, 1, RoundingMode.HALF_UP);
        if (less.compareTo(saved) > 0) {
          saved = less;
          best = region;
        }
      }
    }
    return saved.compareTo(least) < 0
        ? Optional.empty()
        : Optional.of(
            sku.get()
                + " of "
                + resource.address().name()
                + " costs "
                + saved.toPlainString()
                + " % less in "
                + best
                + " than in "
                + resource.region());
  }

  /** The vendor's service; <code>{engine}</code> stands for the resource's Engine. */
  private static String service(ResourceSubject resource) {
    String engine =
        resource.properties().text("Engine").orElse("").toLowerCase(java.util.Locale.ROOT);
    return resource.traits().price().orElse("").replace("{engine}", engine);
  }

  private static boolean same(Price a, Price b) {
    return a.unit().equals(b.unit()) && a.each().currency().equals(b.each().currency());
  }

  private static Optional<Price> price(
      Scene scene, ResourceSubject resource, String sku, String region) {
    String service = service(resource);
    for (PriceSource source : scene.prices()) {
      for (Price price : source.prices(resource.address().type().family(), service, sku, region)) {
        if (price.region().equals(region) && price.unit().equals("hour")) {
          return Optional.of(price);
        }
      }
    }
    return Optional.empty();
  }
}
