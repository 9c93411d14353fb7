package dev.parley.bot.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardTextTest {
  @Test
  void a_card_is_a_box_with_signs_bars_and_numbered_buttons() {
    Card card =
        card(
            List.of(
                new Part.Changes(
                    List.of(
                        new Part.ChangeLine("-", "old", "Bucket", ""),
                        new Part.ChangeLine("+", "web-1", "Instance", "aws-dev ap-south-1")),
                    3),
                new Part.Bars(
                    "Cost a month",
                    List.of(
                        new Part.Bar("web-1", 1, "$30.00"), new Part.Bar("old", 0.5, "$15.00"))),
                new Part.Findings(
                    List.of(
                        new Part.FindingLine("R-1", "high", "deny", "old", "is open", "close it")),
                    0)));
    assertThat(CardText.render(card, 60))
        .isEqualTo(
            """
            ╭─ ! p-1 v1: two things ───────────────────────────────────╮
            │ - old    Bucket                                          │
            │ + web-1  Instance  aws-dev ap-south-1                    │
            │   and 3 more                                             │
            │                                                          │
            │ Cost a month                                             │
            │ web-1  ███████████████████████  $30.00                   │
            │ old    ███████████▌             $15.00                   │
            │                                                          │
            │ ■ high R-1 (deny)  old: is open                          │
            │   → close it                                             │
            │                                                          │
            │ [1] Approve  [2] Reject                                  │
            ╰──────────────────────────────────────────────────────────╯\
            """
                .replace("[1] A", "[1]\u00a0A")
                .replace("[2] R", "[2]\u00a0R"));
  }

  @Test
  void no_line_is_wider_than_asked_for_whatever_it_says() {
    String long1 = "word ".repeat(100) + "x".repeat(300) + " 日本語".repeat(40);
    Card card =
        card(
            List.of(
                Part.text(long1),
                new Part.Facts(List.of(new Part.Fact("label ".repeat(20), Prose.of(long1)))),
                new Part.Table(List.of("a", "b", "c"), List.of(List.of(long1, long1, long1)), 2),
                new Part.Code("text", long1),
                new Part.Tasks(List.of(new Part.Task(long1, "running", long1)), 0)));
    for (int columns : new int[] {40, 60, 80, 120}) {
      assertThat(CardText.lines(card, columns))
          .allMatch(line -> Columns.width(line) == columns, "exactly " + columns + " columns");
    }
  }

  @Test
  void a_table_far_too_wide_becomes_a_paragraph_for_each_row() {
    String wide = "x".repeat(30);
    var table =
        new Part.Table(
            List.of("name", "a", "b", "c", "d"), List.of(List.of("one", wide, "", wide, wide)), 0);
    assertThat(CardText.render(card(List.of(table)), 80))
        .contains("■ one", "a " + wide + " · c " + wide)
        .doesNotContain("b ·");
  }

  @Test
  void escape_sequences_and_reordering_marks_are_gone() {
    Card card =
        card(
            List.of(
                Part.text("red \u001b[31malert\u001b[0m \u202Eesrever \u0007bell"),
                new Part.Code("text", "a\u001b]0;title\u0007b")));
    assertThat(CardText.render(card, 80))
        .doesNotContain("\u001b")
        .doesNotContain("\u202E")
        .doesNotContain("\u0007")
        .contains("alert");
  }

  private static Card card(List<Part> parts) {
    var buttons =
        List.of(
            new Button(Button.Style.PRIMARY, "Approve", "t.0", Optional.empty()),
            new Button(Button.Style.DANGER, "Reject", "t.1", Optional.empty()));
    return new Card(
        Card.Stage.PLAN,
        Card.Tone.WARNING,
        "p-1 v1: two things",
        parts,
        buttons,
        "two things",
        Fields.EMPTY);
  }
}
