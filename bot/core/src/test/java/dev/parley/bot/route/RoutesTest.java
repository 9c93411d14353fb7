package dev.parley.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.testkit.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Ground DEV = new Ground(true, true, Set.of("dev"), false);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final MemorySurface surface = new MemorySurface("chat", clock);
  private final Routes routes =
      new Routes(
          "chat",
          Map.of(
              "T1",
              new Routes.Workspace(
                  "acme",
                  Map.of(
                      "C1",
                      new Routes.Channel("acme", DEV),
                      "C2",
                      new Routes.Channel("globex", Ground.OPEN),
                      "C3",
                      new Routes.Channel("initech", Ground.OPEN))),
              "T2",
              new Routes.Workspace(
                  "globex", Map.of("C1", new Routes.Channel("globex", Ground.OPEN)))));
  private final Known known = new Known();
  private final Map<String, List<Inbound>> heard = new HashMap<>();

  // ---- grounds

  @Test
  void a_channel_is_ground_for_its_own_tenant_only() {
    assertThat(routes.ground("acme", place("T1", "C1"))).isEqualTo(DEV);
    assertThat(routes.ground("globex", place("T1", "C1"))).isEqualTo(Ground.STRANGE);
    assertThat(routes.ground("globex", place("T2", "C1"))).isEqualTo(Ground.OPEN);
  }

  @Test
  void a_thread_stands_on_the_ground_of_its_channel() {
    assertThat(routes.ground("acme", place("T1", "C1").in("17.3"))).isEqualTo(DEV);
  }

  @Test
  void a_channel_or_workspace_that_is_not_named_is_strange() {
    assertThat(routes.ground("acme", place("T1", "C9"))).isEqualTo(Ground.STRANGE);
    assertThat(routes.ground("acme", place("T9", "C1"))).isEqualTo(Ground.STRANGE);
  }

  @Test
  void a_direct_conversation_is_for_reading() {
    Ground ground = routes.ground("acme", place("T1", "@D1"));
    assertThat(ground.bound()).isTrue();
    assertThat(ground.changes()).isFalse();
    assertThat(ground.strangersRead()).isFalse();
  }

  @Test
  void the_tenant_for_direct_messages_comes_first_and_the_rest_in_a_fixed_order() {
    assertThat(routes.tenants("T1")).containsExactly("acme", "globex", "initech");
    assertThat(routes.tenants()).containsExactly("acme", "globex", "initech");
    assertThat(routes.tenants("T9")).isEmpty();
  }

  // ---- who hears

  @Test
  void a_message_in_a_bound_channel_goes_to_its_tenant_whoever_wrote_it() {
    open();
    known.add("acme", "chat", "T1", "U1");
    say("T1", "C2", "U1");
    assertThat(heard).containsOnlyKeys("globex");
  }

  @Test
  void the_same_channel_id_in_two_workspaces_is_two_channels() {
    open();
    say("T1", "C1", "U1");
    say("T2", "C1", "U1");
    assertThat(heard.get("acme")).hasSize(1);
    assertThat(heard.get("globex")).hasSize(1);
  }

  @Test
  void a_direct_message_goes_to_the_tenant_in_which_the_person_is_somebody() {
    open();
    known.add("globex", "chat", "T1", "U7");
    say("T1", "@D1", "U7");
    assertThat(heard).containsOnlyKeys("globex");
  }

  @Test
  void a_direct_message_of_a_stranger_goes_to_the_workspaces_own_tenant() {
    open();
    say("T1", "@D1", "U8");
    assertThat(heard).containsOnlyKeys("acme");
  }

  @Test
  void a_direct_conversation_outside_all_workspaces_belongs_to_the_persons_workspace() {
    open();
    surface.deliver(said(place("", "@U7"), new Person("chat", "T2", "U7")));
    assertThat(heard).containsOnlyKeys("globex");
  }

  @Test
  void a_direct_conversation_with_somebody_of_an_unknown_workspace_goes_nowhere() {
    open();
    surface.deliver(said(place("", "@U7"), new Person("chat", "T9", "U7")));
    say("T9", "@D1", "U7");
    assertThat(heard).isEmpty();
  }

  @Test
  void what_happens_in_an_unknown_workspace_goes_nowhere() {
    open();
    known.add("acme", "chat", "T9", "U1");
    say("T9", "C1", "U1");
    assertThat(heard).isEmpty();
  }

  @Test
  void closing_one_line_twice_closes_the_surface_once_for_all() {
    Exchange exchange = open();
    exchange.line("acme").close();
    exchange.line("globex").close();
    say("T1", "C1", "U1");
    assertThat(heard).isEmpty();
  }

  private Exchange open() {
    var exchange = new Exchange(surface, routes, known);
    for (String tenant : routes.tenants()) {
      exchange
          .line(tenant)
          .start(inbound -> heard.computeIfAbsent(tenant, _ -> new ArrayList<>()).add(inbound));
    }
    exchange.open();
    return exchange;
  }

  private void say(String workspace, String channel, String person) {
    surface.deliver(said(place(workspace, channel), new Person("chat", workspace, person)));
  }

  private Inbound said(Place place, Person person) {
    return new Inbound.Said(
        "d", new Speaker(person, Speaker.Kind.HUMAN), place, "m", "help", true, clock.instant());
  }

  private static Place place(String workspace, String channel) {
    return new Place("chat", workspace, channel, Optional.empty());
  }

  /** Knows whom it was told of. */
  private static final class Known implements Directory {
    private final Map<Person, String> people = new HashMap<>();

    void add(String tenant, String surface, String workspace, String id) {
      people.put(new Person(surface, workspace, id), tenant);
    }

    @Override
    public Optional<User> user(String tenant, Person person) {
      return Optional.ofNullable(people.get(person))
          .filter(tenant::equals)
          .map(_ -> new User(tenant, person.id(), "Somebody", Set.of(), Set.of(), false));
    }

    @Override
    public Optional<User> user(String tenant, String userId) {
      return Optional.empty();
    }

    @Override
    public Collection<User> users(String tenant) {
      return List.of();
    }
  }
}
