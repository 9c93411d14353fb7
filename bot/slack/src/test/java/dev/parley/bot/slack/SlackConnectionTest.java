package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.bot.surface.Inbound;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that ends, in each way that it can; and what is said of it meanwhile. */
class SlackConnectionTest {
  private static final String TEAM = FakeSlack.TEAM;
  @AutoClose private final FakeSlack slack = new FakeSlack();
  private final List<Inbound> inbox = Collections.synchronizedList(new ArrayList<>());
  private Optional<SlackSurface> opened = Optional.empty();

  @BeforeEach
  void people() {
    slack.channel("C1", TEAM);
    slack.add(FakeUser.member("U0ANN", TEAM));
  }

  @AfterEach
  void close() {
    opened.ifPresent(SlackSurface::close);
  }

  private SlackSurface start() {
    SlackSurface surface = SlackSurface.open(SlackRig.settings(slack), Clock.systemUTC());
    opened = Optional.of(surface);
    surface.start(inbox::add);
    return surface;
  }

  private void say(String words) {
    slack.say(TEAM, "U0ANN", "C1", Optional.empty(), words);
  }

  private List<String> heard() {
    return inbox.stream().map(one -> ((Inbound.Said) one).text()).toList();
  }

  private void connected(SlackSurface surface) {
    FakeSlack.await("a connection", () -> surface.check().ok());
  }

  @Test
  void what_comes_while_slack_has_the_connection_refreshed_is_taken_and_bears_one_id() {
    start();
    for (int i = 0; i < 5; i++) {
      slack.refresh();
      say("message " + i);
    }
    assertThat(heard().stream().distinct())
        .containsExactly("message 0", "message 1", "message 2", "message 3", "message 4");
    assertThat(inbox.stream().map(Inbound::delivery).distinct()).hasSize(5);
    assertThat(slack.faults()).isEmpty();
  }

  @Test
  void a_connection_that_slack_closes_is_opened_anew() {
    SlackSurface surface = start();
    slack.dropConnections();
    FakeSlack.await("the new connection", () -> slack.calls("apps.connections.open") == 2);
    say("after going away");
    assertThat(heard()).containsExactly("after going away");
    connected(surface);
  }

  @Test
  void a_connection_that_breaks_without_a_word_is_opened_anew() {
    SlackSurface surface = start();
    slack.cutConnections();
    FakeSlack.await("the new connection", () -> slack.calls("apps.connections.open") >= 2);
    say("after the cut");
    assertThat(heard()).containsExactly("after the cut");
    connected(surface);
  }

  @Test
  void a_connection_that_is_dead_and_does_not_know_is_noticed() {
    SlackSurface surface = start();
    int before = slack.calls("apps.connections.open");
    slack.deaf(true);
    FakeSlack.await("a new attempt", () -> slack.calls("apps.connections.open") > before);
    assertThat(surface.check().ok()).isFalse();
    slack.deaf(false);
    connected(surface);
    say("alive again");
    assertThat(heard()).containsExactly("alive again");
  }

  @Test
  void it_says_so_while_slack_gives_no_new_address_and_goes_on_as_soon_as_there_is_one() {
    SlackSurface surface = start();
    slack.error("apps.connections.open", 1000, "internal_error");
    slack.dropConnections();
    FakeSlack.await("the reason", () -> surface.check().detail().contains("internal_error"));
    assertThat(surface.check().ok()).isFalse();
    slack.well();
    connected(surface);
    say("after the outage");
    assertThat(heard()).containsExactly("after the outage");
    assertThat(slack.connections()).isEqualTo(1);
  }

  @Test
  void it_starts_without_slack_and_connects_when_slack_is_there() {
    slack.down("apps.connections.open", 1000);
    SlackSurface surface = start();
    assertThat(surface.check().ok()).isFalse();
    slack.well();
    connected(surface);
    say("at last");
    assertThat(heard()).containsExactly("at last");
  }

  @Test
  void an_event_whose_acknowledgement_was_lost_comes_again_as_the_same_delivery() {
    start();
    slack.loseAcknowledgement();
    say("once");
    assertThat(heard()).containsExactly("once", "once");
    assertThat(inbox.get(0).delivery()).isEqualTo(inbox.get(1).delivery());
    assertThat(slack.faults()).isEmpty();
  }

  @Test
  void socket_mode_that_was_turned_off_is_named_and_turned_on_again_it_goes_on() {
    SlackSurface surface = start();
    slack.socketMode(false);
    FakeSlack.await("the reason", () -> surface.check().detail().contains("turned off"));
    assertThat(surface.check().next().orElseThrow()).contains("Socket Mode: turn it on");
    slack.socketMode(true);
    connected(surface);
    say("on again");
    assertThat(heard()).containsExactly("on again");
  }

  @Test
  void two_apps_have_a_connection_each_and_one_that_is_lost_is_told_apart() {
    slack.install(new FakeTeam("T0SECOND", "xapp-1-second"));
    SlackSurface surface =
        SlackSurface.open(
            SlackSettings.socket(
                    Map.of(
                        TEAM,
                        new SlackSettings.Workspace(
                            slack.team(TEAM).botToken(), Optional.of(FakeSlack.APP_TOKEN)),
                        "T0SECOND",
                        new SlackSettings.Workspace(
                            slack.team("T0SECOND").botToken(), Optional.of("xapp-1-wrong"))))
                .at(slack.api()),
            Clock.systemUTC());
    opened = Optional.of(surface);
    surface.start(inbox::add);
    say("heard all the same");
    assertThat(heard()).containsExactly("heard all the same");
    assertThat(surface.check().detail()).contains("invalid_auth");
    assertThat(surface.check().next().orElseThrow()).contains("the app token is wrong");
  }
}
