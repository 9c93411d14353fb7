package dev.parley.bot.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets only this machine's own page in: the peer is a loopback address, Host is a loopback name
 * with our port (so that a name rebound to 127.0.0.1 is refused), and Origin, where a browser sends
 * one, is our own. A request that changes something must also bear a header that no foreign page
 * can send without asking first.
 */
public final class LocalOnly implements Filter {
  /** The header every changing request bears. */
  public static final String HEADER = "X-Parley";

  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "[::1]");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var http = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    answer.setHeader("X-Content-Type-Options", "nosniff");
    answer.setHeader("X-Frame-Options", "DENY");
    answer.setHeader("Referrer-Policy", "no-referrer");
    answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    answer.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
            + " 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'");
    Optional<String> refusal = refusal(http);
    if (refusal.isPresent()) {
      answer.setStatus(403);
      answer.setContentType("text/plain;charset=utf-8");
      answer.getOutputStream().write((refusal.get() + "\n").getBytes(StandardCharsets.UTF_8));
      return;
    }
    chain.doFilter(request, response);
  }

  private static Optional<String> refusal(HttpServletRequest request) {
    if (!loopback(request.getRemoteAddr())) {
      return Optional.of("Refused: this page has no login and serves its own machine only.");
    }
    String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
    boolean ours =
        NAMES.stream().anyMatch(name -> host.equals(name + ":" + request.getLocalPort()));
    if (!ours) {
      return Optional.of(
          "Refused: the Host header names another host; open http://127.0.0.1:"
              + request.getLocalPort()
              + "/");
    }
    Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
    if (origin.isPresent() && !origin.get().equals("http://" + host)) {
      return Optional.of("Refused: another page (Origin) may not talk to this one.");
    }
    String site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("none");
    boolean navigation = "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    boolean safe = SAFE.contains(request.getMethod());
    if (!Set.of("none", "same-origin").contains(site) && !(safe && navigation)) {
      return Optional.of("Refused: another site's page may not read or change this one.");
    }
    boolean query = request.getRequestURI().equals("/sparql");
    if (!safe && !query && request.getHeader(HEADER) == null) {
      return Optional.of("Refused: a changing request bears the header " + HEADER + ".");
    }
    return Optional.empty();
  }

  private static boolean loopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }
}
