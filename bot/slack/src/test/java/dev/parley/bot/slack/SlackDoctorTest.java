package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the doctor says of an installation in order, and of each that is not. */
class SlackDoctorTest {
  private static final String TEAM = FakeSlack.TEAM;
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final List<Inbound> inbox = Collections.synchronizedList(new ArrayList<>());
  private Optional<SlackSurface> opened = Optional.empty();

  @BeforeEach
  void least() {
    FakeTeam.OPTIONAL.forEach(slack.team(TEAM)::revoke);
    slack.channel("C1", TEAM);
    slack.add(FakeUser.member("U0ANN", TEAM));
  }

  @AfterEach
  void close() {
    opened.ifPresent(SlackSurface::close);
  }

  /** As the configuration has it, started as the doctor starts it. */
  private SlackSurface surface(String botToken, String appToken) {
    Form form =
        Form.of(
            "parley.yaml",
            Json.parsePlain(
                "{\"api\":\"%s\",\"workspaces\":{\"%s\":{\"botToken\":\"%s\",\"appToken\":\"%s\"}}}"
                    .formatted(slack.api(), TEAM, botToken, appToken)));
    SlackSurface surface =
        SlackSurface.open(SlackSettings.read(form).orElseThrow(), Clock.systemUTC());
    opened = Optional.of(surface);
    surface.start(inbox::add);
    return surface;
  }

  private SlackSurface surface() {
    return surface(slack.team(TEAM).botToken(), FakeSlack.APP_TOKEN);
  }

  private static List<String> wrong(SlackSurface surface) {
    return surface.examine().stream()
        .filter(finding -> !finding.check().ok())
        .map(finding -> finding.what() + ": " + finding.check().detail())
        .toList();
  }

  private static Check of(SlackSurface surface, String what) {
    return surface.examine().stream()
        .filter(finding -> finding.what().equals(what))
        .map(Doctor.Finding::check)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void with_the_manifest_as_it_is_nothing_is_missing() {
    SlackSurface surface = surface();
    assertThat(wrong(surface)).isEmpty();
    assertThat(surface.check().ok()).isTrue();
    assertThat(of(surface, TEAM + " scope channels:history").detail())
        .contains("need not be", "only what mentions Parley", "message.channels");
    assertThat(of(surface, TEAM + " scope groups:history").detail()).contains("message.groups");
  }

  static List<String> scopes() {
    return List.copyOf(new TreeSet<>(FakeTeam.LEAST));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void each_missing_scope_is_named_with_what_does_not_work_and_where_to_add_it(String scope) {
    slack.team(TEAM).revoke(scope);
    SlackSurface surface = surface();
    assertThat(wrong(surface)).singleElement().asString().contains("scope " + scope);
    Check check = of(surface, TEAM + " scope " + scope);
    assertThat(check.next().orElseThrow()).contains(scope, "OAuth & Permissions", "install");
    assertThat(surface.check().ok()).isFalse();
    assertThat(surface.check().detail()).contains("missing scopes " + scope);
  }

  @Test
  void a_wrong_bot_token_is_told_with_the_way_to_a_right_one() {
    SlackSurface surface = surface("xoxb-wrong", FakeSlack.APP_TOKEN);
    assertThat(wrong(surface)).containsExactly(TEAM + " token: auth.test: invalid_auth");
    assertThat(of(surface, TEAM + " token").next().orElseThrow())
        .contains("the token is wrong", "surfaces.slack.workspaces");
  }

  @Test
  void a_wrong_app_token_is_told_apart_from_the_bots() {
    SlackSurface surface = surface(slack.team(TEAM).botToken(), "xapp-wrong");
    assertThat(wrong(surface)).singleElement().asString().contains("deliveries", "invalid_auth");
    assertThat(of(surface, "deliveries").next().orElseThrow())
        .contains("the app token is wrong", "App-Level Tokens");
  }

  @Test
  void an_app_token_without_its_scope_is_told() {
    slack.team(TEAM).revokeOfApp("connections:write");
    SlackSurface surface = surface();
    assertThat(of(surface, "deliveries").next().orElseThrow())
        .contains("the app token lacks connections:write");
  }

  @Test
  void socket_mode_that_is_off_is_told() {
    slack.socketMode(false);
    SlackSurface surface = surface();
    assertThat(of(surface, "deliveries").detail()).contains("turned off");
    assertThat(of(surface, "deliveries").next().orElseThrow()).contains("turn it on");
  }

  private static Card card(String text) {
    return new Card(
        Card.Stage.NOTICE, Card.Tone.NEUTRAL, text, List.of(), List.of(), text, Fields.EMPTY);
  }

  @Test
  void a_channel_that_it_is_not_in_is_named_until_somebody_invites_it() {
    slack.foreignChannel("C7", TEAM);
    SlackSurface surface = surface();
    var there = new Place(SlackSurface.ID, TEAM, "C7", Optional.empty());
    assertThatThrownBy(() -> surface.post(there, card("x"), "k"))
        .isInstanceOf(SurfaceFailure.Refused.class);
    assertThat(wrong(surface)).singleElement().asString().contains("C7: not_in_channel");
    assertThat(surface.check().next().orElseThrow()).contains("/invite @parley");
    slack.invite("C7", TEAM);
    surface.post(there, card("x"), "k");
    assertThat(wrong(surface)).isEmpty();
  }

  @Test
  void a_token_that_is_taken_back_keeps_what_is_to_be_said_and_is_told() {
    SlackSurface surface = surface();
    slack.team(TEAM).revokeToken();
    var there = new Place(SlackSurface.ID, TEAM, "C1", Optional.empty());
    assertThatThrownBy(() -> surface.post(there, card("x"), "k"))
        .isInstanceOf(SurfaceFailure.Unreachable.class)
        .hasMessageContaining("token_revoked")
        .hasMessageContaining("the token was taken back");
    assertThat(wrong(surface)).containsExactly(TEAM + " token: auth.test: token_revoked");
    assertThat(surface.check().ok()).isFalse();
  }

  @Test
  void what_a_whisper_finds_another_way_around_is_no_fault_of_the_installation() {
    slack.foreignChannel("C7", TEAM);
    SlackSurface surface = surface();
    slack.command(TEAM, "U0ANN", "C7", "status");
    surface.whisper(inbox.getLast(), card("only for you"));
    assertThat(slack.whispered("U0ANN")).hasSize(1);
    assertThat(wrong(surface)).isEmpty();
    assertThat(surface.check().ok()).isTrue();
  }
}
