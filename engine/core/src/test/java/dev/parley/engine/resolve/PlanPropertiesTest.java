package dev.parley.engine.resolve;

import static dev.parley.engine.fixture.FixtureWorld.draft;
import static dev.parley.engine.fixture.Wants.service;
import static dev.parley.engine.fixture.Wants.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.fixture.FixtureWorld;
import dev.parley.engine.json.Codec;
import dev.parley.plan.Change;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlanPropertiesTest {
  private static final String QUEUE = "aws:AWS::SQS::Queue";

  @Property(tries = 60)
  void the_order_of_the_wants_does_not_change_the_digest(
      @ForAll @IntRange(min = 1, max = 12) int count, @ForAll Random random) {
    List<Want> wants = graph(count, random);
    Plan one = new FixtureWorld().resolved(draft(Place.ANY, wants.toArray(Want[]::new))).plan();
    Collections.shuffle(wants, random);
    Plan two = new FixtureWorld().resolved(draft(Place.ANY, wants.toArray(Want[]::new))).plan();
    assertThat(two.digest()).isEqualTo(one.digest());
  }

  @Property(tries = 60)
  void the_order_is_without_circles_and_complete(
      @ForAll @IntRange(min = 1, max = 20) int count, @ForAll Random random) {
    Plan plan =
        new FixtureWorld()
            .resolved(draft(Place.ANY, graph(count, random).toArray(Want[]::new)))
            .plan();
    Set<Address> done = new HashSet<>();
    for (Change change : plan.changes()) {
      var refs = new ArrayList<Value.Ref>();
      References.collect(change.properties(), refs);
      Set<Address> targets = new HashSet<>();
      refs.forEach(ref -> targets.add(Address.of(ref.target())));
      assertThat(plan.needs().get(change.at())).isEqualTo(targets);
      assertThat(done).containsAll(targets);
      done.add(change.at());
    }
    assertThat(done).hasSize(count);
  }

  @Property(tries = 20)
  void a_plan_that_was_written_down_still_has_its_digest(
      @ForAll @IntRange(min = 1, max = 8) int count, @ForAll Random random) {
    Plan plan =
        new FixtureWorld()
            .resolved(draft(Place.ANY, graph(count, random).toArray(Want[]::new)))
            .plan();
    Plan read = Codec.decode(Codec.encode(plan), Plan.class);
    assertThat(read).isEqualTo(plan);
    assertThat(Plans.digest(read)).isEqualTo(plan.digest());
  }

  @Test
  void five_thousand_flat_resources_resolve_in_a_moment() {
    var wants = new ArrayList<Want>();
    for (int i = 0; i < 5000; i++) {
      wants.add(service("q-" + i, "queue", "{}"));
    }
    assertThat(time(wants)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_chain_of_a_thousand_resolves_in_a_moment() {
    var wants = new ArrayList<Want>();
    for (int i = 0; i < 1000; i++) {
      wants.add(
          type(
              "q-" + i,
              QUEUE,
              i == 0
                  ? "{}"
                  : "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'q-" + (i - 1) + "#/Arn'}}}"));
    }
    assertThat(time(wants)).isLessThan(Duration.ofSeconds(10));
  }

  private static Duration time(List<Want> wants) {
    var world = new FixtureWorld();
    long start = System.nanoTime();
    Plan plan = world.resolved(draft(Place.ANY, wants.toArray(Want[]::new))).plan();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(
        wants.size() + " wants resolved, priced and sealed in " + took.toMillis() + " ms");
    assertThat(plan.changes()).hasSize(wants.size());
    return took;
  }

  /** Queues, each of which may refer to one that was made before it. */
  private static List<Want> graph(int count, Random random) {
    var wants = new ArrayList<Want>();
    for (int i = 0; i < count; i++) {
      boolean refers = i > 0 && random.nextBoolean();
      String properties =
          refers
              ? "{'RedrivePolicy':{'deadLetterTargetArn':{'$ref':'q-"
                  + random.nextInt(i)
                  + "#/Arn'}}}"
              : "{}";
      wants.add(type("q-" + i, QUEUE, properties));
    }
    return wants;
  }
}
