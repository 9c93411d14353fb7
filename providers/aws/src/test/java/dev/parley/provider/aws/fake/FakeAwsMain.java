package dev.parley.provider.aws.fake;

import dev.parley.provider.aws.fake.world.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The stand-in as a program of its own: {@code FakeAwsMain FOLDER PORT}, port 0 for any. It prints
 * {@code listening on PORT}, keeps everything in the folder and goes on after any end.
 *
 * <p>It has the accounts 111111111111 and 222222222222, each with a user {@code parley} and a role
 * {@code operator} that both may take with the external id {@code tenant-} and the account.
 */
public final class FakeAwsMain {
  private FakeAwsMain() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2) {
      System.err.println("usage: FakeAwsMain FOLDER PORT");
      System.exit(2);
    }
    FakeAws aws =
        FakeAws.builder().folder(Path.of(args[0])).port(Integer.parseInt(args[1])).start();
    furnish(aws);
    System.out.println("listening on " + aws.endpoint().getPort());
    Thread.currentThread().join();
  }

  /** The two accounts with their users and roles. */
  static void furnish(FakeAws aws) {
    for (String account : Set.of(FakeAwsHarness.ONE, FakeAwsHarness.TWO)) {
      aws.user(account, "parley");
      aws.role(
          new Role(
              account,
              "operator",
              Set.of(FakeAwsHarness.ONE, FakeAwsHarness.TWO),
              Optional.of("tenant-" + account),
              Set.of(),
              Duration.ofHours(1)));
    }
  }
}
