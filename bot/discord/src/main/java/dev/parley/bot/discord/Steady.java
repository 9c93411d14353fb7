package dev.parley.bot.discord;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps a bot below the fifty calls a second that Discord takes of it in all: a few at once, then
 * one after another. The SDK knows the limit of each channel, and hears of this one only by being
 * refused; who is refused too often is shut out. Answers to presses and commands are not counted.
 *
 * @see <a href="https://docs.discord.com/developers/topics/rate-limits">Rate limits</a>
 */
final class Steady implements Interceptor {
  private static final int AT_ONCE = 4;
  private static final long APART = Duration.ofSeconds(1).toNanos() / 42;
  private static final List<String> UNCOUNTED = List.of("/webhooks/", "/interactions/");

  private long next = System.nanoTime();

  @Override
  public Response intercept(Chain chain) throws IOException {
    String path = chain.request().url().encodedPath();
    if (UNCOUNTED.stream().noneMatch(path::contains)) {
      waits(turn(System.nanoTime()));
    }
    return chain.proceed(chain.request());
  }

  /** Nanoseconds until the next call may be made, which is taken. */
  synchronized long turn(long now) {
    next = Math.max(next, now - AT_ONCE * APART) + APART;
    return Math.max(0, next - now);
  }

  private static void waits(long nanos) throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for its turn");
    }
  }
}
