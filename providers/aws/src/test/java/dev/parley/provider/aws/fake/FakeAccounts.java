package dev.parley.provider.aws.fake;

import dev.parley.identity.Account;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.world.Role;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Two accounts of the stand-in, {@code one} and {@code two}, as a provider is configured with them.
 *
 * <p>The SDK judges a session's end by the wall's clock, the stand-in by its own. A test that moves
 * the clock uses {@link #account}, not {@link #accountByRole}.
 */
public final class FakeAccounts {
  /** The first account's number. */
  public static final String ONE = "111111111111";

  /** The second account's number. */
  public static final String TWO = "222222222222";

  /** Where the samples live. */
  public static final String REGION = "ap-south-1";

  private FakeAccounts() {}

  /**
   * Gives a stand-in its two accounts: in each a user {@code parley} and a role {@code operator}
   * that both accounts may take, with the external id {@code tenant-} and the account's number.
   */
  public static void furnish(FakeAws aws) {
    for (String number : List.of(ONE, TWO)) {
      aws.user(number, "parley");
      aws.role(
          new Role(
              number,
              "operator",
              Set.of(ONE, TWO),
              Optional.of("tenant-" + number),
              Set.of("web-token-of-" + number),
              Duration.ofHours(1)));
    }
  }

  /** The number of the account {@code one} or {@code two}. */
  public static String number(String name) {
    return switch (name) {
      case "one" -> ONE;
      case "two" -> TWO;
      default -> throw new IllegalArgumentException("no account " + name);
    };
  }

  /** An account that signs with its user's own key. */
  public static Account account(FakeAws aws, String name) {
    return account(name, settings(aws.endpoint(), number(name)));
  }

  /** An account that takes the role {@code operator} with the first account's user. */
  public static Account accountByRole(FakeAws aws, String name) {
    String number = number(name);
    Fields role =
        Fields.of("arn", Value.text("arn:aws:iam::" + number + ":role/operator"))
            .with("externalId", Value.text("tenant-" + number))
            .with("session", Value.text("parley-" + name))
            .with("lasts", Value.text("15m"));
    return account(
        name,
        settings(aws.endpoint(), ONE).with("accountId", Value.text(number)).with("role", role));
  }

  /** An account whose cloud is not there. */
  public static Account unreachable() {
    return account("one", settings(URI.create("http://127.0.0.1:1"), ONE));
  }

  /** An account of kind {@code aws} with these settings. */
  public static Account account(String name, Fields settings) {
    return new Account(
        "demo",
        name,
        "aws",
        "aws",
        REGION,
        List.of(),
        "development",
        Map.of(),
        Optional.empty(),
        Set.of(),
        settings);
  }

  /** The settings of an account with its user's own key. */
  public static Fields settings(URI endpoint, String number) {
    return Fields.of("accountId", Value.text(number))
        .with("endpoint", Value.text(endpoint.toString()))
        .with(
            "credentials",
            Fields.of("accessKey", new Secret("fake:" + number + "/id"))
                .with("secretKey", new Secret("fake:" + number + "/secret")));
  }

  /** Looks up the accounts' keys; asks somebody else for all other secrets. */
  public static Function<String, String> secrets(Function<String, String> others) {
    return reference -> {
      for (String number : List.of(ONE, TWO)) {
        AccessKey key = FakeAws.key(number, "parley");
        if (reference.equals("fake:" + number + "/id")) {
          return key.id();
        }
        if (reference.equals("fake:" + number + "/secret")) {
          return key.secret();
        }
      }
      return others.apply(reference);
    };
  }
}
