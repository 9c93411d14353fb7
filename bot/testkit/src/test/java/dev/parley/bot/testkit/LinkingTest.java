package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.memory.Output;
import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Place;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.text.CardText;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How somebody whom the surface knows becomes somebody whom the tenant knows. */
class LinkingTest {
  private static final Pattern CODE = Pattern.compile("Your code is ([0-9A-F]{16})");
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final MemoryStore store = new MemoryStore(new MemoryJournal(clock));
  private final ScriptedEngine engine = new ScriptedEngine(store, clock);
  private MemorySurface surface = new MemorySurface("memory", clock);
  private Bot bot = start(BotSettings.of(People.TENANT).prompt());
  private final Place place = surface.place("t1");

  private Bot start(BotSettings settings) {
    var fresh = new Bot(engine, List.of(new WordPlanner()), settings, clock);
    fresh.attach(surface);
    return fresh;
  }

  @AfterEach
  void end() {
    bot.close();
    engine.close();
  }

  @Test
  void a_code_that_somebody_known_confirms_links_whoever_asked_for_it() {
    String code = code("zoe");
    say("ann", "link " + code);
    assertThat(who("zoe")).as("saying the code is not enough").isEmpty();
    assertThat(privately("ann")).contains("Shall memory:zoe be ann?", "Confirm only if");
    press("ann", "Link");
    assertThat(who("zoe")).map(User::id).contains("ann");
    say("zoe", "bucket one");
    assertThat(engine.proposal(People.TENANT, "p-1").orElseThrow().plan().requester())
        .isEqualTo("ann");
    assertThat(engine.notes()).contains("ann linked a person memory:zoe as ann");
  }

  @Test
  void the_code_is_shown_to_whoever_asked_and_to_nobody_else() {
    String code = code("zoe");
    assertThat(surface.outputs())
        .filteredOn(output -> output.toString().contains(code))
        .isNotEmpty()
        .allMatch(output -> output instanceof Output.Whispered w && w.to().id().equals("zoe"));
  }

  @Test
  void a_stranger_can_not_use_a_code() {
    String code = code("zoe");
    say("mallory", "link " + code);
    assertThat(privately("mallory")).contains("not linked").doesNotContain("Shall");
    say("zoe", "link " + code);
    assertThat(privately("zoe")).doesNotContain("Shall");
    assertThat(engine.notes()).isEmpty();
  }

  @Test
  void only_an_admin_links_somebody_to_another_user() {
    String code = code("zoe");
    say("carol", "link " + code + " as bob");
    assertThat(privately("carol")).contains("You may link yourself only");
    say("bob", "link " + code + " as nobody-known");
    assertThat(privately("bob")).contains("No user nobody-known");
    say("bob", "link " + code + " as ann");
    press("bob", "Link");
    assertThat(who("zoe")).map(User::id).contains("ann");
    assertThat(engine.notes()).contains("bob linked a person memory:zoe as ann");
  }

  @Test
  void the_confirmation_counts_for_the_one_it_was_shown_to_only() {
    say("ann", "link " + code("zoe"));
    pressAs("zoe", "ann", "Link");
    assertThat(privately("zoe")).contains("somebody else only");
    assertThat(who("zoe")).isEmpty();
  }

  @Test
  void a_code_ends_after_ten_minutes_even_while_the_question_stands() {
    say("ann", "link " + code("zoe"));
    clock.advance(Duration.ofMinutes(10));
    press("ann", "Link");
    assertThat(privately("ann")).contains("not good any more; nothing changed");
    assertThat(who("zoe")).isEmpty();
  }

  @Test
  void a_confirmation_works_once_and_does_not_come_back_after_the_link_ended() {
    say("ann", "link " + code("zoe"));
    press("ann", "Link");
    say("ann", "unlink memory:zoe");
    press("ann", "Link");
    assertThat(privately("ann")).contains("not good any more");
    assertThat(who("zoe")).isEmpty();
  }

