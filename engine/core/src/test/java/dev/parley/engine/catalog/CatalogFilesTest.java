package dev.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.engine.fixture.Fixtures;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogFilesTest {
  @Test
  void all_mistakes_of_a_type_file_are_told_at_once() {
    Invalid invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                CatalogFiles.type(
                    "x.json",
                    """
                    {"type": "nofamily", "schema": {"type": "object", "properties": {"Arn": {"type": "string"}}},
                     "readOnly": ["/Arm"], "identity": "/Id", "colour": 1,
                     "links": [{"from": "/Nope", "to": ["bad"], "relation": "likes"}], "tags": {"at": "/Tags", "shape": "BAG"}}\
                    """));
    assertThat(invalid.problems())
        .extracting(p -> p.where())
        .contains(
            "x.json#/type",
            "x.json#/title",
            "x.json#/readOnly",
            "x.json#/identity",
            "x.json#/colour",
            "x.json#/links/0/from",
            "x.json#/links/0/to",
            "x.json#/links/0/relation",
            "x.json#/tags/at",
            "x.json#/tags/shape");
    assertThat(invalid.problems()).anyMatch(p -> p.next().contains("did you mean Arn?"));
  }

  @Test
  void malformed_json_names_file_and_line() {
    Invalid invalid =
        catchThrowableOfType(Invalid.class, () -> CatalogFiles.type("x.json", "{\n\"a\": }"));
    assertThat(invalid.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.where()).startsWith("x.json: line 2"));
  }

  @Test
  void mistakes_of_offerings_are_told_with_their_lines() {
    Invalid invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                CatalogFiles.offerings(
                    "o.yaml",
                    "offerings:\n"
                        + "  - service: vm\n"
                        + "    parts: []\n"
                        + "    sizes:\n"
                        + "      - {vcpu: two}\n"
                        + "    wrods: [x]\n"));
    assertThat(invalid.problems())
        .extracting(p -> p.where())
        .contains("o.yaml:2", "o.yaml:3", "o.yaml:5", "o.yaml:6");
    assertThat(invalid.problems()).anyMatch(p -> p.next().contains("did you mean words?"));
  }

  @Test
  void a_revision_is_a_digest_of_the_content() {
    var again =
        new MemoryCatalog(
            Fixtures.AWS.types().stream()
                .map(t -> Fixtures.AWS.describe(t).orElseThrow())
                .toList()
                .reversed(),
            Fixtures.AWS.offerings());
    assertThat(again.revision()).isEqualTo(Fixtures.AWS.revision()).hasSize(64);
    var less =
        new MemoryCatalog(
            Fixtures.AWS.types().stream().map(t -> Fixtures.AWS.describe(t).orElseThrow()).toList(),
            List.of());
    assertThat(less.revision()).isNotEqualTo(Fixtures.AWS.revision());
  }

  @Test
  void search_ranks_names_before_descriptions_and_bears_a_typo() {
    ResourceType instance = ResourceType.of("aws:AWS::EC2::Instance");
    assertThat(Fixtures.AWS.search("virtual machine", 3)).first().isEqualTo(instance);
    assertThat(Fixtures.AWS.search("server", 3)).first().isEqualTo(instance);
    assertThat(Fixtures.AWS.search("AWS::EC2::Instance", 3)).first().isEqualTo(instance);
    assertThat(Fixtures.AWS.search("qeue", 3))
        .containsExactly(ResourceType.of("aws:AWS::SQS::Queue"));
    assertThat(Fixtures.AWS.search("subnets", 1))
        .containsExactly(ResourceType.of("aws:AWS::EC2::Subnet"));
    assertThat(Fixtures.AWS.search("submarine", 3)).isEmpty();
  }
}
