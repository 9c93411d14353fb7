package dev.parley.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.plan.Conversation;
import dev.parley.plan.Draft;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OfflinePlannerPropertiesTest {
  private static final OfflinePlanner PLANNER = new OfflinePlanner();
  private static final List<String> WORLDS =
      List.of("empty", "running", "drafted", "elsewhere", "staged", "single", "blueprints");

  /** Parts of a request whose order means nothing. */
  record Parts(String things, List<String> clauses) {
    String inOrder(Random random) {
      var all = new ArrayList<>(clauses);
      all.add(things);
      java.util.Collections.shuffle(all, random);
      return String.join(", ", all);
    }
  }

  @Provide
  Arbitrary<Parts> parts() {
    Arbitrary<String> quantity = Arbitraries.of("3", "three", "2x", "a pair of", "a dozen", "17");
    Arbitrary<String> size = Arbitraries.of("", "small", "large", "t3.medium", "m5.large", "micro");
    Arbitrary<String> machine =
        Arbitraries.of("vms", "servers", "web servers", "virtual machines", "app servers");
    Arbitrary<String> beside =
        Arbitraries.of(
            "",
            " behind a load balancer",
            " with a Postgres database",
            " behind a load balancer with a postgres 16 database",
            " and a redis cache");
    Arbitrary<String> things =
        Combinators.combine(quantity, size, machine, beside)
            .as((q, s, m, b) -> (q + " " + s + " " + m + b).replaceAll(" +", " "));
    Arbitrary<String> region =
        Arbitraries.of(
            "in ap-south-1", "in eu-west-1", "in frankfurt", "region ap-south-1", "in Ireland");
    Arbitrary<String> environment =
        Arbitraries.of("for production", "in production", "for development", "env=production");
    Arbitrary<String> cap =
        Arbitraries.of(
            "max ₹1500/day",
            "under 2k eur monthly",
            "max 200 USD a month",
            "with a budget of $3 per hour");
    Arbitrary<String> tags =
        Arbitraries.of("team shop", "tag cost-center=42", "owner ann", "tagged project=apollo");
    Arbitrary<String> undo = Arbitraries.of("with rollback", "without rollback");
    return Combinators.combine(things, region, environment, cap, tags, undo)
        .as((t, r, e, c, g, u) -> new Parts(t, List.of(r, e, c, g, u)));
  }

  @Property(tries = 600)
  void the_order_of_clauses_does_not_matter(@ForAll("parts") Parts parts, @ForAll Random random) {
    String one = parts.inOrder(random);
    String other = parts.inOrder(random);

    assertThat(draft(other)).as("%s%n%s", one, other).isEqualTo(draft(one));
  }

  @Property(tries = 150)
  void everything_that_was_said_is_in_the_draft(
      @ForAll("parts") Parts parts, @ForAll Random random) {
    String message = parts.inOrder(random);
    Draft draft = draft(message);

    assertThat(draft.cap()).as(message).isPresent();
    assertThat(draft.environment()).as(message).isPresent();
    assertThat(draft.place().region()).as(message).isPresent();
    assertThat(draft.tags()).as(message).hasSize(1);
    assertThat(draft.wants()).as(message).hasSizeGreaterThanOrEqualTo(2);
    assertThat(PLANNER.read(message, Worlds.of("empty")))
        .isInstanceOfSatisfying(
            Reading.Wanted.class,
            wanted ->
                assertThat(wanted.notes())
                    .as(message)
                    .noneMatch(note -> note.contains("Not understood")));
  }

  @Property(tries = 600)
  void no_text_makes_it_throw(@ForAll String message, @ForAll("worlds") String world) {
    assertThat(PLANNER.read(message, Worlds.of(world))).isNotNull();
  }

  @Property(tries = 1000)
  void no_heap_of_known_words_makes_it_fail(
      @ForAll("heaps") String message, @ForAll("worlds") String world) {
    Conversation conversation = Worlds.of(world);

    Reading reading = PLANNER.read(message, conversation);

    assertThat(reading).as(message).isNotNull();
    if (reading instanceof Reading.Lost lost) {
      assertThat(lost.hint()).as(message).doesNotContain("could not be read");
    }
    if (reading instanceof Reading.Wanted wanted) {
      assertSound(wanted.draft(), message);
    }
  }

  @Property(tries = 600)
  void an_answer_to_a_question_never_fails(
      @ForAll("heaps") String first,
      @ForAll("heaps") String second,
      @ForAll("worlds") String world) {
    Conversation conversation = Worlds.of(world);
    Reading reading = PLANNER.read(first, conversation);

    Reading next = PLANNER.read(second, Worlds.after(conversation, first, reading));

    assertThat(next).isNotNull();
    if (next instanceof Reading.Lost lost) {
      assertThat(lost.hint()).as("%s | %s", first, second).doesNotContain("could not be read");
    }
  }

  @Example
  void a_number_after_a_bare_type_makes_so_many_of_it() {
    Conversation conversation = Worlds.of("empty");
    Reading first = PLANNER.read("AWS::SQS::Queue", conversation);

    Reading next = PLANNER.read("5 queue", Worlds.after(conversation, "AWS::SQS::Queue", first));

    assertThat(next).isInstanceOf(Reading.Wanted.class);
    assertThat(((Reading.Wanted) next).draft().wants()).hasSize(5);
  }

  private static void assertSound(Draft draft, String message) {
    List<String> names =
        draft.wants().stream()
            .filter(Want.Make.class::isInstance)
            .map(w -> ((Want.Make) w).name())
            .toList();
    assertThat(names)
        .as(message)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9][a-z0-9-]{0,39}"));
  }

  @Provide
  Arbitrary<String> worlds() {
    return Arbitraries.of(WORLDS);
  }

  @Provide
  Arbitrary<String> heaps() {
    return Arbitraries.of(
            "create",
            "delete",
            "make",
            "it",
            "5",
            "3",
            "a",
            "the",
            "web-1",
            "web-3",
            "vm",
            "vms",
            "bucket",
            "database",
            "load balancer",
            "behind",
            "with",
            "in",
            "to",
            "on",
            "for",
            "eu-west-1",
            "mumbai",
            "production",
            "development",
            "small",
            "bigger",
            "t3.large",
            "port 22",
            "the world",
            "public",
            "max",
            "$5/day",
            "₹",
            "team",
            "shop",
            "tag",
            "a=b",
            "called",
            "x y",
            "and",
            ",",
            ".",
            "?",
            "who",
            "what",
            "depends",
            "approve",
            "AWS::SQS::Queue",
            "VisibilityTimeout=60",
            "{\"a\": 1}",
            "{",
            "\"",
            "postgres",
            "16",
            "gb",
            "100",
            "vcpu",
            "nginx:1.27",
            "replicas",
            "shop.example.com",
            "10.0.0.0/8",
            "point",
            "same",
            "instead",
            "everything",
            "the old one",
            "stop",
            "reboot",
            "more",
            "another",
            "2 more",
            "cheapest",
            "azure",
            "aws-prod",
            "use blueprint web-tier",
            "rollback",
            "without",
            "/A/0/B=[1,2]",
            "/0=1",
            "a..b=1",
            "@x",
            "subnet",
            "network",
            "queue",
            "function",
            "python",
            "kubernetes",
            "nodes",
            "-",
            "firewall",
            "dns record",
            "redis",
            "cache",
            "zone",
            "yesterday",
            "14:00",
            "since",
            "99999",
            "call it")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(words -> words.stream().collect(Collectors.joining(" ")));
  }

  private static Draft draft(String message) {
    Reading reading = PLANNER.read(message, Worlds.of("empty"));
    assertThat(reading).as(message).isInstanceOf(Reading.Wanted.class);
    return ((Reading.Wanted) reading).draft();
  }
}
