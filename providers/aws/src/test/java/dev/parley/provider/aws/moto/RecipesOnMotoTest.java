package dev.parley.provider.aws.moto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.plan.Change;
import dev.parley.provider.LogLine;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.Token;
import dev.parley.provider.aws.AwsFactory;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everyday services, each made, read and deleted through Parley on moto, with boto3 as the witness.
 * The README's table of recipes tells what each of these did.
 */
@Tag("peers")
class RecipesOnMotoTest {
  @TempDir static Path folder;

  private static final String OUTPOST =
      "arn:aws:outposts:ap-south-1:123456789012:outpost/op-0123456789abcdef0";

  private final Boto boto = Boto.here();
  private Provider aws;
  private int steps;

  @BeforeEach
  void fresh() {
    Moto.reset();
    aws =
        new AwsFactory()
            .open(
                Moto.account("t", "one", Moto.endpoint(), List.of("stack"), Optional.empty()),
                new Surroundings(Clock.systemUTC(), folder, Moto::secret));
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void ec2_a_server_in_a_network_of_its_own() {
    Resource vpc = make("AWS::EC2::VPC", fields("CidrBlock", "10.0.0.0/16"));
    Resource subnet =
        make("AWS::EC2::Subnet", fields("VpcId", vpc.id().value(), "CidrBlock", "10.0.1.0/24"));
    Resource wall =
        make(
            "AWS::EC2::SecurityGroup",
            fields("GroupDescription", "web", "VpcId", vpc.id().value()));
    assertThat(wall.properties().text("GroupId")).contains(wall.id().value());
    Resource server =
        make(
            "AWS::EC2::Instance",
            fields(
                    "ImageId",
                    "ami-12c6146b",
                    "InstanceType",
                    "t3.medium",
                    "SubnetId",
                    subnet.id().value())
                .with("SecurityGroupIds", Value.texts(List.of(wall.id().value()))));
    Fields seen = witness("ec2", "describe_instances", "InstanceIds", server, "Reservations");
    Fields instance = (Fields) seen.itemsAt("Instances").getFirst();
    assertThat(instance.text("InstanceType")).contains("t3.medium");
    assertThat(instance.text("SubnetId")).contains(subnet.id().value());
    delete(server);
    assertThat(aws.read(server.type(), Moto.REGION, server.id())).isEmpty();
    delete(wall);
    delete(subnet);
    delete(vpc);
    assertThat(
            boto.refusal(
                "ec2",
                "describe_vpcs",
                Fields.of("VpcIds", Value.texts(List.of(vpc.id().value())))))
        .isEqualTo("InvalidVpcID.NotFound");
  }

  @Test
  void s3_a_private_encrypted_bucket() {
    Fields rule = Fields.of("ServerSideEncryptionByDefault", fields("SSEAlgorithm", "AES256"));
    Resource bucket =
        make(
            "AWS::S3::Bucket",
            fields("BucketName", "parley-recipe-bucket")
                .with(
                    "BucketEncryption",
                    Fields.of("ServerSideEncryptionConfiguration", Items.of(rule))));
    assertThat(buckets()).containsExactly("parley-recipe-bucket");
    delete(bucket);
    assertThat(buckets()).isEmpty();
  }

  private List<String> buckets() {
    return boto.ask("s3", "list_buckets", Fields.EMPTY).itemsAt("Buckets").stream()
        .map(one -> ((Fields) one).text("Name").orElse(""))
        .toList();
  }

  @Test
  void sqs_a_queue_that_says_its_arn() {
    Resource queue = make("AWS::SQS::Queue", fields("QueueName", "orders"));
    assertThat(queue.properties().text("Arn"))
        .contains("arn:aws:sqs:ap-south-1:123456789012:orders");
    delete(queue);
    assertThat(boto.ask("sqs", "list_queues", Fields.EMPTY).itemsAt("QueueUrls")).isEmpty();
  }

  @Test
  void iam_and_lambda_a_function_with_the_role_that_was_made_for_it() {
    Fields trust =
        fields("Effect", "Allow", "Action", "sts:AssumeRole")
            .with("Principal", fields("Service", "lambda.amazonaws.com"));
    Resource role =
        make(
            "AWS::IAM::Role",
            fields("RoleName", "worker")
                .with(
                    "AssumeRolePolicyDocument",
                    fields("Version", "2012-10-17").with("Statement", Items.of(trust))));
    String arn = role.properties().text("Arn").orElseThrow();
    assertThat(
            boto.ask("iam", "get_role", fields("RoleName", "worker")).fieldsAt("Role").text("Arn"))
        .contains(arn);
    Resource function =
        make(
            "AWS::Lambda::Function",
            fields(
                    "FunctionName",
                    "resize",
                    "Runtime",
                    "python3.12",
                    "Handler",
                    "index.handler",
                    "Role",
                    arn)
                .with("Code", fields("ZipFile", "def handler(event, context): return 1")));
    assertThat(
            boto.ask("lambda", "get_function_configuration", fields("FunctionName", "resize"))
                .text("Role"))
        .contains(arn);
    delete(function);
    delete(role);
    assertThat(boto.refusal("iam", "get_role", fields("RoleName", "worker")))
        .isEqualTo("NoSuchEntity");
  }

  @Test
  void ecs_a_service_on_fargate() {
    Resource cluster = make("AWS::ECS::Cluster", fields("ClusterName", "web"));
    Resource task =
        make(
            "AWS::ECS::TaskDefinition",
            fields("Family", "web", "Cpu", "256", "Memory", "512", "NetworkMode", "awsvpc")
                .with("RequiresCompatibilities", Value.texts(List.of("FARGATE")))
                .with(
                    "ContainerDefinitions",
                    Items.of(
                        fields("Name", "web", "Image", "nginx").with("Memory", Value.num(512)))));
    Resource service =
        make(
            "AWS::ECS::Service",
            fields("ServiceName", "web", "Cluster", "web", "TaskDefinition", task.id().value())
                .with("DesiredCount", Value.num(2)));
    Fields seen =
        (Fields)
            boto.ask(
                    "ecs",
                    "describe_services",
                    fields("cluster", "web").with("services", Value.texts(List.of("web"))))
                .itemsAt("services")
                .getFirst();
    assertThat(seen.get("desiredCount")).contains(Value.num(2));
    delete(service);
    delete(task);
    delete(cluster);
  }

  @Test
  void rds_a_database_and_its_subnet_group_as_one_unit_of_cloudformation() {
    Fields subnets = Fields.EMPTY;
    Fields network =
        Fields.of("Net", resource("AWS::EC2::VPC", fields("CidrBlock", "10.5.0.0/16")));
    for (String letter : List.of("a", "b")) {
      network =
          network.with(
              "Subnet" + letter,
              resource(
                  "AWS::EC2::Subnet",
                  fields(
                          "CidrBlock",
                          "10.5." + (letter.equals("a") ? 1 : 2) + ".0/24",
                          "AvailabilityZone",
                          "ap-south-1" + letter)
                      .with("VpcId", fields("Ref", "Net"))));
      subnets = subnets.with(letter, fields("Ref", "Subnet" + letter));
    }
    Fields group =
        fields("DBSubnetGroupDescription", "shop")
            .with("SubnetIds", new Items(List.copyOf(subnets.fields().values())));
    Fields database =
        fields(
                "DBInstanceIdentifier",
                "shop",
                "Engine",
                "postgres",
                "DBInstanceClass",
                "db.t3.micro",
                "AllocatedStorage",
                "20",
                "MasterUsername",
                "shop")
            .with("MasterUserPassword", fields("Ref", "Password"))
            .with("DBSubnetGroupName", fields("Ref", "Group"))
            .with("StorageEncrypted", Value.bool(true));
    Fields template =
        Fields.of(
                "Parameters",
                Fields.of("Password", fields("Type", "String").with("NoEcho", Value.bool(true))))
            .with(
                "Resources",
                network
                    .with("Group", resource("AWS::RDS::DBSubnetGroup", group))
                    .with("Database", resource("AWS::RDS::DBInstance", database)));
    Resource unit =
        make(
            "AWS::CloudFormation::Stack",
            fields("StackName", "shop-db")
                .with("TemplateBody", template)
                .with("Parameters", Fields.of("Password", new Value.Secret("test:password"))));
    assertThat(unit.toString()).doesNotContain(Moto.secret("test:password"));
    Fields seen =
        (Fields)
            boto.ask("rds", "describe_db_instances", fields("DBInstanceIdentifier", "shop"))
                .itemsAt("DBInstances")
                .getFirst();
    assertThat(seen.text("Engine")).contains("postgres");
    assertThat(seen.get("StorageEncrypted")).contains(Value.bool(true));
    delete(unit);
    assertThat(boto.refusal("rds", "describe_db_instances", fields("DBInstanceIdentifier", "shop")))
        .startsWith("DBInstanceNotFound");
  }

  @Test
  void cloudformation_what_cdk_synthesised() {
    Fields template =
        Fields.of(
                "Resources",
                Fields.of(
                    "TopicBFC7AF6E", resource("AWS::SNS::Topic", fields("TopicName", "cdk-news"))))
            .with(
                "Parameters",
                Fields.of(
                    "BootstrapVersion",
                    fields("Type", "String", "Default", "/cdk-bootstrap/hnb659fds/version")));
    Resource unit = make("AWS::CloudFormation::Stack", Fields.of("TemplateBody", template));
    assertThat(boto.ask("sns", "list_topics", Fields.EMPTY).toString()).contains("cdk-news");
    delete(unit);
    assertThat(boto.ask("sns", "list_topics", Fields.EMPTY).itemsAt("Topics")).isEmpty();
  }

  @Test
  void eks_a_cluster_by_operations_called_by_name() {
    Fields network =
        Fields.of("subnetIds", Value.texts(List.of("subnet-11111111", "subnet-22222222")));
    call(
        "eks.CreateCluster",
        fields("name", "shop", "roleArn", "arn:aws:iam::123456789012:role/eks")
            .with("resourcesVpcConfig", network));
    assertThat(
            boto.ask("eks", "describe_cluster", fields("name", "shop"))
                .fieldsAt("cluster")
                .text("name"))
        .contains("shop");
    assertThat(
            aws.query("eks.DescribeCluster", Moto.REGION, fields("name", "shop"))
                .fieldsAt("cluster")
                .text("status"))
        .contains("ACTIVE");
    call("eks.DeleteCluster", fields("name", "shop"));
    assertThat(boto.refusal("eks", "describe_cluster", fields("name", "shop")))
        .isEqualTo("ResourceNotFoundException");
  }

  @Test
  void outposts_a_subnet_whose_outpost_reaches_the_service_which_here_drops_it() {
    Resource vpc = make("AWS::EC2::VPC", fields("CidrBlock", "10.0.0.0/16"));
    Resource subnet =
        make(
            "AWS::EC2::Subnet",
            fields(
                "VpcId",
                vpc.id().value(),
                "CidrBlock",
                "10.0.7.0/24",
                "AvailabilityZone",
                "ap-south-1a",
                "OutpostArn",
                OUTPOST));
    assertThat(subnet.properties().text("OutpostArn")).contains(OUTPOST);
    String templates =
        boto.ask("cloudformation", "describe_stacks", Fields.EMPTY).itemsAt("Stacks").stream()
            .map(stack -> ((Fields) stack).text("StackName").orElse(""))
            .map(name -> boto.ask("cloudformation", "get_template", fields("StackName", name)))
            .toList()
            .toString();
    assertThat(templates).contains(OUTPOST);
    Fields seen = witness("ec2", "describe_subnets", "SubnetIds", subnet, "Subnets");
    assertThat(seen.text("CidrBlock")).contains("10.0.7.0/24");
    delete(subnet);
    delete(vpc);
  }

  @Test
  void drift_what_was_deleted_behind_our_back_is_gone() {
    Resource queue = make("AWS::SQS::Queue", fields("QueueName", "lost"));
    boto.ask("sqs", "delete_queue", fields("QueueUrl", queue.id().value()));
    assertThat(
            boto.ask("cloudformation", "describe_stacks", Fields.EMPTY)
                .itemsAt("Stacks")
                .toString())
        .as("the stack goes on believing in it")
        .contains("CREATE_COMPLETE");
    assertThat(aws.read(queue.type(), Moto.REGION, queue.id())).isEmpty();
  }

  @Test
  void logs_of_a_function_are_read() {
    Resource group = make("AWS::Logs::LogGroup", fields("LogGroupName", "/aws/lambda/resize"));
    boto.ask(
        "logs",
        "create_log_stream",
        fields("logGroupName", "/aws/lambda/resize", "logStreamName", "one"));
    Fields event =
        Fields.of("timestamp", Value.num(Instant.now().toEpochMilli()))
            .with("message", Value.text("resized 3 pictures"));
    boto.ask(
        "logs",
        "put_log_events",
        fields("logGroupName", "/aws/lambda/resize", "logStreamName", "one")
            .with("logEvents", Items.of(event)));
    assertThat(aws.logs(group, Instant.now().minusSeconds(600), 10))
        .extracting(LogLine::text)
        .containsExactly("resized 3 pictures");
  }

  private static Fields resource(String type, Fields properties) {
    return fields("Type", type).with("Properties", properties);
  }

  private static Fields fields(String... pairs) {
    Fields fields = Fields.EMPTY;
    for (int i = 0; i < pairs.length; i += 2) {
      fields = fields.with(pairs[i], Value.text(pairs[i + 1]));
    }
    return fields;
  }

  private Token token() {
    String value = Digest.ofText("recipe " + getClass() + steps++).hex();
    return new Token(value, "parley-" + value.substring(0, 24));
  }

  private Resource make(String type, Fields body) {
    var at = new Address("one", new ResourceType("aws", type), "step" + steps);
    assertThat(aws.validate(at.type(), body)).as(type).isEmpty();
    Operation ended = finish(aws.create(new Change.Create(at, Moto.REGION, body), token()));
    assertThat(ended.state())
        .as(type + ": " + ended.message())
        .isEqualTo(Operation.State.SUCCEEDED);
    return aws.read(at.type(), Moto.REGION, ended.resource().orElseThrow()).orElseThrow();
  }

  private void delete(Resource resource) {
    var at = new Address("one", resource.type(), "step" + steps);
    var delete = new Change.Delete(at, Moto.REGION, resource.id(), resource.properties());
    Operation ended = finish(aws.delete(delete, token()));
    assertThat(ended.state()).as(ended.message()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(aws.read(resource.type(), Moto.REGION, resource.id()))
        .as("read back after its deletion")
        .isEmpty();
  }

  private void call(String operation, Fields input) {
    var at = new Address("one", ResourceType.operation("aws"), "step" + steps);
    var call = new Change.Call(at, Moto.REGION, new ResourceId(Moto.OWN), operation, input);
    assertThat(finish(aws.call(call, token())).state()).isEqualTo(Operation.State.SUCCEEDED);
  }

  private Fields witness(
      String service, String operation, String by, Resource resource, String list) {
    return (Fields)
        boto.ask(service, operation, Fields.of(by, Value.texts(List.of(resource.id().value()))))
            .itemsAt(list)
            .getFirst();
  }

  private Operation finish(Operation begun) {
    Operation now = begun;
    for (int i = 0; i < 20 && now.state() == Operation.State.RUNNING; i++) {
      now = aws.poll(now.handle());
    }
    return now;
  }
}
