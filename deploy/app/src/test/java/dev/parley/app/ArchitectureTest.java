package dev.parley.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of the house, read from the compiled program. */
class ArchitectureTest {
  private static JavaClasses program;

  @BeforeAll
  static void read() {
    program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.contains("-tests.jar"))
            .importPackages("dev.parley");
    assertThat(program.size()).as("classes seen").isGreaterThan(400);
  }

  @Test
  void no_package_imports_one_that_imports_it() {
    slices().matching("dev.parley.(**)").should().beFreeOfCycles().check(program);
  }

  @Test
  void everybody_knows_engine_and_no_wing_knows_another() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy(
            "dev.parley.value..",
            "dev.parley.identity..",
            "dev.parley.resource..",
            "dev.parley.catalog..",
            "dev.parley.plan..",
            "dev.parley.cost..",
            "dev.parley.policy..",
            "dev.parley.approval..",
            "dev.parley.provider",
            "dev.parley.run..",
            "dev.parley.knowledge..")
        .layer("core")
        .definedBy("dev.parley.engine..")
        .layer("store")
        .definedBy("dev.parley.store..")
        .layer("rules")
        .definedBy("dev.parley.rules..")
        .layer("graph")
        .definedBy("dev.parley.graph..")
        .layer("providers")
        .definedBy("dev.parley.provider.*..")
        .layer("bot")
        .definedBy("dev.parley.bot..")
        .layer("app")
        .definedBy("dev.parley.app..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("rules")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("graph")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("providers")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("bot")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("core")
        .mayOnlyBeAccessedByLayers("store", "rules", "graph", "providers", "bot", "app")
        .check(program);
  }

  @Test
  void no_surface_knows_another() {
    slices()
        .matching("dev.parley.bot.(console|web|slack|discord)..")
        .should()
        .notDependOnEachOther()
        .check(program);
  }

  /** No model, program or surface breaks the glass: only the conversation's own form does. */
  @Test
  void nothing_but_the_conversation_breaks_the_glass() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.parley.engine..", "dev.parley.bot.talk..")
        .should()
        .callMethod(Engine.class, "breakGlass", Engine.GlassCast.class)
        .orShould()
        .callMethod(Engine.class, "review", String.class, String.class, Person.class)
        .check(program);
  }

  static Stream<Arguments> homes() {
    return Stream.of(
        Arguments.of("org.drools..", "dev.parley.rules.."),
        Arguments.of("org.kie..", "dev.parley.rules.."),
        Arguments.of("org.apache.jena..", "dev.parley.graph.."),
        Arguments.of("org.mapdb..", "dev.parley.store.."),
        Arguments.of("org.jline..", "dev.parley.bot.console.."),
        Arguments.of("com.fasterxml.jackson..", "dev.parley.engine.json.."),
        Arguments.of("org.yaml.snakeyaml..", "dev.parley.engine.json.."),
        Arguments.of("com.networknt..", "dev.parley.engine.catalog.."),
        Arguments.of("software.amazon.awssdk..", "dev.parley.provider.aws.."),
        Arguments.of("com.slack..", "dev.parley.bot.slack.."),
        Arguments.of("okhttp3..", "dev.parley.bot.[slack|discord].."),
        Arguments.of("net.dv8tion..", "dev.parley.bot.discord.."),
        Arguments.of("org.java_websocket..", "dev.parley.bot.slack.."),
        Arguments.of("picocli..", "dev.parley.app.."));
  }

  @ParameterizedTest
  @MethodSource("homes")
  void a_library_stays_at_home(String library, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat(resideInAnyPackage(library))
        .check(program);
  }
}
