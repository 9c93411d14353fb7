package dev.parley.provider.aws.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.provider.ProviderException;
import dev.parley.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityPinTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  @TempDir Path folder;
  private String key = "AKIA1";
  private String owner = "111111111111";
  private int asked;

  @Test
  void the_configured_account_is_asked_for_once() {
    IdentityPin pin = pin(Optional.of("111111111111"));
    assure(pin);
    assure(pin);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void credentials_of_another_account_are_refused_with_both_numbers() {
    owner = "222222222222";
    assertThatThrownBy(() -> assure(pin(Optional.of("111111111111"))))
        .isInstanceOf(ProviderException.Refused.class)
        .hasMessageContaining("111111111111")
        .hasMessageContaining("222222222222")
        .hasMessageContaining("nothing was changed");
  }

  @Test
  void the_account_seen_first_stays_the_account_over_a_restart() {
    assure(pin(Optional.empty()));
    owner = "222222222222";
    assertThatThrownBy(() -> assure(pin(Optional.empty())))
        .isInstanceOf(ProviderException.Refused.class)
        .hasMessageContaining("until now they belonged to 111111111111");
  }

  @Test
  void other_credentials_are_asked_about_again() {
    IdentityPin pin = pin(Optional.empty());
    assure(pin);
    key = "AKIA2";
    owner = "222222222222";
    assertThatThrownBy(() -> assure(pin)).isInstanceOf(ProviderException.Refused.class);
  }

  @Test
  void after_an_hour_it_is_asked_again() {
    IdentityPin pin = pin(Optional.empty());
    assure(pin);
    clock.advance(Duration.ofMinutes(59));
    assure(pin);
    assertThat(asked).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    assure(pin);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void an_answer_that_did_not_come_pins_nothing() {
    IdentityPin pin = pin(Optional.empty());
    assertThatThrownBy(
            () ->
                pin.assure(
                    "create",
                    () -> key,
                    () -> {
                      throw new IllegalStateException("no answer");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder).isEmptyDirectory();
    assure(pin);
    assertThat(asked).isEqualTo(1);
  }

  private IdentityPin pin(Optional<String> configured) {
    return new IdentityPin("one", configured, folder, clock);
  }

  private void assure(IdentityPin pin) {
    pin.assure(
        "create",
        () -> key,
        () -> {
          asked++;
          return owner;
        });
  }
}
