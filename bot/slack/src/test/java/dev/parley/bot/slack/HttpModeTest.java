package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.slack.fake.SignedRequests;
import dev.parley.bot.surface.Inbound;
import dev.parley.testkit.SettableClock;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpModeTest {
  private static final String SECRET = "shhh";
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final List<Inbound> inbox = Collections.synchronizedList(new ArrayList<>());
  private SlackSurface surface;
  private SignedRequests requests;

  @BeforeEach
  void open() {
    slack.channel("C1", FakeSlack.TEAM);
    slack.add(FakeUser.member("U0ANN", FakeSlack.TEAM));
    surface = SlackSurface.open(settings(Optional.of(SECRET)), clock);
    surface.start(inbox::add);
    URI at = URI.create("http://127.0.0.1:" + surface.port().orElseThrow() + "/slack/events");
    requests = new SignedRequests(at, SECRET, clock);
    slack.deliverTo(requests);
  }

  private SlackSettings settings(Optional<String> secret) {
    return new SlackSettings(
        Map.of(
            FakeSlack.TEAM,
            new SlackSettings.Workspace(slack.team(FakeSlack.TEAM).botToken(), Optional.empty())),
        SlackSettings.Mode.HTTP,
        secret,
        "127.0.0.1",
        0,
        "/slack/events",
        slack.api());
  }

  @AfterEach
  void close() {
    surface.close();
  }

  @Test
  void events_interactions_and_commands_come_by_signed_requests() {
    slack.team(FakeSlack.TEAM).revoke("channels:history");
    slack.mention(FakeSlack.TEAM, "U0ANN", "C1", Optional.empty(), "two &amp; three servers");
    slack.command(FakeSlack.TEAM, "U0ANN", "C1", "status + more");
    assertThat(inbox)
        .extracting(one -> ((Inbound.Said) one).text())
        .containsExactly("two & three servers", "/parley status + more");
    assertThat(slack.faults()).isEmpty();
  }

  @Test
  void the_address_is_confirmed_only_to_slack() {
    String body = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw\"}";
    String time = Long.toString(clock.instant().getEpochSecond());
    var answer =
        requests.post(body, "application/json", time, SignedRequests.signature(SECRET, time, body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("3eZbrw");
    assertThat(requests.post(body, "application/json", time, "v0=00").statusCode()).isEqualTo(401);
  }

  @Test
  void forged_old_future_and_replayed_requests_reach_nobody() {
    String body = "{\"type\":\"event_callback\",\"event_id\":\"Ev1\"}";
    long now = clock.instant().getEpochSecond();
    for (long time : List.of(now - 360, now + 3600)) {
      String signature = SignedRequests.signature(SECRET, "" + time, body);
      assertThat(requests.post(body, "application/json", "" + time, signature).statusCode())
          .isEqualTo(401);
    }
    String wrong = SignedRequests.signature("guess", "" + now, body);
    assertThat(requests.post(body, "application/json", "" + now, wrong).statusCode())
        .isEqualTo(401);
    String good = SignedRequests.signature(SECRET, "" + now, body);
    assertThat(requests.post(body, "application/json", "" + now, good).statusCode()).isEqualTo(200);
    assertThat(requests.post(body, "application/json", "" + now, good).statusCode()).isEqualTo(401);
    assertThat(inbox).isEmpty();
  }

  @Test
  void what_could_not_be_kept_is_not_acknowledged() {
    surface.close();
    surface = SlackSurface.open(settings(Optional.of(SECRET)), clock);
    surface.start(
        _ -> {
          throw new IllegalStateException("the disk is full");
        });
    slack.deliverTo(
        new SignedRequests(
            URI.create("http://127.0.0.1:" + surface.port().orElseThrow() + "/slack/events"),
            SECRET,
            clock));
    slack.command(FakeSlack.TEAM, "U0ANN", "C1", "status");
    assertThat(slack.faults()).containsExactly("slash_commands was answered with 503");
  }

  @Test
  void it_does_not_start_without_a_signing_secret() {
    assertThatThrownBy(() -> settings(Optional.empty())).hasMessageContaining("signing secret");
  }
}
