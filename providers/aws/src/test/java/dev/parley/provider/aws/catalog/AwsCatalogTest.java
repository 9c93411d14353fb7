package dev.parley.provider.aws.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.catalog.Catalog.Difference;
import dev.parley.catalog.Offering;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.account.AwsSettings.CatalogSource;
import dev.parley.provider.services.FamilyServices;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Invalid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCatalogTest {
  private static final ResourceType QUEUE = ResourceType.of("aws:AWS::SQS::Queue");
  private static final ResourceType LEDGER = ResourceType.of("aws:Acme::Billing::Ledger");
  private static final ResourceType RULE = ResourceType.of("aws:Acme::Net::Rule");

  @TempDir Path own;
  @TempDir Path schemas;
  private final SettableClock clock = new SettableClock(PlanningBench.NOW);
  private final Registry registry = new Registry();

  private AwsCatalog folder() {
    return open(new CatalogSource(false, Optional.of(schemas), Duration.ofHours(24)));
  }

  private AwsCatalog live() {
    return open(new CatalogSource(true, Optional.empty(), Duration.ofHours(24)));
  }

  private AwsCatalog open(CatalogSource source) {
    return new AwsCatalog(
        source, registry, "ap-south-1", own, clock, FamilyServices.of("aws"), "dev");
  }

  private void register(String type, String sample) {
    registry.put(type, Samples.text(sample), clock.instant(), false);
  }

  @Test
  void a_folder_of_schemas_is_a_catalog() {
    Samples.into(schemas, Samples.QUEUE);
    Samples.into(schemas.resolve("deep/er"), Samples.LEDGER);
    AwsCatalog catalog = folder();
    assertThat(catalog.types()).containsExactly(QUEUE, LEDGER);
    assertThat(catalog.describe(QUEUE).orElseThrow().source()).startsWith("aws-sqs-queue.json");
    assertThat(catalog.describe(ResourceType.of("aws:AWS::EC2::VPC"))).isEmpty();
    assertThat(catalog.describe(ResourceType.of("azure:Acme::Net::Rule"))).isEmpty();
    assertThat(catalog.search("ledger", 5)).containsExactly(LEDGER);
    assertThat(catalog.search("billed", 5)).containsExactly(LEDGER);
  }

  @Test
  void services_are_offered_when_their_types_are_there() {
    Samples.into(schemas, Samples.QUEUE);
    AwsCatalog catalog = folder();
    assertThat(catalog.offerings()).extracting(Offering::service).containsExactly("queue");
    assertThat(catalog.search("message queue", 1)).containsExactly(QUEUE);
  }

  @Test
  void the_same_schemas_have_the_same_revision_wherever_they_lie(@TempDir Path elsewhere) {
    Samples.into(schemas, Samples.QUEUE);
    Samples.into(schemas, Samples.RULE);
    Samples.into(elsewhere.resolve("a"), Samples.RULE);
    Samples.into(elsewhere.resolve("b"), Samples.QUEUE);
    var other =
        new AwsCatalog(
            new CatalogSource(false, Optional.of(elsewhere), Duration.ofHours(24)),
            registry,
            "eu-west-1",
            own.resolve("other"),
            clock,
            List.of(),
            "dev");
    assertThat(other.revision()).isEqualTo(folder().revision());
  }

  @Test
  void a_new_schema_in_the_folder_is_found_without_a_restart() {
    Samples.into(schemas, Samples.QUEUE);
    AwsCatalog catalog = folder();
    String before = catalog.revision();
    Samples.into(schemas, Samples.RULE);
    assertThat(catalog.types()).containsExactly(QUEUE);
    clock.advance(Duration.ofMinutes(1));
    assertThat(catalog.types()).containsExactly(QUEUE, RULE);
    assertThat(catalog.revision()).isNotEqualTo(before);
    assertThat(catalog.describe(RULE)).isPresent();
  }

  @Test
  void news_of_one_type_leaves_plans_of_others_alone() {
    Samples.into(schemas, Samples.QUEUE);
    Samples.into(schemas, Samples.RULE);
    AwsCatalog catalog = folder();
    String queue = catalog.revision(Set.of(QUEUE));
    String rule = catalog.revision(Set.of(RULE));
    Samples.write(
        schemas.resolve(Samples.RULE),
        Samples.text(Samples.RULE).replace("[\"Port\"]", "[\"Port\", \"Tags\"]"));
    Difference news = catalog.refresh();
    assertThat(news.changed()).containsOnlyKeys(RULE);
    assertThat(news.changed().get(RULE)).containsExactly("/Tags is now required");
    assertThat(news.from()).isNotEqualTo(news.to());
    assertThat(catalog.revision(Set.of(QUEUE))).isEqualTo(queue);
    assertThat(catalog.revision(Set.of(RULE))).isNotEqualTo(rule);
  }

  @Test
  void a_difference_says_what_each_type_gained_and_lost() {
    Samples.into(schemas, Samples.QUEUE);
    Samples.into(schemas, Samples.LEDGER);
    AwsCatalog catalog = folder();
    catalog.types();
    Samples.write(
        schemas.resolve(Samples.QUEUE),
        Samples.text(Samples.QUEUE)
            .replace(
                "\"FifoQueue\": {\"type\": \"boolean\"},", "\"Delay\": {\"type\": \"integer\"},")
            .replace("\"/properties/FifoQueue\"", "\"/properties/KmsMasterKeyId\"")
            .replace(
                "\"KmsMasterKeyId\": {\"type\": \"string\"}",
                "\"KmsMasterKeyId\": {\"type\": \"object\"}"));
    delete(schemas.resolve(Samples.LEDGER));
    Samples.into(schemas, Samples.RULE);
    Difference news = catalog.refresh();
    assertThat(news.added()).containsExactly(RULE);
    assertThat(news.removed()).containsExactly(LEDGER);
    assertThat(news.changed().get(QUEUE))
        .containsExactlyInAnyOrder(
            "added /Delay",
            "removed /FifoQueue",
            "/KmsMasterKeyId is object now, was string",
            "/KmsMasterKeyId is now fixed once created",
            "/FifoQueue is no longer fixed once created");
    assertThat(catalog.refresh().any()).isFalse();
  }

  @Test
  void a_broken_file_is_left_out_and_named_and_the_rest_works() {
    Samples.into(schemas, Samples.QUEUE);
    Samples.write(schemas.resolve("broken.json"), "{\"typeName\": ");
    Samples.write(schemas.resolve("other.json"), "{\"hello\": 1}");
    AwsCatalog catalog = folder();
    assertThat(catalog.types()).containsExactly(QUEUE);
    assertThat(catalog.refresh().warnings())
        .hasSize(2)
        .anyMatch(warning -> warning.contains("broken.json"))
        .anyMatch(warning -> warning.contains("other.json"));
  }

  @Test
  void a_folder_that_vanished_leaves_what_was_read() {
    Samples.into(schemas, Samples.QUEUE);
    folder().types();
    delete(schemas.resolve(Samples.QUEUE));
    delete(schemas);
    AwsCatalog later = folder();
    assertThat(later.types()).containsExactly(QUEUE);
    assertThat(later.describe(QUEUE)).isPresent();
    assertThat(later.refresh().warnings()).hasSize(1);
  }

  @Test
  void of_a_folder_with_an_index_only_the_regions_types_are_taken() {
    Samples.write(schemas.resolve("resources/0a1b.json"), Samples.text(Samples.QUEUE));
    Samples.write(schemas.resolve("resources/2c3d.json"), Samples.text(Samples.RULE));
    Samples.write(schemas.resolve("providers/ap-south-1.json"), "{\"AWS::SQS::Queue\": \"0a1b\"}");
    assertThat(folder().types()).containsExactly(QUEUE);
  }

  @Test
  void schemas_are_taken_in_by_hand_and_stay() {
    AwsCatalog catalog = live();
    register("AWS::SQS::Queue", Samples.QUEUE);
    Difference news = catalog.take(Samples.into(schemas, Samples.LEDGER));
    assertThat(news.added()).containsExactly(LEDGER);
    assertThat(news.warnings()).isEmpty();
    assertThat(catalog.types()).containsExactly(QUEUE, LEDGER);
    assertThat(live().describe(LEDGER)).isPresent();
  }

  @Test
  void an_archive_is_taken_in_with_its_mistakes_told() throws IOException {
    Path zip = schemas.resolve("schemas.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of(Samples.QUEUE, Samples.RULE)) {
        out.putNextEntry(new ZipEntry("../../" + name));
        out.write(Samples.text(name).getBytes(StandardCharsets.UTF_8));
      }
      out.putNextEntry(new ZipEntry("bad.json"));
      out.write("nonsense".getBytes(StandardCharsets.UTF_8));
    }
    Difference news = live().take(zip);
    assertThat(news.added()).containsExactly(QUEUE, RULE);
    assertThat(news.warnings()).singleElement().asString().contains("bad.json");
  }

  @Test
  void what_holds_no_schema_is_refused_with_every_mistake() {
    Samples.write(schemas.resolve("a.json"), "{}");
    Samples.write(schemas.resolve("b.json"), "[");
    AwsCatalog catalog = folder();
    assertThatThrownBy(() -> catalog.take(schemas))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.problems()).hasSize(2));
    assertThatThrownBy(() -> catalog.take(schemas.resolve("nowhere")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("no such folder");
  }

  @Test
  void the_registry_is_listed_page_by_page_and_described_only_when_used() {
    register("AWS::SQS::Queue", Samples.QUEUE);
    register("Acme::Billing::Ledger", Samples.LEDGER);
    register("Acme::Net::Other", Samples.RULE);
    registry.put("Acme::Net::Rule", Samples.text(Samples.RULE), clock.instant(), true);
    AwsCatalog catalog = live();
    assertThat(registry.asked).isEmpty();
    assertThat(catalog.types()).hasSize(4).contains(QUEUE, LEDGER, RULE);
    assertThat(catalog.search("about", 9)).hasSize(4);
    assertThat(registry.asked).containsOnly("list");
    assertThat(catalog.describe(RULE)).isPresent();
    assertThat(catalog.describe(RULE)).isPresent();
    assertThat(registry.described("Acme::Net::Rule")).isEqualTo(1);
    assertThat(live().describe(RULE)).isPresent();
    assertThat(registry.described("Acme::Net::Rule")).as("after a restart").isEqualTo(1);
  }

  @Test
  void a_type_that_is_not_listed_is_not_asked_for() {
    register("AWS::SQS::Queue", Samples.QUEUE);
    assertThat(live().describe(RULE)).isEmpty();
    assertThat(registry.described("Acme::Net::Rule")).isZero();
  }

  @Test
  void a_new_version_in_the_registry_is_found_when_the_day_is_over() {
    register("Acme::Net::Rule", Samples.RULE);
    AwsCatalog catalog = live();
    String before = catalog.revision(Set.of(RULE));
    clock.advance(Duration.ofHours(1));
    registry.put(
        "Acme::Net::Rule",
        Samples.text(Samples.RULE)
            .replace("\"Port\": {", "\"Protocol\": {\"type\": \"string\"}, \"Port\": {"),
        clock.instant(),
        false);
    assertThat(catalog.revision(Set.of(RULE))).isEqualTo(before);
    clock.advance(Duration.ofHours(24));
    assertThat(catalog.revision(Set.of(RULE))).isNotEqualTo(before);
  }

  @Test
  void a_refresh_asks_at_once_and_tells_what_changed_in_what_is_used() {
    register("Acme::Net::Rule", Samples.RULE);
    register("AWS::SQS::Queue", Samples.QUEUE);
    AwsCatalog catalog = live();
    catalog.describe(RULE);
    clock.advance(Duration.ofMinutes(5));
    register("AWS::SQS::Queue", Samples.QUEUE);
    registry.put(
        "Acme::Net::Rule",
        Samples.text(Samples.RULE)
            .replace("\"Port\": {", "\"Protocol\": {\"type\": \"string\"}, \"Port\": {"),
        clock.instant(),
        false);
    Difference news = catalog.refresh();
    assertThat(news.changed().get(RULE)).containsExactly("added /Protocol");
    assertThat(news.changed().get(QUEUE)).singleElement().asString().contains("another version");
    assertThat(registry.described("AWS::SQS::Queue")).isZero();
  }

  @Test
  void a_registry_that_does_not_answer_leaves_what_was_known_with_a_warning() {
    register("Acme::Net::Rule", Samples.RULE);
    AwsCatalog catalog = live();
    catalog.describe(RULE);
    registry.down = true;
    clock.advance(Duration.ofHours(25));
    assertThat(catalog.types()).containsExactly(RULE);
    assertThat(catalog.describe(RULE)).isPresent();
    int asked = registry.asked.size();
    clock.advance(Duration.ofSeconds(31));
    catalog.types();
    assertThat(registry.asked).as("left alone for a while").hasSize(asked);
    assertThat(catalog.refresh().warnings()).singleElement().asString().contains("stands");
    registry.down = false;
    assertThat(catalog.refresh().warnings()).isEmpty();
  }

  @Test
  void a_registry_that_never_answered_is_an_error_of_the_provider() {
    registry.down = true;
    AwsCatalog catalog = live();
    assertThatThrownBy(catalog::types).isInstanceOf(ProviderException.class);
    assertThat(catalog.take(Samples.into(schemas, Samples.RULE)).added()).containsExactly(RULE);
    assertThat(catalog.types()).containsExactly(RULE);
  }

  @Test
  void a_version_published_after_one_was_taken_in_comes_before_it() {
    register("Acme::Net::Rule", Samples.RULE);
    AwsCatalog catalog = live();
    clock.advance(Duration.ofMinutes(1));
    Path mine =
        Samples.write(
            schemas.resolve("mine.json"),
            Samples.text(Samples.RULE).replace("Lets something through.", "Mine."));
    catalog.take(mine);
    assertThat(catalog.describe(RULE).orElseThrow().description()).isEqualTo("Mine.");
    clock.advance(Duration.ofHours(25));
    register("Acme::Net::Rule", Samples.RULE);
    catalog.refresh();
    assertThat(catalog.describe(RULE).orElseThrow().description())
        .isEqualTo("Lets something through.");
  }

  @Test
  void what_describe_type_prints_can_be_taken_in() {
    String printed =
        dev.parley.engine.json.Json.write(
            dev.parley.value.Value.Fields.of("Arn", dev.parley.value.Value.text("arn:x"))
                .with("Schema", dev.parley.value.Value.text(Samples.text(Samples.RULE))));
    AwsCatalog catalog = live();
    assertThat(catalog.take(Samples.write(schemas.resolve("printed.txt.json"), printed)).added())
        .containsExactly(RULE);
    assertThat(catalog.describe(RULE)).isPresent();
  }

  @Test
  void a_damaged_note_or_document_is_read_anew() throws IOException {
    Samples.into(schemas, Samples.QUEUE);
    folder().types();
    Samples.write(own.resolve("folder.json"), "{torn");
    try (var documents = Files.list(own.resolve("documents"))) {
      documents.forEach(file -> Samples.write(file, "torn"));
    }
    assertThat(folder().describe(QUEUE)).isPresent();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
