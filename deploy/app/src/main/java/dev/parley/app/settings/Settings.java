package dev.parley.app.settings;

import dev.parley.cost.Estimate;
import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.identity.Person;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.policy.BreakGlassRule;
import dev.parley.value.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration of one installation.
 *
 * @param data the folder that holds everything it keeps
 * @param secrets resolves secrets when a provider call needs them
 * @param probes empty means that probes are answered on this machine only
 * @param chats the chat platforms
 */
public record Settings(
    Path data,
    List<TenantSettings> tenants,
    List<Estimate.Rate> rates,
    List<Path> priceBooks,
    Rules rules,
    Graph graph,
    Web web,
    Optional<Probes> probes,
    boolean console,
    Duration planLifetime,
    References secrets,
    List<Chat> chats) {
  public Settings {
    tenants = List.copyOf(tenants);
    rates = List.copyOf(rates);
    priceBooks = List.copyOf(priceBooks);
    chats = List.copyOf(chats);
  }

  /**
   * One tenant.
   *
   * @param people who is which user
   * @param livePrices the accounts whose provider is asked for its prices
   * @param breakGlass who may stand in for the quorum in an emergency; empty means nobody
   * @param file where the parameters of its rules stand, for the rules to read
   * @param parameters the place there
   */
  public record TenantSettings(
      Tenant tenant,
      List<User> users,
      Map<Person, String> people,
      List<Account> accounts,
      Set<String> livePrices,
      Optional<BreakGlassRule> breakGlass,
      Yaml file,
      Pointer parameters) {
    public TenantSettings {
      users = List.copyOf(users);
      people = Map.copyOf(people);
      accounts = List.copyOf(accounts);
      livePrices = Set.copyOf(livePrices);
    }
  }

  /**
   * Which rules hold.
   *
   * @param packs shipped packs by name; empty means all
   * @param folders the operator's own, reloaded when they change
   */
  public record Rules(List<String> packs, List<Path> folders) {
    public Rules {
      packs = List.copyOf(packs);
      folders = List.copyOf(folders);
    }
  }

  /** Limits of what people may ask the graph. */
  public record Graph(Duration timeout, int rows) {}

  /**
   * The local page.
   *
   * @param port 0 means any free one
   * @param demoIdentities whether demo identities may speak there for real accounts, too
   */
  public record Web(boolean enabled, String bind, int port, boolean demoIdentities) {
    /** The same, with demo identities even for real accounts. */
    public Web withDemoIdentities() {
      return new Web(enabled, bind, port, true);
    }
  }

  /**
   * Where probes from other machines are answered. They learn which part is well, and no more.
   *
   * @param bind any address of this machine
   */
  public record Probes(String bind, int port) {}

  /** The ids by which a surface knows the tenant's users, in the file's order of users. */
  public List<String> speakers(String tenant, String surface) {
    return tenant(tenant).stream()
        .flatMap(
            one ->
                one.users().stream()
                    .flatMap(
                        user ->
                            one.people().entrySet().stream()
                                .filter(link -> link.getValue().equals(user.id()))
                                .map(link -> link.getKey())))
        .filter(person -> person.surface().equals(surface))
        .map(person -> person.id())
        .toList();
  }

  /** The same, with everything kept in another folder. */
  public Settings in(Path folder) {
    return new Settings(
        folder,
        tenants,
        rates,
        priceBooks,
        rules,
        graph,
        web,
        probes,
        console,
        planLifetime,
        secrets,
        chats);
  }

  /** The same, with another page. */
  public Settings with(Web page) {
    return new Settings(
        data,
        tenants,
        rates,
        priceBooks,
        rules,
        graph,
        page,
        probes,
        console,
        planLifetime,
        secrets,
        chats);
  }

  /** A tenant by id. */
  public Optional<TenantSettings> tenant(String id) {
    return tenants.stream().filter(one -> one.tenant().id().equals(id)).findFirst();
  }
}
