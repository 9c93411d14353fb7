package dev.parley.bot.slack;

import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Examines the connection and what the app is allowed to do, and says how to mend it. */
public final class Doctor {
  private static final String INSTALL =
      "api.slack.com/apps, OAuth & Permissions, Bot Token Scopes: add it, then install the app"
          + " again";
  private final SlackSettings settings;
  private final Web web;
  private final List<Door> doors;

  Doctor(SlackSettings settings, Web web, List<Door> doors) {
    this.settings = settings;
    this.web = web;
    this.doors = doors;
  }

  /**
   * One thing that was looked at.
   *
   * @param what for example {@code T0123 scope chat:write}
   * @param needed whether Parley is of no use while it is not right
   */
  public record Finding(String what, Check check, boolean needed) {}

  /** Everything, worst not first: in the order in which it is set up. */
  List<Finding> examine() {
    var out = new ArrayList<Finding>();
    for (String team : new TreeSet<>(settings.workspaces().keySet())) {
      examine(team, out);
    }
    doors.forEach(door -> out.add(new Finding("deliveries", door.check(), true)));
    if (settings.mode() == SlackSettings.Mode.HTTP) {
      out.add(
          new Finding(
              "addresses",
              Check.ok(
                  "Event Subscriptions, Interactivity and /parley of the app must all point to"
                      + " https://YOUR-HOST"
                      + settings.path()),
              false));
    }
    out.add(
        new Finding(
            "events",
            Check.ok(
                "the app must subscribe to app_mention, message.im, reaction_added and"
                    + " reaction_removed (deploy/slack/manifest.yaml has them)"),
            false));
    return out;
  }

  private void examine(String team, List<Finding> out) {
    Web.Identity identity;
    try {
      identity = web.ask(team);
    } catch (SurfaceFailure e) {
      out.add(new Finding(team + " token", Check.failed(message(e), next(e)), true));
      return;
    }
    out.add(
        new Finding(
            team + " token", Check.ok("it is " + identity.name() + " " + identity.user()), true));
    for (Scope scope : Scope.ALL) {
      boolean has = identity.scopes().contains(scope.name());
      out.add(new Finding(team + " scope " + scope.name(), check(scope, has), scope.needed()));
    }
    for (SurfaceFailure.Refused refused : web.lacking(team)) {
      out.add(
          new Finding(
              team + " when last tried", Check.failed(message(refused), refused.next()), true));
    }
  }

  private static Check check(Scope scope, boolean has) {
    if (has) {
      return Check.ok("granted");
    }
    return scope.needed()
        ? Check.failed("missing: " + scope.why(), scope.name() + ": " + INSTALL)
        : Check.ok(
            "not granted, and need not be: "
                + scope.why()
                + "; to have it otherwise add the scope and the event "
                + scope.event());
  }

  /** All in one: connected, and allowed what it needs. */
  Check check() {
    var wrong = new ArrayList<Check>();
    for (String team : new TreeSet<>(settings.workspaces().keySet())) {
      examine(team).ifPresent(wrong::add);
    }
    doors.stream().map(Door::check).filter(check -> !check.ok()).forEach(wrong::add);
    if (wrong.isEmpty()) {
      return Check.ok(
          doors.stream().map(door -> door.check().detail()).collect(Collectors.joining("; ")));
    }
    return Check.failed(
        wrong.stream().map(Check::detail).collect(Collectors.joining("; ")),
        wrong.stream().flatMap(check -> check.next().stream()).collect(Collectors.joining("; ")));
  }

  private Optional<Check> examine(String team) {
    try {
      Web.Identity identity = web.ask(team);
      List<String> missing =
          Scope.ALL.stream()
              .filter(Scope::needed)
              .map(Scope::name)
              .filter(name -> !identity.scopes().contains(name))
              .toList();
      if (!missing.isEmpty()) {
        return Optional.of(
            Check.failed(
                team + ": missing scopes " + String.join(", ", missing),
                INSTALL.replace("add it", "add them")));
      }
      return web.lacking(team).stream()
          .findFirst()
          .map(refused -> Check.failed(team + ": " + message(refused), refused.next()));
    } catch (SurfaceFailure e) {
      return Optional.of(Check.failed(team + ": " + message(e), next(e)));
    }
  }

  private static String message(SurfaceFailure e) {
    return String.valueOf(e.getMessage());
  }

  private static String next(SurfaceFailure e) {
    return switch (e) {
      case SurfaceFailure.Refused refused -> refused.next();
      case SurfaceFailure.Slow slow -> "wait " + slow.after().toSeconds() + " s";
      case SurfaceFailure.Unreachable _, SurfaceFailure.Unknown _ -> "check the way to Slack";
    };
  }
}
