package dev.parley.provider.aws.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Json;
import dev.parley.resource.ResourceType;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PatchTest {
  /** Open: A, B, C/~d. Read-only: R. Hidden: W, and N/Hidden. Fixed: F. Hidden and fixed: X. */
  private static final TypeSchema TYPE = type();

  private static final List<String> OPEN = List.of("A", "B", "C/~d");

  @Property
  void a_patch_makes_what_was_asked_and_keeps_the_rest(
      @ForAll("states") Fields current, @ForAll("states") Fields asked) {
    Fields was = shown(current);
    Fields desired = fixedAs(current, asked);
    Fields after = apply(Patch.of(TYPE, was, desired), was);
    for (String name : OPEN) {
      assertThat(after.get(name)).isEqualTo(desired.get(name).or(() -> current.get(name)));
    }
    assertThat(after.get("R")).as("read-only stays").isEqualTo(current.get("R"));
    assertThat(after.get("F")).as("fixed stays").isEqualTo(current.get("F"));
    assertThat(after.get("W")).as("hidden is sent again").isEqualTo(desired.get("W"));
    assertThat(after.get("X")).as("hidden and fixed is never sent").isEmpty();
  }

  @Property
  void read_only_and_fixed_properties_are_never_in_a_patch(
      @ForAll("states") Fields current, @ForAll("states") Fields asked) {
    assertThat(Patch.of(TYPE, shown(current), asked).operations())
        .noneMatch(one -> List.of("/R", "/F", "/X").contains(one.path().toString()));
  }

  @Property
  void the_same_change_is_the_same_document(
      @ForAll("states") Fields current, @ForAll("states") Fields asked) {
    var reversed = new LinkedHashMap<String, Value>();
    asked.fields().keySet().stream()
        .toList()
        .reversed()
        .forEach(name -> reversed.put(name, asked.fields().get(name)));
    assertThat(Patch.of(TYPE, shown(current), new Fields(reversed)).json())
        .isEqualTo(Patch.of(TYPE, shown(current), asked).json());
  }

  @Test
  void nothing_to_change_is_an_empty_patch() {
    assertThat(patch("{'A':'1'}", "{'A':'1'}")).isEqualTo("[]");
  }

  @Test
  void what_is_there_is_replaced_and_what_is_not_is_added() {
    assertThat(patch("{'A':'1'}", "{'A':'2','C/~d':'3'}"))
        .isEqualTo(
            json(
                "[{'op':'replace','path':'/A','value':'2'},"
                    + "{'op':'add','path':'/C~1~0d','value':'3'}]"));
  }

  @Test
  void a_null_takes_away() {
    assertThat(patch("{'A':'1'}", "{'A':null}")).isEqualTo(json("[{'op':'remove','path':'/A'}]"));
  }

  @Test
  void a_property_with_something_hidden_inside_is_sent_again_without_what_is_fixed_in_it() {
    assertThat(patch("{'N':{'Open':'1','Fixed':'f'}}", "{'N':{'Hidden':'s','Fixed':'f'}}"))
        .isEqualTo(json("[{'op':'add','path':'/N','value':{'Hidden':'s','Open':'1'}}]"));
  }

  @Test
  void an_object_keeps_the_fields_that_are_not_spoken_of() {
    assertThat(patch("{'B':{'x':'1','y':'2'}}", "{'B':{'x':'3'}}"))
        .isEqualTo(json("[{'op':'replace','path':'/B','value':{'x':'3','y':'2'}}]"));
  }

  @Test
  void tags_of_others_and_the_mark_stay_and_reserved_ones_are_not_sent() {
    String was =
        "{'Tags':[{'Key':'parley:correlation','Value':'c'},{'Key':'aws:x','Value':'1'},"
            + "{'Key':'team','Value':'a'}]}";
    assertThat(patch(was, "{'Tags':[{'Key':'team','Value':'b'}]}"))
        .isEqualTo(
            json(
                "[{'op':'replace','path':'/Tags','value':[{'Key':'parley:correlation','Value':'c'},"
                    + "{'Key':'team','Value':'b'}]}]"));
  }

  @Test
  void a_set_in_another_order_is_no_change() {
    assertThat(patch("{'S':['a','b']}", "{'S':['b','a']}")).isEqualTo("[]");
  }

  private static Value value(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static String json(String text) {
    return CanonicalJson.write(value(text));
  }

  private static String patch(String was, String now) {
    return Patch.of(TYPE, (Fields) value(was), (Fields) value(now)).json();
  }

  /** What a read shows of a state: nothing that is hidden. */
  private static Fields shown(Fields state) {
    return state.without("W").without("X");
  }

  private static Fields fixedAs(Fields current, Fields asked) {
    return current
        .get("F")
        .map(fixed -> asked.with("F", fixed))
        .orElseGet(() -> asked.without("F"));
  }

  /** RFC 6902, as far as top-level operations need it. */
  private static Fields apply(Patch patch, Fields root) {
    Fields now = root;
    for (Value one : ((Items) Json.parse(patch.json())).items()) {
      Fields operation = (Fields) one;
      Pointer at = Pointer.of(operation.text("path").orElseThrow());
      boolean there = at.in(now).isPresent();
      now =
          switch (operation.text("op").orElseThrow()) {
            case "add" -> at.set(now, operation.get("value").orElseThrow());
            case "replace" -> {
              assertThat(there).as("replaces " + at).isTrue();
              yield at.set(now, operation.get("value").orElseThrow());
            }
            case "remove" -> {
              assertThat(there).as("removes " + at).isTrue();
              yield at.remove(now);
            }
            default -> throw new IllegalArgumentException("no such operation: " + operation);
          };
    }
    return now;
  }

  @Provide
  Arbitrary<Fields> states() {
    Arbitrary<Value> values =
        Arbitraries.of("a", "b", "c~/d", "1").map(text -> (Value) Value.text(text));
    return Arbitraries.maps(Arbitraries.of("A", "B", "C/~d", "R", "W", "F", "X"), values)
        .ofMaxSize(7)
        .map(map -> new Fields(new LinkedHashMap<>(map)));
  }

  private static TypeSchema type() {
    Fields properties =
        (Fields)
            Json.parse(
                """
                {"A":{},"B":{},"C/~d":{},"R":{},"W":{},"F":{},"X":{},
                 "N":{"type":"object","properties":{"Open":{},"Hidden":{},"Fixed":{}}},
                 "S":{"type":"array","insertionOrder":false,"items":{"type":"string"}},
                 "Tags":{"type":"array","items":{"type":"object"}}}
                """);
    return new TypeSchema(
        ResourceType.of("aws:Acme::Test::Thing"),
        "Thing",
        "",
        Fields.of("type", Value.text("object")).with("properties", properties),
        places("/R"),
        places("/W", "/X", "/N/Hidden"),
        places("/F", "/X", "/N/Fixed"),
        Pointer.of("/R"),
        List.of(),
        Optional.of(new TypeSchema.Tags(Pointer.of("/Tags"), TypeSchema.Tags.Shape.KEY_VALUE_LIST)),
        Optional.empty(),
        false,
        Set.of(),
        "test",
        Set.of(),
        Map.of());
  }

  private static Set<Pointer> places(String... texts) {
    return java.util.Arrays.stream(texts)
        .map(Pointer::of)
        .collect(java.util.stream.Collectors.toSet());
  }
}
