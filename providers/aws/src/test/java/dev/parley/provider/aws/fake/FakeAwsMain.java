package dev.parley.provider.aws.fake;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The stand-in as a program of its own: {@code FakeAwsMain FOLDER PORT [MILLIS]}, port 0 for any.
 * It prints {@code listening on PORT}, keeps everything in the folder and goes on after any end.
 * Callers are asked to wait so many milliseconds between two looks at a request, by default 1000.
 *
 * <p>It has the accounts of {@link FakeAccounts#furnish}.
 */
public final class FakeAwsMain {
  private FakeAwsMain() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length < 2 || args.length > 3) {
      System.err.println("usage: FakeAwsMain FOLDER PORT [MILLIS]");
      System.exit(2);
    }
    FakeAws aws =
        FakeAws.builder()
            .folder(Path.of(args[0]))
            .port(Integer.parseInt(args[1]))
            .retryAfter(Duration.ofMillis(args.length > 2 ? Long.parseLong(args[2]) : 1000))
            .start();
    FakeAccounts.furnish(aws);
    System.out.println("listening on " + aws.endpoint().getPort());
    Thread.currentThread().join();
  }
}
