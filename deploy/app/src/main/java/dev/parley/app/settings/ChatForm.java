package dev.parley.app.settings;

import dev.parley.bot.route.Ground;
import dev.parley.bot.route.Routes;
import dev.parley.engine.json.Form;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code surfaces.slack} and {@code surfaces.discord}: {@code workspaces: {T123: {tenant:
 * acme, channels: {C1: {tenant: acme, accounts: [aws-dev], changes: true, strangersRead:
 * false}}}}}. What else stands there is the surface's own.
 */
final class ChatForm {
  private static final Set<String> OURS = Set.of("tenant", "channels");

  private final String surface;
  private final List<Settings.TenantSettings> tenants;

  ChatForm(String surface, List<Settings.TenantSettings> tenants) {
    this.surface = surface;
    this.tenants = tenants;
  }

  /** Empty if it is not configured, or switched off. */
  Optional<Chat> read(Form form) {
    if (form.fields().isEmpty()) {
      form.done();
      return Optional.empty();
    }
    boolean enabled = form.flag("enabled", true);
    Form all = form.object("workspaces");
    var workspaces = new LinkedHashMap<String, Routes.Workspace>();
    Fields left = Fields.EMPTY;
    for (String id : all.names()) {
      Form one = all.object(id);
      workspaces.put(id, workspace(one));
      if (surface.equals("discord")) {
        one.done(); // a guild has no settings of the surface's own
      }
      left = left.with(id, without(one.fields()));
    }
    if (workspaces.isEmpty()) {
      form.wrong(
          "workspaces",
          "no workspace",
          "nobody would be heard",
          "write for example workspaces: {T123: {tenant: acme, channels: {C1: {accounts:"
              + " [dev]}}}}");
    }
    Fields own = form.fields().without("enabled").without("workspaces");
    own =
        surface.equals("discord")
            ? own.with("guilds", Value.texts(workspaces.keySet()))
            : own.with("workspaces", left);
    return enabled ? Optional.of(new Chat(new Routes(surface, workspaces), own)) : Optional.empty();
  }

  private static Fields without(Fields fields) {
    Fields left = fields;
    for (String ours : OURS) {
      left = left.without(ours);
    }
    return left;
  }

  private Routes.Workspace workspace(Form form) {
    String tenant = tenant(form, first());
    var channels = new LinkedHashMap<String, Routes.Channel>();
    Form all = form.object("channels");
    for (String id : all.names()) {
      channels.put(id, channel(all.object(id), tenant));
    }
    return new Routes.Workspace(tenant, channels);
  }

  private String first() {
    return tenants.stream().map(one -> one.tenant().id()).findFirst().orElse("");
  }

  private Routes.Channel channel(Form form, String usual) {
    String tenant = tenant(form, usual);
    List<String> accounts = form.texts("accounts");
    Optional<Settings.TenantSettings> known =
        tenants.stream().filter(one -> one.tenant().id().equals(tenant)).findFirst();
    for (String account : accounts) {
      boolean there =
          known.map(t -> t.accounts().stream().anyMatch(a -> a.id().equals(account))).orElse(true);
      if (!there) {
        form.wrong(
            "accounts",
            "'" + account + "'",
            tenant + " has no such account that is enabled",
            "name one of its accounts, or leave accounts out for all");
      }
    }
    var ground =
        new Ground(
            true,
            form.flag("changes", true),
            Set.copyOf(accounts),
            form.flag("strangersRead", false));
    form.done();
    return new Routes.Channel(tenant, ground);
  }

  private String tenant(Form form, String usual) {
    String tenant = form.text("tenant").orElse(usual);
    if (tenants.stream().noneMatch(one -> one.tenant().id().equals(tenant))) {
      form.wrong(
          "tenant",
          "'" + tenant + "'",
          "there is no such tenant",
          "known: " + String.join(", ", tenants.stream().map(one -> one.tenant().id()).toList()));
    }
    return tenant;
  }
}
