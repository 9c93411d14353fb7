package dev.parley.provider.aws.moto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.account.SdkClients;
import dev.parley.provider.aws.catalog.AwsCatalog;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.stack.Stacks;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Change sets against moto, seen again through boto3. */
@Tag("peers")
class StacksOnMotoTest {
  @TempDir static Path folder;

  private final Boto boto = Boto.here();
  private SdkClients clients;
  private AwsCatalog catalog;
  private Stacks stacks;
  private int tokens;

  @BeforeEach
  void fresh() {
    Moto.reset();
    AwsSettings settings =
        Moto.settings(
            Moto.account("t", "one", Moto.endpoint(), List.of("stack"), Optional.empty()));
    clients = new SdkClients(settings, Moto.REGION, Moto::secret);
    catalog =
        new AwsCatalog(
            settings.catalog(), clients, Moto.REGION, folder, Clock.systemUTC(), List.of(), "one");
    stacks =
        new Stacks(
            settings,
            clients,
            "one",
            List.of(Moto.REGION),
            Moto::secret,
            catalog::type,
            List.of(),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void a_queue_is_made_read_changed_and_deleted() {
    AwsType type = type("AWS::SQS::Queue");
    Resource queue =
        make(
            type,
            Fields.of("QueueName", Value.text("orders")).with("VisibilityTimeout", Value.num(50)));
    assertThat(queue.properties().get("VisibilityTimeout")).contains(Value.num(50));
    assertThat(queue.properties().text("QueueUrl")).contains(queue.id().value());
    Fields now = queue.properties().with("VisibilityTimeout", Value.num(70));
    var update =
        new Change.Update(at(type, "orders"), Moto.REGION, queue.id(), queue.properties(), now);
    assertThat(finish(stacks.update(update, token(), type)).state())
        .isEqualTo(Operation.State.SUCCEEDED);
    assertThat(
            boto.ask(
                    "sqs",
                    "get_queue_attributes",
                    Fields.of("QueueUrl", Value.text(queue.id().value()))
                        .with("AttributeNames", Value.texts(List.of("All"))))
                .fieldsAt("Attributes")
                .text("VisibilityTimeout"))
        .contains("70");
    Resource after = stacks.read(type, Moto.REGION, queue.id()).orElseThrow();
    assertThat(after.properties().get("VisibilityTimeout")).contains(Value.num(70));
    var delete = new Change.Delete(at(type, "orders"), Moto.REGION, queue.id(), queue.properties());
    assertThat(finish(stacks.delete(delete, token(), type)).state())
        .isEqualTo(Operation.State.SUCCEEDED);
    assertThat(stacks.read(type, Moto.REGION, queue.id())).isEmpty();
    assertThat(boto.ask("sqs", "list_queues", Fields.EMPTY).itemsAt("QueueUrls")).isEmpty();
  }

  @Test
  void sent_twice_under_one_token_it_is_made_once() {
    AwsType type = type("AWS::SNS::Topic");
    Token token = token();
    var create =
        new Change.Create(
            at(type, "news"), Moto.REGION, Fields.of("TopicName", Value.text("news")));
    Operation first = stacks.create(create, token, type);
    Operation again = stacks.create(create, token, type);
    assertThat(again.handle()).isEqualTo(first.handle());
    assertThat(finish(first).state()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(finish(again).resource()).isEqualTo(finish(first).resource());
    assertThat(stacks.create(create, token, type).handle()).isEqualTo(first.handle());
    assertThat(boto.ask("cloudformation", "describe_stacks", Fields.EMPTY).itemsAt("Stacks"))
        .hasSize(1);
    assertThat(boto.ask("sns", "list_topics", Fields.EMPTY).itemsAt("Topics")).hasSize(1);
  }

  @Test
  void a_type_that_the_service_does_not_make_fails_and_leaves_no_stack() {
    AwsType type = type("AWS::SecretsManager::Secret");
    var create =
        new Change.Create(at(type, "key"), Moto.REGION, Fields.of("Name", Value.text("key")));
    Operation ended = finish(stacks.create(create, token(), type));
    assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
    assertThat(ended.error().orElseThrow())
        .isInstanceOf(ProviderException.OperationFailed.class)
        .hasMessageContaining("holds no AWS::SecretsManager::Secret");
    assertThat(boto.ask("cloudformation", "describe_stacks", Fields.EMPTY).itemsAt("Stacks"))
        .isEmpty();
  }

  @Test
  void linked_resources_are_one_unit() {
    AwsType type = type("AWS::CloudFormation::Stack");
    Fields resources =
        Fields.of(
                "Net", resource("AWS::EC2::VPC", Fields.of("CidrBlock", Value.text("10.9.0.0/16"))))
            .with(
                "Inner",
                resource(
                    "AWS::EC2::Subnet",
                    Fields.of("VpcId", Fields.of("Ref", Value.text("Net")))
                        .with("CidrBlock", Value.text("10.9.1.0/24"))));
    Fields body =
        Fields.of("StackName", Value.text("shop-net"))
            .with("TemplateBody", Fields.of("Resources", resources));
    Resource unit = make(type, body);
    assertThat(unit.id().value()).startsWith("arn:aws:cloudformation:");
    assertThat(unit.properties().get("TemplateBody")).isEqualTo(body.get("TemplateBody"));
    assertThat(
            boto.ask("ec2", "describe_subnets", Fields.EMPTY).itemsAt("Subnets").stream()
                .map(subnet -> ((Fields) subnet).text("CidrBlock").orElse("")))
        .contains("10.9.1.0/24");
    assertThat(stacks.everything(Optional.empty()).items())
        .extracting(one -> one.type().name())
        .contains("AWS::CloudFormation::Stack", "AWS::EC2::VPC", "AWS::EC2::Subnet");
    var delete = new Change.Delete(at(type, "shop-net"), Moto.REGION, unit.id(), unit.properties());
    assertThat(finish(stacks.delete(delete, token(), type)).state())
        .isEqualTo(Operation.State.SUCCEEDED);
    assertThat(stacks.read(type, Moto.REGION, unit.id())).isEmpty();
  }

  @Test
  void a_secret_is_in_no_template() {
    AwsType type = type("AWS::SSM::Parameter");
    Resource made =
        make(
            type,
            Fields.of("Name", Value.text("/shop/password"))
                .with("Type", Value.text("String"))
                .with("Value", new Value.Secret("test:password")));
    assertThat(made.toString()).doesNotContain(Moto.secret("test:password"));
    Fields stack =
        (Fields)
            boto.ask("cloudformation", "describe_stacks", Fields.EMPTY)
                .itemsAt("Stacks")
                .getFirst();
    Fields named = Fields.of("StackName", stack.get("StackName").orElseThrow());
    assertThat(boto.ask("cloudformation", "get_template", named).toString())
        .doesNotContain(Moto.secret("test:password"));
    assertThat(
            boto.ask("ssm", "get_parameter", Fields.of("Name", Value.text("/shop/password")))
                .fieldsAt("Parameter")
                .text("Value"))
        .contains(Moto.secret("test:password"));
  }

  private static Value resource(String type, Fields properties) {
    return Fields.of("Type", Value.text(type)).with("Properties", properties);
  }

  private AwsType type(String name) {
    return catalog.type(new ResourceType("aws", name)).orElseThrow();
  }

  private static Address at(AwsType type, String name) {
    return new Address("one", type.schema().type(), name);
  }

  private Token token() {
    String value = Digest.ofText("token " + tokens++).hex();
    return new Token(value, "parley-" + value.substring(0, 24));
  }

  private Resource make(AwsType type, Fields body) {
    Token token = token();
    var create = new Change.Create(at(type, "n" + tokens), Moto.REGION, body);
    Operation ended = finish(stacks.create(create, token, type));
    assertThat(ended.state()).as(ended.message()).isEqualTo(Operation.State.SUCCEEDED);
    Resource made = stacks.read(type, Moto.REGION, ended.resource().orElseThrow()).orElseThrow();
    assertThat(stacks.find(type, Moto.REGION, token.correlation()).map(Resource::id))
        .contains(made.id());
    return made;
  }

  private Operation finish(Operation started) {
    Operation now = started;
    for (int i = 0; i < 20 && now.state() == Operation.State.RUNNING; i++) {
      now = stacks.poll(now.handle());
    }
    return now;
  }
}
