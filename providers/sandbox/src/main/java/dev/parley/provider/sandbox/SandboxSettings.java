package dev.parley.provider.sandbox;

import dev.parley.engine.json.Form;
import dev.parley.provider.sandbox.cloud.Fault;
import dev.parley.provider.sandbox.cloud.Profile;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account of kind {@code sandbox} may be told.
 *
 * @param endpoint where a {@link SandboxMain} listens; empty means in this process
 * @param timeout how long to wait for an answer over HTTP
 * @param concurrency how many calls at once
 * @param durable whether what it holds survives the process
 */
record SandboxSettings(
    Optional<URI> endpoint,
    Duration timeout,
    int concurrency,
    boolean durable,
    Profile profile,
    List<Fault> faults) {

  /**
   * Reads them.
   *
   * @throws dev.parley.value.Invalid with every mistake
   */
  static SandboxSettings read(String where, Fields settings) {
    Form form = Form.of(where, settings);
    Optional<URI> endpoint = form.text("endpoint").flatMap(text -> endpoint(form, text));
    BigDecimal timeout = atLeast(form, "timeout", "0.01").orElse(BigDecimal.TEN);
    int concurrency = atLeast(form, "concurrency", "1").map(BigDecimal::intValue).orElse(64);
    boolean durable = form.flag("durable", true);
    double rate = atLeast(form, "rate", "0").orElse(BigDecimal.ZERO).doubleValue();
    var profile =
        new Profile(
            form.text("seed").orElse("parley"),
            atLeast(form, "latency", "0").orElse(BigDecimal.ZERO).doubleValue(),
            rate,
            atLeast(form, "burst", "1").map(BigDecimal::doubleValue).orElse(Math.max(1, rate * 2)),
            quotas(form),
            atLeast(form, "pageSize", "1").map(BigDecimal::intValue).orElse(100));
    List<Fault> faults = Fault.all(form, "faults");
    if (endpoint.isPresent()) {
      for (String name :
          List.of("durable", "seed", "latency", "rate", "burst", "quotas", "pageSize", "faults")) {
        if (settings.get(name).isPresent()) {
          form.wrong(
              name,
              "'" + name + "' beside 'endpoint'",
              "the process at the endpoint decides this",
              "give it to that process, or leave 'endpoint' out");
        }
      }
    } else if (settings.get("timeout").isPresent()) {
      form.wrong(
          "timeout",
          "'timeout' without 'endpoint'",
          "a cloud in this process answers at once",
          "leave it out");
    }
    form.done();
    form.check();
    return new SandboxSettings(
        endpoint,
        Duration.ofMillis(timeout.movePointRight(3).longValue()),
        concurrency,
        durable,
        profile,
        faults);
  }

  private static Optional<URI> endpoint(Form form, String text) {
    try {
      URI uri = URI.create(text);
      if ("http".equals(uri.getScheme())
          && List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(uri.getHost()))) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    form.wrong(
        "endpoint",
        "'" + text + "'",
        "a simulated cloud listens on this machine only",
        "write http://127.0.0.1:PORT");
    return Optional.empty();
  }

  private static Optional<BigDecimal> atLeast(Form form, String name, String least) {
    Optional<BigDecimal> number = form.number(name);
    if (number.isPresent() && number.get().compareTo(new BigDecimal(least)) < 0) {
      form.wrong(
          name,
          number.get().toPlainString(),
          "it is at least " + least,
          "write a number from " + least + " on");
    }
    return number;
  }

  private static Map<String, Integer> quotas(Form form) {
    Form each = form.object("quotas");
    var quotas = new HashMap<String, Integer>();
    for (String type : each.names()) {
      atLeast(each, type, "0").ifPresent(number -> quotas.put(type, number.intValue()));
    }
    each.done();
    return quotas;
  }
}
