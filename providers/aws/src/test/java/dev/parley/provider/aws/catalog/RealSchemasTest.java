package dev.parley.provider.aws.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.SchemaPaths;
import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.engine.json.Json;
import dev.parley.engine.resolve.Resolution;
import dev.parley.plan.Change;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.provider.aws.account.AwsSettings.CatalogSource;
import dev.parley.provider.services.FamilyServices;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our reading of schemas, and our everyday services, held against all official schemas: {@code
 * -Daws.schemas=FOLDER} with schemas of a region, {@code -Daws.region} beside it where the folder
 * has several.
 */
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealSchemasTest {
  private static final Pattern MENTION =
      Pattern.compile("\\$\\{([a-zA-Z]+)[.}]|\"\\$(?:pick|each)\":\"([a-zA-Z]+)\"");
  private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\":\"([^\"#]+)#([^\"]*)\"");

  private AwsCatalog catalog;

  @BeforeAll
  void read(@TempDir Path folder) {
    String where = System.getProperty("aws.schemas", "");
    boolean there = !where.isEmpty() && Files.exists(Path.of(where));
    if (!there) {
      System.out.println("SKIPPED: RealSchemasTest needs -Daws.schemas=FOLDER of official schemas");
    }
    assumeTrue(there, "no official schemas: give -Daws.schemas=FOLDER");
    catalog = open(Path.of(where), folder);
  }

  private static AwsCatalog open(Path where, Path folder) {
    return new AwsCatalog(
        new CatalogSource(false, Optional.of(where), Duration.ofHours(24)),
        new NoClients(),
        System.getProperty("aws.region", "ap-south-1"),
        folder,
        new SettableClock(PlanningBench.NOW),
        FamilyServices.of("aws"),
        "dev");
  }

  @Test
  void every_type_can_be_read_and_checked_against() {
    var troubles = new ArrayList<String>();
    for (ResourceType type : catalog.types()) {
      Optional<AwsType> read = catalog.type(type);
      if (read.isEmpty()) {
        troubles.add(type + " is left out");
        continue;
      }
      TypeSchema schema = read.get().schema();
      SchemaValidator.validate(schema, Fields.EMPTY);
      read.get().identifier().stream()
          .filter(part -> !SchemaPaths.knows(schema, part))
          .forEach(part -> troubles.add(type + " is identified by an unknown " + part));
    }
    assertThat(catalog.types()).hasSizeGreaterThan(1_000);
    assertThat(troubles).isEmpty();
  }

  @Test
  void all_services_are_offered() {
    assertThat(catalog.offerings())
        .extracting(Offering::service)
        .containsExactlyElementsOf(
            FamilyServices.of("aws").stream().map(Offering::service).toList());
  }

  @Test
  void what_is_said_about_links_is_true_of_the_real_schemas() {
    var wrong = new ArrayList<String>();
    Overlay.shipped()
        .types()
        .forEach(
            (name, entry) -> {
              TypeSchema type = schema(name);
              for (TypeSchema.Link link : entry.links()) {
                if (!SchemaPaths.knows(type, link.from())) {
                  wrong.add(name + " has no " + link.from());
                }
                for (ResourceType to : link.to()) {
                  if (!SchemaPaths.knows(schema(to.name()), link.output())) {
                    wrong.add(to + " has no " + link.output());
                  }
                }
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void what_services_point_at_is_there_in_the_real_schemas() {
    var wrong = new ArrayList<String>();
    for (Offering offering : catalog.offerings()) {
      var own = new LinkedHashMap<String, TypeSchema>();
      offering.parts().forEach(part -> own.put("${name}" + part.suffix(), schema(part.type())));
      for (Offering.Part part : offering.parts()) {
        var references = REFERENCE.matcher(Json.write(part.properties()));
        while (references.find()) {
          TypeSchema target = own.get(references.group(1));
          if (target != null && !SchemaPaths.knows(target, Pointer.of(references.group(2)))) {
            wrong.add(offering.service() + ": " + target.type() + " has no " + references.group(2));
          }
        }
      }
      offering
          .roles()
          .forEach(
              (role, at) -> {
                if (!SchemaPaths.knows(schema(offering.principal()), at)) {
                  wrong.add(offering.service() + ": " + role + " is not at " + at);
                }
              });
    }
    assertThat(wrong).isEmpty();
  }

  static List<String> services() {
    return FamilyServices.of("aws").stream().map(Offering::service).toList();
  }

  @ParameterizedTest
  @MethodSource("services")
  void a_service_with_nothing_but_what_it_needs_is_valid(String service) {
    Offering offering = offering(service);
    var arguments = new LinkedHashMap<String, Value>();
    offering.needs().forEach(need -> arguments.put(need, every().get(need)));
    plan(offering, new Fields(arguments));
  }

  @ParameterizedTest
  @MethodSource("services")
  void a_service_with_everything_said_is_valid(String service) {
    Offering offering = offering(service);
    plan(offering, mentioned(offering));
  }

  @ParameterizedTest
  @MethodSource("services")
  void a_service_made_public_is_valid(String service) {
    Offering offering = offering(service);
    if (mentions(offering).contains("public")) {
      plan(offering, mentioned(offering).with("public", Value.bool(true)));
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void every_size_and_variant_of_a_service_is_valid(String service) {
    Offering offering = offering(service);
    var needed = new LinkedHashMap<String, Value>();
    offering.needs().forEach(need -> needed.put(need, every().get(need)));
    for (Offering.Size size : offering.sizes()) {
      plan(offering, new Fields(needed).with("size", Value.text(size.sku())));
    }
    for (Fields variant : offering.variants().values()) {
      var all = new LinkedHashMap<>(needed);
      all.putAll(variant.fields());
      plan(offering, new Fields(all));
    }
  }

  @Test
  void machines_behind_a_load_balancer_with_a_database_are_valid() {
    var wants = new ArrayList<Want>();
    for (int i = 1; i <= 3; i++) {
      wants.add(make("web-" + i, "vm", Fields.of("size", Value.text("t3.medium"))));
    }
    wants.add(
        make(
            "front",
            "load-balancer",
            Fields.of("targets", Value.texts(List.of("web-1", "web-2", "web-3")))
                .with("protocol", Value.text("http"))));
    wants.add(make("orders", "database", Fields.of("engine", Value.text("postgres"))));
    Plan plan = plan(new PlanningBench(catalog).resolve(wants));
    assertThat(plan.changes()).hasSizeGreaterThan(6).allMatch(Change.Create.class::isInstance);
  }

  private Plan plan(Offering offering, Fields arguments) {
    List<Want> wants = new ArrayList<>(surroundings(arguments.fields().keySet()));
    wants.add(make("main-item", offering.service(), arguments));
    return plan(new PlanningBench(catalog).resolve(wants));
  }

  private static Plan plan(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved resolved -> {
        assertThat(resolved.warnings())
            .filteredOn(warning -> !warning.what().equals("'subnet'"))
            .isEmpty();
        yield resolved.plan();
      }
      case Resolution.Rejected(var problems) ->
          throw new AssertionError(
              String.join("\n", problems.stream().map(Problem::toString).toList()));
    };
  }

  private TypeSchema schema(ResourceType type) {
    return catalog.describe(type).orElseThrow(() -> new AssertionError("no " + type));
  }

  private TypeSchema schema(String name) {
    return schema(new ResourceType("aws", name));
  }

  /** What the arguments may name. */
  private static List<Want> surroundings(Set<String> arguments) {
    var wants = new ArrayList<Want>();
    boolean subnet = arguments.contains("subnet");
    if (arguments.contains("network") || subnet) {
      wants.add(make("net", "network", Fields.EMPTY));
    }
    if (subnet) {
      wants.add(make("sub", "subnet", Fields.of("network", Value.text("net"))));
    }
    if (arguments.contains("firewall")) {
      wants.add(make("fw", "firewall", Fields.EMPTY));
    }
    if (arguments.contains("key")) {
      wants.add(make("cmk", "key", Fields.EMPTY));
    }
    if (arguments.contains("role")) {
      wants.add(make("runner", "role", Fields.EMPTY));
    }
    if (arguments.contains("zone")) {
      wants.add(make("dns", "dns-zone", Fields.of("domain", Value.text("example.com"))));
    }
    if (arguments.contains("targets")) {
      wants.add(make("web-1", "vm", Fields.EMPTY));
      wants.add(make("web-2", "vm", Fields.EMPTY));
    }
    return wants;
  }

  /** A value for every argument that services know. */
  private static Map<String, Value> every() {
    var every = new LinkedHashMap<String, Value>();
    every.put("size", Value.text("medium"));
    every.put("disk", Value.num(40));
    every.put("network", Value.text("net"));
    every.put("subnet", Value.text("sub"));
    every.put("firewall", Value.text("fw"));
    every.put("key", Value.text("cmk"));
    every.put("role", Value.text("runner"));
    every.put("storage", Value.num(64));
    every.put("multiAz", Value.bool(true));
    every.put("ports", new Value.Items(List.of(Value.num(443), Value.num(8443))));
    every.put("source", Value.text("192.168.0.0/16"));
    every.put("protocol", Value.text("tcp"));
    every.put("port", Value.num(8080));
    every.put("targets", Value.texts(List.of("web-1", "web-2")));
    every.put("public", Value.bool(false));
    every.put("versioned", Value.bool(false));
    every.put("encrypted", Value.bool(true));
    every.put("cidr", Value.text("10.0.0.0/20"));
    every.put("zone", Value.text("dns"));
    every.put("record", Value.text("192.0.2.7"));
    every.put("ttl", Value.num(60));
    every.put("retention", Value.num(14));
    every.put("timeout", Value.num(45));
    every.put("fifo", Value.bool(true));
    every.put("functionMemory", Value.num(512));
    every.put("replicas", Value.num(3));
    every.put("nodes", Value.num(3));
    every.put("domain", Value.text("www.example.com"));
    every.put("certificate", Value.text("arn:aws:acm:eu-west-1:111122223333:certificate/0a1b"));
    return every;
  }

  private static Set<String> mentions(Offering offering) {
    var mentions = new LinkedHashSet<String>();
    for (Offering.Part part : offering.parts()) {
      var matcher = MENTION.matcher(Json.write(part.properties()));
      while (matcher.find()) {
        mentions.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
      part.only().forEach(only -> mentions.add(only.replace("!", "")));
    }
    return mentions;
  }

  private static Fields mentioned(Offering offering) {
    var arguments = new LinkedHashMap<String, Value>();
    Map<String, Value> every = every();
    for (String name : mentions(offering)) {
      if (every.containsKey(name)) {
        arguments.put(name, every.get(name));
      }
    }
    return new Fields(arguments);
  }

  private static Want make(String name, String service, Fields arguments) {
    return new Want.Make(name, new Want.OfService(service, arguments), Place.ANY);
  }

  private static Offering offering(String service) {
    return FamilyServices.of("aws").stream()
        .filter(one -> one.service().equals(service))
        .findFirst()
        .orElseThrow();
  }
}
