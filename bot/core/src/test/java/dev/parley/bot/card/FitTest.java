package dev.parley.bot.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.CardText;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FitTest {
  private static final Part.Attachment MAIN = file("main.tf", "resource {}\n".repeat(400));

  /** What limits a remote platform: see {@link Capabilities}. */
  private static Capabilities limits(boolean apart, int text, int parts, int part) {
    return new Capabilities(
        true, true, true, true, true, true, text, 5, true, apart, false, parts, part, Pace.ANY);
  }

  private static Capabilities poor(int text, int parts, int part) {
    return new Capabilities(
        false, false, false, false, false, true, text, 2, false, false, false, parts, part,
        Pace.ANY);
  }

  // ---- examples

  @Example
  void what_fits_stays_as_it_is() {
    Card card = card(List.of(Part.text("short"), new Part.Code("", "x = 1")));
    assertThat(Fit.to(card, limits(false, 4000, 40, 3000)).card()).isEqualTo(card);
  }

  @Example
  void five_hundred_resources_fit_and_all_of_them_are_in_the_file() {
    List<Part.ChangeLine> lines =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i -> new Part.ChangeLine("+", "bucket-" + i, "Bucket", "acme-dev"))
            .toList();
    Fit.Fitted fitted =
        Fit.to(
            card(List.of(new Part.Changes(lines, 0), Part.text("and the cost"))),
            limits(true, 4000, 30, 3000));
    assertThat(CardText.words(fitted.card()))
        .hasSizeLessThan(4000)
        .contains("all of it is attached");
    assertThat(fitted.files()).hasSize(1);
    String whole = new String(fitted.files().getFirst().file().bytes(), StandardCharsets.UTF_8);
    assertThat(whole).contains("bucket-1 ", "bucket-250 ", "bucket-500 ", "and the cost");
  }

  @Example
  void a_block_of_code_that_is_too_long_becomes_a_file_word_for_word() {
    String code = "line\n".repeat(1000);
    Fit.Fitted fitted =
        Fit.to(card(List.of(new Part.Code("hcl", code))), limits(true, 40_000, 40, 3000));
    assertThat(fitted.card().parts()).noneMatch(Part.Code.class::isInstance);
    assertThat(fitted.files())
        .singleElement()
        .satisfies(one -> assertThat(one.file().bytes()).asString().isEqualTo(code));
  }

  @Example
  void prose_is_split_between_paragraphs_and_no_word_is_lost() {
    String text =
        String.join(
            "\n\n", IntStream.range(0, 40).mapToObj(i -> "Word" + i + " and more.").toList());
    Card fitted = Fit.to(card(List.of(Part.text(text))), limits(true, 40_000, 40, 200)).card();
    assertThat(fitted.parts()).hasSizeGreaterThan(3).allMatch(part -> prose(part).length() <= 200);
    assertThat(fitted.parts()).allMatch(part -> prose(part).endsWith("more."));
    assertThat(CardText.words(fitted)).contains("Word0 ", "Word39 ");
  }

  @Example
  void files_of_a_card_that_is_too_long_are_sent_all_the_same() {
    Part picture =
        new Part.Image(
            new Part.Attachment("p.png", "image/png", new byte[9], Optional.empty()), "a plan");
    List<Part> parts = new ArrayList<>();
    IntStream.range(0, 30).forEach(i -> parts.add(Part.text("word ".repeat(80) + i)));
    parts.add(picture);
    parts.add(new Part.Attached(MAIN));
    for (boolean apart : List.of(true, false)) {
      Fit.Fitted fitted = Fit.to(card(parts), limits(apart, 4000, 40, 3000));
      List<String> names =
          Stream.concat(
                  fitted.files().stream().map(one -> one.file().name()),
                  fitted.card().parts().stream().flatMap(part -> name(part).stream()))
              .toList();
      assertThat(names).containsExactly("p.png", "main.tf", "card.txt");
    }
  }

  @Example
  void files_within_a_card_take_room_and_those_without_room_are_counted() {
    List<Part> parts = new ArrayList<>(Collections.nCopies(20, new Part.Attached(MAIN)));
    String words = CardText.words(Fit.to(card(parts), limits(false, 401, 40, 3000)).card());
    int kept = words.split("\\(file: main.tf", -1).length - 1;
    assertThat(words).hasSizeLessThanOrEqualTo(401).contains("Files left out: " + (20 - kept));
    assertThat(kept).isPositive();
  }

  @Example
  void a_surface_without_files_says_what_it_cannot_show() {
    Card fitted =
        Fit.to(
                card(List.of(new Part.Attached(MAIN), new Part.Code("", "y".repeat(700)))),
                poor(1200, 40, 600))
            .card();
    assertThat(CardText.words(fitted)).contains("File: main.tf", "A text of 700 characters");
  }

  @Example
  void costs_become_a_picture_with_their_words_where_a_platform_shows_png_only() {
    var bars =
        new Part.Bars(
            "Cost a month",
            List.of(new Part.Bar("😀".repeat(40), 1, "$30"), new Part.Bar("b<&>", 0, "$0")));
    var png =
        new Capabilities(
            true, true, true, true, true, true, 4000, 5, true, true, true, 40, 3000, Pace.ANY);
    Fit.Fitted fitted = Fit.to(card(List.of(bars)), png);
    assertThat(fitted.files())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.file().name()).isEqualTo("cost.svg");
              Part.Attachment sent = Fit.enclosed(one.file(), png);
              assertThat(sent.name()).isEqualTo("cost.png");
              assertThat(sent.bytes()).startsWith((byte) 0x89, 'P', 'N', 'G');
              assertThat(one.words()).contains("Cost a month", "$30", "b<&> $0");
            });
  }

  // ---- properties

  @Property(tries = 300)
  void no_card_exceeds_the_limits_and_no_code_is_split(
      @ForAll("cards") Card card, @ForAll("means") Capabilities can) {
    Fit.Fitted fitted = Fit.to(card, can);
    Card shown = fitted.card();
    assertThat(shown.parts()).hasSizeLessThanOrEqualTo(can.maxParts());
    assertThat(shown.buttons()).hasSizeLessThanOrEqualTo(can.maxButtons());
    assertThat(CardText.words(shown.withButtons(List.of())))
        .hasSizeLessThanOrEqualTo(can.maxText());
    List<String> codes =
        card.parts().stream()
            .filter(Part.Code.class::isInstance)
            .map(part -> ((Part.Code) part).text())
            .toList();
    for (Part part : shown.parts()) {
      switch (part) {
        case Part.Text(var prose) ->
            assertThat(prose.words()).isNotBlank().hasSizeLessThanOrEqualTo(can.maxPart());
        case Part.Code(_, var text) -> {
          assertThat(codes).contains(text);
          assertThat(text).hasSizeLessThanOrEqualTo(can.maxPart());
        }
        case Part.Attached _, Part.Image _ -> assertThat(can.apart()).isFalse();
        default -> {}
      }
    }
  }

  @Property(tries = 300)
  void where_there_are_files_every_file_of_a_card_arrives(
      @ForAll("cards") Card card, @ForAll("means") Capabilities can) {
    if (!can.apart()) {
      return;
    }
    long files = card.parts().stream().filter(Part.Attached.class::isInstance).count();
    assertThat(
            Fit.to(card, can).files().stream().filter(one -> one.file().name().equals("main.tf")))
        .hasSize((int) files);
  }

  @Provide
  Arbitrary<Capabilities> means() {
    var text = Arbitraries.integers().between(400, 6000);
    var parts = Arbitraries.integers().between(3, 60);
    var part = Arbitraries.integers().between(40, 3000);
    return Combinators.combine(text, parts, part, Arbitraries.integers().between(0, 2))
        .as(
            (t, n, p, kind) ->
                switch (kind) {
                  case 0 -> poor(t, n, p);
                  case 1 -> limits(false, t, n, p);
                  default -> limits(true, t, n, p);
                });
  }

  @Provide
  Arbitrary<Card> cards() {
    Arbitrary<String> words =
        Arbitraries.of("a", "word", "\n", "\n\n", "x".repeat(50), "😀", "`", "two words. ", "\t")
            .list()
            .ofMaxSize(120)
            .map(list -> String.join(" ", list))
            .filter(text -> !text.isBlank());
    Arbitrary<Part> text = words.map(Part::text);
    Arbitrary<Part> rich =
        words.map(
            w ->
                new Part.Text(
                    Prose.of(
                        Prose.of(w), new Prose.Bold("bold"), new Prose.Mono("m"), Prose.of(w))));
    Arbitrary<Part> code = words.map(w -> new Part.Code("", w));
    Arbitrary<Part> file = Arbitraries.just(new Part.Attached(MAIN));
    Arbitrary<Part> note = Arbitraries.just(new Part.Note(Prose.of("as of today")));
    Arbitrary<List<Part>> parts =
        Arbitraries.oneOf(text, rich, code, file, note).list().ofMaxSize(25);
    var buttons = Arbitraries.integers().between(0, 9);
    return Combinators.combine(parts, buttons)
        .as(
            (all, n) ->
                card(all)
                    .withButtons(
                        IntStream.range(0, n)
                            .mapToObj(
                                i ->
                                    new Button(
                                        Button.Style.PLAIN, "Go " + i, "t." + i, Optional.empty()))
                            .toList()));
  }

  private static Card card(List<Part> parts) {
    return new Card(
        Card.Stage.PLAN,
        Card.Tone.NEUTRAL,
        "p-1 v1: many things",
        parts,
        List.of(),
        "many things",
        Fields.EMPTY);
  }

  private static Part.Attachment file(String name, String text) {
    return new Part.Attachment(
        name, "text/plain", text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static String prose(Part part) {
    return ((Part.Text) part).prose().words();
  }

  private static Optional<String> name(Part part) {
    return switch (part) {
      case Part.Image(var picture, _) -> Optional.of(picture.name());
      case Part.Attached(var file) -> Optional.of(file.name());
      default -> Optional.empty();
    };
  }
}
