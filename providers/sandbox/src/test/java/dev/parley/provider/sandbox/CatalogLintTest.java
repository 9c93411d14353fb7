package dev.parley.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Patterns;
import dev.parley.engine.json.Json;
import dev.parley.provider.sandbox.catalog.Behaviour;
import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogs are read by hand rarely and by programs always: every slip is found here. */
class CatalogLintTest {
  private static final Set<String> SERVICES =
      Set.of(
          "network",
          "subnet",
          "firewall",
          "vm",
          "disk",
          "load-balancer",
          "bucket",
          "database",
          "cache",
          "dns-zone",
          "dns-record",
          "queue",
          "topic",
          "function",
          "container-service",
          "kubernetes-cluster",
          "role",
          "policy",
          "key",
          "secret",
          "log-group",
          "container-registry",
          "public-ip",
          "nat-gateway");

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void a_family_has_at_least_twenty_five_types_and_every_everyday_service(String family) {
    Cloudware ware = Cloudware.of(family);
    assertThat(ware.catalog().types()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(ware.catalog().offerings())
        .extracting(Offering::service)
        .containsExactlyInAnyOrderElementsOf(SERVICES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void every_schema_is_closed_and_described(String family) {
    var open = new ArrayList<String>();
    for (TypeSchema schema : all(family)) {
      assertThat(schema.schema().text("$schema"))
          .contains("https://json-schema.org/draft/2020-12/schema");
      assertThat(schema.description()).as(schema.type().toString()).endsWith(".");
      objects(schema.schema(), Pointer.ROOT, schema.type() + "", open);
    }
    assertThat(open).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void every_pointer_of_a_type_leads_to_a_property(String family) {
    var lost = new ArrayList<String>();
    Cloudware ware = Cloudware.of(family);
    for (TypeSchema schema : all(family)) {
      var places = new ArrayList<Pointer>();
      places.addAll(schema.readOnly());
      places.addAll(schema.writeOnly());
      places.addAll(schema.createOnly());
      places.add(schema.identity());
      schema.tags().ifPresent(tags -> places.add(tags.at()));
      schema.links().forEach(link -> places.add(link.from()));
      Behaviour behaviour = ware.behaviour(schema.type());
      places.addAll(behaviour.defaults().keySet());
      places.addAll(behaviour.outputs().keySet());
      places.addAll(behaviour.pending().keySet());
      places.addAll(behaviour.deleting().keySet());
      places.addAll(behaviour.copies().keySet());
      behaviour.effects().values().forEach(effect -> places.addAll(effect.keySet()));
      behaviour
          .when()
          .forEach(
              when -> {
                places.add(when.property());
                places.addAll(when.outputs().keySet());
              });
      behaviour.unique().ifPresent(unique -> places.addAll(unique.at()));
      behaviour.protect().ifPresent(places::add);
      places.stream()
          .filter(place -> !stands(schema.schema(), place))
          .forEach(place -> lost.add(schema.type() + " " + place));
      assertThat(behaviour.effects().keySet())
          .as(schema.type() + " calls")
          .isEqualTo(schema.calls());
    }
    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void every_link_leads_to_a_type_that_shows_the_output(String family) {
    Cloudware ware = Cloudware.of(family);
    var broken = new ArrayList<String>();
    for (TypeSchema schema : all(family)) {
      for (TypeSchema.Link link : schema.links()) {
        for (ResourceType to : link.to()) {
          Optional<TypeSchema> target = ware.describe(to);
          if (target.isEmpty() || !stands(target.get().schema(), link.output())) {
            broken.add(schema.type() + " " + link.from() + " -> " + to + link.output());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void what_the_cloud_sets_by_itself_can_be_sent_back_unless_it_is_read_only(String family) {
    Cloudware ware = Cloudware.of(family);
    for (TypeSchema schema : all(family)) {
      for (Pointer output : ware.behaviour(schema.type()).outputs().keySet()) {
        boolean readOnly =
            Patterns.anyCovers(schema.readOnly(), output)
                || schema.readOnly().stream().anyMatch(inner -> Patterns.covers(output, inner));
        assertThat(readOnly).as(schema.type() + " generates " + output).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void offerings_speak_of_types_roles_and_sizes_that_exist(String family) {
    Cloudware ware = Cloudware.of(family);
    var wrong = new ArrayList<String>();
    for (Offering offering : ware.catalog().offerings()) {
      TypeSchema principal =
          ware.describe(offering.principal())
              .orElseThrow(() -> new AssertionError(offering.principal()));
      offering.parts().stream()
          .filter(part -> ware.describe(part.type()).isEmpty())
          .forEach(part -> wrong.add(part.type().toString()));
      offering
          .roles()
          .forEach(
              (role, at) -> {
                if (!stands(principal.schema(), at)) {
                  wrong.add(offering.service() + " role " + role + " " + at);
                }
              });
      assertThat(offering.words())
          .as(offering.service())
          .isNotEmpty()
          .allMatch(word -> word.equals(word.toLowerCase(java.util.Locale.ROOT)));
      if (offering.roles().containsKey("size")) {
        assertThat(offering.sizes()).as(offering.service() + " sizes").hasSizeBetween(5, 14);
        assertThat(offering.sizes()).extracting(Offering.Size::sku).doesNotHaveDuplicates();
        assertThat(
                new TreeSet<>(
                    offering.sizes().stream()
                        .flatMap(size -> Optional.ofNullable(size.more().get("word")).stream())
                        .map(Json::write)
                        .toList()))
            .as(offering.service() + " words of sizes")
            .contains("\"small\"", "\"medium\"", "\"large\"");
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<TypeSchema> all(String family) {
    Cloudware ware = Cloudware.of(family);
    return ware.catalog().types().stream().map(type -> ware.describe(type).orElseThrow()).toList();
  }

  /** Notes every object schema with named properties that lets unknown ones pass. */
  private static void objects(Value node, Pointer at, String type, List<String> open) {
    if (node instanceof Fields fields) {
      boolean named =
          fields.get("properties").isPresent()
              && fields.text("type").filter("object"::equals).isPresent();
      if (named && !fields.get("additionalProperties").equals(Optional.of(new Bool(false)))) {
        open.add(type + " " + at);
      }
      fields.fields().forEach((name, inner) -> objects(inner, at.child(name), type, open));
    } else if (node instanceof Value.Items(var items)) {
      items.forEach(item -> objects(item, at.child("*"), type, open));
    }
  }

  private static boolean stands(Fields schema, Pointer place) {
    Fields here = schema;
    for (String segment : place.segments()) {
      Fields inner = here.fieldsAt("properties").fieldsAt(segment);
      if (here.fieldsAt("items").isEmpty() && inner.isEmpty()) {
        inner = here.fieldsAt("additionalProperties");
      }
      here = inner.isEmpty() ? here.fieldsAt("items") : inner;
      if (here.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
