package dev.parley.app.house;

import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.Settings;
import dev.parley.bot.redact.Redactor;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.web.WebPage;
import dev.parley.bot.web.WebSurface;
import dev.parley.graph.SparqlServlet;
import dev.parley.provider.ProviderFactory;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The local page of an installation's tenant, with the SPARQL endpoint beside it. */
public final class Page {
  private Page() {}

  /**
   * Opens it.
   *
   * @return where it is
   * @throws Invalid if real accounts are configured, since the page has no login, or the port is
   *     taken
   */
  public static URI open(Installation house, String tenant, Bot bot) {
    refuseRealAccounts(house.settings(), tenant);
    var surface =
        new WebSurface(
            house.clock(),
            () -> UUID.randomUUID().toString(),
            text -> Redactor.redact(text).text());
    var page = new WebPage(house.engine(), tenant, surface, house.demoPeople(tenant));
    Map<String, HttpServlet> servlets = new HashMap<>(page.servlets());
    servlets.put("/sparql", new SparqlServlet(house.knowledge(), _ -> Optional.of(tenant)));
    Settings.Web web = house.settings().web();
    var server = house.keep(new WebServer(web.bind(), web.port(), servlets));
    bot.attach(surface);
    int port = server.start();
    String host = web.bind().contains(":") ? "[" + web.bind() + "]" : web.bind();
    return URI.create("http://" + host + ":" + port + "/");
  }

  /** Who has no login may not decide about real accounts, unless somebody has said so. */
  private static void refuseRealAccounts(Settings settings, String tenant) {
    if (settings.web().demoIdentities()) {
      return;
    }
    Map<String, ProviderFactory> factories = ConfiguredAccounts.factories();
    settings.tenant(tenant).stream()
        .flatMap(one -> one.accounts().stream())
        .filter(
            account ->
                !Optional.ofNullable(factories.get(account.kind()))
                    .map(ProviderFactory::simulated)
                    .orElse(false))
        .findFirst()
        .ifPresent(
            account -> {
              throw new Invalid(
                  new Problem(
                      "surfaces.web",
                      "the page",
                      "it has no login: whoever opens it speaks as a demo identity, and account "
                          + account.id()
                          + " is a real one",
                      "set surfaces: {web: {enabled: false}}; or, where only you can reach this"
                          + " machine, surfaces: {web: {demoIdentities: true}} or start --demo"));
            });
  }
}
