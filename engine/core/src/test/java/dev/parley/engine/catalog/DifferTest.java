package dev.parley.engine.catalog;

import static dev.parley.engine.fixture.Wants.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.fixture.Fixtures;
import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DifferTest {
  private static final String INSTANCE = "aws:AWS::EC2::Instance";

  @Test
  void what_is_not_there_is_made() {
    assertThat(
            Differ.plan(
                at(INSTANCE),
                "r",
                Fixtures.type(INSTANCE),
                json("{'ImageId':'a'}"),
                Optional.empty()))
        .isEqualTo(new Change.Create(at(INSTANCE), "r", json("{'ImageId':'a'}")));
  }

  @Test
  void server_defaults_are_no_difference() {
    assertThat(
            plan(
                INSTANCE,
                "{'ImageId':'a','BlockDeviceMappings':[{'DeviceName':'x','Ebs':{'VolumeSize':8}}]}",
                "{'ImageId':'a','PrivateIp':'10.0.0.1','BlockDeviceMappings':[{'DeviceName':'x','Ebs':{'VolumeSize':8,'VolumeType':'gp3'}}]}"))
        .isInstanceOf(Change.NoOp.class);
  }

  @Test
  void the_order_of_a_set_means_nothing_and_the_order_of_a_list_does() {
    assertThat(plan(INSTANCE, "{'SecurityGroupIds':['a','b']}", "{'SecurityGroupIds':['b','a']}"))
        .isInstanceOf(Change.NoOp.class);
    assertThat(plan(INSTANCE, "{'SecurityGroupIds':['a']}", "{'SecurityGroupIds':['b','a']}"))
        .isInstanceOf(Change.Update.class);
    assertThat(
            plan(
                INSTANCE,
                "{'BlockDeviceMappings':[{'DeviceName':'a'},{'DeviceName':'b'}]}",
                "{'BlockDeviceMappings':[{'DeviceName':'b'},{'DeviceName':'a'}]}"))
        .isInstanceOf(Change.Update.class);
  }

  @Test
  void sixty_and_the_text_sixty_are_the_same() {
    assertThat(
            plan(
                "aws:AWS::SQS::Queue",
                "{'VisibilityTimeout':60,'FifoQueue':true}",
                "{'VisibilityTimeout':'60.0','FifoQueue':'true'}"))
        .isInstanceOf(Change.NoOp.class);
    assertThat(plan("aws:AWS::EC2::Instance", "{'ImageId':'1.0'}", "{'ImageId':'1.00'}"))
        .isInstanceOf(Change.Replace.class);
  }

  @Test
  void further_tags_are_no_difference() {
    assertThat(
            plan(
                INSTANCE,
                "{'Tags':[{'Key':'team','Value':'shop'}]}",
                "{'Tags':[{'Key':'x','Value':'y'},{'Key':'team','Value':'shop'}]}"))
        .isInstanceOf(Change.NoOp.class);
    assertThat(
            plan(
                INSTANCE,
                "{'Tags':[{'Key':'team','Value':'shop'}]}",
                "{'Tags':[{'Key':'team','Value':'ops'}]}"))
        .isInstanceOf(Change.Update.class);
  }

  @Test
  void a_fixed_property_means_a_replacement_and_says_so() {
    assertThat(
            plan(
                INSTANCE,
                "{'ImageId':'b','InstanceType':'t3.small'}",
                "{'ImageId':'a','InstanceType':'t3.micro'}"))
        .isInstanceOfSatisfying(
            Change.Replace.class,
            r -> assertThat(r.because()).containsExactly(Pointer.of("/ImageId")));
  }

  @Test
  void another_region_means_a_replacement_for_no_property() {
    Change change =
        Differ.plan(
            at(INSTANCE),
            "r2",
            Fixtures.type(INSTANCE),
            json("{'ImageId':'a'}"),
            Optional.of(resource(INSTANCE, json("{'ImageId':'a'}"))));
    assertThat(change)
        .isInstanceOfSatisfying(
            Change.Replace.class,
            r -> {
              assertThat(r.because()).isEmpty();
              assertThat(r.fromRegion()).isEqualTo("r");
              assertThat(r.region()).isEqualTo("r2");
            });
  }

  @Test
  void what_is_never_shown_and_what_the_provider_sets_is_not_compared() {
    assertThat(
            plan(INSTANCE, "{'UserData':'x','PrivateIp':'10.9.9.9'}", "{'PrivateIp':'10.0.0.1'}"))
        .isInstanceOf(Change.NoOp.class);
  }

  @Test
  void a_reference_that_is_still_open_is_a_difference() {
    assertThat(
            plan(
                INSTANCE,
                "{'SubnetId':{'$ref':'a/aws:AWS::EC2::Subnet/s#/SubnetId'}}",
                "{'SubnetId':'subnet-1'}"))
        .isInstanceOf(Change.Replace.class);
  }

  @Property(tries = 300)
  void a_plan_of_what_was_just_read_is_no_change(@ForAll("instances") Fields observed) {
    TypeSchema type = Fixtures.type(INSTANCE);
    Resource resource = resource(INSTANCE, observed.with("InstanceId", Value.text("i-1")));
    assertThat(Differ.plan(at(INSTANCE), "r", type, observed, Optional.of(resource)))
        .isInstanceOf(Change.NoOp.class);
  }

  @Property(tries = 300)
  void after_an_update_nothing_is_left_to_do(
      @ForAll("instances") Fields was, @ForAll("instances") Fields wish) {
    TypeSchema type = Fixtures.type(INSTANCE);
    Change first = Differ.plan(at(INSTANCE), "r", type, wish, Optional.of(resource(INSTANCE, was)));
    Fields shown =
        Pointer.of("/UserData").remove(first instanceof Change.NoOp ? was : first.properties());
    assertThat(Differ.plan(at(INSTANCE), "r", type, wish, Optional.of(resource(INSTANCE, shown))))
        .isInstanceOf(Change.NoOp.class);
  }

  @Provide
  Arbitrary<Fields> instances() {
    Arbitrary<Value> text = Arbitraries.of("a", "b", "c").map(Value::text);
    Arbitrary<Value> groups = text.list().ofMaxSize(3).uniqueElements().map(Value.Items::new);
    Arbitrary<Value> disks =
        Arbitraries.integers()
            .between(1, 3)
            .map(n -> (Value) json("{'DeviceName':'x','Ebs':{'VolumeSize':" + n + "}}"))
            .list()
            .ofMaxSize(2)
            .map(Value.Items::new);
    Arbitrary<Value> tags =
        text.map(t -> (Value) new Value.Items(List.of(Fields.of("Key", t).with("Value", t))));
    return Arbitraries.maps(
            Arbitraries.of(
                "InstanceType",
                "ImageId",
                "SecurityGroupIds",
                "BlockDeviceMappings",
                "Tags",
                "UserData"),
            Arbitraries.just(0))
        .flatMap(
            keys ->
                net.jqwik.api.Combinators.combine(text, groups, disks, tags)
                    .as(
                        (t, g, d, tag) -> {
                          var fields = new LinkedHashMap<String, Value>();
                          Map<String, Value> all =
                              Map.of(
                                  "InstanceType",
                                  t,
                                  "ImageId",
                                  t,
                                  "SecurityGroupIds",
                                  g,
                                  "BlockDeviceMappings",
                                  d,
                                  "Tags",
                                  tag,
                                  "UserData",
                                  t);
                          keys.keySet().forEach(key -> fields.put(key, all.get(key)));
                          return new Fields(fields);
                        }));
  }

  private static Change plan(String type, String desired, String observed) {
    return Differ.plan(
        at(type),
        "r",
        Fixtures.type(type),
        json(desired),
        Optional.of(resource(type, json(observed))));
  }

  private static Address at(String type) {
    return Address.of("a/" + type + "/x");
  }

  private static Resource resource(String type, Fields properties) {
    return new Resource(
        Fixtures.type(type).type(),
        new ResourceId("id-1"),
        "x",
        "r",
        properties,
        Map.of(),
        Lifecycle.READY,
        Optional.empty());
  }
}
