package dev.parley.app.settings;

import dev.parley.engine.json.Form;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.policy.BreakGlassRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a tenant's {@code breakGlass: {roles: [admin], users: [kim], requester: false, owners:
 * [lee], reviewWithinHours: 24}}. Who may break the glass always leaves an owner who reviews it.
 */
final class BreakGlassForm {
  private static final String EXAMPLE = "write for example {roles: [admin], owners: [kim, lee]}";

  private final List<User> users;

  BreakGlassForm(List<User> users) {
    this.users = users;
  }

  /** Empty if it is not there: then nobody breaks the glass. */
  Optional<BreakGlassRule> read(Form tenant) {
    if (tenant.value("breakGlass").isEmpty()) {
      return Optional.empty();
    }
    Form form = tenant.object("breakGlass");
    int before = form.problems().size();
    List<String> roles = form.texts("roles");
    List<String> named = form.texts("users");
    List<String> owners = form.texts("owners");
    boolean requester = form.flag("requester", false);
    int hours = SettingsFile.whole(form, "reviewWithinHours", 24, 1, 720);
    if (roles.isEmpty() && named.isEmpty()) {
      form.wrong("users", "nobody", "break-glass is for somebody", EXAMPLE);
    }
    if (owners.isEmpty()) {
      form.wrong("owners", "nobody", "somebody must be told and review it", EXAMPLE);
    }
    Set<Role> known = roles(form, roles);
    exist(form, "users", named);
    exist(form, "owners", owners);
    form.done();
    if (form.problems().size() > before) {
      return Optional.empty();
    }
    var rule =
        new BreakGlassRule(
            known, Set.copyOf(named), requester, List.copyOf(owners), Duration.ofHours(hours));
    reviewable(form, rule);
    return Optional.of(rule);
  }

  private void reviewable(Form form, BreakGlassRule rule) {
    List<String> may = users.stream().filter(rule::may).map(User::id).toList();
    if (may.isEmpty()) {
      form.wrong(
          "roles",
          "the roles",
          "no user has such a role, so nobody could break the glass",
          "name a role that somebody has, or users");
    }
    for (String user : may) {
      if (rule.reviewers(user).isEmpty()) {
        form.wrong(
            "owners",
            user,
            "nobody reviews themselves, and " + user + " may break the glass and is the only owner",
            "name a second owner");
      }
    }
  }

  private static Set<Role> roles(Form form, List<String> words) {
    var roles = new HashSet<Role>();
    for (String role : words) {
      try {
        roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        form.wrong(
            "roles",
            "'" + role + "'",
            "there is no such role",
            "roles are viewer, operator, approver, admin");
      }
    }
    return roles;
  }

  private void exist(Form form, String list, List<String> ids) {
    List<String> there = users.stream().map(User::id).toList();
    for (String id : ids) {
      if (!there.contains(id)) {
        form.wrong(
            list,
            "'" + id + "'",
            "there is no such user",
            there.isEmpty() ? "write users first" : "users are " + String.join(", ", there));
      }
    }
  }
}
