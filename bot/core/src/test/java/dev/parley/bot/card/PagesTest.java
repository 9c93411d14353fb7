package dev.parley.bot.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.text.CardText;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PagesTest {
  private static final Capabilities CAN =
      new Capabilities(
          true, true, true, true, true, true, 2000, 5, true, true, false, 10, 900, Pace.ANY);

  private static Card card(List<Part> parts) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        "What you may do",
        parts,
        List.of(new Button(Button.Style.PLAIN, "Go", "t.0", Optional.empty())),
        "what you may do",
        Fields.EMPTY);
  }

  private static String words(List<Card> pages) {
    return pages.stream().map(CardText::words).collect(Collectors.joining("\n"));
  }

  @Example
  void what_fits_is_one_card_as_it_is() {
    Card card = card(List.of(Part.text("short")));
    assertThat(Pages.of(card, CAN)).containsExactly(card);
  }

  @Property(tries = 60)
  void every_line_is_on_a_page_and_every_page_is_within_the_means(
      @ForAll @IntRange(min = 1, max = 150) int lines) {
    var changes =
        new Part.Changes(
            IntStream.range(0, lines)
                .mapToObj(i -> new Part.ChangeLine("+", "bucket-" + i + "-", "Bucket", "dev"))
                .toList(),
            0);
    List<Card> pages = Pages.of(card(List.of(Part.text("first"), changes)), CAN);
    assertThat(pages).allSatisfy(page -> assertThat(CardText.words(page)).hasSizeLessThan(2000));
    assertThat(pages.subList(0, pages.size() - 1)).allMatch(page -> page.buttons().isEmpty());
    assertThat(pages.getLast().buttons()).hasSize(1);
    assertThat(words(pages))
        .contains(IntStream.range(0, lines).mapToObj(i -> "bucket-" + i + "-").toList())
        .doesNotContain("attached");
  }

  @Example
  void code_is_never_broken_and_what_has_no_room_is_not_said_to_be_attached() {
    String code = "line of code\n".repeat(200);
    List<Card> pages =
        Pages.of(card(List.of(new Part.Code("hcl", "x = 1"), new Part.Code("hcl", code))), CAN);
    assertThat(words(pages))
        .contains("x = 1", "A text of " + code.length() + " characters is too long")
        .doesNotContain("line of code", "attached");
  }

  @Example
  void what_is_more_than_a_few_pages_says_so() {
    List<Part> parts =
        IntStream.range(0, 100).mapToObj(i -> Part.text("word ".repeat(100))).toList();
    List<Card> pages = Pages.of(card(parts), CAN);
    assertThat(pages).hasSize(6);
    assertThat(CardText.words(pages.getLast())).contains("There is more than can be shown");
  }
}
