package dev.parley.provider.aws.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.SchemaError;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Watches what the SDK says about itself, which it does not promise to keep: over every client on
 * the class path, at every change of its version.
 */
class EveryClientTest {
  private static final Services SERVICES = Services.of(EveryClientTest.class.getClassLoader());

  @Test
  void the_clients_on_the_class_path_are_found() {
    assertThat(SERVICES.names())
        .contains("cloudcontrol", "cloudformation", "ec2", "iam", "lambda", "pricing", "s3", "sts")
        .doesNotContain("model")
        .hasSizeGreaterThan(20);
  }

  @TestFactory
  List<DynamicTest> every_operation_is_found_and_every_input_survives_the_way_there_and_back() {
    return SERVICES.all().stream()
        .map(service -> DynamicTest.dynamicTest(service.name(), () -> all(service)))
        .toList();
  }

  private static void all(Service service) {
    assertThat(service.all()).as("operations of %s", service.name()).hasSizeGreaterThan(3);
    var spelled = new TreeSet<String>();
    for (Signature operation : service.all()) {
      spelled.add(operation.spelled());
      Fields input = object(Shape.of(operation.input()), 0);
      assertThat(InputCheck.of(operation, input)).as(operation.name()).isEmpty();
      var request = new Inputs(reference -> reference).write(operation.input(), input);
      assertThat(Answers.whole(request)).as(operation.name()).isEqualTo(input);
      assertThat(Shape.of(operation.output())).isNotNull();
      assertThat(InputSchema.of(operation).text("type")).contains("object");
      assertThat(service.operation(operation.operation())).contains(operation);
    }
    assertThat(service.spelled()).as("found without loading a class").containsAll(spelled);
  }

  @Test
  void every_operation_is_told_apart_and_most_changing_ones_are_not_taken_for_reading() {
    Effects effects = Effects.shipped();
    var changing =
        List.of("Create", "Delete", "Put", "Update", "Start", "Stop", "Run", "Terminate", "Assume");
    int reading = 0;
    for (Service service : SERVICES.all()) {
      for (Signature operation : service.all()) {
        boolean reads = effects.reads(operation);
        reading += reads ? 1 : 0;
        if (changing.stream().anyMatch(operation.operation()::startsWith)) {
          assertThat(reads).as(operation.name()).isFalse();
        }
      }
    }
    assertThat(reading).isGreaterThan(500);
  }

  @Test
  void an_operation_whose_answer_carries_a_key_or_password_is_not_taken_for_reading() {
    Effects effects = Effects.shipped();
    var leaks = new ArrayList<String>();
    for (Service service : SERVICES.all()) {
      for (Signature operation : service.all()) {
        if (effects.reads(operation)
            && members(Shape.of(operation.output()), 0).stream()
                .anyMatch(name -> name.matches("SecretAccessKey|SecretString|SessionToken"))) {
          leaks.add(operation.name());
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  private static TreeSet<String> members(Shape shape, int depth) {
    var names = new TreeSet<String>();
    for (SdkField<?> field : shape.fields()) {
      names.add(field.memberName());
      SdkField<?> inner =
          field.containsTrait(ListTrait.class)
              ? field.getTrait(ListTrait.class).memberFieldInfo()
              : field;
      if (depth < 3 && inner.constructor() != null) {
        names.addAll(members(Shape.in(inner), depth + 1));
      }
    }
    return names;
  }

  /** A document that uses every member, down to a depth at which lists and objects stay empty. */
  private static Fields object(Shape shape, int depth) {
    var fields = new LinkedHashMap<String, Value>();
    for (SdkField<?> field : shape.fields()) {
      fields.put(field.memberName(), value(shape, field, depth));
    }
    return new Fields(fields);
  }

  private static Value value(Shape owner, SdkField<?> field, int depth) {
    return switch (Shape.kind(field)) {
      case STRING -> text(owner, field);
      case INTEGER, LONG, SHORT, BYTE -> Value.num(7);
      case FLOAT, DOUBLE, BIG_DECIMAL -> Value.num(new java.math.BigDecimal("1.5"));
      case BOOLEAN -> Value.bool(true);
      case INSTANT -> Value.text("2026-01-31T10:00:00Z");
      case SDK_BYTES -> Value.text("aGVsbG8=");
      case DOCUMENT -> Fields.of("any", Value.Items.of(Value.num(1), Value.text("two")));
      case SDK_POJO -> depth > 2 ? needed(Shape.in(field)) : object(Shape.in(field), depth + 1);
      case LIST -> {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        yield depth > 2
            ? Value.Items.of()
            : Value.Items.of(
                owner.known(field).isEmpty()
                    ? value(owner, member, depth + 1)
                    : text(owner, field));
      }
      case MAP ->
          depth > 2
              ? Fields.EMPTY
              : Fields.of(
                  "key", value(owner, field.getTrait(MapTrait.class).valueFieldInfo(), depth + 1));
      case NULL -> Value.NULL;
    };
  }

  private static Fields needed(Shape shape) {
    var fields = new LinkedHashMap<String, Value>();
    for (SdkField<?> field : shape.fields()) {
      if (Shape.required(field)) {
        fields.put(field.memberName(), value(shape, field, 3));
      }
    }
    return new Fields(fields);
  }

  private static Value text(Shape owner, SdkField<?> field) {
    return Value.text(owner.known(field).stream().findFirst().orElse("some text"));
  }

  @Test
  void mistakes_are_of_the_grade_that_stops_a_call() {
    var operation = SERVICES.service("lambda").orElseThrow().operation("GetFunction").orElseThrow();
    assertThat(InputCheck.of(operation, Fields.EMPTY))
        .extracting(SchemaError::grade)
        .containsExactly(SchemaError.Grade.ERROR);
  }

  @Test
  void answers_are_objects_of_the_same_kind_as_inputs() {
    SdkPojo blank =
        Shape.blank(
            SERVICES.service("sqs").orElseThrow().operation("ListQueues").orElseThrow().output());
    assertThat(blank.sdkFields()).extracting(SdkField::memberName).contains("QueueUrls");
  }
}
