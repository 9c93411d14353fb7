package dev.parley.bot.slack;

import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import com.slack.api.socket_mode.response.AckResponse;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that comes over a connection, on its reading thread. Deliveries of one channel are taken one
 * after another in the order in which they came; what concerns the connection itself is handed on
 * to the SDK, which tells its listeners nothing of it.
 *
 * <p>Slack waits three seconds for an acknowledgement, which comes after the delivery is on disk.
 * So that a burst is not kept one by one, channels don't wait for each other; and the threads that
 * take are the platform's, which run beside whatever work the burst begins, while virtual ones
 * would stand in line behind it.
 */
final class Incoming implements SocketModeMessageQueue, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
  private static final int TAKERS = 8;

  private final SocketModeClient client;
  private final SocketModeMessageQueue next;
  private final Front front;
  private final Signals signals;
  private final List<ExecutorService> taking =
      Stream.generate(
              () ->
                  Executors.newSingleThreadExecutor(
                      Thread.ofPlatform().daemon().name("slack takes").factory()))
          .limit(TAKERS)
          .toList();

  /** What the connection tells of itself. */
  interface Signals {
    /** Something came. */
    void heard();

    /** Slack has greeted: from now on deliveries come. */
    void greeted();

    /** Socket Mode was turned off. */
    void disabled();
  }

  Incoming(SocketModeClient client, Front front, Signals signals) {
    this.client = client;
    this.next = client.getMessageQueue();
    this.front = front;
    this.signals = signals;
  }

  @Override
  public void add(String message) {
    signals.heard();
    Fields read;
    try {
      read = Payload.read(message);
    } catch (Invalid e) {
      LOG.warn("slack: something that is no JSON came: {}", e.getMessage());
      return;
    }
    Optional<String> envelope = read.text("envelope_id");
    if (envelope.isPresent()) {
      take(message, read, envelope.get());
      return;
    }
    String type = read.text("type").orElse("");
    boolean off =
        type.equals("disconnect") && read.text("reason").equals(Optional.of("link_disabled"));
    if (off) {
      signals.disabled();
      return;
    }
    if (type.equals("hello")) {
      signals.greeted();
    }
    next.add(message);
  }

  private void take(String message, Fields envelope, String id) {
    try {
      taker(envelope)
          .execute(
              () -> {
                if (front.takes(message, envelope)) {
                  acknowledge(id);
                }
              });
    } catch (RejectedExecutionException e) {
      LOG.info("slack: a delivery came while the connection was being closed; it comes again");
    }
  }

  /** Always the same one for a channel. */
  private ExecutorService taker(Fields envelope) {
    Fields payload = envelope.fieldsAt("payload");
    Fields event = payload.fieldsAt("event");
    String channel =
        event
            .text("channel")
            .or(() -> event.fieldsAt("item").text("channel"))
            .or(() -> payload.fieldsAt("channel").text("id"))
            .or(() -> payload.text("channel_id"))
            .orElse("");
    return taking.get(Math.floorMod(channel.hashCode(), TAKERS));
  }

  private void acknowledge(String id) {
    try {
      client.sendSocketModeResponse(new AckResponse(id));
    } catch (RuntimeException e) {
      LOG.info("slack: an acknowledgement did not go out, so it comes again: {}", e.getMessage());
    }
  }

  @Override
  public @Nullable String poll() {
    return next.poll();
  }

  @Override
  public void close() {
    taking.forEach(ExecutorService::shutdownNow);
  }
}
