package dev.parley.bot.talk;

import dev.parley.catalog.Catalog;
import dev.parley.engine.Engine;
import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Conversation;
import dev.parley.plan.Planner;
import dev.parley.plan.Reading;
import dev.parley.provider.ProviderException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a message read by the planners, each in turn until one understands it. */
final class Thinking {
  private static final Logger LOG = LoggerFactory.getLogger(Thinking.class);

  private final Engine engine;
  private final List<Planner> planners;
  private final BotSettings settings;
  private final Talks talks;
  private final Clock clock;

  Thinking(Engine engine, List<Planner> planners, BotSettings settings, Talks talks, Clock clock) {
    this.engine = engine;
    this.planners = List.copyOf(planners);
    this.settings = settings;
    this.talks = talks;
    this.clock = clock;
  }

  /** What the message means. A planner that fails gives way to the next. */
  Reading read(Talk talk, User speaker, String message, Optional<Reading.Question> pending) {
    Conversation conversation = conversation(talk, speaker, message, pending);
    Optional<Reading> lost = Optional.empty();
    for (Planner planner : planners) {
      try {
        Reading reading = planner.read(message, conversation);
        if (!(reading instanceof Reading.Lost)) {
          return reading;
        }
        lost = lost.or(() -> Optional.of(reading));
      } catch (RuntimeException e) {
        LOG.warn("planner {} failed; the next one is asked", planner.name(), e);
      }
    }
    return lost.orElseGet(
        () ->
            new Reading.Lost(
                List.of(),
                List.of(),
                "No planner can be reached now. Commands still work: say `help`."));
  }

  private Conversation conversation(
      Talk talk, User speaker, String message, Optional<Reading.Question> pending) {
    Tenant tenant =
        engine
            .accounts()
            .tenant(settings.tenant())
            .orElseThrow(
                () -> new IllegalStateException("there is no tenant " + settings.tenant()));
    List<Account> accounts = accounts(talk, message);
    return new Conversation(
        tenant,
        talk.thread(),
        speaker,
        before(talks.turns(talk.thread()), message),
        talk.draft()
            .or(
                () ->
                    engine
                        .latest(settings.tenant(), talk.thread())
                        .map(dev.parley.approval.Proposal::draft)),
        pending,
        accounts,
        catalogs(accounts),
        engine.tracked(settings.tenant()),
        engine.blueprints(settings.tenant()),
        clock.instant());
  }

  /** What was said before the message itself. */
  private static List<Conversation.Turn> before(List<Conversation.Turn> turns, String message) {
    boolean last = !turns.isEmpty() && turns.getLast().text().equals(message);
    return last ? turns.subList(0, turns.size() - 1) : turns;
  }

  /**
   * With {@code use}, the chosen account alone, unless the message names another one or its family.
   */
  private List<Account> accounts(Talk talk, String message) {
    List<Account> all = engine.accounts().accounts(settings.tenant());
    Optional<Account> used =
        talk.use()
            .flatMap(id -> all.stream().filter(account -> account.id().equals(id)).findFirst());
    if (used.isEmpty()) {
      return all;
    }
    String said = message.toLowerCase(Locale.ROOT);
    boolean elsewhere =
        all.stream()
            .filter(account -> !account.id().equals(used.get().id()))
            .anyMatch(
                account ->
                    said.contains(account.id().toLowerCase(Locale.ROOT))
                        || said.matches("(?s).*\\b" + account.family() + "\\b.*"));
    if (!elsewhere) {
      return List.of(used.get());
    }
    var ordered = new ArrayList<Account>(List.of(used.get()));
    all.stream().filter(account -> !account.equals(used.get())).forEach(ordered::add);
    return ordered;
  }

  private Map<String, Catalog> catalogs(List<Account> accounts) {
    var catalogs = new LinkedHashMap<String, Catalog>();
    for (Account account : accounts) {
      try {
        catalogs.put(
            account.id(), engine.accounts().provider(settings.tenant(), account.id()).catalog());
      } catch (ProviderException e) {
        LOG.warn("no catalog from {}: {}", account.id(), e.getMessage());
      }
    }
    return catalogs;
  }
}
