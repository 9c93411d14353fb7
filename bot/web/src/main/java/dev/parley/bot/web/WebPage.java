package dev.parley.bot.web;

import dev.parley.engine.Engine;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page's servlets, to be mounted behind {@link LocalOnly} on a server that is bound to a
 * loopback address.
 */
public final class WebPage {
  private final WebSurface surface;
  private final Views views;
  private final List<Fields> people;

  /**
   * A page for one tenant.
   *
   * @param people the demo identities one may speak as; the page has no login, so no others
   */
  public WebPage(Engine engine, String tenant, WebSurface surface, List<User> people) {
    if (!people.stream().allMatch(User::demo)) {
      throw new IllegalArgumentException("the page has no login: only demo identities may be offered on it");
    }
    this.surface = surface;
    this.views = new Views(engine, tenant);
    this.people = people.stream().map(WebPage::person).toList();
  }

  /** Path specification → servlet. */
  public Map<String, HttpServlet> servlets() {
    return Map.of(
        "/api/events", new EventsServlet(surface.listeners()),
        "/api/*", new ApiServlet(surface, views, people),
        "/", new StaticServlet());
  }

  private static Fields person(User user) {
    return Fields.of("id", Value.text(user.id()))
        .with("name", Value.text(user.name()))
        .with("roles", Value.texts(user.roles().stream().map(Role::name).map(r -> r.toLowerCase(Locale.ROOT)).sorted().toList()))
        .with("teams", Value.texts(user.teams().stream().sorted().toList()));
  }
}
