package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.engine.json.Yaml;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manifest asks for what is needed, and for nothing else. */
class SlackScopesTest {
  private static Fields manifest() throws IOException {
    Path file = Path.of("../../deploy/slack/manifest.yaml");
    return (Fields) Yaml.parse("manifest.yaml", Files.readString(file)).value();
  }

  private static Set<String> texts(List<Value> items) {
    return items.stream()
        .map(item -> ((Value.Text) item).text())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> scopes() throws IOException {
    return texts(manifest().fieldsAt("oauth_config").fieldsAt("scopes").itemsAt("bot"));
  }

  @Test
  void the_manifest_asks_for_what_the_doctor_calls_needed() throws IOException {
    assertThat(scopes())
        .isEqualTo(
            Scope.ALL.stream()
                .filter(Scope::needed)
                .map(Scope::name)
                .collect(Collectors.toCollection(TreeSet::new)))
        .isEqualTo(new TreeSet<>(FakeTeam.LEAST));
    assertThat(Scope.ALL.stream().filter(one -> !one.needed()).map(Scope::name))
        .containsExactlyInAnyOrderElementsOf(FakeTeam.OPTIONAL);
  }

  @Test
  void what_the_methods_and_events_need_is_asked_for_and_nothing_besides() throws IOException {
    try (var slack = new FakeSlack()) {
      Set<String> needed =
          slack.needs().values().stream()
              .flatMap(Collection::stream)
              .filter(scope -> !FakeTeam.OPTIONAL.contains(scope))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(scopes()).isEqualTo(needed);
    }
  }

  @Test
  void the_manifest_subscribes_to_the_events_of_its_scopes() throws IOException {
    try (var slack = new FakeSlack()) {
      for (String event :
          texts(
              manifest()
                  .fieldsAt("settings")
                  .fieldsAt("event_subscriptions")
                  .itemsAt("bot_events"))) {
        assertThat(slack.needs()).as(event).containsKey(event);
        assertThat(scopes()).as(event).containsAll(slack.needs().get(event));
      }
    }
  }
}
