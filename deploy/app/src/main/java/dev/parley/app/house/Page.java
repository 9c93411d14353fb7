package dev.parley.app.house;

import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.Settings;
import dev.parley.bot.redact.Redactor;
import dev.parley.bot.web.WebPage;
import dev.parley.bot.web.WebSurface;
import dev.parley.provider.ProviderFactory;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The local page of an installation's tenant. */
final class Page {
  private Page() {}

  /**
   * The surface behind it.
   *
   * @throws Invalid if real accounts are configured, since the page has no login
   */
  static WebSurface surface(Installation house, String tenant) {
    refuseRealAccounts(house.settings(), tenant);
    return new WebSurface(
        house.clock(), () -> UUID.randomUUID().toString(), text -> Redactor.redact(text).text());
  }

  /** Path specification → servlet. */
  static Map<String, HttpServlet> servlets(Installation house, String tenant, WebSurface surface) {
    return new WebPage(house.engine(), tenant, surface, house.demoPeople(tenant)).servlets();
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
