package dev.parley.engine.catalog;

import static dev.parley.engine.fixture.Wants.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.SchemaError.Grade;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.fixture.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaValidatorTest {
  private static final TypeSchema INSTANCE = Fixtures.type("aws:AWS::EC2::Instance");
  private static final TypeSchema QUEUE = Fixtures.type("aws:AWS::SQS::Queue");
  private static final TypeSchema GROUP = Fixtures.type("aws:AWS::EC2::SecurityGroup");

  @Test
  void what_fits_has_no_errors() {
    assertThat(
            check(
                INSTANCE,
                "{'InstanceType':'t3.micro','ImageId':'ami-1','BlockDeviceMappings':[{'Ebs':{'VolumeSize':20}}]}"))
        .isEmpty();
  }

  @Test
  void every_mistake_is_told_at_its_exact_place() {
    List<SchemaError> errors =
        check(
            GROUP,
            "{'SecurityGroupIngress':[{'IpProtocol':'tcp','FromPort':22},{'IpProtocol':'tpc','FromPort':'22','ToPort':70000}]}");
    assertThat(errors)
        .extracting(e -> e.path().toString())
        .containsExactly(
            "/GroupDescription",
            "/SecurityGroupIngress/1/FromPort",
            "/SecurityGroupIngress/1/IpProtocol",
            "/SecurityGroupIngress/1/ToPort");
    assertThat(errors).allMatch(e -> e.grade() == Grade.ERROR);
    assertThat(errors.get(1).next()).isEqualTo("write 22 without quotes");
    assertThat(errors.get(2).next()).contains("did you mean tcp?").contains("udp");
    assertThat(errors.get(3).why()).isEqualTo("it must be at most 65535");
  }

  @Test
  void a_missing_property_is_described() {
    assertThat(check(INSTANCE, "{'ImageId':'ami-1'}"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.path()).hasToString("/InstanceType");
              assertThat(e.next()).contains("The size").contains("t3.micro");
            });
  }

  @Test
  void an_unknown_property_is_a_warning_with_the_nearest_name_where_the_schema_is_open() {
    assertThat(check(INSTANCE, "{'InstanceType':'t3.micro','ImageId':'ami-1','InstanceTipe':'x'}"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.grade()).isEqualTo(Grade.WARNING);
              assertThat(e.path()).hasToString("/InstanceTipe");
              assertThat(e.next()).contains("InstanceType");
            });
  }

  @Test
  void an_unknown_property_is_an_error_where_the_schema_is_closed() {
    assertThat(check(QUEUE, "{'VisibilityTimout':60}"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.grade()).isEqualTo(Grade.ERROR);
              assertThat(e.next()).isEqualTo("did you mean VisibilityTimeout?");
            });
  }

  @Test
  void a_reference_silences_only_its_own_leaf() {
    assertThat(
            check(
                INSTANCE,
                "{'InstanceType':{'$ref':'x#/y'},'ImageId':7,'BlockDeviceMappings':[{'Ebs':{'VolumeSize':{'$ref':'x#/y'}}}]}"))
        .singleElement()
        .satisfies(e -> assertThat(e.path()).hasToString("/ImageId"));
  }

  @Test
  void something_unknown_is_told_as_unknown() {
    assertThat(
            check(INSTANCE, "{'InstanceType':{'$unknown':'the answer of a person'},'ImageId':'a'}"))
        .singleElement()
        .satisfies(e -> assertThat(e.grade()).isEqualTo(Grade.UNKNOWN));
  }

  @Test
  void a_secret_may_stand_only_where_a_text_may() {
    assertThat(
            check(
                Fixtures.type("aws:AWS::RDS::DBInstance"),
                "{'DBInstanceClass':'db.t3.micro','Engine':'postgres','MasterUserPassword':{'$secret':'env:P'}}"))
        .isEmpty();
    assertThat(check(QUEUE, "{'VisibilityTimeout':{'$secret':'env:P'}}"))
        .singleElement()
        .satisfies(e -> assertThat(e.what()).isEqualTo("a secret"));
  }

  @Test
  void what_the_provider_sets_can_not_be_sent() {
    assertThat(check(QUEUE, "{'Arn':'arn:aws:sqs:x'}"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.path()).hasToString("/Arn");
              assertThat(e.why()).contains("can't be sent");
            });
  }

  @Test
  void of_alternatives_the_one_that_fits_best_is_told() {
    assertThat(
            check(
                INSTANCE,
                "{'InstanceType':'t3.micro','ImageId':'a','CpuOptions':{'Preset':'fast','Boost':'yes'}}"))
        .singleElement()
        .satisfies(e -> assertThat(e.path()).hasToString("/CpuOptions/Boost"));
    assertThat(
            check(
                INSTANCE,
                "{'InstanceType':'t3.micro','ImageId':'a','CpuOptions':{'Preset':{'$ref':'a#/b'},'Boost':true}}"))
        .isEmpty();
  }

  private static List<SchemaError> check(TypeSchema type, String properties) {
    return SchemaValidator.validate(type, json(properties));
  }
}
