package dev.parley.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final String TENANTS =
      """
      data: kept
      tenants:
        acme:
          users: {kim: {roles: [operator], people: ["slack:T1:U1"]}}
          accounts: {dev: {provider: sandbox, family: aws, region: eu-west-1}}
      """;

  @TempDir Path home;

  private record Said(int code, String out) {}

  @Test
  void where_all_is_well_every_part_is_named_and_the_exit_code_is_0() throws IOException {
    Said said = doctor("");
    assertThat(said.out()).contains("ok      ").doesNotContain("FAILED");
    assertThat(said.code()).isZero();
  }

  @Test
  void every_mistake_in_the_settings_of_every_platform_is_told_with_its_cure() throws IOException {
    Files.writeString(home.resolve("app-token"), "xoxb-this-is-the-bots\n");
    Said said =
        doctor(
            """
            surfaces:
              slack:
                workspaces:
                  T0123ABC:
                    botToken: "${env:PARLEY_TEST_TOKEN_THAT_IS_NOT_SET}"
                    appToken: "${file:app-token}"
                    channels: {C1: {}}
              discord:
                token: "${file:nowhere}"
                workspaces: {"12345": {channels: {"67890": {}}}}
            """);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains(
            "FAILED  surface slack: surfaces.slack#/workspaces/T0123ABC/botToken",
            "the environment has no PARLEY_TEST_TOKEN_THAT_IS_NOT_SET",
            "set it before Parley starts",
            "surfaces.slack#/workspaces/T0123ABC/appToken",
            "does not begin with xapp-",
            "FAILED  surface discord: surfaces.discord#/token",
            "nowhere can't be read")
        .doesNotContain("xoxb-this-is-the-bots");
    assertThat(said.out().split("PARLEY_TEST_TOKEN_THAT_IS_NOT_SET\n", -1))
        .as("a missing token is told once")
        .hasSize(2);
  }

  @Test
  void a_platform_that_cannot_be_reached_is_told_and_the_exit_code_is_1() throws IOException {
    Files.writeString(home.resolve("bot-token"), "xoxb-1");
    Files.writeString(home.resolve("app-token"), "xapp-1");
    Said said =
        doctor(
            """
            surfaces:
              slack:
                api: http://127.0.0.1:1/api/
                workspaces:
                  T0123ABC:
                    botToken: "${file:bot-token}"
                    appToken: "${file:app-token}"
                    channels: {C1: {}}
            """);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("FAILED  surface slack T0123ABC token", "check the way to Slack")
        .contains("Slack gave no address to connect to")
        .doesNotContain("xoxb-1", "xapp-1", "Cannot invoke");
  }

  private Said doctor(String surfaces) throws IOException {
    Path file = home.resolve("parley.yaml");
    Files.writeString(file, TENANTS + surfaces);
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
}
