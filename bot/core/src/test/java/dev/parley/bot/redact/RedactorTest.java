package dev.parley.bot.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {
  /** Put together here, so that no scanner takes this file for a leak. */
  private static final List<String> SECRETS =
      List.of(
          "AKIA" + "IOSFODNN7EXAMPLE",
          "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
          "xo" + "xb-123456789012-abcdefABCDEF",
          "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
          "sk" + "_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
          "eyJhbGciOiJIUzI1NiJ9"
              + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0"
              + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U");

  @Test
  void credentials_are_taken_out_by_their_shapes() {
    for (String secret : SECRETS) {
      Redaction redaction = Redactor.redact("make a bucket with " + secret + " please");
      assertThat(redaction.text())
          .doesNotContain(secret)
          .startsWith("make a bucket with ")
          .endsWith(" please")
          .contains("[redacted: ");
      assertThat(redaction.found()).hasSize(1);
    }
  }

  @Test
  void a_private_key_goes_with_all_its_lines() {
    String pem =
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA " + "PRIVATE KEY-----";
    assertThat(Redactor.redact("here: " + pem + " ok").text())
        .isEqualTo("here: [redacted: private key] ok");
  }

  @Test
  void what_stands_behind_password_goes_if_it_looks_random() {
    assertThat(Redactor.redact("db password=Tr0ub4dor&3xYz").text())
        .isEqualTo("db password=[redacted: password or token]");
    assertThat(Redactor.redact("api_key: 9f8e7d6c5b4a3f2e1d0c").found())
        .containsExactly("password or token");
    assertThat(Redactor.redact("postgres://ann:s3cretPass@db/x").text())
        .isEqualTo("postgres://ann:[redacted: password in an address]@db/x");
  }

  @Test
  void ordinary_requests_are_left_alone() {
    for (String text :
        List.of(
            "two web servers behind a load balancer, max ₹1500/day",
            "create AWS::SQS::Queue jobs VisibilityTimeout=60",
            "password=env:DB_PASSWORD",
            "secret rotation every 30 days",
            "a token bucket: ten",
            "put web-1 into eu-west-1 instead",
            "approve p-42 with digest"
                + " 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")) {
      assertThat(Redactor.redact(text)).isEqualTo(new Redaction(text, List.of()));
    }
  }

  @Test
  void a_hostile_text_does_not_take_long() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          Redactor.redact("password".repeat(2_500));
          Redactor.redact("aws".repeat(6_000));
          Redactor.redact("-----BEGIN PRIVATE KEY-----".repeat(700));
          Redactor.redact("a.".repeat(10_000) + "://");
        });
  }
}
