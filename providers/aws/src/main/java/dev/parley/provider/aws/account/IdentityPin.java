package dev.parley.provider.aws.account;

import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sees to it that what was approved for one account never happens in another: before anything is
 * changed, the credentials must belong to the configured account number, or else to the one that
 * was seen first. Asked again when other credentials sign, and every hour.
 */
public final class IdentityPin {
  private static final Duration FRESH = Duration.ofHours(1);

  private final String account;
  private final Optional<String> configured;
  private final Path file;
  private final Clock clock;
  private Optional<Seen> seen = Optional.empty();

  private record Seen(String accessKey, Instant at) {}

  /**
   * @param account the account's id in the configuration
   * @param configured the number it must have, if that is configured
   * @param folder where the number first seen is kept
   */
  public IdentityPin(String account, Optional<String> configured, Path folder, Clock clock) {
    this.account = account;
    this.configured = configured;
    this.file = folder.resolve("account-number");
    this.clock = clock;
  }

  /**
   * Ends quietly if the credentials belong to the right account.
   *
   * @param operation what is about to be done
   * @param accessKey the key that signs now
   * @param ask asks the provider whose credentials they are
   * @throws ProviderException.Refused if they belong to another
   */
  public synchronized void assure(
      String operation, Supplier<String> accessKey, Supplier<String> ask) {
    String key = accessKey.get();
    Instant now = clock.instant();
    if (seen.filter(last -> last.accessKey().equals(key) && fresh(last, now)).isPresent()) {
      return;
    }
    String number = ask.get();
    Optional<String> expected = configured.or(this::first);
    if (expected.isEmpty()) {
      keep(number);
    } else if (!expected.get().equals(number)) {
      throw new ProviderException.Refused(
          Facts.unsent(account, operation, other(expected.get(), number)));
    }
    seen = Optional.of(new Seen(key, now));
  }

  private static boolean fresh(Seen last, Instant now) {
    return now.isBefore(last.at().plus(FRESH)) && !now.isBefore(last.at());
  }

  private String other(String expected, String number) {
    return "nothing was changed: the credentials of "
        + account
        + " belong to AWS account "
        + number
        + ", but "
        + (configured.isPresent()
            ? "accountId says " + expected + "; give it credentials of " + expected
            : "until now they belonged to "
                + expected
                + "; give it credentials of that account, or set accountId if the change is meant");
  }

  private Optional<String> first() {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void keep(String number) {
    try {
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, number + "\n");
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ProviderException unreadable(IOException e) {
    return new ProviderException.Refused(
        Facts.unsent(
            account,
            "identity",
            "nothing was changed: "
                + file
                + " tells which AWS account this is and can't be read or written ("
                + e.getMessage()
                + "); mend the data folder, or set accountId"));
  }
}
