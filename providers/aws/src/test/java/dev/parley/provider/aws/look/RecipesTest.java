package dev.parley.provider.aws.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.provider.aws.operation.Operations;
import dev.parley.provider.aws.operation.WireClients;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
  private final Operations operations =
      new Operations(
          new WireClients(URI.create("http://127.0.0.1:1")),
          getClass().getClassLoader(),
          "acme",
          reference -> reference);

  @TempDir Path folder;

  @Test
  void every_shipped_recipe_names_real_operations_and_members() {
    assertThat(Recipes.problems(operations)).isEmpty();
  }

  @Test
  void every_shipped_look_only_reads() {
    Recipes recipes = Recipes.read(operations, Optional.empty());
    for (ResourceType type : recipes.types()) {
      Recipe recipe = recipes.of(type).orElseThrow();
      recipe.exists().ifPresent(e -> reads(e.ask()));
      recipe.list().ifPresent(l -> reads(l.ask()));
      recipe.health().forEach(RecipesTest::reads);
      recipe.logs().forEach(place -> place.ask().ifPresent(RecipesTest::reads));
    }
    assertThat(recipes.types()).hasSizeGreaterThan(25);
  }

  private static void reads(Recipe.Look look) {
    look.ask().ifPresent(RecipesTest::reads);
    look.then().forEach(RecipesTest::reads);
  }

  private static void reads(Recipe.Ask ask) {
    assertThat(ask.operation()).matches(".*\\.(Describe|List|Get|Head)[A-Z].*");
  }

  @Test
  void a_recipe_whose_service_is_not_here_is_skipped_with_its_reason() {
    assertThat(Recipes.read(operations, Optional.empty()).skipped())
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .contains("AWS::SecretsManager::Secret", "no client of secretsmanager"));
  }

  @Test
  void an_operators_recipe_replaces_the_shipped_one_of_its_type() throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        recipes:
          - type: aws:AWS::EC2::Instance
            calls:
              nap: {operation: ec2.StopInstances, input: {InstanceIds: ["${id}"], Hibernate: true}}
        """);
    Recipes recipes = Recipes.read(operations, Optional.of(folder));
    assertThat(recipes.calls(ResourceType.of("aws:AWS::EC2::Instance"))).containsExactly("nap");
    assertThat(recipes.calls(ResourceType.of("aws:AWS::RDS::DBInstance"))).contains("start");
  }

  @Test
  void every_mistake_of_an_operators_recipes_is_told() throws IOException {
    Files.writeString(
        folder.resolve("one.yaml"),
        """
        recipes:
          - type: aws:AWS::EC2::Instance
            calls:
              stop: {operation: ec2.StopInstance, input: {InstanceIds: ["${id}"]}}
              start: {operation: ec2.StartInstances, input: {InstanceId: "${ident}"}}
            helth: []
        """);
    Files.writeString(folder.resolve("two.yaml"), "recipes: 3");
    var invalid =
        catchThrowableOfType(Invalid.class, () -> Recipes.read(operations, Optional.of(folder)));
    assertThat(invalid.getMessage())
        .contains("one.yaml:4", "StopInstances", "InstanceIds", "${ident}", "helth", "two.yaml");
    assertThat(invalid.problems()).hasSize(5);
  }

  @Test
  void an_operator_may_write_a_recipe_for_a_service_whose_jar_comes_later() throws IOException {
    Files.writeString(
        folder.resolve("later.yaml"),
        """
        recipes:
          - type: aws:AWS::Kinesis::Stream
            exists: {operation: kinesis.DescribeStream, input: {StreamName: "${id}"}}
        """);
    assertThat(Recipes.read(operations, Optional.of(folder)).skipped())
        .anySatisfy(reason -> assertThat(reason).contains("kinesis.DescribeStream"));
  }
}
