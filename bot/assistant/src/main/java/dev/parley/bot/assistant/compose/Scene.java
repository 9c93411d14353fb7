package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.lexicon.Lexicon;
import dev.parley.bot.assistant.lexicon.Services;
import dev.parley.catalog.Offering;
import dev.parley.identity.Account;
import dev.parley.plan.Conversation;
import dev.parley.plan.Draft;
import dev.parley.plan.Want;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conversation as the composer looks at it: what exists, what is drafted, what is offered. */
public final class Scene {
  private final Conversation conversation;
  private final Lexicon lexicon;
  private final Map<String, List<Tracked>> byName = new HashMap<>();

  public Scene(Conversation conversation, Lexicon lexicon) {
    this.conversation = conversation;
    this.lexicon = lexicon;
    for (Tracked tracked : conversation.tracked()) {
      if (tracked.resource().lifecycle() != Lifecycle.DELETED) {
        byName.computeIfAbsent(key(tracked.at().name()), _ -> new ArrayList<>()).add(tracked);
      }
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  public Conversation conversation() {
    return conversation;
  }

  public Services services() {
    return lexicon.services();
  }

  /** Everything that exists. */
  List<Tracked> tracked() {
    return conversation.tracked().stream()
        .filter(t -> t.resource().lifecycle() != Lifecycle.DELETED)
        .toList();
  }

  /** What exists under a name; this thread's first. */
  public List<Tracked> named(String name) {
    List<Tracked> all = byName.getOrDefault(key(name), List.of());
    List<Tracked> here = all.stream().filter(this::isHere).toList();
    return here.isEmpty() ? all : here;
  }

  /** Whether this thread made it. */
  boolean isHere(Tracked tracked) {
    return tracked.thread().filter(conversation.thread()::equals).isPresent();
  }

  /** What this thread made. */
  List<Tracked> here() {
    return tracked().stream().filter(this::isHere).toList();
  }

  /** Whether a name is taken by something that another thread made. */
  boolean takenElsewhere(String name) {
    return byName.getOrDefault(key(name), List.of()).stream().anyMatch(tracked -> !isHere(tracked));
  }

  /** Whether a resource is of a service: the principal one, not its parts. */
  public boolean is(Tracked tracked, String service) {
    return services().of(tracked.at().type()).contains(service);
  }

  /** The service of a resource. */
  Optional<String> service(Tracked tracked) {
    Set<String> services = services().of(tracked.at().type());
    return services.stream().findFirst();
  }

  /** The teams that something is tagged with. */
  public Set<String> teams() {
    var teams = new java.util.HashSet<String>();
    conversation
        .tracked()
        .forEach(t -> Optional.ofNullable(t.resource().tags().get("team")).ifPresent(teams::add));
    conversation
        .current()
        .flatMap(draft -> Optional.ofNullable(draft.tags().get("team")))
        .ifPresent(teams::add);
    return teams;
  }

  Optional<Account> account(String id) {
    return conversation.accounts().stream().filter(account -> account.id().equals(id)).findFirst();
  }

  /** The offering of a service in an account, or in any if the account is open. */
  Optional<Offering> offering(String service, Optional<String> account) {
    Optional<String> family = account.flatMap(this::account).map(Account::family);
    return family
        .flatMap(f -> services().offering(service, f))
        .or(() -> services().offerings(service).stream().findFirst());
  }

  /** Whether a draft was carried out: all it makes exists, and this thread made it. */
  boolean isDone(Draft draft) {
    List<Want.Make> makes =
        draft.wants().stream()
            .filter(Want.Make.class::isInstance)
            .map(Want.Make.class::cast)
            .toList();
    return makes.stream().allMatch(make -> named(make.name()).stream().anyMatch(this::isHere));
  }
}
