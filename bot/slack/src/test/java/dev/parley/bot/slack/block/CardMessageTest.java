package dev.parley.bot.slack.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.BlockJudge;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.json.Json;
import dev.parley.identity.Person;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class CardMessageTest {
  private static final String NASTY =
      "<!channel> <!here> <@U1> @everyone *b* _i_ `c` ```d``` [a](http://b) <http://x|y> & \u202E"
          + " :bomb:\n# head\n> quote";

  private static Card card(List<Part> parts, List<Button> buttons) {
    return new Card(Card.Stage.PLAN, Card.Tone.GOOD, "p-1 v1", parts, buttons, NASTY, Fields.EMPTY);
  }

  // ---- any card

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void any_card_is_within_every_limit_and_inert(@ForAll("cards") Card card) {
    for (Look look : Look.values()) {
      CardMessage drawn = CardMessage.of(card, look, "parley:1:1");
      assertThat(BlockJudge.message(drawn.blocks(), look == Look.NATIVE)).isEmpty();
      assertThat(drawn.text()).doesNotContain("<").doesNotContain("\u202E");
      assertThat(drawn.text().length()).isLessThanOrEqualTo(Limits.FALLBACK);
      assertThat(drawn.json()).doesNotContain("mrkdwn", "\u202E", "\"broadcast\"", "\"usergroup\"");
    }
  }

  @Provide
  Arbitrary<Card> cards() {
    Arbitrary<List<Part>> parts = part().list().ofMaxSize(60);
    Arbitrary<List<Button>> buttons = button().list().ofMaxSize(30);
    return Combinators.combine(Arbitraries.of(Card.Tone.class), text(), parts, buttons, text())
        .as(
            (tone, title, all, row, fallback) ->
                new Card(Card.Stage.PLAN, tone, title, all, row, fallback, Fields.EMPTY));
  }

  private static Arbitrary<String> text() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\0', '\uD7FF')
            .withChars('<', '>', '&', '\n', '`', '*', '\u202E')
            .ofMaxLength(120);
    return Arbitraries.oneOf(
        any,
        Arbitraries.of("", " ", NASTY),
        Arbitraries.integers().between(1, 9000).map("x "::repeat),
        Arbitraries.integers().between(1, 2000).map("😀"::repeat));
  }

  private static Arbitrary<Prose> prose() {
    Arbitrary<Prose> leaf =
        Arbitraries.oneOf(
            text().map(Prose.Plain::new),
            text().map(Prose.Bold::new),
            text().map(Prose.Mono::new),
            Combinators.combine(text(), urls()).as(Prose.Link::new),
            Arbitraries.longs()
                .between(0, 4_000_000_000L)
                .map(second -> new Prose.Time(Instant.ofEpochSecond(second))),
            Arbitraries.of("slack", "web")
                .map(surface -> new Prose.Mention(new Person(surface, "T", "U0ANN"))));
    return Arbitraries.oneOf(leaf, leaf.list().ofMaxSize(6).map(Prose.Run::new));
  }

  private static Arbitrary<String> urls() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "https://example.org/a?b=c",
            "javascript:alert(1)",
            "http://",
            "https://a b",
            "https://user:pw@example.org"),
        text());
  }

  private static Arbitrary<Part> part() {
    Arbitrary<Integer> more = Arbitraries.integers().between(0, 500);
    return Arbitraries.oneOf(
        prose().map(Part.Text::new),
        prose().map(Part.Note::new),
        Combinators.combine(text(), prose())
            .as(Part.Fact::new)
            .list()
            .ofMaxSize(15)
            .map(Part.Facts::new),
        Combinators.combine(
                text().list().ofMaxSize(25), text().list().ofMaxSize(25).list().ofMaxSize(8), more)
            .as(Part.Table::new),
        Combinators.combine(
                Combinators.combine(Arbitraries.of("+", "-", "±", ""), text(), text(), text())
                    .as(Part.ChangeLine::new)
                    .list()
                    .ofMaxSize(20),
                more)
            .as(Part.Changes::new),
        Combinators.combine(
                Combinators.combine(
                        text(),
                        Arbitraries.of(
                            "waiting", "running", "done", "failed", "skipped", "unknown", "delayed",
                            "new"),
                        text())
                    .as(Part.Task::new)
                    .list()
                    .ofMaxSize(60),
                more)
            .as(Part.Tasks::new),
        Combinators.combine(
                Combinators.combine(text(), text(), text(), text(), text(), text())
                    .as(Part.FindingLine::new)
                    .list()
                    .ofMaxSize(10),
                more)
            .as(Part.Findings::new),
        Combinators.combine(text(), text())
            .as((label, value) -> new Part.Bars(label, List.of(new Part.Bar(label, 0.5, value)))),
        Combinators.combine(text(), text()).as(Part.Code::new),
        Combinators.combine(text(), urls()).as(Part.Link::new),
        text()
            .map(
                alt ->
                    new Part.Image(
                        new Part.Attachment("a.png", "image/png", new byte[1], Optional.empty()),
                        alt)));
  }

  private static Arbitrary<Button> button() {
    Arbitrary<Optional<Button.Confirm>> confirm =
        Combinators.combine(text(), text(), text(), text())
            .as((title, words, yes, no) -> Optional.of(new Button.Confirm(title, words, yes, no)));
    return Combinators.combine(Arbitraries.of(Button.Style.class), text(), confirm)
        .as((style, label, asked) -> new Button(style, label, "token.0", asked));
  }

  // ---- nothing is lost

  /** Cards whose every word has a number of its own. */
  @Provide
  Arbitrary<Card> numbered() {
    Arbitrary<Integer> count = Arbitraries.integers().between(1, 80);
    Arbitrary<List<Integer>> kinds = Arbitraries.integers().between(0, 6).list().ofSize(8);
    return Combinators.combine(kinds, count, Arbitraries.integers().between(0, 400))
        .as(
            (which, lines, confirmed) -> {
              var words = new AtomicInteger();
              List<Part> parts =
                  which.stream().map(kind -> numberedPart(kind, lines, words)).toList();
              var confirm =
                  new Button.Confirm("Sure?", numbers(confirmed, words), "Approve", "Not yet");
              return card(
                  parts,
                  List.of(
                      new Button(Button.Style.PRIMARY, "Approve", "t.0", Optional.of(confirm))));
            });
  }

  private static String numbers(int count, AtomicInteger words) {
    return IntStream.range(0, count)
        .mapToObj(_ -> "w" + words.incrementAndGet() + "w")
        .collect(Collectors.joining(" "));
  }

  private static Part numberedPart(int kind, int lines, AtomicInteger words) {
    List<Integer> all = IntStream.range(0, lines).boxed().toList();
    return switch (kind) {
      case 0 -> Part.text(numbers(lines * 5, words));
      case 1 -> new Part.Code("", numbers(lines * 4, words));
      case 2 ->
          new Part.Facts(
              all.stream().map(_ -> new Part.Fact("fact", Prose.of(numbers(2, words)))).toList());
      case 3 ->
          new Part.Changes(
              all.stream()
                  .map(_ -> new Part.ChangeLine("+", "x", "vm", numbers(2, words)))
                  .toList(),
              0);
      case 4 ->
          new Part.Tasks(
              all.stream().map(_ -> new Part.Task("step", "done", numbers(2, words))).toList(), 0);
      case 5 ->
          new Part.Findings(
              all.stream()
                  .limit(20)
                  .map(_ -> new Part.FindingLine("R", "low", "warn", "", numbers(300, words), ""))
                  .toList(),
              0);
      default -> new Part.Note(Prose.of(numbers(lines * 6, words)));
    };
  }

  private static Set<String> numbersIn(String text) {
    return Pattern.compile("w\\d+w")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void every_word_is_in_the_message_or_in_the_file_that_it_says_is_attached(
      @ForAll("numbered") Card card) {
    Set<String> all = numbersIn(card.parts() + " " + card.buttons());
    for (Look look : List.of(Look.NATIVE, Look.CLASSIC)) {
      CardMessage drawn = CardMessage.of(card, look, "parley:1:1");
      String file = drawn.rest().map(rest -> new String(rest.bytes())).orElse("");
      assertThat(numbersIn(drawn.json() + file)).as("%s", look).isEqualTo(all);
      assertThat(drawn.json().contains("attached")).isEqualTo(drawn.rest().isPresent());
    }
    String words = new String(CardMessage.of(card, Look.WORDS, "b").rest().orElseThrow().bytes());
    assertThat(numbersIn(words)).containsAll(numbersIn(String.valueOf(card.parts())));
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void private_pages_are_within_every_limit_claim_no_file_and_keep_the_buttons(
      @ForAll("numbered") Card card) {
    for (Look look : List.of(Look.NATIVE, Look.CLASSIC)) {
      List<CardMessage> pages = CardMessage.pages(card, look, "parley:1:1");
      assertThat(pages)
          .allSatisfy(
              page -> {
                assertThat(BlockJudge.message(page.blocks(), look == Look.NATIVE)).isEmpty();
                assertThat(page.json()).doesNotContain("attached");
                assertThat(page.rest()).isEmpty();
              });
      assertThat(pages.getLast().json()).contains("\"value\":\"t.0\"");
    }
  }

  // ---- particular cards

  @Test
  void what_has_no_room_is_in_the_file_and_the_buttons_stay() {
    List<Part> parts = Collections.nCopies(20, Part.text("many words ".repeat(200)));
    var buttons = List.of(new Button(Button.Style.PRIMARY, "Approve", "t.0", Optional.empty()));
    CardMessage drawn = CardMessage.of(card(parts, buttons), Look.NATIVE, "parley:1:1");
    assertThat(drawn.json()).contains("all of it is attached", "Approve");
    assertThat(new String(drawn.rest().orElseThrow().bytes())).contains("many words");
  }

  @Test
  void code_is_whole_or_in_the_file() {
    String code = "line of code\n".repeat(300);
    var drawn =
        CardMessage.of(card(List.of(new Part.Code("hcl", code)), List.of()), Look.NATIVE, "b");
    assertThat(drawn.json()).doesNotContain("line of code");
    assertThat(new String(drawn.rest().orElseThrow().bytes())).contains("line of code");
    var whole =
        CardMessage.of(card(List.of(new Part.Code("hcl", "a = 1")), List.of()), Look.NATIVE, "b");
    assertThat(whole.json()).contains("rich_text_preformatted", "a = 1");
  }

  @Test
  void long_prose_is_broken_at_paragraphs_and_nothing_of_it_is_lost() {
    String paragraph = "words and words. ".repeat(60).strip();
    String text = String.join("\n\n", Collections.nCopies(5, paragraph));
    var drawn = CardMessage.of(card(List.of(Part.text(text)), List.of()), Look.NATIVE, "b");
    List<String> shown =
        drawn.blocks().stream()
            .filter(block -> block.text("type").equals(Optional.of("rich_text")))
            .map(Json::write)
            .toList();
    assertThat(shown).hasSizeGreaterThan(1);
    assertThat(String.join("", shown).split("words and words\\.", -1)).hasSize(5 * 60 + 1);
  }

  @Test
  void states_of_steps_are_slacks_own() {
    var tasks =
        new Part.Tasks(
            List.of(
                new Part.Task("one", "done", "3 s"),
                new Part.Task("two", "running", ""),
                new Part.Task("three", "failed", "no quota"),
                new Part.Task("four", "waiting", ""),
                new Part.Task("five", "skipped", "")),
            0);
    String json = CardMessage.of(card(List.of(tasks), List.of()), Look.NATIVE, "b").json();
    assertThat(json)
        .contains(
            "1 of 5 done",
            "\"status\":\"complete\"",
            "\"status\":\"in_progress\"",
            "\"status\":\"error\"",
            "\"status\":\"pending\"",
            "\"text\":\"skipped\"")
        .doesNotContain("completed");
    assertThat(CardMessage.of(card(List.of(tasks), List.of()), Look.CLASSIC, "b").json())
        .doesNotContain("task_card")
        .contains("✅ one  3 s");
  }

  @Test
  void a_question_that_is_too_long_for_slack_stands_above_the_buttons() {
    String deletes = "- database-of-everything-".repeat(30);
    var button =
        new Button(
            Button.Style.PRIMARY,
            "Approve",
            "t.0",
            Optional.of(new Button.Confirm("Approve?", deletes, "Approve", "No")));
    String json = CardMessage.of(card(List.of(), List.of(button)), Look.NATIVE, "b").json();
    assertThat(json).contains(deletes, "all of it stands above", "\"style\":\"danger\"");
  }

  @Test
  void a_link_never_hides_where_it_leads() {
    var out = new java.util.ArrayList<Fields>();
    Rich.link("https://bank.example", "https://evil.example/x", out);
    Rich.link("docs", "javascript:alert(1)", out);
    assertThat(Json.write(new Value.Items(List.copyOf(out))))
        .isEqualTo(
            "[{\"type\":\"link\",\"url\":\"https://evil.example/x\"},"
                + "{\"type\":\"text\",\"text\":\"docs (javascript:alert(1))\"}]");
  }

  // ---- forms

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void any_form_is_within_every_limit(@ForAll("forms") Form form) {
    Fields view = (Fields) Json.parsePlain(FormView.of(form, "{}"));
    assertThat(BlockJudge.view(view)).isEmpty();
  }

  @Provide
  Arbitrary<Form> forms() {
    Arbitrary<List<String>> choices =
        text().filter(text -> !text.isEmpty()).list().uniqueElements().ofMaxSize(4);
    Arbitrary<List<Form.Field>> fields =
        Combinators.combine(Arbitraries.of("reason", "name", "days"), text(), choices)
            .as((name, label, some) -> new Form.Field(name, label, true, some))
            .list()
            .uniqueElements(Form.Field::name)
            .ofMaxSize(3);
    return Combinators.combine(text(), fields, text())
        .as((title, all, submit) -> new Form("t", title, all, submit));
  }
}
