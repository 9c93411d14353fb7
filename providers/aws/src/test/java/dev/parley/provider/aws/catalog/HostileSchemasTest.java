package dev.parley.provider.aws.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas from who knows where: one clear error each, and nothing hangs or is fetched. */
class HostileSchemasTest {
  private final Parsed parsed = new Parsed();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"typeName\": 5}",
        "{\"typeName\": \"../../etc/passwd\"}",
        "{\"typeName\": \"A1::B1::C1\"}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": []}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": 7}}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": {\"type\": \"wonder\"}}}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": {\"$ref\":"
            + " \"#/definitions/None\"}}}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": {\"$ref\":"
            + " \"file:///etc/passwd\"}}}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": {\"$ref\":"
            + " \"http://127.0.0.1:9/x\"}}}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": {\"anyOf\": {}}}}",
        "{\"typeName\": \"A1::B1::C1\", \"properties\": {\"A\": {\"required\": 3}}}"
      })
  void what_is_no_schema_is_refused_with_its_name_and_place(String json) {
    assertThatThrownBy(() -> parsed.read("odd.json", json))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .isNotEmpty()
                    .allSatisfy(
                        problem -> {
                          assertThat(problem.where()).startsWith("odd.json");
                          assertThat(problem.why()).isNotBlank();
                          assertThat(problem.next()).isNotBlank();
                        }));
  }

  @Test
  void a_schema_nested_without_end_is_refused() {
    String deep = "{\"typeName\":\"A1::B1::C1\",\"properties\":" + "{\"A\":".repeat(5_000);
    assertThatThrownBy(() -> parsed.read("deep.json", deep + "1" + "}".repeat(5_001)))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void a_definition_that_multiplies_itself_does_not_multiply_the_work() {
    var definitions = new StringBuilder("\"D30\": {\"type\": \"string\"}");
    for (int i = 0; i < 30; i++) {
      String next = "{\"$ref\": \"#/definitions/D" + (i + 1) + "\"}";
      definitions.append(
          ", \"D%d\": {\"type\": \"object\", \"properties\": {\"A\": %s, \"B\": %s}}"
              .formatted(i, next, next));
    }
    AwsType type =
        parsed.read(
            "wide.json",
            "{\"typeName\": \"A1::B1::C1\", \"definitions\": {"
                + definitions
                + "}, \"properties\": {\"Root\": {\"$ref\": \"#/definitions/D0\"}}}");
    assertThat(type.schema().type().name()).isEqualTo("A1::B1::C1");
  }

  @Test
  void rings_of_references_are_left_open() {
    AwsType type =
        parsed.read(
            "ring.json",
            """
            {"typeName": "A1::B1::C1",
             "definitions": {"X": {"allOf": [{"$ref": "#/definitions/Y"}]}, "Y": {"anyOf": [{"$ref": "#/definitions/X"}, {"type": "string"}]}},
             "properties": {"P": {"$ref": "#/definitions/X"}, "Q": {"type": "integer"}}}
            """);
    assertThat(SchemaValidator.validate(type.schema(), Fields.of("P", Value.num(1)))).isEmpty();
    assertThat(SchemaValidator.validate(type.schema(), Fields.of("Q", Value.text("x")))).hasSize(1);
  }

  /** Whatever part of a good schema is exchanged for something else: a type, or a clear refusal. */
  @Property(tries = 300)
  void a_damaged_schema_is_read_or_refused(@ForAll Random random) {
    Value damaged = damaged(Json.parsePlain(Samples.text(Samples.LEDGER)), random, 6);
    try {
      AwsType type = parsed.read("damaged.json", Json.write(damaged));
      SchemaValidator.validate(
          type.schema(), Fields.of("Owner", Value.text("ann")).with("Pages", Items.of()));
    } catch (Invalid e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  private static Value damaged(Value value, Random random, int odds) {
    if (random.nextInt(40) < odds - 5) {
      return List.of(
              Value.NULL, Value.num(-1), Value.text("#/definitions/Page"), Items.of(), Fields.EMPTY)
          .get(random.nextInt(5));
    }
    return switch (value) {
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, inner) -> copy.put(name, damaged(inner, random, odds)));
        yield new Fields(copy);
      }
      case Items(var items) -> {
        var copy = new ArrayList<Value>();
        items.forEach(item -> copy.add(damaged(item, random, odds)));
        yield new Items(copy);
      }
      default -> value;
    };
  }
}
