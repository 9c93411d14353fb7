package dev.parley.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.policy.BreakGlassRule;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsFileTest {
  private static final String SMALL =
      """
      tenants:
        acme:
          currency: EUR
          users:
            kim: {roles: [operator], people: ["slack:T1:U1"]}
          accounts:
            dev: {provider: sandbox, family: aws, region: eu-west-1, settings: {token: "${env:TOKEN}", delay: 5}}
      """;

  @Test
  void what_the_file_leaves_out_has_these_defaults() {
    Settings settings = read(SMALL);
    assertThat(settings.data()).isEqualTo(Path.of("/etc/parley/.parley"));
    assertThat(settings.console()).isTrue();
    assertThat(settings.web()).isEqualTo(new Settings.Web(true, "127.0.0.1", 7070, false));
    assertThat(settings.graph()).isEqualTo(new Settings.Graph(Duration.ofSeconds(10), 10_000));
    assertThat(settings.rules()).isEqualTo(new Settings.Rules(List.of(), List.of()));
    assertThat(settings.planLifetime()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.rates()).isEmpty();
    assertThat(settings.priceBooks()).isEmpty();
    var account = settings.tenants().getFirst().accounts().getFirst();
    assertThat(account.environment()).isEqualTo("development");
    assertThat(account.regions()).isEmpty();
    assertThat(account.monthlyBudget()).isEmpty();
    assertThat(account.whenChatIsDown()).isEqualTo(WhenChatIsDown.CONTINUE);
  }

  @Test
  void an_account_says_what_runs_do_while_the_chat_is_down() {
    String dev = "region: eu-west-1, ";
    Settings settings = read(SMALL.replace(dev, dev + "whenChatIsDown: wait, "));
    assertThat(settings.tenants().getFirst().accounts().getFirst().whenChatIsDown())
        .isEqualTo(WhenChatIsDown.WAIT);
    assertThatThrownBy(() -> read(SMALL.replace(dev, dev + "whenChatIsDown: sleep, ")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("sleep")
        .hasMessageContaining("continue, wait");
  }

  @Test
  void a_credential_stays_a_reference_until_a_call_needs_it() {
    Settings settings = read(SMALL);
    var account = settings.tenants().getFirst().accounts().getFirst();
    assertThat(account.settings().get("token")).contains(new Value.Secret("env:TOKEN"));
    assertThat(settings.secrets().look("env:TOKEN")).isEqualTo("t0p");
    assertThat(settings.toString()).doesNotContain("t0p");
  }

  @Test
  void a_person_is_found_by_surface_workspace_and_id_only() {
    var directory = new ConfiguredDirectory(read(SMALL).tenants());
    assertThat(directory.user("acme", new Person("slack", "T1", "U1"))).isPresent();
    assertThat(directory.user("acme", new Person("slack", "T2", "U1"))).isEmpty();
    assertThat(directory.user("other", new Person("slack", "T1", "U1"))).isEmpty();
  }

  @Test
  void every_mistake_is_named_with_its_line_and_what_to_do() {
    String text =
        """
        tenant: {}
        tenants:
          acme:
            currency: euro
            users:
              kim: {roles: [boss], people: ["slack:U1"]}
            accounts:
              dev: {provider: azur, family: aws, regions: [a], region: b, budget: lots}
        surfaces: {web: {bind: 0.0.0.0, port: 99999}}
        rates: [{from: USD, to: INR, rate: -1, asOf: today, source: x}]
        """;
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.problems().stream().map(Object::toString).toList())
                    .anyMatch(p -> p.contains("parley.yaml:1") && p.contains("tenants"))
                    .anyMatch(p -> p.contains("parley.yaml:4") && p.contains("ISO 4217"))
                    .anyMatch(
                        p ->
                            p.contains("'boss'") && p.contains("viewer, operator, approver, admin"))
                    .anyMatch(p -> p.contains("surface:workspace:id"))
                    .anyMatch(p -> p.contains("no such provider") && p.contains("sandbox"))
                    .anyMatch(p -> p.contains("not among the account's regions"))
                    .anyMatch(p -> p.contains("'lots'") && p.contains("500 USD"))
                    .anyMatch(p -> p.contains("0.0.0.0") && p.contains("127.0.0.1"))
                    .anyMatch(p -> p.contains("99999") && p.contains("65535"))
                    .anyMatch(p -> p.contains("greater than zero"))
                    .anyMatch(p -> p.contains("'today'")));
  }

  private static final String TWO =
      """
      tenants:
        acme:
          users:
            kim: {roles: [admin]}
            lee: {roles: [approver]}
          accounts:
            dev: {provider: sandbox, family: aws, region: eu-west-1}
      """;

  @Test
  void nobody_breaks_the_glass_unless_the_tenant_says_who() {
    assertThat(read(TWO).tenants().getFirst().breakGlass()).isEmpty();
    assertThat(read(TWO + "    breakGlass:\n").tenants().getFirst().breakGlass()).isEmpty();
    assertThat(
            read(TWO + "    breakGlass: {roles: [Admin], owners: [lee]}\n")
                .tenants()
                .getFirst()
                .breakGlass())
        .contains(
            new BreakGlassRule(
                Set.of(Role.ADMIN), Set.of(), false, List.of("lee"), Duration.ofHours(24)));
    assertThat(
            read(TWO
                    + "    breakGlass: {users: [lee], requester: true, owners: [kim, lee],"
                    + " reviewWithinHours: 4}\n")
                .tenants()
                .getFirst()
                .breakGlass())
        .contains(
            new BreakGlassRule(
                Set.of(), Set.of("lee"), true, List.of("kim", "lee"), Duration.ofHours(4)));
  }

  @Test
  void every_mistake_about_break_glass_is_named() {
    assertThatThrownBy(
            () ->
                read(
                    TWO
                        + "    breakGlass: {roles: [boss], users: [tom], owner: [kim],"
                        + " reviewWithinHours: 0, requester: maybe}\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("'boss'")
        .hasMessageContaining("'tom'")
        .hasMessageContaining("'owner'")
        .hasMessageContaining("somebody must be told")
        .hasMessageContaining("from 1 to 720")
        .hasMessageContaining("true or false");
    assertThatThrownBy(() -> read(TWO + "    breakGlass: {}\n"))
        .hasMessageContaining("break-glass is for somebody")
        .hasMessageContaining("somebody must be told");
    assertThatThrownBy(() -> read(TWO + "    breakGlass: {roles: [admin], owners: [kim]}\n"))
        .hasMessageContaining("nobody reviews themselves")
        .hasMessageContaining("name a second owner");
    assertThatThrownBy(() -> read(TWO + "    breakGlass: {roles: [operator], owners: [kim]}\n"))
        .hasMessageContaining("no user has such a role");
  }

  @Test
  void an_empty_file_says_what_is_missing() {
    assertThatThrownBy(() -> read("")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> read("data: x\n")).hasMessageContaining("no tenant");
  }

  @Test
  void the_page_binds_to_this_machine_only() {
    for (String bind : List.of("127.0.0.1", "::1", "localhost", "127.1.2.3")) {
      assertThat(read(SMALL + "surfaces: {web: {bind: '" + bind + "'}}\n").web().bind())
          .isEqualTo(bind);
    }
    for (String bind :
        List.of("0.0.0.0", "::", "192.168.1.4", "example.com", "127.0.0.1.example.com")) {
      assertThatThrownBy(() -> read(SMALL + "surfaces: {web: {bind: '" + bind + "'}}\n"))
          .hasMessageContaining("no login");
    }
  }

  @Test
  void the_demo_is_an_ordinary_file() throws Exception {
    try (var in = SettingsFile.class.getResourceAsStream("/demo.yaml")) {
      Settings demo = read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(demo.tenants().getFirst().accounts())
          .extracting("id")
          .containsExactly("aws-dev", "aws-prod", "azure-dev", "gcp-dev");
      assertThat(demo.tenants().getFirst().users()).allMatch(user -> user.demo());
    }
  }

  @Test
  void the_example_for_aws_is_whole_and_every_account_is_as_its_provider_wants_it()
      throws IOException {
    assumeTrue(
        ConfiguredAccounts.factories().containsKey("aws"), "there is no provider of kind aws here");
    Path example = Path.of(System.getProperty("basedir", "")).resolve("../examples/aws.yaml");
    Settings settings =
        SettingsFile.read(
            "aws.yaml",
            Files.readString(example),
            Path.of("/etc/parley"),
            Map.of(),
            ConfiguredAccounts.factories().keySet(),
            ConfiguredAccounts::mistakes);
    assertThat(settings.tenants().getFirst().accounts()).hasSize(2);
    assertThat(settings.tenants().getFirst().livePrices()).containsExactly("aws-dev");
    assertThat(settings.web().demoIdentities()).isFalse();
    assertThat(settings.toString()).contains("env:AWS_DEV_SECRET_KEY");
  }

  @Test
  void what_a_provider_does_not_understand_is_named_with_everything_else() {
    String text =
        SMALL
            .replace("delay: 5", "delay: 5, latencyy: 2")
            .replace("EUR", "euro")
            .replace("region: eu-west-1", "region: eu-west-1, prices: guessed");
    assertThatThrownBy(
            () ->
                SettingsFile.read(
                    "parley.yaml",
                    text,
                    Path.of("/etc/parley"),
                    Map.of("TOKEN", "t0p"),
                    Set.of("sandbox"),
                    ConfiguredAccounts::mistakes))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> {
              assertThat(invalid.getMessage()).contains("latencyy", "euro", "guessed");
              assertThat(invalid.getMessage()).doesNotContain("t0p");
            });
  }

  private static Settings read(String text) {
    return SettingsFile.read(
        "parley.yaml", text, Path.of("/etc/parley"), Map.of("TOKEN", "t0p"), Set.of("sandbox"));
  }
}
