package dev.parley.engine.look;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.state.Book;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.identity.User;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Takes resources that exist into the ledger. */
final class Adoption {
  private static final int AT_ONCE = 8;
  private static final int LONGEST_NAME = 120;

  private final Accounts accounts;
  private final Ledger ledger;
  private final Discovery discovery;
  private final Patience patience;
  private final Clock clock;

  Adoption(Accounts accounts, Ledger ledger, Discovery discovery, Patience patience, Clock clock) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.discovery = discovery;
    this.patience = patience;
    this.clock = clock;
  }

  /** What one chosen resource turned out to be. */
  private sealed interface Seen {
    record There(Resource resource) implements Seen {}

    record Not(Problem problem) implements Seen {}
  }

  Adopted adopt(
      String tenant, String account, Selection selection, User user, Consumer<Progress> progress) {
    Inventory inventory =
        discovery.look(
            tenant,
            account,
            switch (selection) {
              case Selection.Everything _ -> Optional.empty();
              case Selection.OfType(var type) -> Optional.of(type);
              case Selection.Ids(_, var type) -> type;
            },
            progress);
    var refused = new ArrayList<Problem>();
    List<Resource> chosen = choose(inventory, selection, refused);
    List<Resource> there = read(tenant, account, chosen, refused);
    List<Tracked> imported = take(tenant, account, there, user, refused);
    return new Adopted(imported, refused, inventory.gaps());
  }

  private static List<Resource> choose(
      Inventory inventory, Selection selection, List<Problem> refused) {
    var chosen = new ArrayList<Resource>();
    switch (selection) {
      case Selection.Everything _ ->
          inventory.untracked().forEach(one -> chosen.add(one.resource()));
      case Selection.OfType(var type) ->
          inventory.untracked().stream()
              .filter(one -> one.resource().type().equals(type))
              .forEach(one -> chosen.add(one.resource()));
      case Selection.Ids(var ids, _) -> {
        var left = new HashSet<>(ids);
        for (Inventory.Found one : inventory.found()) {
          Resource resource = one.resource();
          if (!ids.contains(resource.id()) && !ids.contains(named(resource))) {
            continue;
          }
          left.remove(resource.id());
          left.remove(named(resource));
          if (one.tracked().isPresent()) {
            refused.add(tracked(resource, one.tracked().get()));
          } else {
            chosen.add(resource);
          }
        }
        for (ResourceId id : left) {
          refused.add(
              new Problem(
                  inventory.account(),
                  id.value(),
                  "nothing of that id was found there",
                  "say `discover " + inventory.account() + "` to see what exists"));
        }
      }
    }
    return chosen;
  }

  private static ResourceId named(Resource resource) {
    return resource.name().isBlank() ? resource.id() : new ResourceId(resource.name());
  }

  private static Problem tracked(Resource resource, Address at) {
    return new Problem(
        at.account(),
        resource.id().value(),
        "it is tracked already, as " + at,
        "nothing is left to do; `drift` compares it with its cloud");
  }

  /** A listing shows little of some resources: each is read whole. */
  private List<Resource> read(
      String tenant, String account, List<Resource> chosen, List<Problem> refused) {
    Provider provider = accounts.provider(tenant, account);
    var permits = new Semaphore(AT_ONCE);
    var there = new ArrayList<Resource>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reads = new ArrayList<Future<Seen>>();
      for (Resource one : chosen) {
        reads.add(
            threads.submit(
                () -> {
                  permits.acquire();
                  try {
                    return read(provider, account, one);
                  } finally {
                    permits.release();
                  }
                }));
      }
      for (Future<Seen> read : reads) {
        switch (read.get()) {
          case Seen.There(var resource) -> there.add(resource);
          case Seen.Not(var problem) -> refused.add(problem);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the import was interrupted; nothing was imported", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the import failed: " + e.getCause(), e);
    }
    return there;
  }

  private Seen read(Provider provider, String account, Resource listed) {
    try {
      Optional<Resource> now =
          patience.ask(() -> provider.read(listed.type(), listed.region(), listed.id()));
      return now.filter(one -> one.lifecycle() != Lifecycle.DELETED)
          .<Seen>map(Seen.There::new)
          .orElseGet(
              () ->
                  new Seen.Not(
                      new Problem(
                          account,
                          listed.type() + " " + listed.id(),
                          "it was listed, but can't be found any more",
                          "look again in a moment")));
    } catch (ProviderException e) {
      return new Seen.Not(
          new Problem(
              account,
              listed.type() + " " + listed.id(),
              "it can't be read: " + e.kind() + ": " + e.getMessage(),
              "mend that, then import it alone"));
    }
  }

  private List<Tracked> take(
      String tenant, String account, List<Resource> there, User user, List<Problem> refused) {
    Instant now = clock.instant();
    return ledger.decide(
        tenant,
        book -> {
          var known = new HashMap<Discovery.Key, Address>();
          var names = new HashSet<Address>();
          for (Tracked one : book.tracked()) {
            names.add(one.at());
            if (one.at().account().equals(account)) {
              known.put(new Discovery.Key(one.at().type(), one.resource().id()), one.at());
            }
          }
          var events = new ArrayList<Event>();
          var addresses = new ArrayList<Address>();
          for (Resource resource : there) {
            var key = new Discovery.Key(resource.type(), resource.id());
            Address already = known.get(key);
            if (already != null) {
              refused.add(tracked(resource, already));
              continue;
            }
            Address at = address(account, resource, names);
            names.add(at);
            known.put(key, at);
            addresses.add(at);
            events.add(new Event.Observed(at, Optional.of(resource), true, now));
          }
          if (events.isEmpty()) {
            return Decision.nothing(List.of());
          }
          events.addFirst(
              new Event.Noted(
                  user.id(), "imports " + addresses.size() + " resources", account, now));
          return Decision.of(events, after -> tracked(after, addresses));
        });
  }

  private static List<Tracked> tracked(Book book, List<Address> addresses) {
    return addresses.stream().flatMap(at -> book.tracked(at).stream()).toList();
  }

  /** Its own name where that is free, with the end of its id where it is not. */
  private static Address address(String account, Resource resource, Set<Address> taken) {
    String own = resource.name().isBlank() ? resource.id().value() : resource.name();
    String name = fit(own);
    var at = new Address(account, resource.type(), name);
    if (!taken.contains(at)) {
      return at;
    }
    String id = fit(resource.id().value());
    at = new Address(account, resource.type(), name + "-" + tail(id));
    for (int number = 2; taken.contains(at); number++) {
      at = new Address(account, resource.type(), name + "-" + tail(id) + "-" + number);
    }
    return at;
  }

  /** A name has no slash; a path ends in what people call it. */
  private static String fit(String name) {
    String last = name.contains("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
    String bare = (last.isBlank() ? name.replace('/', '_') : last).strip();
    return bare.length() > LONGEST_NAME ? bare.substring(0, LONGEST_NAME) : bare;
  }

  private static String tail(String id) {
    return id.length() <= 8 ? id : id.substring(id.length() - 8);
  }
}
