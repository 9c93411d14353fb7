package dev.parley.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
  private static final List<String> MARKUP =
      List.of(
          "innerHTML",
          "outerHTML",
          "insertAdjacentHTML",
          "document.write",
          "createContextualFragment",
          "DOMParser",
          "srcdoc",
          "setHTML",
          "eval(",
          "new Function",
          "javascript:",
          "import(");

  private static String file(String name) {
    try (var in = PageFilesTest.class.getResourceAsStream("page/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.js", "cards.js", "tabs.js"})
  void no_script_of_the_page_can_turn_text_into_markup(String name) {
    assertThat(file(name))
        .hasSizeGreaterThan(1000)
        .doesNotContain(MARKUP)
        .doesNotContain("http://cdn", "https://cdn");
  }

  @Test
  void a_link_out_of_a_card_is_checked_wherever_it_is_drawn() {
    assertThat(file("cards.js").split("href: ", -1))
        .hasSizeGreaterThan(3)
        .allSatisfy(after -> assertThat(after).matches("(?s)(safeLink\\(|// Draws cards).*"));
  }

  @Test
  void the_page_has_no_script_style_or_handler_of_its_own_that_the_policy_would_have_to_allow() {
    assertThat(file("index.html"))
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContain("<style")
        .doesNotContainPattern(" on[a-z]+=")
        .doesNotContain(" style=")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
  }

  @Test
  void the_page_draws_every_kind_of_text_and_of_part() {
    String script = file("cards.js");
    assertThat(Prose.class.getPermittedSubclasses())
        .allSatisfy(kind -> assertThat(script).contains("case '" + kind.getSimpleName() + "'"));
    assertThat(Part.class.getPermittedSubclasses())
        .allSatisfy(kind -> assertThat(script).contains("\n  " + kind.getSimpleName() + ": ("));
  }

  @Test
  void every_file_of_the_page_is_served_with_its_type() {
    try (var server = new PageServer(Map.of("/", new StaticServlet()));
        var client = new PageClient(server.at())) {
      var types =
          Map.of(
              "",
              "text/html;charset=utf-8",
              "app.js",
              "text/javascript;charset=utf-8",
              "cards.js",
              "text/javascript;charset=utf-8",
              "tabs.js",
              "text/javascript;charset=utf-8",
              "style.css",
              "text/css;charset=utf-8",
              "icon.svg",
              "image/svg+xml");
      types.forEach(
          (path, type) -> {
            var answer = client.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(type);
            assertThat(PageClient.text(answer))
                .isEqualTo(file(path.isEmpty() ? "index.html" : path));
          });
    }
  }
}
