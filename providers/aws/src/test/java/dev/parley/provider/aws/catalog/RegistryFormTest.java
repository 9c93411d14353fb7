package dev.parley.provider.aws.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.catalog.TypeSchema.Link;
import dev.parley.catalog.TypeSchema.Tags;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.engine.json.Json;
import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryFormTest {
  private final AwsType ledger = Samples.type(Samples.LEDGER);
  private final TypeSchema schema = ledger.schema();

  @Test
  void what_the_registry_says_is_kept() {
    assertThat(schema.type()).isEqualTo(new ResourceType("aws", "Acme::Billing::Ledger"));
    assertThat(schema.title()).isEqualTo("Billing Ledger");
    assertThat(schema.description()).isEqualTo("A ledger of what was billed.");
    assertThat(schema.readOnly()).containsExactlyInAnyOrder(at("/LedgerId"), at("/Balance/Amount"));
    assertThat(schema.mayReplace()).containsExactly(at("/KeyArn"));
    assertThat(schema.permissions())
        .containsEntry("create", List.of("acme:CreateLedger", "acme:TagLedger"));
    assertThat(ledger.handlers()).containsExactlyInAnyOrder("create", "read", "delete", "list");
    assertThat(ledger.timeouts()).isEqualTo(Map.of("create", Duration.ofMinutes(90)));
    assertThat(ledger.transforms()).isEqualTo(Map.of(at("/Name"), "$lowercase(Name)"));
    assertThat(ledger.createFirst()).contains(true);
  }

  @Test
  void places_inside_lists_are_found_with_their_star_and_without() {
    assertThat(schema.writeOnly()).containsExactlyInAnyOrder(at("/Password"), at("/Pages/*/Code"));
    assertThat(schema.createOnly()).containsExactlyInAnyOrder(at("/Owner"), at("/Pages/*/Number"));
  }

  @Test
  void of_an_identifier_of_several_parts_the_one_that_the_provider_chooses_is_the_id() {
    assertThat(ledger.identifier()).containsExactly(at("/Owner"), at("/LedgerId"));
    assertThat(schema.identity()).isEqualTo(at("/LedgerId"));
  }

  @Test
  void what_listing_needs_is_known() {
    assertThat(ledger.listing()).containsExactly("Owner");
    assertThat(Samples.type(Samples.QUEUE).listing()).isEmpty();
  }

  @Test
  void lists_without_order_are_known_wherever_they_are() {
    assertThat(ledger.unordered())
        .contains(at("/Labels"), at("/SubnetIds"), at("/Pages/*/Writers"))
        .doesNotContain(at("/Pages"));
  }

  @Test
  void relations_in_the_schema_become_links() {
    assertThat(schema.links())
        .contains(
            new Link(
                at("/Pages/*/Writers/*"),
                List.of(ResourceType.of("aws:AWS::IAM::Role")),
                at("/Arn"),
                "dependsOn"),
            new Link(
                at("/SubnetIds/*"),
                List.of(ResourceType.of("aws:AWS::EC2::Subnet")),
                at("/SubnetId"),
                "deployedIn"),
            new Link(
                at("/SubnetIds/*"),
                List.of(ResourceType.of("aws:Acme::Net::Segment")),
                at("/SubnetId"),
                "dependsOn"),
            new Link(
                at("/KeyArn"),
                List.of(ResourceType.of("aws:AWS::KMS::Key")),
                at("/Arn"),
                "dependsOn"));
  }

  @Test
  void tags_go_where_the_type_wants_them_in_its_shape() {
    assertThat(schema.tags()).contains(new Tags(at("/Labels"), Tags.Shape.KEY_VALUE_LIST));
    assertThat(Samples.type(Samples.RULE).schema().tags())
        .contains(new Tags(at("/Tags"), Tags.Shape.MAP));
    Fields none =
        Samples.document(Samples.QUEUE).with("tagging", Fields.of("taggable", Value.bool(false)));
    assertThat(new RegistryForm(Overlay.shipped()).read("q", none).schema().tags()).isEmpty();
  }

  @Test
  void what_is_said_beside_the_registry_is_laid_over_it() {
    TypeSchema queue = Samples.type(Samples.QUEUE).schema();
    assertThat(queue.title()).isEqualTo("Queue");
    assertThat(queue.general()).contains("messaging#Queue");
    assertThat(queue.stateful()).isTrue();
    assertThat(queue.links()).extracting(Link::from).contains(at("/KmsMasterKeyId"));
  }

  @Test
  void a_type_nobody_described_holds_data_unless_its_name_says_it_is_only_a_relation() {
    assertThat(schema.stateful()).isTrue();
    assertThat(Samples.type(Samples.RULE).schema().stateful()).isFalse();
    var keeping = new Keeping(List.of("DeletionProtection"), List.of("Rule"));
    assertThat(keeping.guess("A::B::Rule", List.of("DeletionProtectionEnabled"))).isTrue();
  }

  @Test
  void mistakes_are_told_at_their_place() {
    Fields wrong =
        (Fields)
            Json.parse(
                """
                {"Owner":"ann","Name":"x","Currency":"EURO","Pages":[{"Number":0},{"Code":"a"}],"Labels":[{"Key":"a"}],"Nmae":"y"}
                """);
    assertThat(SchemaValidator.validate(schema, wrong))
        .allMatch(error -> error.grade() == SchemaError.Grade.ERROR)
        .extracting(error -> error.path().toString())
        .containsExactlyInAnyOrder(
            "/Currency", "/Pages/0/Number", "/Pages/1/Number", "/Labels/0/Value", "/Nmae");
  }

  @Test
  void what_the_provider_sets_is_neither_required_nor_welcome() {
    Fields right = fields("{'Owner':'ann','Name':'x','Currency':'EUR'}");
    assertThat(SchemaValidator.validate(schema, right)).isEmpty();
    assertThat(SchemaValidator.validate(schema, right.with("LedgerId", Value.text("l-1"))))
        .extracting(error -> error.path().toString())
        .containsExactly("/LedgerId");
  }

  @Test
  void a_limit_in_a_dialect_of_its_own_is_left_to_the_provider() {
    Fields odd =
        fields("{'Owner':'ann','Name':'x','Currency':'EUR','Loose':'anything','Anything':5}");
    assertThat(SchemaValidator.validate(schema, odd)).isEmpty();
  }

  @Test
  void alternatives_and_dependencies_hold() {
    Fields both = fields("{'Owner':'ann','Name':'x','Currency':'EUR','Password':'p'}");
    assertThat(SchemaValidator.validate(schema, both))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.path()).isEqualTo(at("/Password"));
              assertThat(error.why()).contains("KeyArn");
            });
  }

  @Test
  void a_changed_number_of_things_that_are_fixed_is_a_replacement() {
    Fields was = fields("{'Owner':'ann','Name':'x','Currency':'EUR','Pages':[{'Number':1}]}");
    Fields more =
        fields("{'Owner':'ann','Name':'x','Currency':'EUR','Pages':[{'Number':1},{'Number':2}]}");
    assertThat(plan(was, more))
        .isInstanceOfSatisfying(
            Change.Replace.class,
            replace -> assertThat(replace.because()).containsExactly(at("/Pages/*/Number")));
    assertThat(
            plan(was, fields("{'Owner':'ann','Name':'y','Currency':'EUR','Pages':[{'Number':1}]}")))
        .isInstanceOf(Change.Update.class);
    assertThat(plan(was, fields("{'Owner':'bob','Name':'x','Currency':'EUR'}")))
        .isInstanceOf(Change.Replace.class);
  }

  @Test
  void order_means_nothing_where_the_schema_says_so() {
    Fields was = fields("{'Owner':'ann','Pages':[{'Number':1,'Writers':['a','b']}]}");
    assertThat(plan(was, fields("{'Owner':'ann','Pages':[{'Number':1,'Writers':['b','a']}]}")))
        .isInstanceOf(Change.NoOp.class);
  }

  private Change plan(Fields was, Fields desired) {
    var prior =
        new Resource(
            schema.type(),
            new ResourceId("ann|l-1"),
            "l",
            "eu-west-1",
            was,
            Map.of(),
            Lifecycle.READY,
            Optional.empty());
    return Differ.plan(
        new Address("dev", schema.type(), "l"), "eu-west-1", schema, desired, Optional.of(prior));
  }

  private static Fields fields(String json) {
    return (Fields) Json.parse(json.replace('\'', '"'));
  }

  private static Pointer at(String text) {
    return Pointer.of(text);
  }
}
