package dev.parley.bot.web;

import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.List;
import java.util.Locale;

/** The demo identities one may speak as on the page. */
record Guests(List<User> users) {
  Guests {
    users = List.copyOf(users);
    if (!users.stream().allMatch(User::demo)) {
      throw new IllegalArgumentException(
          "the page has no login: only demo identities may be offered on it");
    }
  }

  boolean knows(String id) {
    return users.stream().anyMatch(user -> user.id().equals(id));
  }

  Problem unknown(String id) {
    String all = String.join(", ", users.stream().map(User::id).toList());
    return new Problem(
        "as",
        id.length() <= 40 ? id : id.substring(0, 40) + "…",
        "the page knows nobody of that name",
        "speak as one of: " + all);
  }

  Items json() {
    return new Items(users.stream().<Value>map(Guests::json).toList());
  }

  private static Fields json(User user) {
    return Fields.of("id", Value.text(user.id()))
        .with("name", Value.text(user.name()))
        .with(
            "roles", Value.texts(user.roles().stream().map(role -> lower(role)).sorted().toList()))
        .with("teams", Value.texts(user.teams().stream().sorted().toList()));
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
