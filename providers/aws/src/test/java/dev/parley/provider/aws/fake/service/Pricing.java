package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.engine.json.Yaml;
import dev.parley.provider.aws.fake.type.Shipped;
import dev.parley.provider.aws.fake.wire.AwsJson;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The Price List: products of our own invention in the vendor's form, from {@code
 * fake-prices.yaml}. It is only there in three regions.
 */
public final class Pricing implements Service {
  private static final String FILE = "fake-prices.yaml";
  private static final Set<String> THERE = Set.of("us-east-1", "eu-central-1", "ap-south-1");

  private final List<Form> products;

  public Pricing() {
    this.products = Form.of(Yaml.parse(FILE, Shipped.text(FILE))).objects("products");
  }

  @Override
  public String signingName() {
    return "pricing";
  }

  @Override
  public Protocol protocol() {
    return new AwsJson("1.1", "AWSPriceListService", "");
  }

  @Override
  public String about(Call call) {
    return call.input().text("ServiceCode").orElse("");
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "GetProducts",
        Operation.reads(
            "{ServiceCode!: text, Filters: [{Type!: text, Field!: text, Value!: text}],"
                + " FormatVersion: text, NextToken: text, MaxResults: number}",
            this::products));
  }

  private Fields products(Call call) {
    if (!THERE.contains(call.region())) {
      throw new ServiceError(
          400, "AccessDeniedException", "there is no price list in " + call.region());
    }
    String code = call.input().text("ServiceCode").orElseThrow();
    List<Value> filters = call.input().itemsAt("Filters");
    for (Value filter : filters) {
      if (filter instanceof Fields fields && !fields.text("Type").orElse("").equals("TERM_MATCH")) {
        throw new ServiceError(
            400, "InvalidParameterException", "only TERM_MATCH is known: " + Json.write(filter));
      }
    }
    List<Value> all =
        products.stream()
            .filter(each -> each.required("service").equals(code))
            .filter(each -> filters.stream().allMatch(filter -> fits(each, (Fields) filter)))
            .<Value>map(each -> Value.text(Json.write(document(each))))
            .toList();
    return Pages.of(call, all, "MaxResults", 100, 100, "NextToken", "InvalidNextTokenException")
        .into(Fields.of("FormatVersion", Value.text("aws_v1")), "PriceList", "NextToken");
  }

  private static boolean fits(Form product, Fields filter) {
    String field = filter.text("Field").orElse("");
    String wanted = filter.text("Value").orElse("");
    String real =
        switch (field) {
          case "ServiceCode" -> product.required("service");
          case "productFamily" -> product.required("family");
          default -> product.object("attributes").text(field).orElse("");
        };
    return real.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT));
  }

  private static Fields document(Form product) {
    Fields attributes = product.object("attributes").fields();
    String sku =
        Signature.sha256(Json.write(attributes).getBytes(StandardCharsets.UTF_8))
            .substring(0, 16)
            .toUpperCase(Locale.ROOT);
    String offer = sku + ".JRTCKXETXF";
    String rate = offer + ".6YS6EN2CT7";
    var dimension = new LinkedHashMap<String, Value>();
    dimension.put("unit", Value.text(product.required("unit")));
    dimension.put("beginRange", Value.text("0"));
    dimension.put("endRange", Value.text("Inf"));
    dimension.put("description", Value.text(product.required("description")));
    dimension.put("rateCode", Value.text(rate));
    dimension.put("appliesTo", Items.of());
    dimension.put("pricePerUnit", Fields.of("USD", Value.text(product.required("usd"))));
    Fields onDemand =
        Fields.of(
            offer,
            Fields.of("priceDimensions", Fields.of(rate, new Fields(dimension)))
                .with("sku", Value.text(sku))
                .with("effectiveDate", Value.text("2026-01-01T00:00:00Z"))
                .with("offerTermCode", Value.text("JRTCKXETXF"))
                .with("termAttributes", Fields.EMPTY));
    return Fields.of(
            "product",
            Fields.of("productFamily", Value.text(product.required("family")))
                .with("attributes", attributes)
                .with("sku", Value.text(sku)))
        .with("serviceCode", Value.text(product.required("service")))
        .with("terms", Fields.of("OnDemand", onDemand))
        .with("version", Value.text("20260101000000"))
        .with("publicationDate", Value.text("2026-01-01T00:00:00Z"));
  }
}
