package dev.parley.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Place;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChatFormTest {
  private static final String TENANTS =
      """
      tenants:
        acme:
          users: {kim: {roles: [operator], people: ["slack:T1:U1"]}}
          accounts:
            dev: {provider: sandbox, family: aws, region: eu-west-1}
            prod: {provider: sandbox, family: aws, region: eu-west-1}
        globex:
          users: {lee: {roles: [approver], people: ["slack:T1:U2"]}}
          accounts:
            lab: {provider: sandbox, family: gcp, region: europe-west1}
      """;

  @Test
  void each_channel_belongs_to_a_tenant_with_its_accounts() {
    Chat chat =
        read("""
        surfaces:
          slack:
            workspaces:
              T1:
                tenant: acme
                botToken: "${env:BOT}"
                appToken: "${env:APP}"
                channels:
                  C1: {accounts: [dev]}
                  C2: {tenant: globex, changes: false, strangersRead: true}
        """)
            .getFirst();
    assertThat(chat.routes().surface()).isEqualTo("slack");
    assertThat(chat.routes().ground("acme", place("C1")))
        .isEqualTo(new Ground(true, true, Set.of("dev"), false));
    assertThat(chat.routes().ground("globex", place("C2")))
        .isEqualTo(new Ground(true, false, Set.of(), true));
    assertThat(chat.routes().tenants("T1")).containsExactly("acme", "globex");
  }

  @Test
  void the_surface_gets_its_own_settings_only_and_tokens_as_references() {
    Chat chat =
        read("""
        surfaces:
          slack: {mode: socket, workspaces: {T1: {botToken: "${env:BOT}", channels: {C1: {}}}}}
        """)
            .getFirst();
    Value.Fields team = chat.own().fieldsAt("workspaces").fieldsAt("T1");
    assertThat(team.fields()).containsOnlyKeys("botToken");
    assertThat(team.get("botToken")).contains(new Value.Secret("env:BOT"));
    assertThat(chat.own().text("mode")).contains("socket");
    assertThat(chat.toString()).doesNotContain("xoxb-1");
  }

  @Test
  void guilds_of_discord_are_its_workspaces() {
    Chat chat =
        read("""
        surfaces:
          discord: {token: "${env:BOT}", workspaces: {"12345": {tenant: globex, channels: {"67890": {}}}}}
        """)
            .getFirst();
    assertThat(chat.own().get("guilds")).contains(Value.texts(List.of("12345")));
    assertThat(chat.own().get("workspaces")).isEmpty();
    assertThat(chat.routes().tenants()).containsExactly("globex");
  }

  @Test
  void what_is_left_out_or_switched_off_is_not_there() {
    assertThat(read("")).isEmpty();
    assertThat(read("surfaces: {slack: {}}\n")).isEmpty();
    assertThat(
            read("surfaces: {slack: {enabled: false, workspaces: {T1: {channels: {C1: {}}}}}}\n"))
        .isEmpty();
  }

  @Test
  void every_mistake_is_told_at_once_with_its_line() {
    String text =
        """
        surfaces:
          slack:
            workspaces:
              T1:
                tenant: acmee
                channels:
                  C1: {accounts: [dev, lab]}
                  C2: {tenant: globex, accounts: [prod]}
                  C3: {chnages: true}
                  C4: {changes: perhaps}
                  C5: all
          discord:
            workspaces:
              "12345": {tenat: globex, channels: {"1": {}}}
          teams: {}
        """;
    int first = TENANTS.lines().toList().size();
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> {
              List<String> told = invalid.problems().stream().map(Object::toString).toList();
              assertThat(told)
                  .anyMatch(has(first + 5, "'acmee'", "known: acme, globex"))
                  .anyMatch(has(first + 8, "'prod'", "globex has no such account"))
                  .anyMatch(has(first + 9, "'chnages'", "changes"))
                  .anyMatch(has(first + 10, "perhaps"))
                  .anyMatch(has(first + 11, "object is expected"))
                  .anyMatch(has(first + 14, "'tenat'", "tenant"))
                  .anyMatch(has(first + 15, "'teams'"));
            });
  }

  @Test
  void an_account_of_another_tenant_is_none_of_ones_own() {
    assertThatThrownBy(
            () ->
                read(
                    "surfaces: {slack: {workspaces: {T1: {channels: {C1: {accounts: [lab]}}}}}}\n"))
        .hasMessageContaining("'lab'")
        .hasMessageContaining("acme has no such account");
  }

  @Test
  void a_platform_without_a_workspace_is_told_how_to_write_one() {
    assertThatThrownBy(() -> read("surfaces: {slack: {mode: socket}}\n"))
        .hasMessageContaining("nobody would be heard")
        .hasMessageContaining("workspaces: {T123:");
  }

  private static java.util.function.Predicate<String> has(int line, String... words) {
    return told ->
        told.contains("parley.yaml:" + line) && List.of(words).stream().allMatch(told::contains);
  }

  private static Place place(String channel) {
    return new Place("slack", "T1", channel, Optional.empty());
  }

  private static List<Chat> read(String surfaces) {
    return SettingsFile.read(
            "parley.yaml",
            TENANTS + surfaces,
            Path.of("/etc/parley"),
            Map.of("BOT", "xoxb-1", "APP", "xapp-1"),
            Set.of("sandbox"))
        .chats();
  }
}
