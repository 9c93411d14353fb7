package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.value.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackSettingsTest {
  private static Form form(String json) {
    return Form.of("parley.yaml", Json.parsePlain(json));
  }

  @Test
  void the_defaults_are_socket_mode_against_slack_itself() {
    var settings =
        SlackSettings.read(
                form(
                    "{\"workspaces\":{\"T012\":{\"botToken\":\"xoxb-1\",\"appToken\":\"xapp-1\"}}}"))
            .orElseThrow();
    assertThat(settings.mode()).isEqualTo(SlackSettings.Mode.SOCKET);
    assertThat(settings.api()).isEqualTo("https://slack.com/api/");
    assertThat(settings.bind()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8788);
    assertThat(settings.path()).isEqualTo("/slack/events");
    assertThat(settings.workspaces().get("T012"))
        .isEqualTo(new SlackSettings.Workspace("xoxb-1", Optional.of("xapp-1")));
  }

  @Test
  void all_mistakes_come_at_once() {
    Form form =
        form(
            "{\"mode\":\"http\",\"port\":70000,\"path\":\"slack\",\"api\":\"http://x\",\"prot\":1,"
                + "\"workspaces\":{\"acme\":{\"botToken\":\"xoxp-1\",\"appToken\":\"\",\"x\":1}}}");
    assertThat(SlackSettings.read(form)).isEmpty();
    assertThat(form.problems())
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            "parley.yaml#/workspaces/acme",
            "parley.yaml#/workspaces/acme/botToken",
            "parley.yaml#/workspaces/acme/appToken",
            "parley.yaml#/workspaces/acme/x",
            "parley.yaml#/signingSecret",
            "parley.yaml#/port",
            "parley.yaml#/path",
            "parley.yaml#/api",
            "parley.yaml#/prot");
  }

  @Test
  void without_workspaces_it_says_so() {
    Form form = form("{}");
    assertThat(SlackSettings.read(form)).isEmpty();
    assertThat(form.problems()).singleElement().asString().contains("no workspace");
  }

  @Test
  void no_token_stands_in_its_text() {
    var workspace = new SlackSettings.Workspace("xoxb-secret", Optional.of("xapp-secret"));
    var settings = SlackSettings.socket(java.util.Map.of("T0", workspace));
    assertThat(settings + " " + workspace).doesNotContain("secret");
  }
}
