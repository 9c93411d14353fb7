package dev.parley.bot.web;

import dev.parley.engine.Engine;
import dev.parley.identity.User;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;

/**
 * The page's servlets, to be mounted behind {@link LocalOnly} on a server that is bound to a
 * loopback address.
 */
public final class WebPage {
  private final WebSurface surface;
  private final Views views;
  private final Guests people;

  /**
   * A page for one tenant.
   *
   * @param people the demo identities one may speak as
   * @throws IllegalArgumentException if one of them is none: the page has no login
   */
  public WebPage(Engine engine, String tenant, WebSurface surface, List<User> people) {
    this.surface = surface;
    this.views = new Views(engine, tenant);
    this.people = new Guests(people);
  }

  /** Path specification → servlet. */
  public Map<String, HttpServlet> servlets() {
    return Map.of(
        "/api/events", new EventsServlet(surface.listeners(), people),
        "/api/*", new ApiServlet(surface, views, people),
        "/", new StaticServlet());
  }
}
