package dev.parley.bot.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parley.bot.discord.fake.Rules;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.json.Json;
import dev.parley.identity.Person;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.messages.MessageCreateBuilder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever a card holds, Discord takes it, and nothing in it comes alive. */
class RendererTest {
  private static final List<String> NASTY =
      List.of(
          "@everyone",
          "@here",
          "<@123456789012345678>",
          "<#1234567890>",
          "<@&1234567890>",
          "```",
          "`x`",
          "[a](http://evil)",
          "**b**",
          "||s||",
          "# h",
          "> q",
          "- l",
          "-# s",
          "\u202e",
          "\n",
          "https://evil.example/x",
          "<https://evil.example>",
          "<:smile:12345678>",
          "</cmd:123456>",
          "<t:1:R>",
          "\\",
          "~~no~~",
          "_i_",
          "é",
          "\ud83d\ude00",
          "x".repeat(300));

  @Property(tries = 400)
  void any_card_is_within_the_limits(@ForAll("cards") Card card) {
    Rendered rendered = Renderer.of(card);
    Fields body = body(rendered);
    List<String> files = rendered.files().stream().map(FileUpload::getName).toList();
    assertThatCode(() -> Rules.message(body, files, true)).doesNotThrowAnyException();
  }

  @Property(tries = 400)
  void nothing_that_people_write_pings_links_or_leaves_its_block(@ForAll("words") String words) {
    String shown =
        text(
            Renderer.of(
                card(
                    words,
                    List.of(
                        Part.text(words),
                        new Part.Note(Prose.of(words)),
                        new Part.Text(Prose.of(new Prose.Bold(words), new Prose.Mono(words))),
                        new Part.Facts(List.of(new Part.Fact(words, Prose.of(words)))),
                        new Part.Tasks(List.of(new Part.Task(words, "running", words)), 0),
                        new Part.Findings(
                            List.of(
                                new Part.FindingLine("R-1", "HIGH", "deny", words, words, words)),
                            0)),
                    List.of())));
    assertThat(shown).doesNotContain("\u202e", "```");
    String unescaped = shown.replaceAll("\\\\.|`[^`\n]*`", "e");
    assertThat(unescaped).doesNotContain("@everyone", "@here");
    assertThat(unescaped).doesNotContainPattern("<[@#:/t]").doesNotContainPattern("\\]\\(http");
    assertThat(unescaped).doesNotContain("||", "~~").doesNotContainPattern("(?m)^(#|>)(?!## )");
  }

  @Property(tries = 200)
  void a_code_block_is_never_broken(@ForAll("words") String words) {
    String shown = text(Renderer.of(card("t", List.of(new Part.Code("yaml", words)), List.of())));
    String block = shown.substring(shown.indexOf("```"));
    assertThat(block.split("```", -1)).hasSize(3);
    assertThat(block.strip()).endsWith("```");
  }

  @Test
  void only_people_called_by_their_id_are_pinged() {
    var bob = new Person("discord", "1", "123456789012345678");
    var other = new Person("slack", "T1", "U1");
    Rendered rendered =
        Renderer.of(
            card(
                "t",
                List.of(
                    new Part.Text(
                        Prose.of(
                            new Prose.Mention(bob),
                            new Prose.Mention(other),
                            Prose.of("<@876543210987654321>")))),
                List.of()));
    assertThat(rendered.called()).containsExactly("123456789012345678");
    assertThat(text(rendered)).contains("<@123456789012345678>").doesNotContain("<@876");
  }

  @Test
  void a_moment_is_shown_in_the_readers_own_time() {
    Instant at = Instant.parse("2026-11-21T14:02:00Z");
    assertThat(DiscordText.of(new Prose.Time(at))).isEqualTo("<t:1795269720:f>");
  }

  @Test
  void a_link_leads_only_to_the_web() {
    assertThat(DiscordText.link("a", "javascript:alert(1)")).isEqualTo("a");
    assertThat(DiscordText.link("a]b", "https://x.example/y"))
        .isEqualTo("[a\\b](<https://x.example/y>)");
    assertThat(DiscordText.link("a", "https://x/)(<")).isEqualTo("a");
  }

  @Test
  void what_does_not_fit_goes_along_as_a_file() {
    var parts = new ArrayList<Part>();
    for (int i = 0; i < 60; i++) {
      parts.add(Part.text("paragraph " + i + " " + "x".repeat(200)));
    }
    Rendered rendered = Renderer.of(card("long", parts, List.of()));
    assertThat(rendered.files())
        .singleElement()
        .extracting(FileUpload::getName)
        .isEqualTo("card.txt");
    assertThat(text(rendered)).contains("all of it is attached");
  }

  private static Card card(String title, List<Part> parts, List<Button> buttons) {
    return new Card(Card.Stage.PLAN, Card.Tone.WARNING, title, parts, buttons, title, Fields.EMPTY);
  }

  private static Fields body(Rendered rendered) {
    try (var message =
        new MessageCreateBuilder().useComponentsV2().setComponents(rendered.components()).build()) {
      return (Fields) Json.parsePlain(message.toData().toString());
    }
  }

  private static String text(Rendered rendered) {
    var out = new StringBuilder();
    body(rendered).itemsAt("components").forEach(one -> words((Fields) one, out));
    return out.toString();
  }

  private static void words(Fields component, StringBuilder out) {
    component.text("content").ifPresent(text -> out.append(text).append('\n'));
    for (Value child : component.itemsAt("components")) {
      words((Fields) child, out);
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(NASTY)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(all -> "w" + String.join("", all));
  }

  @Provide
  Arbitrary<Card> cards() {
    Arbitrary<String> word = words();
    Arbitrary<Part> part =
        Arbitraries.oneOf(
            word.map(Part::text),
            word.map(text -> new Part.Note(Prose.of(text))),
            word.map(text -> new Part.Code("json", text)),
            word.map(text -> new Part.Link(text, "https://x.example/" + text.length())),
            word.list()
                .ofMaxSize(20)
                .map(
                    all ->
                        new Part.Changes(
                            all.stream().map(w -> new Part.ChangeLine("+", w, w, w)).toList(), 3)),
            word.list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(
                    all ->
                        new Part.Table(
                            List.of("a", "b"), all.stream().map(w -> List.of(w, w)).toList(), 0)),
            word.map(w -> new Part.Bars(w, List.of(new Part.Bar(w, 0.5, "1")))),
            word.map(w -> new Part.Image(file("p.png", "image/png"), w)),
            word.map(w -> new Part.Attached(file(w, "text/csv"))));
    Arbitrary<List<Button>> buttons =
        word.list()
            .ofMaxSize(5)
            .map(
                labels -> {
                  var all = new ArrayList<Button>();
                  labels.forEach(
                      label ->
                          all.add(
                              new Button(
                                  Button.Style.PLAIN, label, "t" + all.size(), Optional.empty())));
                  return all;
                });
    return Combinators.combine(word, part.list().ofMaxSize(30), buttons).as(RendererTest::card);
  }

  private static Part.Attachment file(String name, String type) {
    return new Part.Attachment(name, type, new byte[] {1}, Optional.empty());
  }
}
