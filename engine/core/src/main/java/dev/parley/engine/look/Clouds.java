package dev.parley.engine.look;

import dev.parley.identity.User;
import dev.parley.provider.Costs;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.OperationInfo;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks into the accounts' clouds. Nothing here changes a cloud; what is written down is written to
 * the journal first. Every answer that holds text of a cloud has its credentials taken out.
 *
 * <p>All methods block, and throw {@link dev.parley.provider.ProviderException} for what a cloud
 * says or fails to say, {@link dev.parley.value.Invalid} for what was asked wrongly.
 */
public interface Clouds {
  /**
   * What exists in an account, tracked or not.
   *
   * @param type only these; empty means everything that can be listed
   * @param progress told after every page
   */
  Inventory discover(
      String tenant, String account, Optional<ResourceType> type, Consumer<Progress> progress);

  /**
   * Takes what exists under Parley's care: each gets an address of its own, and is in the ledger
   * and the graph from then on. The cloud does not notice.
   *
   * @param user an operator
   */
  Adopted adopt(
      String tenant, String account, Selection selection, User user, Consumer<Progress> progress);

  /**
   * Compares the clouds with what was last seen and asked for, and writes down what differs.
   *
   * @param account empty means all of them; one that can't be looked at is then a gap
   */
  Drifts drift(String tenant, Optional<String> account, Consumer<Progress> progress);

  /** The one tracked resource that somebody means by a name, an address or a provider id. */
  Tracked named(String tenant, String words);

  /** The one type of an account that somebody means: its name, a part of it, or a service. */
  ResourceType type(String tenant, String account, String words);

  /** What a resource wrote since then, oldest first. */
  List<LogLine> logs(String tenant, Tracked resource, Instant since, int limit);

  /** Whether a resource works, as it is now. */
  Health health(String tenant, Tracked resource);

  /** What an account really cost, in the currency it is billed in. */
  Costs costs(String tenant, String account, Costs.Query query);

  /** The operations of an account whose names fit the words, best first. */
  List<OperationInfo> operations(String tenant, String account, String words, int limit);

  /**
   * Calls an operation that only reads. Who asked for what is written to the audit log before it is
   * sent.
   *
   * @param region empty means the account's own
   * @param user an operator, approver or admin
   */
  Fields query(
      String tenant,
      String account,
      Optional<String> region,
      String operation,
      Fields input,
      User user);

  /**
   * Reads an account's catalog anew. Open plans whose types changed can't be approved any more.
   *
   * @param user an admin
   */
  CatalogNews refreshCatalog(String tenant, String account, User user);

  /**
   * Takes a folder, file or archive of schemas into an account's catalog.
   *
   * @param user an admin
   */
  CatalogNews importCatalog(String tenant, String account, Path from, User user);

  /** What an open or past plan needs its accounts to be allowed to do. */
  Permissions permissionsOfPlan(String tenant, String plan);

  /** What the whole life of a type needs an account to be allowed to do. */
  Permissions permissionsOfType(String tenant, String account, ResourceType type);
}
