package dev.parley.provider.aws.look;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the price book calls by service and sku, as the Price List names it.
 *
 * @param unit what a price is for in the book
 * @param times how many units of the list make one of the book's
 * @param code the list's service
 * @param listed the names the list has for the unit
 * @param filters attribute → value, with {@code ${sku}} and {@code ${head}}
 * @param usage how the usage type ends, if that matters
 */
record Product(
    String service,
    String sku,
    String unit,
    BigDecimal times,
    String code,
    List<String> listed,
    Map<String, String> filters,
    Optional<String> usage) {

  private static final class Shipped {
    private static final List<Product> ALL =
        read("products.yaml", Recipes.resource("/dev/parley/provider/aws/prices/products.yaml"));
  }

  /** All that are known; the first that fits counts. */
  static List<Product> shipped() {
    return Shipped.ALL;
  }

  static Optional<Product> of(String service, String sku) {
    return shipped().stream().filter(product -> product.fits(service, sku)).findFirst();
  }

  private boolean fits(String asked, String name) {
    boolean same = sku.startsWith("*") ? name.endsWith(sku.substring(1)) : name.equals(sku);
    return service.equals(asked) && same;
  }

  /** The filters for one sku. */
  Map<String, String> filters(String name) {
    var filled = new LinkedHashMap<String, String>();
    filters.forEach(
        (attribute, value) ->
            filled.put(
                attribute,
                value.replace("${sku}", name).replace("${head}", name.split("/", 2)[0])));
    return filled;
  }

  static List<Product> read(String file, String yaml) {
    var form = Form.of(Yaml.parse(file, yaml));
    var products = new ArrayList<Product>();
    for (Form one : form.objects("products")) {
      var filters = new LinkedHashMap<String, String>();
      Form given = one.object("filters");
      given.names().forEach(name -> filters.put(name, given.required(name)));
      products.add(
          new Product(
              one.required("service"),
              one.required("sku"),
              one.required("unit"),
              one.number("times").orElse(BigDecimal.ONE),
              one.required("code"),
              one.texts("listed"),
              filters,
              one.text("usage")));
      one.done();
    }
    form.done();
    form.check();
    return List.copyOf(products);
  }
}
