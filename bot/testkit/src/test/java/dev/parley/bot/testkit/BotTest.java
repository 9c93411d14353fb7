package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.memory.Output;
import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.text.CardText;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.identity.Person;
import dev.parley.policy.BreakGlassRule;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BotTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final MemoryStore store = new MemoryStore(new MemoryJournal(clock));
  private final ScriptedEngine engine = new ScriptedEngine(store, clock);
  private final WordPlanner planner = new WordPlanner();
  private MemorySurface surface = new MemorySurface("memory", clock);
  private Bot bot = start(BotSettings.of(People.TENANT).prompt());
  private final Place place = surface.place("t1");

  private Bot start(BotSettings settings) {
    var fresh = new Bot(engine, List.of(planner), settings, clock);
    fresh.attach(surface);
    return fresh;
  }

  @AfterEach
  void end() {
    bot.close();
    engine.close();
  }

  // ---- several bots of one tenant

  @Test
  void a_bot_leaves_alone_what_stands_on_the_surface_of_another() {
    say("ann", "bucket one");
    String first = plan().id();
    try (var beside =
        new Bot(engine, List.of(planner), BotSettings.of(People.TENANT).prompt(), clock)) {
      beside.attach(new MemorySurface("elsewhere", clock));
      say("ann", "also bucket two");
      assertThat(beside.quiet(Duration.ofSeconds(20))).isTrue();
      quiet();
      assertThat(edits(first)).contains("Superseded by v2");
      surface.press(surface.human("bob"), place, plan().id(), button(plan(), "Approve").token());
      quiet();
      assertThat(engine.minted()).isEqualTo(1);
      assertThat(edits(plan().id())).contains("Approved by bob");
    }
  }

  private String edits(String message) {
    return surface.outputs().stream()
        .filter(o -> o instanceof Output.Edited e && e.message().id().equals(message))
        .map(o -> CardText.render(((Output.Edited) o).card(), 100))
        .collect(Collectors.joining("\n"));
  }

  // ---- a restart in the midst of a thought

  @Test
  void a_card_that_said_planning_says_so_no_more_after_a_restart() {
    bot.close();
    bot =
        start(
            BotSettings.of(People.TENANT)
                .withEditEvery(Duration.ZERO)
                .withHeardAfter(Duration.ofMillis(1)));
    var held = planner.hold();
    surface.say(surface.human("ann"), place, "bucket one");
    until(() -> posted("Planning").isPresent());
    String planning = posted("Planning").orElseThrow();
    bot.close();
    clock.advance(Duration.ofSeconds(1));
    surface = new MemorySurface("memory", clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    until(() -> edits(planning).contains("Begun anew"));
    held.countDown();
  }

  private Optional<String> posted(String title) {
    return surface.outputs().stream()
        .filter(o -> o instanceof Output.Posted p && p.card().title().startsWith(title))
        .map(o -> ((Output.Posted) o).message().id())
        .findFirst();
  }

  // ---- tokens

  @Test
  void a_token_from_another_channel_or_message_is_refused() {
    say("ann", "bucket one");
    MessageRef card = plan();
    String token = button(card, "Approve").token();
    surface.press(
        surface.human("bob"),
        new Place("memory", "", "elsewhere", place.thread()),
        card.id(),
        token);
    quiet();
    surface.press(surface.human("bob"), place, "another message", token);
    quiet();
    assertThat(whispers("bob")).contains("another message or channel");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void an_unknown_or_forged_token_is_told_to_be_out_of_date() {
    say("ann", "bucket one");
    for (String token :
        List.of(
            "",
            "x",
            "AAAAAAAAAAAAAAAAAAAAAA.0",
            button(plan(), "Approve").token() + "9",
            "....",
            "\u0000.1")) {
      surface.press(surface.human("bob"), place, plan().id(), token);
    }
    quiet();
    assertThat(whispers("bob").split("out of date", -1)).hasSizeGreaterThanOrEqualTo(7);
    assertThat(engine.minted()).isZero();
  }

  @Test
  void a_button_of_a_former_revision_is_refused_and_points_to_the_new_card() {
    say("ann", "bucket one");
    MessageRef old = plan();
    String token = button(old, "Approve").token();
    say("ann", "also bucket two");
    surface.press(surface.human("bob"), place, old.id(), token);
    quiet();
    assertThat(whispers("bob")).contains("out of date; nothing changed", "superseded by v2");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void tokens_are_long_and_say_nothing() {
    say("ann", "bucket one");
    assertThat(button(plan(), "Approve").token())
        .matches("[A-Za-z0-9_-]{22}\\.\\d")
        .doesNotContain("p-1");
  }

  @Test
  void a_whispered_confirmation_counts_for_the_one_it_was_shown_to_only() {
    say("ann", "bucket one");
    say("bob", "approve p-1");
    Button confirm =
        surface.outputs().stream()
            .filter(o -> o instanceof Output.Whispered w && !w.card().buttons().isEmpty())
            .map(o -> ((Output.Whispered) o).card().buttons().getFirst())
            .findFirst()
            .orElseThrow();
    surface.press(surface.human("carol"), place, "", confirm.token());
    quiet();
    assertThat(whispers("carol")).contains("somebody else only");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void twenty_parallel_presses_make_one_decision_and_twenty_answers() throws InterruptedException {
    say("ann", "bucket one");
    MessageRef card = plan();
    String token = button(card, "Approve").token();
    var threads = new java.util.ArrayList<Thread>();
    for (int i = 0; i < 20; i++) {
      String who = i % 2 == 0 ? "bob" : "carol";
      threads.add(
          Thread.ofVirtual()
              .start(() -> surface.press(surface.human(who), place, card.id(), token)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    quiet();
    assertThat(engine.minted()).isOne();
    assertThat(surface.outputs().stream().filter(Output.Whispered.class::isInstance)).hasSize(20);
  }

  // ---- deliveries

  @Test
  void the_same_delivery_twice_is_one_and_stays_one_after_a_restart() {
    var said =
        new Inbound.Said(
            "d-1", surface.human("ann"), place, "m-1", "bucket one", true, clock.instant());
    surface.deliver(said);
    surface.deliver(said);
    quiet();
    bot.close();
    surface = new MemorySurface("memory", clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    surface.deliver(said);
    quiet();
    assertThat(engine.proposals(People.TENANT)).hasSize(1);
    assertThat(engine.proposals(People.TENANT).getFirst().plan().revision()).isEqualTo(1);
  }

  @Test
  void a_message_that_a_crash_left_unanswered_is_answered_after_the_restart() {
    var held = planner.hold();
    surface.say(surface.human("ann"), place, "bucket one");
    until(() -> !planner.heard().isEmpty());
    anew();
    quiet();
    assertThat(shown()).contains("p-1 v1");
    held.countDown();
  }

  @Test
  void a_press_that_asks_for_planning_is_planned_after_a_crash_in_its_midst() {
    String message = say("ann", "bucket one");
    surface.deliver(
        new Inbound.Edited(
            "d-e", surface.human("ann"), place, message, "bucket two", clock.instant()));
    quiet();
    var held = planner.hold();
    int heard = planner.heard().size();
    presses("ann", "Plan again");
    until(() -> planner.heard().size() > heard);
    anew();
    quiet();
    assertThat(shown()).contains("p-1 v2", "two");
    held.countDown();
  }

  @Test
  void of_a_burst_a_crash_loses_no_message_that_waited_behind_the_first() {
    var held = planner.hold();
    surface.say(surface.human("ann"), place, "bucket one");
    until(() -> !planner.heard().isEmpty());
    surface.say(surface.human("ann"), place, "also bucket two");
    clock.advance(Duration.ofMinutes(1));
    bot.close();
    held.countDown();
    until(() -> engine.proposal(People.TENANT, "p-1").isPresent());
    surface = new MemorySurface("memory", clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    quiet();
    assertThat(shown()).contains("p-1 v2", "+2 to create");
  }

  @Test
  void a_plan_whose_card_a_crash_prevented_is_shown_after_the_restart() {
    say("ann", "bucket one");
    bot.close();
    var ann = engine.directory().user(People.TENANT, "ann").orElseThrow();
    var draft = engine.proposal(People.TENANT, "p-1").orElseThrow().draft();
    engine.propose(People.TENANT, place.key(), ann, "bucket one", draft);
    surface = new MemorySurface("memory", clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    quiet();
    assertThat(shown()).contains("p-1 v2");
  }

  @Test
  void bots_guests_and_strangers_of_other_houses_are_not_heard() {
    for (Speaker.Kind kind : List.of(Speaker.Kind.BOT, Speaker.Kind.GUEST, Speaker.Kind.EXTERNAL)) {
      var speaker = new Speaker(new Person("memory", "", "ann"), kind);
      surface.deliver(
          new Inbound.Said(
              "d-" + kind, speaker, place, "m-" + kind, "bucket one", true, clock.instant()));
    }
    quiet();
    assertThat(surface.outputs()).isEmpty();
    assertThat(planner.heard()).isEmpty();
  }

  @Test
  void editing_or_deleting_the_request_changes_no_plan_and_offers_to_plan_again() {
    String message = say("ann", "bucket one");
    surface.deliver(
        new Inbound.Edited(
            "d-e", surface.human("ann"), place, message, "bucket two", clock.instant()));
    quiet();
    assertThat(engine.proposal(People.TENANT, "p-1").orElseThrow().plan().revision()).isEqualTo(1);
    press("ann", "Plan again");
    assertThat(
            engine
                .proposal(People.TENANT, "p-1")
                .orElseThrow()
                .plan()
                .changes()
                .getFirst()
                .at()
                .name())
        .isEqualTo("two");
    surface.deliver(
        new Inbound.Deleted("d-d", surface.human("ann"), place, message, clock.instant()));
    quiet();
    assertThat(engine.proposal(People.TENANT, "p-1").orElseThrow().plan().revision()).isEqualTo(2);
    assertThat(shown()).contains("A message was deleted");
  }

  @Test
  void a_message_without_a_thread_opens_one_of_its_own() {
    var channel = new Place("memory", "", "main", java.util.Optional.empty());
    surface.deliver(
        new Inbound.Said(
            "d-1", surface.human("ann"), channel, "root", "bucket one", true, clock.instant()));
    quiet();
    assertThat(surface.cards(channel.in("root"))).isNotEmpty();
  }

  @Test
  void nothing_is_asked_for_from_a_channel_off_the_list() {
    bot.close();
    bot = start(BotSettings.of(People.TENANT).prompt().withChannels(Set.of("memory//ops")));
    say("ann", "bucket one");
    assertThat(whispers("ann"))
        .contains("Not from here", "not be asked for or decided on in this channel");
    assertThat(engine.proposals(People.TENANT)).isEmpty();
  }

  @Test
  void a_plan_is_not_decided_on_in_a_channel_that_its_account_is_not_bound_to() {
    say("ann", "bucket one");
    var elsewhere = new Place("memory", "", "elsewhere", java.util.Optional.of("t2"));
    bot.close();
    bot =
        start(
            BotSettings.of(People.TENANT)
                .prompt()
                .withGrounds(
                    at ->
                        at.channel().equals("elsewhere")
                            ? new Ground(true, true, Set.of("acme-prod"), false)
                            : Ground.OPEN));
    surface.say(surface.human("bob"), elsewhere, "show p-1");
    quiet();
    MessageRef card =
        surface.cards(elsewhere).entrySet().stream()
            .filter(e -> e.getValue().stage() == Card.Stage.PLAN)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    surface.emoji(surface.human("bob"), card, "+1");
    quiet();
    MemorySurface.button(surface.card(card).orElseThrow(), "Approve")
        .ifPresent(
            button -> surface.press(surface.human("bob"), elsewhere, card.id(), button.token()));
    quiet();
    assertThat(whispers("bob")).contains("p-1 touches acme-dev", "Nothing changed");
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  // ---- emoji

  @Test
  void a_vote_by_button_is_not_withdrawn_by_an_emoji() {
    say("ann", "bucket one in staging");
    press("bob", "Approve");
    surface.noEmoji(surface.human("bob"), plan(), "+1");
    quiet();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).hasSize(1);
  }

  @Test
  void the_plan_card_is_not_edited_before_the_decision() {
    say("ann", "bucket one in production");
    MessageRef card = plan();
    press("bob", "Approve");
    assertThat(surface.outputs())
        .noneMatch(o -> o instanceof Output.Edited e && e.message().equals(card));
    press("carol", "Approve");
    assertThat(surface.outputs())
        .anyMatch(o -> o instanceof Output.Edited e && e.message().equals(card));
  }

  @Test
  void an_emoji_on_any_other_message_means_nothing() {
    say("ann", "bucket one");
    press("bob", "Details");
    surface.emoji(surface.human("bob"), new MessageRef(place, "nothing"), "+1");
    surface.emoji(surface.human("bob"), plan(), "tada");
    quiet();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  // ---- degrading

  @Test
  void a_surface_with_few_means_loses_nothing_silently() {
    bot.close();
    var poor = new Capabilities(false, false, false, false, false, true, 600, 2);
    surface = new MemorySurface("memory", poor, clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    say("ann", "30 buckets many");
    Card card = surface.card(plan()).orElseThrow();
    assertThat(card.buttons()).hasSize(2);
    assertThat(card.parts()).noneMatch(Part.Image.class::isInstance);
    assertThat(CardText.words(card)).contains("longer than fits");
    press("ann", "Approve");
    assertThat(shown()).contains("somebody else must approve");
    press("bob", "Reject");
    assertThat(shown()).contains("reject p-1 <why>");
  }

  @Test
  void a_planner_that_breaks_gives_way_and_the_person_gets_an_answer() {
    bot.close();
    var broken = new BrokenPlanner();
    bot = new Bot(engine, List.of(broken, planner), BotSettings.of(People.TENANT).prompt(), clock);
    bot.attach(surface);
    say("ann", "bucket one");
    assertThat(shown()).contains("p-1 v1");
    bot.close();
    bot = new Bot(engine, List.of(broken), BotSettings.of(People.TENANT).prompt(), clock);
    bot.attach(surface);
    say("ann", "bucket two");
    assertThat(shown()).contains("No planner can be reached");
  }

  @Test
  void details_show_every_property_to_the_one_who_asked() {
    say("ann", "bucket one");
    press("vic", "Details");
    assertThat(whispers("vic"))
        .contains("+ acme-dev/test:Bucket/one", "/public: false", "p-1-v1.json");
  }

  @Test
  void a_kept_plan_is_listed_as_a_blueprint() {
    say("ann", "bucket one");
    say("ann", "keep as one-bucket");
    say("ann", "blueprints");
    assertThat(shown()).contains("Kept as one-bucket", "plan blueprint");
  }

  // ---- hands and eyes

  // ---- break-glass

  private void allowBreakGlass() {
    engine.allowBreakGlass(
        new BreakGlassRule(Set.of(), Set.of("erin"), false, List.of("bob"), Duration.ofHours(24)));
  }

  /** Opens the form by the command and the button, and sends these answers. */
  private void fill(Map<String, String> answers) {
    say("erin", "break-glass p-1");
    Card asked = whispered("erin", "Break the glass for");
    surface.press(
        surface.human("erin"),
        place,
        "",
        MemorySurface.button(asked, "Break the glass").orElseThrow().token());
    quiet();
    Form form =
        surface.outputs().stream()
            .filter(Output.Opened.class::isInstance)
            .map(o -> ((Output.Opened) o).form())
            .reduce((_, last) -> last)
            .orElseThrow();
    surface.submit(surface.human("erin"), place, form, answers);
    quiet();
  }

  private Card whispered(String person, String title) {
    return surface.outputs().stream()
        .filter(o -> o instanceof Output.Whispered w && w.to().id().equals(person))
        .map(o -> ((Output.Whispered) o).card())
        .filter(card -> card.title().startsWith(title))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void the_form_that_breaks_the_glass_takes_no_blank_or_endless_reason() {
    allowBreakGlass();
    say("ann", "bucket one in production");
    for (String reason : List.of("", " \n ", "x".repeat(1001))) {
      fill(Map.of("reason", reason, "environment", "production"));
    }
    fill(Map.of());
    assertThat(whispers("erin").split("break-glass says why", -1)).hasSize(5);
    assertThat(engine.minted()).isZero();
    fill(Map.of("reason", "the shop is down", "environment", "production"));
    assertThat(engine.minted()).isOne();
  }

  @Test
  void the_form_that_breaks_the_glass_is_for_the_one_who_asked_for_it() {
    engine.allowBreakGlass(
        new BreakGlassRule(
            Set.of(), Set.of("erin", "vic"), false, List.of("bob"), Duration.ofHours(24)));
    say("ann", "bucket one in production");
    say("erin", "break-glass p-1");
    Button way =
        MemorySurface.button(whispered("erin", "Break the glass for"), "Break the glass")
            .orElseThrow();
    surface.press(surface.human("vic"), place, "", way.token());
    quiet();
    assertThat(whispers("vic")).contains("shown to somebody else only");
    assertThat(surface.outputs()).noneMatch(Output.Opened.class::isInstance);
  }

  @Test
  void where_there_are_no_forms_break_glass_is_written_out() {
    bot.close();
    surface =
        new MemorySurface(
            "memory", new Capabilities(true, false, true, true, true, true, 100_000, 9), clock);
    bot = start(BotSettings.of(People.TENANT).prompt());
    allowBreakGlass();
    say("ann", "bucket one in production");
    say("erin", "break-glass p-1");
    assertThat(whispers("erin"))
        .contains("Break the glass for p-1 v1?", "break-glass p-1 in <environment> because");
    say("erin", "break-glass p-1 in prod because the shop is down");
    assertThat(whispers("erin")).contains("that is not where p-1 runs");
    assertThat(engine.minted()).isZero();
    say("erin", "break-glass p-1 in production because the shop is down");
    assertThat(
            engine.receipt(People.TENANT, "rc-1").orElseThrow().breakGlass().orElseThrow().reason())
        .isEqualTo("the shop is down");
  }

  @Test
  void a_secret_in_the_reason_is_taken_out_before_it_is_kept() {
    allowBreakGlass();
    say("ann", "bucket one in production");
    String secret = "AKIA" + "ABCDEFGHIJKLMNOP";
    fill(Map.of("reason", "key " + secret + " leaked", "environment", "production"));
    assertThat(engine.minted()).isOne();
    assertThat(shown()).contains("leaked").doesNotContain(secret);
    store.journal().replay(0, entry -> assertThat(entry.body().toString()).doesNotContain(secret));
  }

  private String say(String person, String text) {
    String message = surface.say(surface.human(person), place, text);
    quiet();
    return message;
  }

  private void press(String person, String label) {
    presses(person, label);
    quiet();
  }

  private void presses(String person, String label) {
    Map.Entry<MessageRef, Card> card =
        surface.cards(place).entrySet().stream()
            .filter(e -> MemorySurface.button(e.getValue(), label).isPresent())
            .reduce((_, last) -> last)
            .orElseThrow();
    surface.press(
        surface.human(person),
        place,
        card.getKey().id(),
        MemorySurface.button(card.getValue(), label).orElseThrow().token());
  }

  /** Another life, whose planner nobody holds. */
  private void anew() {
    bot.close();
    surface = new MemorySurface("memory", clock);
    bot =
        new Bot(engine, List.of(new WordPlanner()), BotSettings.of(People.TENANT).prompt(), clock);
    bot.attach(surface);
  }

  private void quiet() {
    assertThat(bot.quiet(Duration.ofSeconds(20))).isTrue();
  }

  private static void until(java.util.function.BooleanSupplier seen) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private MessageRef plan() {
    return surface.cards(place).entrySet().stream()
        .filter(e -> e.getValue().stage() == Card.Stage.PLAN)
        .map(Map.Entry::getKey)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private Button button(MessageRef message, String label) {
    return MemorySurface.button(surface.card(message).orElseThrow(), label).orElseThrow();
  }

  private String shown() {
    return surface.cards(place).values().stream()
        .map(CardText::words)
        .collect(Collectors.joining("\n"));
  }

  private String whispers(String person) {
    return surface.outputs().stream()
        .filter(o -> o instanceof Output.Whispered w && w.to().id().equals(person))
        .map(o -> CardText.words(((Output.Whispered) o).card()))
        .collect(Collectors.joining("\n"));
  }
}
