package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.identity.Person;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A card of each stage with each kind of part, as Discord is sent it. */
class CardKindsTest extends OnDiscord {
  private static final Part.Attachment PICTURE = file("plan.png", "image/png");

  private static Part.Attachment file(String name, String type) {
    return new Part.Attachment(name, type, name.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static List<Part> parts() {
    var person = new Person("discord", FakeDiscord.GUILD, FakeDiscord.SELF);
    return List.of(
        new Part.Text(
            Prose.of(
                Prose.of("two servers for "),
                new Prose.Bold("shop"),
                new Prose.Mono("web-1"),
                new Prose.Link("docs", "https://example.org/docs"),
                new Prose.Mention(person))),
        new Part.Facts(List.of(new Part.Fact("cost", Prose.of("₹1,500 a day")))),
        new Part.Table(List.of("name", "type"), List.of(List.of("web-1", "vm")), 3),
        new Part.Changes(
            List.of(
                new Part.ChangeLine("+", "web-1", "vm", "small"),
                new Part.ChangeLine("-", "old", "vm", "")),
            490),
        new Part.Tasks(
            List.of(
                new Part.Task("web-1", "done", "3 s"), new Part.Task("web-2", "failed", "quota")),
            1),
        new Part.Findings(
            List.of(
                new Part.FindingLine(
                    "AWS-S3-001", "high", "deny", "bucket/logs", "it is public", "close it")),
            0),
        new Part.Bars("a month", List.of(new Part.Bar("now", 0.4, "$4"))),
        new Part.Code("hcl", "resource \"x\" {}"),
        new Part.Image(PICTURE, "a graph of two servers"),
        new Part.Attached(file("plan.json", "application/json")),
        new Part.Note(Prose.of("as of 09:00 UTC")),
        new Part.Link("the run", "https://example.org/r-1"));
  }

  private static Card card(Card.Stage stage) {
    var confirm = new Button.Confirm("Approve p-1 v1?", "- old", "Approve", "Not yet");
    return new Card(
        stage,
        Card.Tone.WARNING,
        "p-1 v1: two servers",
        parts(),
        List.of(
            new Button(Button.Style.PRIMARY, "Approve", "t.0", Optional.of(confirm)),
            new Button(Button.Style.DANGER, "Reject", "t.1", Optional.empty()),
            new Button(Button.Style.PLAIN, "Details", "t.2", Optional.empty())),
        "p-1 v1 waits for approval",
        Fields.EMPTY);
  }

  @ParameterizedTest
  @EnumSource(Card.Stage.class)
  void a_card_is_taken_shown_and_changed(Card.Stage stage) {
    start(false);
    MessageRef posted = surface.post(CHANNEL, card(stage), "k");
    surface.edit(posted, card(stage), 2);
    var shown = discord.of(FakeDiscord.CHANNEL).getFirst();
    assertThat(shown.text())
        .contains("two servers", "web-1", "AWS", "1,500", "resource \"x\"", "[Approve]", "a graph");
    var labels = new ArrayList<String>();
    shown.buttons().forEach(one -> labels.add(one.text("label").orElse("")));
    assertThat(labels).containsExactly("Approve", "Reject", "Details");
    assertThat(discord.wrongs()).isEmpty();
  }
}
