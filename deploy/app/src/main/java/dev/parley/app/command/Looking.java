package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.engine.json.Json;
import dev.parley.engine.look.Progress;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands share that look into clouds. */
final class Looking {
  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Option(names = "--tenant", paramLabel = "ID", description = "default: the first one")
  String tenant = "";

  @Option(names = "--json", description = "prints JSON instead of a table")
  boolean json;

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "who does it, for the audit log; default: the first user who may")
  String user = "";

  /** Opens the installation; the caller closes it. */
  Installation open() {
    return Installation.open(configured.settings(data.folder()));
  }

  String tenant(Installation house) {
    return house.tenant(tenant);
  }

  /**
   * Whoever is named, or the first one who has the role.
   *
   * @throws Invalid if there is nobody
   */
  User user(Installation house, Role role) {
    String whose = tenant(house);
    return house.engine().directory().users(whose).stream()
        .filter(one -> user.isEmpty() ? one.is(role) : one.id().equals(user))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    new Problem(
                        "--as",
                        user.isEmpty() ? "nobody" : user,
                        user.isEmpty()
                            ? "no user of " + whose + " has the role " + name(role)
                            : "there is no such user",
                        "users: "
                            + house.engine().directory().users(whose).stream()
                                .map(User::id)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
  }

  private static String name(Role role) {
    return role.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Says on the error stream how far a long look has come. */
  static void progress(Progress progress) {
    System.err.println(
        "parley: "
            + progress.account()
            + ": "
            + progress.resources()
            + " resources"
            + (progress.pages() > 0 ? ", page " + progress.pages() : ""));
  }

  /** A table, or the JSON in its place. */
  void print(List<String> columns, List<List<String>> rows, Value body) {
    if (json) {
      System.out.println(Json.pretty(body));
    } else {
      Rows.print(columns, rows, System.out);
    }
  }

  /** What is beside the answer: gaps, notes. */
  static void aside(Iterable<String> notes) {
    notes.forEach(note -> System.err.println("parley: " + note));
  }
}
