package dev.parley.bot.slack;

import com.slack.api.model.User;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.identity.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What kind of being a user id is, asked of Slack and kept for a while. Names and e-mail addresses
 * are never looked at.
 */
final class Speakers {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 10_000;
  private static final String SLACKBOT = "USLACKBOT";
  private static final Pattern ID = Pattern.compile("[\\w.-]{1,64}");
  private static final List<String> UNKNOWN =
      List.of("user_not_found", "users_not_found", "user_not_visible", "invalid_arguments");

  private final Web web;
  private final Clock clock;
  private final Recent<Person, Known> known = new Recent<>(MOST);

  private record Known(Speaker.Kind kind, Instant asked) {}

  Speakers(Web web, Clock clock) {
    this.web = web;
    this.clock = clock;
  }

  /**
   * Who it is.
   *
   * @throws SurfaceFailure if Slack can't be asked: then the delivery is not acknowledged, and
   *     comes again
   */
  Speaker of(String team, String user) {
    var person = new Person(SlackSurface.ID, team, user);
    Known found =
        known
            .get(person)
            .filter(one -> one.asked().plus(KEPT).isAfter(clock.instant()))
            .orElseGet(() -> ask(team, user, person));
    return new Speaker(person, found.kind());
  }

  private Known ask(String team, String user, Person person) {
    var asked = new Known(kind(team, user), clock.instant());
    known.put(person, asked);
    return asked;
  }

  private Speaker.Kind kind(String team, String user) {
    if (user.equals(SLACKBOT)) {
      return Speaker.Kind.BOT;
    }
    if (!ID.matcher(user).matches()) {
      return Speaker.Kind.EXTERNAL;
    }
    try {
      User found =
          web.read(team, "users.info", client -> client.usersInfo(r -> r.user(user))).getUser();
      return kind(team, found);
    } catch (SurfaceFailure.Refused e) {
      if (UNKNOWN.stream().anyMatch(error -> SlackErrors.says(e, error))) {
        return Speaker.Kind.EXTERNAL;
      }
      throw e;
    }
  }

  private static Speaker.Kind kind(String team, User user) {
    if (user.isBot() || user.isWorkflowBot() || user.isConnectorBot()) {
      return Speaker.Kind.BOT;
    }
    if (user.isStranger() || !here(team, user)) {
      return Speaker.Kind.EXTERNAL;
    }
    boolean guest = user.isRestricted() || user.isUltraRestricted() || user.isDeleted();
    return guest ? Speaker.Kind.GUEST : Speaker.Kind.HUMAN;
  }

  private static boolean here(String team, User user) {
    if (team.equals(user.getTeamId())) {
      return true;
    }
    var enterprise = user.getEnterpriseUser();
    return enterprise != null
        && enterprise.getTeams() != null
        && enterprise.getTeams().contains(team);
  }
}
