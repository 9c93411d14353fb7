package dev.parley.app.house;

import dev.parley.app.settings.Settings;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.web.LocalOnly;
import dev.parley.bot.web.WebSurface;
import dev.parley.graph.SparqlServlet;
import dev.parley.value.Digest;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an installation answers over HTTP. On this machine: the page where it is offered, the graph,
 * probes, and the operator's own door, through which the command line works beside a Parley that
 * runs. To other machines: probes only, and only where the configuration says so.
 *
 * @param base for example {@code http://127.0.0.1:7070/}
 * @param page whether there is a page
 * @param key lets the operator in
 * @param probes the port at which probes from other machines are answered
 */
public record Front(URI base, boolean page, String key, Optional<Integer> probes) {

  /**
   * Opens it.
   *
   * @param tenant whose page it is
   * @param bot who speaks on the page
   * @throws dev.parley.value.Invalid if a port is taken, or the page may not be offered
   */
  public static Front open(Installation house, String tenant, Bot bot, Chats.Opened chats) {
    Settings settings = house.settings();
    Settings.Web web = settings.web();
    var bots = new ArrayList<>(List.of(bot));
    bots.addAll(chats.bots());
    var health = new Health(house.engine(), bots, house.clock());
    Map<String, HttpServlet> servlets = new HashMap<>();
    servlets.put("/healthz", new HealthServlet(health, true));
    servlets.put("/livez", new HealthServlet(health, true));
    servlets.put("/operator/*", new OperatorServlet(new Operator(house, chats::examine)));
    servlets.put(
        "/sparql",
        new SparqlServlet(
            house.knowledge(),
            request ->
                Optional.of(Keyed.tenant(request, tenant)).filter(house.tenants()::contains)));
    Optional<WebSurface> page =
        web.enabled() ? Optional.of(Page.surface(house, tenant)) : Optional.empty();
    page.ifPresent(surface -> servlets.putAll(Page.servlets(house, tenant, surface)));
    String key = Digest.ofText(UUID.randomUUID() + "/" + UUID.randomUUID()).hex();
    int wanted = web.enabled() ? web.port() : 0;
    var local =
        house.keep(
            WebServer.local(
                "surfaces.web",
                web.bind(),
                wanted,
                List.of(new LocalOnly(), new Keyed(key, page.isPresent())),
                servlets));
    page.ifPresent(bot::attach);
    int port = local.start();
    String host = web.bind().contains(":") ? "[" + web.bind() + "]" : web.bind();
    return new Front(
        URI.create("http://" + host + ":" + port + "/"),
        page.isPresent(),
        key,
        settings.probes().map(probes -> probes(house, probes, health)));
  }

  private static int probes(Installation house, Settings.Probes probes, Health health) {
    return house
        .keep(
            new WebServer(
                "probes",
                probes.bind(),
                probes.port(),
                List.of(),
                Map.of(
                    "/healthz",
                    new HealthServlet(health, false),
                    "/livez",
                    new HealthServlet(health, false))))
        .start();
  }
}
