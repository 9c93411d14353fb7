package dev.parley.engine.state;

import static dev.parley.engine.stand.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.value.Digest;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final ResourceId ID = new ResourceId("i");

  private static Change create(String name) {
    return new Change.Create(at(name), "r", Fields.EMPTY);
  }

  private static Change update(String name) {
    return new Change.Update(at(name), "r", ID, Fields.EMPTY, Fields.EMPTY);
  }

  private static Change replace(String name) {
    return new Change.Replace(at(name), "new", "old", ID, Fields.EMPTY, Fields.EMPTY, List.of());
  }

  private static List<Steps.Planned> steps(Map<Address, Set<Address>> needs, Change... changes) {
    return Steps.of(
        new Plan(
            "t",
            "p-1",
            1,
            "thread",
            "ann",
            "",
            "",
            "",
            "",
            List.of(changes),
            needs,
            Optional.empty(),
            false,
            Optional.empty(),
            new Plan.Basis(Map.of(), Map.of(), "", ""),
            Instant.EPOCH,
            Instant.MAX,
            Digest.ofText("")));
  }

  private static String order(List<Steps.Planned> steps) {
    return steps.stream()
        .map(
            step ->
                step.id()
                    + step.change().sign()
                    + step.change().at().name()
                    + step.needs().stream().sorted().toList())
        .reduce((one, two) -> one + " " + two)
        .orElse("");
  }

  @Test
  void each_change_is_a_step_that_needs_the_steps_of_what_it_needs() {
    assertThat(order(steps(Map.of(at("b"), Set.of(at("a"))), create("b"), create("a"))))
        .isEqualTo("s-1+b[s-2] s-2+a[]");
  }

  @Test
  void what_stays_as_it_is_takes_no_step_and_holds_up_nobody() {
    var same = new Change.NoOp(at("a"), "r", ID, Fields.EMPTY);
    assertThat(order(steps(Map.of(at("b"), Set.of(at("a"))), same, create("b"))))
        .isEqualTo("s-1+b[]");
  }

  @Test
  void a_replacement_goes_where_it_was_and_comes_where_it_shall_be() {
    List<Steps.Planned> steps = steps(Map.of(), replace("a"));
    assertThat(order(steps)).isEqualTo("s-1-a[] s-2+a[s-1]");
    assertThat(steps.get(0).change().region()).isEqualTo("old");
    assertThat(steps.get(1).change().region()).isEqualTo("new");
  }

  @Test
  void of_two_replaced_the_dependent_goes_first_and_comes_last() {
    assertThat(order(steps(Map.of(at("web"), Set.of(at("net"))), replace("net"), replace("web"))))
        .isEqualTo("s-1-net[s-3] s-2+net[s-1] s-3-web[] s-4+web[s-2, s-3]");
  }

  @Test
  void a_dependent_is_replaced_only_after_what_it_needs_is_there() {
    assertThat(order(steps(Map.of(at("web"), Set.of(at("net"))), update("net"), replace("web"))))
        .isEqualTo("s-1~net[] s-2-web[s-1] s-3+web[s-1, s-2]");
    assertThat(order(steps(Map.of(at("web"), Set.of(at("net"))), replace("net"), update("web"))))
        .isEqualTo("s-1-net[] s-2+net[s-1] s-3~web[s-2]");
  }
}
