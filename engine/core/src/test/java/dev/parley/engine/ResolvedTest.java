package dev.parley.engine;

import static dev.parley.engine.stand.World.TENANT;
import static dev.parley.engine.stand.World.at;
import static dev.parley.engine.stand.World.linked;
import static dev.parley.engine.stand.World.thing;
import static dev.parley.engine.stand.World.undoable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.Engine.Outcome;
import dev.parley.engine.resolve.Resolver;
import dev.parley.engine.stand.World;
import dev.parley.plan.Want;
import dev.parley.provider.Health;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine with the Resolver itself: what one makes the other carries out, and takes back. */
@Timeout(120)
class ResolvedTest {
  private final World world = new World();

  @BeforeEach
  void resolve() {
    world.planning = Optional.of(new Resolver(world.accounts, world.clock)::resolve);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void things_with_links_are_made_changed_and_deleted() {
    Run made = world.carriedOut(linked("web", "net"), thing("net"));
    assertThat(made.state()).as(made.message()).isEqualTo(RunState.SUCCEEDED);
    Run changed =
        world.carriedOut(
            new Want.Alter(at("net"), Fields.of("/Size", Value.text("l")), Optional.empty()));
    assertThat(changed.state()).as(changed.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(world.a.named("net").getFirst().properties().text("Size")).contains("l");
    Run gone = world.carriedOut(new Want.Remove(at("net")), new Want.Remove(at("web")));
    assertThat(gone.state()).as(gone.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(
            world.a.log().stream()
                .filter(asked -> asked.operation().equals("delete"))
                .map(asked -> asked.name()))
        .containsExactly("web", "net");
    var again = (Outcome.Proposed) world.engine().rollback(TENANT, gone.id(), world.user("ann"));
    Run back = world.ended(world.vote(again.proposal(), "bob").run().orElseThrow().id());
    assertThat(back.state()).as(back.message()).isEqualTo(RunState.SUCCEEDED);
    Value id = world.a.named("net").getFirst().properties().get("Id").orElseThrow();
    assertThat(world.a.named("web").getFirst().properties().get("Link")).contains(id);
  }

  @Test
  void an_unhealthy_run_is_rolled_back() {
    world.a.health("web", Health.State.UNHEALTHY);
    Run run = world.carriedOut(undoable(thing("net"), linked("web", "net")));
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(world.a.resources()).isEmpty();
  }

  @Test
  void an_update_is_rolled_back() {
    world.carriedOut(thing("a", "x", Fields.of("Size", Value.text("s"))));
    world.a.health("x", Health.State.UNHEALTHY);
    Run run = world.carriedOut(undoable(thing("a", "x", Fields.of("Size", Value.text("l")))));
    assertThat(run.state()).as(run.message()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(world.a.named("x").getFirst().properties().text("Size")).contains("s");
  }

  @Test
  void the_same_wish_twice_is_nothing() {
    world.carriedOut(thing("x"));
    assertThat(world.ask(thing("x"))).isInstanceOf(Outcome.Nothing.class);
    assertThat(world.engine().drift(TENANT, Optional.empty())).isEmpty();
  }
}
