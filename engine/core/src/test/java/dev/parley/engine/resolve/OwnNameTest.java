package dev.parley.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.CatalogFiles;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import org.junit.jupiter.api.Test;

class OwnNameTest {
  private static TypeSchema type(String properties, String readOnly) {
    return CatalogFiles.type(
        "dish.json",
        """
        {"type": "aws:Acme::Sky::Dish", "title": "Dish", "description": "It listens.",
         "schema": {"type": "object", "properties": {"Id": {"type": "string"}, %s}},
         "readOnly": ["/Id"%s], "writeOnly": [], "createOnly": [], "identity": "/Id", "links": []}
        """
            .formatted(properties, readOnly));
  }

  @Test
  void a_name_that_was_said_becomes_the_property_that_holds_names() {
    assertThat(OwnName.in(type("\"Name\": {\"type\": \"string\"}", ""), Fields.EMPTY, "meridian"))
        .isEqualTo(Fields.of("Name", Value.text("meridian")));
    assertThat(OwnName.in(type("\"DishName\": {\"type\": \"string\"}", ""), Fields.EMPTY, "south"))
        .isEqualTo(Fields.of("DishName", Value.text("south")));
  }

  @Test
  void a_name_that_was_given_as_a_property_stays() {
    Fields given = Fields.of("Name", Value.text("other"));
    assertThat(OwnName.in(type("\"Name\": {\"type\": \"string\"}", ""), given, "meridian"))
        .isEqualTo(given);
  }

  @Test
  void what_the_provider_names_and_what_is_no_text_is_left_alone() {
    assertThat(
            OwnName.in(
                type("\"Name\": {\"type\": \"string\"}", ", \"/Name\""), Fields.EMPTY, "meridian"))
        .isEqualTo(Fields.EMPTY);
    assertThat(OwnName.in(type("\"Name\": {\"type\": \"object\"}", ""), Fields.EMPTY, "meridian"))
        .isEqualTo(Fields.EMPTY);
  }
}
