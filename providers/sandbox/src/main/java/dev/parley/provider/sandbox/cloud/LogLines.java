package dev.parley.provider.sandbox.cloud;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a simulated resource writes: a few lines when it comes up, then one each minute. */
final class LogLines {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private LogLines() {}

  /** Lines from an instant on, oldest first, at most so many of the newest. */
  static List<Value> of(Item item, String kind, Instant since, Instant now, int limit) {
    var lines = new ArrayList<Value>();
    List<String> first = first(item, kind);
    for (int i = 0; i < first.size(); i++) {
      add(lines, item.ready().plusSeconds(i), item, first.get(i), since, now);
    }
    Instant start = item.ready().plus(PERIOD);
    Instant from = since.isAfter(start) ? since : start;
    long periods = Math.max(0, Duration.between(start, from).dividedBy(PERIOD));
    Instant latest = now.minus(PERIOD.multipliedBy(limit));
    if (latest.isAfter(start)) {
      periods = Math.max(periods, Duration.between(start, latest).dividedBy(PERIOD));
    }
    for (Instant at = start.plus(PERIOD.multipliedBy(periods));
        !at.isAfter(now);
        at = at.plus(PERIOD)) {
      if (kind.isEmpty()) {
        break;
      }
      add(lines, at, item, later(item, kind, at), since, now);
    }
    return List.copyOf(lines.subList(Math.max(0, lines.size() - limit), lines.size()));
  }

  private static void add(
      List<Value> lines, Instant at, Item item, String text, Instant since, Instant now) {
    if (!at.isBefore(since) && !at.isAfter(now)) {
      lines.add(
          Fields.of("at", Value.text(at.toString()))
              .with("source", Value.text(item.name()))
              .with("text", Value.text(text)));
    }
  }

  private static List<String> first(Item item, String kind) {
    return switch (kind) {
      case "machine" ->
          List.of(
              "kernel: Linux version 6.12.0 booting on " + item.name(),
              "cloud-init: finished, datasource found",
              "systemd: Reached target multi-user.target");
      case "database" ->
          List.of(
              "LOG: starting database system",
              "LOG: database system is ready to accept connections");
      case "balancer" -> List.of("listener configuration applied");
      case "function" -> List.of("INIT_START runtime ready");
      case "container" -> List.of("task started", "service has reached a steady state");
      case "cluster" -> List.of("control plane is ready", "authenticator started");
      default -> List.of();
    };
  }

  private static String later(Item item, String kind, Instant at) {
    var dice = new Dice(item.key() + "|" + at.getEpochSecond());
    return switch (kind) {
      case "machine" -> "systemd: Started session " + (1 + dice.roll(900)) + " of service user";
      case "database" -> "LOG: checkpoint complete: wrote " + dice.roll(500) + " buffers";
      case "balancer" -> "GET / HTTP/1.1 200 " + dice.roll(40) + "ms";
      case "function" ->
          "REPORT RequestId: " + dice.uuid() + " Duration: " + (1 + dice.roll(90)) + ".00 ms";
      case "container" -> "health check passed in " + (1 + dice.roll(30)) + " ms";
      case "cluster" -> "apiserver: " + (20 + dice.roll(200)) + " requests in the last minute";
      default -> "";
    };
  }
}
