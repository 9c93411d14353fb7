package dev.parley.provider.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.catalog.TypeSchema;
import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.account.AwsSettings.CatalogSource;
import dev.parley.provider.aws.account.AwsSettings.Identity;
import dev.parley.provider.aws.account.AwsSettings.Way;
import dev.parley.provider.aws.account.SdkClients;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.fake.FakeAws;
import dev.parley.provider.aws.fake.FakeStacks;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.world.Effect;
import dev.parley.provider.aws.fake.world.Fault;
import dev.parley.provider.aws.stack.Live.Sight;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static final String REGION = "ap-south-1";
  private static final AwsType RECORD = type("AWS::Dns::Record", "/RecordId", Set.of());
  private static final AwsType UNIT =
      type("AWS::CloudFormation::Stack", "/StackId", Set.of("create"));

  private final FakeStacks cloud = new FakeStacks();
  private FakeAws aws;
  private SdkClients clients;
  private Sight sight = new Sight.Blind();
  private Stacks stacks;
  private int tokens;

  @BeforeEach
  void start() {
    aws = FakeAws.builder().service(_ -> cloud).start();
    AccessKey key = aws.user("111111111111", "ann");
    var settings =
        new AwsSettings(
            Optional.empty(),
            Optional.of(aws.endpoint()),
            Map.of(),
            new Identity.Keys("key", "secretKey", Optional.empty()),
            Optional.empty(),
            List.of(Way.STACK),
            new CatalogSource(false, Optional.empty(), Duration.ofHours(1)),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            5);
    clients =
        new SdkClients(settings, REGION, name -> name.equals("key") ? key.id() : key.secret());
    stacks = stacks(settings);
  }

  private Stacks stacks(AwsSettings settings) {
    return new Stacks(
        settings,
        clients,
        "one",
        List.of(REGION),
        _ -> "correct-horse-battery",
        type -> type.equals(RECORD.schema().type()) ? Optional.of(RECORD) : Optional.of(UNIT),
        List.of((_, _, _, _) -> sight),
        Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void a_resource_without_handlers_becomes_a_stack_of_one() {
    Token token = token();
    Operation made = finish(stacks.create(create(body("a.example.org")), token, RECORD));
    assertThat(made.state()).as(made.message()).isEqualTo(Operation.State.SUCCEEDED);
    Resource read = read(made);
    assertThat(read.properties().text("Name")).contains("a.example.org");
    assertThat(read.properties().text("RecordId")).contains(read.id().value());
    assertThat(read.properties().text("Arn")).isPresent();
    assertThat(read.lifecycle()).isEqualTo(Lifecycle.READY);
    assertThat(stacks.find(RECORD, REGION, token.correlation()).map(Resource::id))
        .contains(read.id());
    assertThat(stacks.owns(RECORD, REGION, read.id())).isTrue();
    assertThat(aws.asked("CreateChangeSet")).isEqualTo(1);
    assertThat(aws.asked("ExecuteChangeSet")).isEqualTo(1);
  }

  @Test
  void an_attribute_that_is_refused_does_not_stop_the_resource() {
    cloud.refuseAttribute("Arn");
    Operation made = finish(stacks.create(create(body("a")), token(), RECORD));
    assertThat(made.state()).as(made.message()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(read(made).properties().get("Arn")).isEmpty();
    finish(stacks.create(create(body("b")), token(), RECORD));
    assertThat(aws.asked("CreateChangeSet")).as("remembered").isEqualTo(3);
  }

  @Test
  void a_change_set_that_replaces_what_was_to_be_changed_is_never_executed() {
    cloud.fix("Name");
    Resource was = read(finish(stacks.create(create(body("a")), token(), RECORD)));
    long before = aws.asked("ExecuteChangeSet");
    Operation ended =
        finish(
            stacks.update(
                update(was, was.properties().with("Name", Value.text("b"))), token(), RECORD));
    assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
    assertThat(ended.error().orElseThrow())
        .isInstanceOf(ProviderException.PreconditionFailed.class)
        .hasMessageContaining("replace Resource (AWS::Dns::Record)");
    assertThat(aws.asked("ExecuteChangeSet")).isEqualTo(before);
    assertThat(aws.asked("DeleteChangeSet")).isEqualTo(1);
    assertThat(stacks.read(RECORD, REGION, was.id()).orElseThrow().properties().text("Name"))
        .contains("a");
  }

  @Test
  void an_update_in_place_keeps_the_resource_and_its_secret() {
    Fields body = body("a").with("Password", new Value.Secret("test:password"));
    Resource was = read(finish(stacks.create(create(body), token(), RECORD)));
    assertThat(was.toString()).doesNotContain("correct-horse");
    assertThat(was.properties().get("Password")).isEmpty();
    Operation ended =
        finish(
            stacks.update(
                update(was, was.properties().with("Ttl", Value.num(90))), token(), RECORD));
    assertThat(ended.state()).as(ended.message()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(ended.resource()).contains(was.id());
    assertThat(cloud.standing().getFirst().parameters()).containsValue("correct-horse-battery");
    assertThat(cloud.standing().getFirst().template().toString()).doesNotContain("correct-horse");
  }

  @Test
  void an_update_that_changes_nothing_is_done() {
    Resource was = read(finish(stacks.create(create(body("a")), token(), RECORD)));
    Operation ended = finish(stacks.update(update(was, was.properties()), token(), RECORD));
    assertThat(ended.state()).as(ended.message()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(aws.asked("ExecuteChangeSet")).isEqualTo(1);
  }

  @Test
  void an_update_of_what_has_moved_meanwhile_is_refused() {
    Resource was = read(finish(stacks.create(create(body("a")), token(), RECORD)));
    var first = update(was, was.properties().with("Ttl", Value.num(90)));
    finish(stacks.update(first, token(), RECORD));
    var late = update(was, was.properties().with("Ttl", Value.num(30)));
    assertThatThrownBy(() -> stacks.update(late, token(), RECORD))
        .isInstanceOf(ProviderException.PreconditionFailed.class)
        .hasMessageContaining("Ttl");
  }

  @Test
  void a_failure_tells_the_first_reason_and_the_next_try_clears_what_it_left() {
    cloud.failNext(
        "Resource handler returned message: \"no such zone\" (HandlerErrorCode: NotFound)");
    var create = create(body("a"));
    Token token = token();
    Operation ended = finish(stacks.create(create, token, RECORD));
    assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
    assertThat(ended.error().orElseThrow()).hasMessageContaining("no such zone");
    Resource left = stacks.find(RECORD, REGION, token.correlation()).orElseThrow();
    assertThat(left.lifecycle()).isEqualTo(Lifecycle.FAILED);
    Token second = new Token(Digest.ofText("second").hex(), token.correlation());
    assertThatThrownBy(() -> stacks.create(create, second, RECORD))
        .isInstanceOf(ProviderException.Conflict.class)
        .hasMessageContaining("being deleted");
    stacks.find(RECORD, REGION, token.correlation());
    Operation again = finish(stacks.create(create, second, RECORD));
    assertThat(again.state()).as(again.message()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(cloud.standing()).hasSize(1);
  }

  @Test
  void what_a_failed_create_left_can_be_deleted_by_the_stack_it_names() {
    cloud.failNext("no room");
    Token token = token();
    finish(stacks.create(create(body("a")), token, RECORD));
    Resource left = stacks.find(RECORD, REGION, token.correlation()).orElseThrow();
    var delete = new Change.Delete(at("a"), REGION, left.id(), left.properties());
    assertThat(finish(stacks.delete(delete, token(), RECORD)).state())
        .isEqualTo(Operation.State.SUCCEEDED);
    assertThat(cloud.standing()).isEmpty();
  }

  @Test
  void an_error_after_the_work_was_done_is_an_unknown_outcome_and_a_resend_makes_nothing_twice() {
    Token token = token();
    var create = create(body("a"));
    aws.strike(Fault.next("CreateChangeSet", new Effect.FailAfter(500)));
    assertThatThrownBy(() -> stacks.create(create, token, RECORD))
        .isInstanceOf(ProviderException.OutcomeUnknown.class);
    assertThat(stacks.find(RECORD, REGION, token.correlation())).isEmpty();
    Operation sent = stacks.create(create, token, RECORD);
    aws.strike(Fault.next("ExecuteChangeSet", new Effect.Drop()));
    assertThatThrownBy(() -> stacks.poll(sent.handle()))
        .isInstanceOf(ProviderException.OutcomeUnknown.class);
    assertThat(finish(sent).state()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(cloud.standing()).hasSize(1);
    assertThat(aws.asked("CreateChangeSet")).isEqualTo(1);
  }

  @Test
  void the_same_token_for_another_body_is_refused() {
    Token token = token();
    stacks.create(create(body("a")), token, RECORD);
    var other = create(body("b"));
    assertThatThrownBy(() -> stacks.create(other, token, RECORD))
        .isInstanceOf(ProviderException.TokenReused.class);
  }

  @Test
  void throttling_surfaces_with_its_delay() {
    var create = create(body("a"));
    aws.strike(Fault.next("CreateChangeSet", Effect.throttled(Duration.ofSeconds(7))));
    assertThatThrownBy(() -> stacks.create(create, token(), RECORD))
        .isInstanceOfSatisfying(
            ProviderException.Throttled.class,
            e -> assertThat(e.delay()).contains(Duration.ofSeconds(7)));
    assertThat(cloud.standing()).isEmpty();
  }

  @Test
  void a_complete_stack_without_its_resource_is_a_failure_and_is_taken_away() {
    cloud.ignore("AWS::Dns::Record");
    Operation ended = finish(stacks.create(create(body("a")), token(), RECORD));
    assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
    assertThat(ended.error().orElseThrow()).hasMessageContaining("holds no AWS::Dns::Record");
    assertThat(aws.asked("DeleteStack")).isEqualTo(1);
  }

  @Test
  void a_resource_that_somebody_deleted_is_gone_although_its_stack_is_complete() {
    Resource made = read(finish(stacks.create(create(body("a")), token(), RECORD)));
    sight = new Sight.Gone();
    assertThat(stacks.read(RECORD, REGION, made.id())).isEmpty();
    sight = new Sight.There(Fields.of("Zone", Value.text("z1")), false);
    assertThat(stacks.read(RECORD, REGION, made.id()).orElseThrow().properties().text("Zone"))
        .contains("z1");
  }

  @Test
  void what_was_deleted_is_gone_and_what_was_never_seen_is_not_found() {
    Resource made = read(finish(stacks.create(create(body("a")), token(), RECORD)));
    var delete = new Change.Delete(at("a"), REGION, made.id(), made.properties());
    assertThat(finish(stacks.delete(delete, token(), RECORD)).state())
        .isEqualTo(Operation.State.SUCCEEDED);
    assertThat(stacks.read(RECORD, REGION, made.id())).isEmpty();
    assertThat(finish(stacks.delete(delete, token(), RECORD)).state())
        .isEqualTo(Operation.State.SUCCEEDED);
    var unseen = new Change.Delete(at("a"), REGION, made.id(), Fields.EMPTY);
    assertThatThrownBy(() -> stacks.delete(unseen, token(), RECORD))
        .isInstanceOf(ProviderException.NotFound.class);
  }

  @Test
  void a_unit_may_lose_what_its_approved_template_lost_and_nothing_else() {
    Operation made = finish(stacks.create(unit("Queue", "Topic"), token(), UNIT));
    assertThat(made.state()).as(made.message()).isEqualTo(Operation.State.SUCCEEDED);
    Resource was = stacks.read(UNIT, REGION, made.resource().orElseThrow()).orElseThrow();
    var smaller =
        new Change.Update(
            at("unit"),
            REGION,
            was.id(),
            was.properties(),
            was.properties().with("TemplateBody", template("Queue")));
    Operation ended = finish(stacks.update(smaller, token(), UNIT));
    assertThat(ended.state()).as(ended.message()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(cloud.standing().getFirst().held()).containsOnlyKeys("Queue");
    assertThat(stacks.list(UNIT, Optional.empty()).items())
        .extracting(Resource::id)
        .containsExactly(was.id());
  }

  @Test
  void a_unit_is_refused_with_the_properties_that_no_change_set_takes() {
    var create =
        new Change.Create(
            at("unit"),
            REGION,
            Fields.of("TemplateBody", template("Queue")).with("TimeoutInMinutes", Value.num(5)));
    assertThatThrownBy(() -> stacks.create(create, token(), UNIT))
        .isInstanceOfSatisfying(
            ProviderException.InvalidRequest.class,
            e -> assertThat(e.paths()).containsExactly(Pointer.of("/TimeoutInMinutes")));
    assertThat(aws.wire()).isEmpty();
  }

  @Test
  void a_cancelled_create_leaves_nothing() {
    Token token = token();
    Operation begun = stacks.create(create(body("a")), token, RECORD);
    assertThat(stacks.cancel(begun.handle()).state()).isEqualTo(Operation.State.CANCELLED);
    stacks.find(RECORD, REGION, token.correlation());
    assertThat(cloud.standing()).isEmpty();
  }

  private static Change.Create unit(String... resources) {
    return new Change.Create(
        at("unit"),
        REGION,
        Fields.of("StackName", Value.text("shop")).with("TemplateBody", template(resources)));
  }

  private static Fields template(String... resources) {
    Fields held = Fields.EMPTY;
    for (String name : resources) {
      held = held.with(name, Fields.of("Type", Value.text("AWS::SQS::Queue")));
    }
    return Fields.of("Resources", held);
  }

  private static Fields body(String name) {
    return Fields.of("Name", Value.text(name)).with("Ttl", Value.num(60));
  }

  private static Address at(String name) {
    return new Address("one", RECORD.schema().type(), name);
  }

  private static Change.Create create(Fields body) {
    return new Change.Create(at("a"), REGION, body);
  }

  private static Change.Update update(Resource was, Fields now) {
    return new Change.Update(at("a"), REGION, was.id(), was.properties(), now);
  }

  private Resource read(Operation made) {
    assertThat(made.state()).as(made.message()).isEqualTo(Operation.State.SUCCEEDED);
    return stacks.read(RECORD, REGION, made.resource().orElseThrow()).orElseThrow();
  }

  private Token token() {
    String value = Digest.ofText("token" + tokens++).hex();
    return new Token(value, "parley-" + value.substring(0, 24));
  }

  private Operation finish(Operation begun) {
    Operation now = begun;
    for (int i = 0; i < 30 && now.state() == Operation.State.RUNNING; i++) {
      now = stacks.poll(now.handle());
    }
    return now;
  }

  private static AwsType type(String name, String identity, Set<String> handlers) {
    Fields properties = Fields.EMPTY;
    for (String text :
        List.of("Name", "Zone", "Arn", "RecordId", "Password", "StackId", "StackName")) {
      properties = properties.with(text, Fields.of("type", Value.text("string")));
    }
    properties =
        properties
            .with("Ttl", Fields.of("type", Value.text("integer")))
            .with("TemplateBody", Fields.of("type", Items.of(Value.text("object"))));
    var schema =
        new TypeSchema(
            new ResourceType("aws", name),
            name,
            "",
            Fields.of("type", Value.text("object")).with("properties", properties),
            Set.of(Pointer.of("/Arn"), Pointer.of(identity)),
            Set.of(Pointer.of("/Password")),
            Set.of(Pointer.of("/Name")),
            Pointer.of(identity),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Set.of(),
            "test");
    return new AwsType(
        schema,
        List.of(Pointer.of(identity)),
        handlers,
        Set.of(),
        Set.of(),
        Map.of(),
        Map.of(),
        Optional.empty());
  }
}
