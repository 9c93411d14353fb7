package dev.parley.app.house;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in whoever bears the operator's key, which is new at each start and stands in a file of the
 * data folder that its owner alone may read. Probes need none; neither does the page, where one is
 * offered, but for what is the operator's alone.
 */
final class Keyed implements Filter {
  /** What belongs to the operator. */
  static final String OPERATOR = "/operator/";

  private static final Set<String> PROBES = Set.of("/healthz", "/livez");

  /** Names the tenant that the operator means; the first one where it is not given. */
  static final String TENANT = "Parley-Tenant";

  private static final String SCHEME = "Bearer ";
  private static final String BEARER = Keyed.class.getName();

  private final byte[] key;
  private final boolean page;

  /**
   * A filter.
   *
   * @param page whether a page is offered to this machine
   */
  Keyed(String key, boolean page) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
    this.page = page;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var http = (HttpServletRequest) request;
    String path = http.getRequestURI();
    boolean bears = bears(http);
    if (bears) {
      http.setAttribute(BEARER, true);
    }
    if (bears || PROBES.contains(path) || (page && !path.startsWith(OPERATOR))) {
      chain.doFilter(request, response);
      return;
    }
    var answer = (HttpServletResponse) response;
    answer.setStatus(401);
    answer.setHeader("WWW-Authenticate", "Bearer");
    answer.setContentType("text/plain;charset=utf-8");
    answer
        .getOutputStream()
        .write(
            "Refused: only the owner of the data folder may ask this.\n"
                .getBytes(StandardCharsets.UTF_8));
  }

  /** The tenant that an operator's request means; nobody else chooses. */
  static String tenant(HttpServletRequest request, String other) {
    return Optional.ofNullable(request.getAttribute(BEARER))
        .flatMap(_ -> Optional.ofNullable(request.getHeader(TENANT)))
        .orElse(other);
  }

  private boolean bears(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.startsWith(SCHEME))
        .map(header -> header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8))
        .map(given -> MessageDigest.isEqual(given, key))
        .orElse(false);
  }
}
