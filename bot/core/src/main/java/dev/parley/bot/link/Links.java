package dev.parley.bot.link;

import dev.parley.engine.json.Codec;
import dev.parley.identity.Person;
import dev.parley.run.Store;
import dev.parley.value.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Links of a tenant, in the store. A code is shown to one person in private, is good for ten
 * minutes and for one use; what it stands for is known here only, and of the code itself only its
 * digest.
 */
public final class Links {
  /** How long a code is good. */
  public static final Duration LIVES = Duration.ofMinutes(10);

  static final String COLLECTION = "bot-link";
  private static final String CODES = "bot-link-code";
  private static final int LENGTH = 16;

  private final Store store;
  private final String tenant;
  private final Clock clock;
  private final Supplier<String> ids;

  /**
   * The links of a tenant.
   *
   * @param ids 128 random bits each
   */
  public Links(Store store, String tenant, Clock clock, Supplier<String> ids) {
    this.store = store;
    this.tenant = tenant;
    this.clock = clock;
    this.ids = ids;
  }

  /** What a code stands for. */
  private record Wish(Person person, Instant expires) {}

  /** A new code for a person. */
  public String code(Person person) {
    forget();
    Digest random = Digest.ofText(ids.get() + ids.get());
    String code = random.hex().substring(0, LENGTH).toUpperCase(Locale.ROOT);
    store.put(
        tenant,
        CODES,
        ticket(code),
        0,
        Codec.encode(new Wish(person, clock.instant().plus(LIVES))));
    return code;
  }

  /** What a code is known by. */
  public static String ticket(String code) {
    return Digest.ofText("link " + code.strip().toUpperCase(Locale.ROOT)).hex();
  }

  /** Who got a ticket's code, if it is still good. */
  public Optional<Person> wants(String ticket) {
    return store
        .get(tenant, CODES, ticket)
        .map(document -> Codec.decode(document.body(), Wish.class))
        .filter(wish -> clock.instant().isBefore(wish.expires()))
        .map(Wish::person);
  }

  /**
   * Uses a ticket up, and links its person.
   *
   * @return empty if it was used before, or is too old
   */
  public Optional<Link> confirm(String ticket, String user, String by, Person as) {
    Optional<Person> person = wants(ticket);
    if (person.isEmpty() || !used(ticket)) {
      return Optional.empty();
    }
    var link = new Link(person.get(), user, by, as, clock.instant());
    String key = key(link.person());
    long version = store.get(tenant, COLLECTION, key).map(Store.Document::version).orElse(0L);
    store.put(tenant, COLLECTION, key, version, Codec.encode(link));
    return Optional.of(link);
  }

  /** True for the one who uses it first. */
  private boolean used(String ticket) {
    Optional<Store.Document> document = store.get(tenant, CODES, ticket);
    if (document.isEmpty()) {
      return false;
    }
    try {
      store.remove(tenant, CODES, ticket, document.get().version());
      return true;
    } catch (Store.Stale e) {
      return false;
    }
  }

  /** The link of a person, if one was made in the chat. */
  public Optional<Link> of(Person person) {
    return of(store, tenant, person);
  }

  static Optional<Link> of(Store store, String tenant, Person person) {
    return store
        .get(tenant, COLLECTION, key(person))
        .map(document -> Codec.decode(document.body(), Link.class));
  }

  /** All links that were made in the chat. */
  public List<Link> all() {
    return all(store, tenant);
  }

  static List<Link> all(Store store, String tenant) {
    return store.list(tenant, COLLECTION).values().stream()
        .map(document -> Codec.decode(document.body(), Link.class))
        .toList();
  }

  /**
   * Ends a link.
   *
   * @return the link that was, if there was one
   */
  public Optional<Link> end(Person person) {
    Optional<Link> link = of(person);
    store
        .get(tenant, COLLECTION, key(person))
        .ifPresent(
            document -> store.remove(tenant, COLLECTION, document.key(), document.version()));
    return link;
  }

  private void forget() {
    Instant now = clock.instant();
    store
        .list(tenant, CODES)
        .forEach(
            (key, document) -> {
              if (!now.isBefore(Codec.decode(document.body(), Wish.class).expires())) {
                store.remove(tenant, CODES, key, document.version());
              }
            });
  }

  /** The three parts of a person, none of which can be mistaken for another. */
  private static String key(Person person) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return String.join(
        ".",
        List.of(person.surface(), person.workspace(), person.id()).stream()
            .map(
                part ->
                    encoder.encodeToString(part.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .toList());
  }
}
