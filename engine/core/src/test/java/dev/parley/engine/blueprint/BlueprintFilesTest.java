package dev.parley.engine.blueprint;

import static dev.parley.engine.fixture.Wants.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.engine.fixture.FixtureWorld;
import dev.parley.engine.json.Codec;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Want;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlueprintFilesTest {
  @Test
  void the_shipped_ones_can_be_filled_without_an_answer_and_come_back_from_yaml() {
    List<Blueprint> shipped = BlueprintFiles.shipped();
    assertThat(shipped).hasSizeBetween(6, 8).extracting(Blueprint::name).doesNotHaveDuplicates();
    for (Blueprint blueprint : shipped) {
      Draft draft = BlueprintFiles.fill(blueprint, Fields.EMPTY);
      assertThat(draft.wants()).isNotEmpty();
      assertThat(Codec.encode(draft).toString()).doesNotContain("${");
      assertThat(BlueprintFiles.read("again.yaml", BlueprintFiles.write(blueprint)))
          .isEqualTo(blueprint);
    }
  }

  @Test
  void a_count_makes_so_many_and_a_filled_blueprint_resolves() {
    Draft draft = BlueprintFiles.fill(blueprint("private-network"), json("{'name':'core'}"));
    assertThat(draft.wants()).hasSize(4);
    Draft web = BlueprintFiles.fill(blueprint("web-tier"), json("{'count':'3','name':'shop'}"));
    assertThat(web.title()).isEqualTo("3 web machines behind a load balancer");
    assertThat(web.wants())
        .extracting(want -> ((Want.Make) want).name())
        .contains("shop-1", "shop-2", "shop-3")
        .doesNotContain("shop-4");
    Want.Make balancer = (Want.Make) web.wants().getLast();
    assertThat(((Want.OfService) balancer.what()).arguments().itemsAt("targets"))
        .containsExactly(Value.text("shop-1"), Value.text("shop-2"), Value.text("shop-3"));
    Draft box = BlueprintFiles.fill(blueprint("dev-box"), Fields.EMPTY);
    assertThat(new FixtureWorld().resolved(box).plan().changes())
        .hasSize(3)
        .allMatch(Change.Create.class::isInstance);
  }

  @Test
  void every_wrong_argument_is_told() {
    Invalid invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                BlueprintFiles.fill(
                    blueprint("web-tier"), json("{'count':'many','nmae':'x','port':{}}")));
    assertThat(invalid.problems())
        .extracting(Problem::where)
        .containsExactlyInAnyOrder("count", "port", "nmae");
    assertThat(invalid.problems()).anyMatch(p -> p.next().contains("did you mean name?"));
  }

  @Test
  void every_mistake_of_a_file_is_told_with_its_line() {
    Invalid invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                BlueprintFiles.read(
                    "b.yaml",
                    "name: Not Good\n"
                        + "parameters:\n"
                        + "  - {name: n, kind: nmber}\n"
                        + "  - {name: n, kind: number, fallback: x}\n"
                        + "draft:\n"
                        + "  wants: [{name: \"${m}\"}]\n"
                        + "extra: 1\n"));
    assertThat(invalid.problems())
        .extracting(Problem::where)
        .contains("b.yaml:1", "b.yaml:3", "b.yaml:4", "b.yaml:5", "b.yaml:7");
    assertThat(invalid.problems()).anyMatch(p -> p.what().equals("${m}"));
  }

  @Test
  void a_kept_draft_is_a_blueprint_without_parameters() {
    Draft draft = BlueprintFiles.fill(blueprint("static-site"), Fields.EMPTY);
    var kept = new Blueprint("mine", "Mine", Set.of("site"), List.of(), Codec.encode(draft), 3);
    assertThat(
            BlueprintFiles.fill(
                BlueprintFiles.read("k.yaml", BlueprintFiles.write(kept)), Fields.EMPTY))
        .isEqualTo(draft);
  }

  private static Blueprint blueprint(String name) {
    return BlueprintFiles.shipped().stream()
        .filter(b -> b.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
