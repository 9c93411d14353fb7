package dev.parley.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.run.Event;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final Address AT = Address.of("dev/aws:AWS::EC2::Instance/web-1");

  @Test
  void a_change_keeps_its_case_and_its_holes() {
    Fields was = Fields.of("SubnetId", new Value.Ref("dev/aws:AWS::EC2::Subnet/a", "/SubnetId"));
    Change change =
        new Change.Replace(
            AT,
            "r1",
            "r2",
            new ResourceId("i-1"),
            was,
            was.with("n", Value.num(3)),
            List.of(Pointer.of("/a~1b")));
    Fields written = Codec.encodeAs(Change.class, change);
    assertThat(written.text("kind")).contains("Replace");
    assertThat(Codec.decode(written, Change.class)).isEqualTo(change);
    assertThat(Codec.decode((Fields) Json.parse(Json.write(written)), Change.class))
        .isEqualTo(change);
  }

  @Test
  void a_draft_with_nested_cases_comes_back() {
    var draft =
        new Draft(
            "t",
            Optional.of("production"),
            Place.ANY,
            List.of(
                new Want.Make(
                    "web",
                    new Want.OfService("vm", Fields.of("size", Value.text("small"))),
                    Place.ANY),
                new Want.Remove(AT)),
            Map.of("team", "shop"),
            Optional.empty(),
            true,
            "offline");
    assertThat(Codec.decode(Codec.encode(draft), Draft.class)).isEqualTo(draft);
  }

  @Test
  void an_event_with_an_instant_and_an_empty_optional_comes_back() {
    Event event =
        new Event.StepDone(
            "r-1", "s-1", AT, Optional.empty(), Instant.parse("2026-01-02T03:04:05.678Z"));
    assertThat(Codec.decode(Codec.encodeAs(Event.class, event), Event.class)).isEqualTo(event);
  }

  @Test
  void a_record_that_gained_a_field_reads_the_old_form_and_ignores_unknown_ones() {
    Fields old =
        (Fields)
            Json.parse(
                "{\"title\":\"t\",\"place\":{\"cheapest\":false},\"wants\":[],\"tags\":{},\"rollback\":false,\"planner\":\"x\",\"gone\":1}");
    assertThat(Codec.decode(old, Draft.class).environment()).isEmpty();
  }

  @Test
  void a_value_that_is_not_there_is_empty_and_no_null() {
    Fields written =
        (Fields)
            Json.parse("{\"name\":\"size\",\"title\":\"t\",\"kind\":\"TEXT\",\"choices\":[1]}");
    var parameter = Codec.decode(written, dev.parley.plan.Blueprint.Parameter.class);
    assertThat(parameter.fallback()).isEmpty();
    assertThat(parameter.choices()).containsExactly(Value.num(1));
  }

  private record Down(WhenChatIsDown whenChatIsDown, Optional<WhenChatIsDown> said) {}

  @Test
  void that_a_run_goes_on_is_not_written_so_that_digests_stay_as_they_were() {
    Fields goesOn = Codec.encode(new Down(WhenChatIsDown.CONTINUE, Optional.empty()));
    assertThat(goesOn).isEqualTo(Fields.EMPTY);
    assertThat(Codec.decode(Fields.EMPTY, Down.class))
        .isEqualTo(new Down(WhenChatIsDown.CONTINUE, Optional.empty()));
    for (WhenChatIsDown one : WhenChatIsDown.values()) {
      var down = new Down(one, Optional.of(one));
      assertThat(Codec.decode(Codec.encode(down), Down.class)).isEqualTo(down);
      assertThat(Codec.encode(down).text("said")).contains(one.name());
    }
    Fields wrong = Fields.of("whenChatIsDown", Value.text("sleep"));
    assertThatThrownBy(() -> Codec.decode(wrong, Down.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sleep");
  }

  private record Picture(String name, byte[] bytes) {}

  @Test
  void bytes_stand_there_in_base64_and_come_back() {
    Fields written = Codec.encode(new Picture("a.png", new byte[] {1, 2, -1}));
    assertThat(written.text("bytes")).contains("AQL/");
    Fields read = (Fields) Json.parse(Json.write(written));
    assertThat(Codec.decode(read, Picture.class).bytes()).containsExactly(1, 2, -1);
  }
}
