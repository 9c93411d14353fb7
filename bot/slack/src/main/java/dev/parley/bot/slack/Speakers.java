package dev.parley.bot.slack;

import com.slack.api.methods.response.users.UsersListResponse;
import com.slack.api.model.User;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.identity.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * What kind of being a user id is, asked of Slack and kept for a while. Names and e-mail addresses
 * are never looked at.
 *
 * <p>Slack answers a hundred such questions a minute. When more people than that speak up, it is
 * asked for all members of the workspace instead, who come by the hundreds.
 */
final class Speakers {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 10_000;
  private static final int PAGE = 500;
  private static final String SLACKBOT = "USLACKBOT";
  private static final Pattern ID = Pattern.compile("[\\w.-]{1,64}");
  private static final List<String> UNKNOWN =
      List.of("user_not_found", "users_not_found", "user_not_visible", "invalid_arguments");

  private final Web web;
  private final Clock clock;
  private final Recent<Person, Known> known = new Recent<>(MOST);
  private final Map<Person, ReentrantLock> asking = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> listing = new ConcurrentHashMap<>();
  private final Map<String, Instant> closed = new ConcurrentHashMap<>();

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
    return new Speaker(person, fresh(person).orElseGet(() -> ask(person)));
  }

  private Optional<Speaker.Kind> fresh(Person person) {
    return known
        .get(person)
        .filter(one -> one.asked().plus(KEPT).isAfter(clock.instant()))
        .map(Known::kind);
  }

  /** Asks once for all who wait for the same answer. */
  private Speaker.Kind ask(Person person) {
    ReentrantLock turn = asking.computeIfAbsent(person, _ -> new ReentrantLock());
    turn.lock();
    try {
      return fresh(person).orElseGet(() -> one(person));
    } finally {
      turn.unlock();
      asking.remove(person, turn);
    }
  }

  private Speaker.Kind one(Person person) {
    String team = person.workspace();
    if (closed.getOrDefault(team, Instant.MIN).isAfter(clock.instant())) {
      return ofAll(person, "users.info is asked too often");
    }
    try {
      Speaker.Kind kind = kind(team, person.id());
      known.put(person, new Known(kind, clock.instant()));
      return kind;
    } catch (SurfaceFailure.Slow e) {
      closed.put(team, clock.instant().plus(e.after()));
      return ofAll(person, String.valueOf(e.getMessage()));
    }
  }

  /** From the list of all members, which is read once for all who wait for it. */
  private Speaker.Kind ofAll(Person person, String why) {
    ReentrantLock turn = listing.computeIfAbsent(person.workspace(), _ -> new ReentrantLock());
    turn.lock();
    try {
      if (fresh(person).isEmpty()) {
        list(person.workspace());
      }
      return fresh(person).orElseThrow(() -> new SurfaceFailure.Slow(why, Duration.ofSeconds(1)));
    } finally {
      turn.unlock();
    }
  }

  private void list(String team) {
    String cursor = "";
    int read = 0;
    do {
      String from = cursor;
      UsersListResponse page =
          web.read(team, "users.list", client -> client.usersList(r -> r.limit(PAGE).cursor(from)));
      for (User member : page.getMembers()) {
        known.put(
            new Person(SlackSurface.ID, team, member.getId()),
            new Known(kind(team, member), clock.instant()));
      }
      read += page.getMembers().size();
      var more = page.getResponseMetadata();
      cursor = more == null || more.getNextCursor() == null ? "" : more.getNextCursor();
    } while (!cursor.isEmpty() && read < MOST);
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
