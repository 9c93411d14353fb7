package dev.parley.provider;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.SchemaError;
import dev.parley.cost.PriceSource;
import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One account of one cloud. Takes typed requests and gives values or {@link ProviderException}; one
 * call is one mutating request on the wire. It never retries, never sleeps and decides no policy.
 *
 * <p>Building one does no I/O. All methods may be called from many threads.
 */
public interface Provider extends AutoCloseable {
  ProviderInfo info();

  /** The types that can be made; read on first use, then cached. */
  Catalog catalog();

  /** Whether the account can be reached. Never throws. */
  Check check();

  /**
   * What the schema says about properties. No I/O; a reference or unknown silences only its leaf.
   */
  List<SchemaError> validate(ResourceType type, Fields desired);

  /**
   * What making the resource look like this would take: Create, Update, Replace or NoOp. Changes
   * nothing. Compares only what was asked for: server defaults and reordered sets are no change.
   *
   * @param desired what was asked for, laid over the prior state by the caller where that is wanted
   * @param prior as last read; empty if it does not exist
   */
  Change plan(Address at, String region, Fields desired, Optional<Resource> prior);

  /**
   * Makes it. References in the properties are resolved by the caller before.
   *
   * @throws ProviderException for everything the cloud says or fails to say
   */
  Operation create(Change.Create change, Token token);

  Operation update(Change.Update change, Token token);

  /** Deletes it; what is already gone counts as deleted if it had been seen before. */
  Operation delete(Change.Delete change, Token token);

  /** Any other operation: start, stop, reboot. */
  Operation call(Change.Call change, Token token);

  /** One look at a long call. */
  Operation poll(OperationHandle handle);

  /** Asks to stop a long call; refused unless CANCEL is claimed. */
  Operation cancel(OperationHandle handle);

  Optional<Resource> read(ResourceType type, String region, ResourceId id);

  /** What exists, page by page; empty type means everything that can be listed. */
  Page<Resource> list(Optional<ResourceType> type, Optional<String> page);

  /** The resource that bears a correlation, if there is one. */
  Optional<Resource> find(ResourceType type, String region, String correlation);

  /** Live prices; refused unless PRICES is claimed. */
  PriceSource prices();

  /** Whether it works; refused unless HEALTH is claimed. */
  Health health(Resource resource);

  /** What it wrote since then, oldest first; refused unless LOGS is claimed. */
  List<LogLine> logs(Resource resource, Instant since, int limit);

  /** What it really cost; refused unless COSTS is claimed. */
  default Costs costs(Costs.Query query) {
    throw unclaimed("costs");
  }

  /**
   * Operations whose name fits the words, best first; refused unless OPERATIONS is claimed. A name
   * in full gives exactly that one, or nothing.
   */
  default List<OperationInfo> operations(String words, int limit) {
    throw unclaimed("operations");
  }

  /**
   * Calls an operation that only reads. One that may change something, or reveal a secret, is
   * refused: it goes through an approved {@link Change.Call}.
   *
   * @param operation its name, for example {@code ec2.DescribeInstances}
   */
  default Fields query(String operation, String region, Fields input) {
    throw unclaimed("query");
  }

  /**
   * Whose account the credentials belong to, in the provider's own words, asked anew; empty if the
   * provider has no such notion.
   *
   * @throws ProviderException if it can't be asked
   */
  default Optional<String> identity() {
    return Optional.empty();
  }

  private ProviderException unclaimed(String operation) {
    return new ProviderException.Refused(
        ProviderException.Facts.unsent(
            info().account(),
            operation,
            "provider " + info().kind() + " does not offer " + operation));
  }

  @Override
  void close();
}
