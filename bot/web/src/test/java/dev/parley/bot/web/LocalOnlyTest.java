package dev.parley.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalOnlyTest {
  private final AtomicInteger reached = new AtomicInteger();
  private PageServer server;
  private String us;

  /** Answers everything, and counts. */
  private final class Behind extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      reached.incrementAndGet();
      response.getOutputStream().write("in".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @BeforeEach
  void start() {
    open();
  }

  private void open(HttpConfiguration.Customizer... customizers) {
    server = new PageServer(Map.of("/", new Behind()), customizers);
    us = "127.0.0.1:" + server.port();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Wire.Reply send(String line, String... headers) {
    return Wire.send(server.port(), line, List.of(headers), new byte[0]);
  }

  private void refused(Wire.Reply reply, String why) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains(why);
    assertThat(reached).hasValue(0);
  }

  private void let(Wire.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reached).hasValue(1);
  }

  @Test
  void the_own_page_is_let_in() {
    let(send("GET /", "Host: " + us));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:", "[::1]:", "127.0.0.1:"})
  void every_loopback_name_with_our_port_is_ours(String name) {
    let(send("GET /", "Host: " + name + server.port()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:%d",
        "127.0.0.1.evil.example:%d",
        "localhost.evil.example:%d",
        "127.0.0.1",
        "localhost",
        "0.0.0.0:%d",
        "127.0.0.1:1",
        "10.0.0.7:%d"
      })
  void another_host_a_rebound_name_or_a_wrong_port_is_refused(String host) {
    refused(send("GET /", "Host: " + host.formatted(server.port())), "names another host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "https://127.0.0.1:%d",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:%d",
        "http://127.0.0.1:%d.evil.example"
      })
  void another_origin_is_refused_on_every_path_and_method(String origin) {
    String header = "Origin: " + origin.formatted(server.port());
    for (String line :
        List.of(
            "GET /", "GET /api/session", "POST /api/say", "POST /sparql", "GET /sparql?query=x")) {
      refused(send(line, "Host: " + us, header, "X-Parley: 1"), "(Origin)");
    }
  }

  @Test
  void our_own_origin_is_let_in() {
    let(
        send(
            "POST /api/say",
            "Host: " + us,
            "Origin: http://" + us,
            "Sec-Fetch-Site: same-origin",
            "X-Parley: 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "what-comes-later"})
  void another_sites_page_may_neither_read_nor_change(String site) {
    for (String line :
        List.of(
            "GET /api/session",
            "GET /api/events?as=ann",
            "POST /api/say",
            "POST /sparql",
            "GET /sparql?query=x")) {
      refused(
          send(
              line,
              "Host: " + us,
              "Sec-Fetch-Site: " + site,
              "Sec-Fetch-Mode: no-cors",
              "X-Parley: 1"),
          "another site");
    }
  }

  @Test
  void a_link_from_elsewhere_may_open_the_page_but_post_nothing() {
    refused(
        send(
            "POST /api/say",
            "Host: " + us,
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            "X-Parley: 1"),
        "another site");
    let(send("GET /", "Host: " + us, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/say",
        "PUT /api/say",
        "DELETE /api/say",
        "OPTIONS /api/say",
        "POST /",
        "POST /sparql/",
        "POST /sparqlx",
        "POST //sparql"
      })
  void a_changing_request_without_our_header_is_refused(String line) {
    var reply = send(line, "Host: " + us);
    assertThat(reply.status()).isIn(400, 403);
    assertThat(reached).hasValue(0);
  }

  @Test
  void a_query_may_be_posted_without_our_header() {
    let(send("POST /sparql", "Host: " + us));
  }

  @Test
  void a_peer_from_another_machine_is_refused() {
    server.close();
    open(new ForwardedRequestCustomizer()); // the only way to another peer address without a second
    // machine
    refused(send("GET /", "Host: " + us, "X-Forwarded-For: 203.0.113.7"), "its own machine only");
    refused(send("GET /", "Host: " + us, "X-Forwarded-For: [2001:db8::7]"), "its own machine only");
    let(send("GET /", "Host: " + us, "X-Forwarded-For: 127.0.0.9"));
  }

  @Test
  void every_answer_bears_the_security_headers_even_a_refusal() {
    for (Wire.Reply reply :
        List.of(
            send("GET /", "Host: " + us),
            send("GET /", "Host: evil.example"),
            send("POST /api/say", "Host: " + us))) {
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("Content-Security-Policy"))
          .contains(
              "default-src 'none'",
              "script-src 'self';",
              "frame-ancestors 'none'",
              "form-action 'none'")
          .doesNotContain("unsafe");
      assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }
}