  @Test
  void a_second_code_of_the_same_person_does_not_make_them_somebody_else() {
    String first = code("zoe");
    String second = code("zoe");
    say("ann", "link " + first);
    say("carol", "link " + second);
    press("ann", "Link");
    press("carol", "Link");
    assertThat(who("zoe")).map(User::id).contains("ann");
    assertThat(engine.notes()).hasSize(1);
  }

  @Test
  void a_forged_code_is_told_to_be_no_good() {
    code("zoe");
    say("ann", "link 0123456789ABCDEF");
    assertThat(privately("ann")).contains("not good any more; nothing changed");
  }

  @Test
  void a_link_is_ended_by_its_user_or_an_admin_and_by_nobody_else() {
    say("ann", "link " + code("zoe"));
    press("ann", "Link");
    say("carol", "unlink memory:zoe");
    assertThat(privately("carol")).contains("You may end your own link only");
    assertThat(who("zoe")).isPresent();
    say("zoe", "unlink");
    assertThat(who("zoe")).isEmpty();
    assertThat(engine.notes()).contains("ann ended a link memory:zoe as ann");
    say("ann", "link " + code("zoe"));
    press("ann", "Link");
    say("bob", "unlink memory:zoe");
    assertThat(who("zoe")).isEmpty();
  }

  @Test
  void what_the_configuration_says_is_not_ended_in_the_chat() {
    say("bob", "unlink memory:ann");
    assertThat(privately("bob")).contains("Nothing to end", "What the configuration says stays");
    assertThat(who("ann")).isPresent();
  }

  @Test
  void nothing_is_decided_from_a_name_that_looks_like_somebody() {
    for (String name : List.of("Ann", "ann ", "ANN", "an\u200bn", "\u0430nn")) {
      say(name, "bucket one");
      assertThat(privately(name)).as(name).contains("not linked");
    }
    say("mallory", "I am ann, bucket one");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
  }

  @Test
  void a_code_is_had_and_used_even_where_nothing_else_is_answered() {
    bot.close();
    bot = start(BotSettings.of(People.TENANT).prompt().withGrounds(_ -> Ground.STRANGE));
    say("ann", "link " + code("zoe"));
    press("ann", "Link");
    assertThat(who("zoe")).isPresent();
    assertThat(surface.cards(place)).isEmpty();
  }

  @Test
  void where_nothing_can_be_said_in_private_no_code_is_shown() {
    bot.close();
    var loud = new Capabilities(false, true, true, true, true, true, 10_000, 5);
    surface = new MemorySurface("memory", loud, clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    say("zoe", "link");
    String shown =
        surface.cards(place).values().stream()
            .map(CardText::words)
            .collect(Collectors.joining("\n"));
    assertThat(shown).contains("Not here").doesNotContain("Your code is");
  }

  // ---- hands and eyes

  private String code(String person) {
    say(person, "link");
    Matcher found = CODE.matcher(privately(person));
    String code = "";
    while (found.find()) {
      code = found.group(1);
    }
    assertThat(code).isNotEmpty();
    return code;
  }

  private Optional<User> who(String person) {
    return engine.directory().user(People.TENANT, new Person("memory", "", person));
  }

  private void say(String person, String text) {
    surface.say(surface.human(person), place, text);
    quiet();
  }

  private void press(String person, String label) {
    pressAs(person, person, label);
  }

  private void pressAs(String presser, String shownTo, String label) {
    Card card =
        surface.outputs().stream()
            .flatMap(
                output ->
                    output instanceof Output.Whispered w && w.to().id().equals(shownTo)
                        ? Optional.of(w.card()).stream()
                        : Optional.<Card>empty().stream())
            .filter(one -> MemorySurface.button(one, label).isPresent())
            .reduce((_, last) -> last)
            .orElseThrow();
    surface.press(
        surface.human(presser), place, "", MemorySurface.button(card, label).orElseThrow().token());
    quiet();
  }

  private String privately(String person) {
    return surface.outputs().stream()
        .filter(output -> output instanceof Output.Whispered w && w.to().id().equals(person))
        .map(output -> CardText.words(((Output.Whispered) output).card()))
        .collect(Collectors.joining("\n"));
  }

  private void quiet() {
    assertThat(bot.quiet(Duration.ofSeconds(20))).isTrue();
  }
}
