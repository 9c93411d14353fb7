package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.slack.fake.SignedRequests;
import dev.parley.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private final SettableClock clock = new SettableClock(Instant.ofEpochSecond(1_531_420_618));
  private final Verifier verifier = new Verifier(SECRET, clock);

  private Optional<String> send(String time, String body, String signature) {
    return verifier.refuse(
        Optional.of(time), Optional.of(signature), body.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> signed(Instant at, String body) {
    String time = Long.toString(at.getEpochSecond());
    return send(time, body, SignedRequests.signature(SECRET, time, body));
  }

  @Test
  void the_example_of_slacks_reference_is_taken() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    assertThat(
            send(
                "1531420618",
                body,
                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"))
        .isEmpty();
  }

  @Test
  void another_secret_is_refused() {
    String time = Long.toString(clock.instant().getEpochSecond());
    assertThat(send(time, "{}", SignedRequests.signature("other", time, "{}")))
        .contains("its signature is wrong");
  }

  @Test
  void a_tampered_body_is_refused() {
    String time = Long.toString(clock.instant().getEpochSecond());
    String signature = SignedRequests.signature(SECRET, time, "{\"a\":1}");
    assertThat(send(time, "{\"a\":2}", signature)).contains("its signature is wrong");
    assertThat(send(time, "{\"a\":1} ", signature)).contains("its signature is wrong");
  }

  @Test
  void five_minutes_are_the_border_in_the_past_and_in_the_future() {
    Instant now = clock.instant();
    assertThat(signed(now.minusSeconds(300), "a")).isEmpty();
    assertThat(signed(now.plusSeconds(300), "b")).isEmpty();
    assertThat(signed(now.minusSeconds(301), "c")).isPresent();
    assertThat(signed(now.plusSeconds(301), "d")).isPresent();
    assertThat(signed(now.plusSeconds(3600), "e")).isPresent();
  }

  @Test
  void an_exact_replay_is_refused_as_long_as_its_time_would_be_taken() {
    Instant now = clock.instant();
    Instant ahead = now.plusSeconds(299);
    assertThat(signed(ahead, "x")).isEmpty();
    assertThat(signed(ahead, "x")).contains("it was here before");
    clock.advance(Duration.ofSeconds(598));
    assertThat(signed(ahead, "x")).contains("it was here before");
    clock.advance(Duration.ofSeconds(2));
    assertThat(signed(ahead, "x")).isPresent();
  }

  @Test
  void what_could_not_be_taken_may_come_again() {
    assertThat(signed(clock.instant(), "x")).isEmpty();
    verifier.forget(
        Long.toString(clock.instant().getEpochSecond()), "x".getBytes(StandardCharsets.UTF_8));
    assertThat(signed(clock.instant(), "x")).isEmpty();
  }

  @Test
  void no_signature_or_a_strange_time_is_refused() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(verifier.refuse(Optional.empty(), Optional.of("v0=1"), body)).isPresent();
    assertThat(verifier.refuse(Optional.of("now"), Optional.of("v0=1"), body)).isPresent();
    assertThat(verifier.refuse(Optional.of("1531420618"), Optional.empty(), body)).isPresent();
  }

  @Test
  void without_a_secret_there_is_no_verifier() {
    assertThatThrownBy(() -> new Verifier(" ", clock)).hasMessageContaining("signing secret");
  }
}
