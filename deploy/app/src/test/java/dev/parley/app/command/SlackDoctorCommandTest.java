package dev.parley.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley doctor} as people run it, against the stand-in for Slack. */
class SlackDoctorCommandTest {
  @TempDir Path home;
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final FakeTeam team = slack.team(FakeSlack.TEAM);

  private record Said(int code, String out) {}

  @BeforeEach
  void asTheManifestHasIt() throws IOException {
    FakeTeam.OPTIONAL.forEach(team::revoke);
    Files.writeString(home.resolve("bot-token"), team.botToken());
    Files.writeString(home.resolve("app-token"), FakeSlack.APP_TOKEN);
  }

  private Said doctor() throws IOException {
    Path file = home.resolve("parley.yaml");
    Files.writeString(
        file,
        """
        data: kept
        tenants:
          acme:
            users: {kim: {roles: [operator], people: ["slack:%1$s:U1"]}}
            accounts: {dev: {provider: sandbox, family: aws, region: eu-west-1}}
        surfaces:
          slack:
            api: %2$s
            workspaces:
              %1$s:
                botToken: "${file:bot-token}"
                appToken: "${file:app-token}"
                channels: {C1: {}}
        """
            .formatted(FakeSlack.TEAM, slack.api()));
    var bytes = new ByteArrayOutputStream();
    PrintStream former = System.out;
    int code;
    try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      code = ParleyCommand.line().execute("doctor", "--config", file.toString(), "--patience", "0");
    } finally {
      System.setOut(former);
    }
    return new Said(code, bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void with_the_manifest_as_it_is_all_is_well_and_reading_channels_is_an_option()
      throws IOException {
    Said said = doctor();
    assertThat(said.out())
        .contains("scope chat:write", "not granted, and need not be")
        .doesNotContain("FAILED");
    assertThat(said.code()).isZero();
  }

  @Test
  void a_missing_scope_is_told_with_where_to_add_it() throws IOException {
    team.revoke("files:write");
    Said said = doctor();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("FAILED", "scope files:write", "OAuth & Permissions, Bot Token Scopes");
  }

  @Test
  void a_wrong_app_token_is_told_apart_from_the_bots_and_never_printed() throws IOException {
    Files.writeString(home.resolve("app-token"), "xapp-of-another-app");
    Said said = doctor();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("FAILED", "deliveries", "the app token is wrong")
        .doesNotContain("xapp-of-another-app", team.botToken());
  }
}
