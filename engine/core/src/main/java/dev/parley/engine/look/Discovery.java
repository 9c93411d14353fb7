package dev.parley.engine.look;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.state.Ledger;
import dev.parley.provider.Page;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lists an account to its end, and lays the ledger beside it. */
final class Discovery {
  private static final int MOST_PAGES = 2_000;
  private static final int MOST_RESOURCES = 50_000;

  /** So much is told of what a source sees. */
  private static final int DETAIL = 200;

  private static final String AND_SO_ON = "; and so on";

  private final Accounts accounts;
  private final Ledger ledger;
  private final Patience patience;

  Discovery(Accounts accounts, Ledger ledger, Patience patience) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.patience = patience;
  }

  /** A resource as its provider names it. */
  record Key(ResourceType type, ResourceId id) {}

  /** What a listing has brought so far. */
  private static final class Haul {
    private final Map<Key, Inventory.Found> found = new LinkedHashMap<>();
    private final Map<String, Page.Source> sources = new LinkedHashMap<>();
    private final LinkedHashSet<String> gaps = new LinkedHashSet<>();
    private int pages;
  }

  /**
   * Everything, or everything of a type. If the listing breaks off after its first page, what came
   * before stays, and the rest is a gap.
   *
   * @throws ProviderException if not even the first page can be read
   */
  Inventory look(
      String tenant, String account, Optional<ResourceType> type, Consumer<Progress> progress) {
    Provider provider = accounts.provider(tenant, account);
    Map<Key, Address> tracked = tracked(tenant, account);
    var haul = new Haul();
    Optional<String> from = Optional.empty();
    do {
      Optional<String> at = from;
      Page<Resource> page;
      try {
        page = patience.ask(() -> provider.list(type, at));
      } catch (ProviderException e) {
        if (haul.pages == 0) {
          throw e;
        }
        haul.gaps.add(
            "the listing broke off after "
                + haul.found.size()
                + " resources: "
                + e.kind()
                + ": "
                + e.getMessage());
        break;
      }
      take(page, tracked, haul);
      progress.accept(new Progress(account, haul.pages, haul.found.size()));
      from = page.next();
      if (from.isPresent()
          && (haul.pages >= MOST_PAGES || haul.found.size() >= MOST_RESOURCES || from.equals(at))) {
        haul.gaps.add(
            from.equals(at)
                ? "the provider gives the same page over and over; the rest is not listed"
                : "there is more than the "
                    + haul.found.size()
                    + " resources listed; ask for one type at a time");
        break;
      }
    } while (from.isPresent());
    return new Inventory(
        account,
        List.copyOf(haul.found.values()),
        List.copyOf(haul.sources.values()),
        List.copyOf(haul.gaps));
  }

  /** What the ledger knows of an account. */
  Map<Key, Address> tracked(String tenant, String account) {
    var keys = new HashMap<Key, Address>();
    for (Tracked one : ledger.read(tenant, book -> book.tracked())) {
      if (one.at().account().equals(account)) {
        keys.put(new Key(one.at().type(), one.resource().id()), one.at());
      }
    }
    return keys;
  }

  private static void take(Page<Resource> page, Map<Key, Address> tracked, Haul haul) {
    haul.pages++;
    haul.gaps.addAll(page.gaps());
    page.sources().forEach(source -> haul.sources.merge(source.name(), source, Discovery::both));
    String source =
        page.sources().stream().map(Page.Source::name).collect(Collectors.joining(", "));
    var fresh = new ArrayList<>(page.items());
    fresh.removeIf(resource -> resource.lifecycle() == Lifecycle.DELETED);
    for (Resource resource : fresh) {
      var key = new Key(resource.type(), resource.id());
      haul.found.merge(
          key,
          new Inventory.Found(resource, Optional.ofNullable(tracked.get(key)), source),
          Discovery::fuller);
    }
  }

  /** A source is complete only if it says so for every page; what it says of each is told. */
  private static Page.Source both(Page.Source a, Page.Source b) {
    return new Page.Source(a.name(), a.complete() && b.complete(), both(a.detail(), b.detail()));
  }

  private static String both(String a, String b) {
    if (b.isBlank() || a.contains(b) || a.endsWith(AND_SO_ON)) {
      return a;
    }
    return a.isBlank() ? b : a.length() > DETAIL ? a + AND_SO_ON : a + "; " + b;
  }

  /** Several sources may show the same resource; the one that tells more of it counts. */
  private static Inventory.Found fuller(Inventory.Found a, Inventory.Found b) {
    boolean more =
        b.resource().properties().fields().size() > a.resource().properties().fields().size();
    return more ? b : a;
  }
}
