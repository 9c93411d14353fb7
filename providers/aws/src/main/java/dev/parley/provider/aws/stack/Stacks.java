package dev.parley.provider.aws.stack;

import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * Changing resources by CloudFormation change sets. A single resource becomes a stack of one, named
 * after the step's correlation; a resource of CloudFormation's own type is a unit of linked
 * resources. What a change set would do is compared with the approved change before it is executed.
 *
 * <p>A create is one call that makes the change set; {@link #poll} executes it. Each call bears the
 * step's token and may be repeated at any time by any process.
 */
public final class Stacks {
  private final Formation formation;
  private final Holdings holdings;
  private final Sights sights;
  private final Writing writing;
  private final Progress progress;
  private final Listing listing;

  /**
   * For one account.
   *
   * @param regions where stacks are listed
   * @param secret the text behind a secret's reference
   * @param types the catalog's types
   * @param looks how resources themselves are looked at, best first
   */
  public Stacks(
      AwsSettings settings,
      Clients clients,
      String account,
      List<String> regions,
      Function<String, String> secret,
      Function<ResourceType, Optional<AwsType>> types,
      List<Live> looks,
      Clock clock) {
    this.formation = new Formation(clients, account);
    this.holdings = new Holdings(formation, clock);
    this.sights = new Sights(looks);
    boolean only = !settings.ways().contains(AwsSettings.Way.CONTROL);
    this.writing = new Writing(formation, holdings, sights, secret, only);
    this.progress = new Progress(formation);
    this.listing = new Listing(formation, sights, regions, types);
  }

  /** Whether a handle is one of these operations. */
  public static boolean made(OperationHandle handle) {
    return handle.kind().equals(Handle.KIND);
  }

  /**
   * Whether a stack is one that Parley made to hold what it changes: that is how, and nothing that
   * people have to know of.
   */
  public static boolean holder(Resource resource) {
    return unit(resource.type()) && resource.id().value().contains(":stack/" + Names.PREFIX);
  }

  /** Whether a type is a stack itself: a unit of linked resources, which only goes this way. */
  public static boolean unit(ResourceType type) {
    return Unit.is(type);
  }

  /** Whether a stack of one that Parley made holds the resource, or a stack is named by the id. */
  public boolean owns(AwsType type, String region, ResourceId id) {
    return Unit.is(type.schema().type())
        || stackId(id)
        || holdings.of(type, region, id.value()).isPresent();
  }

  /** Makes the change set; {@link #poll} executes it. */
  public Operation create(Change.Create change, Token token, AwsType type) {
    return writing.create(change, token, type);
  }

  /** Makes the change set; {@link #poll} executes it. */
  public Operation update(Change.Update change, Token token, AwsType type) {
    return writing.update(change, token, type);
  }

  /** Deletes the stack, and with it what it holds. */
  public Operation delete(Change.Delete change, Token token, AwsType type) {
    return writing.delete(change, token, type);
  }

  /** One step further with an operation. */
  public Operation poll(OperationHandle handle) {
    Handle read = Handle.of(handle);
    Operation now = progress.of(read);
    if (now.state() != Operation.State.RUNNING) {
      holdings.changed(read.region());
    }
    return now;
  }

  /** Stops an operation: what is not executed is dropped, what is under way is rolled back. */
  public Operation cancel(OperationHandle handle) {
    return writing.cancel(Handle.of(handle), progress);
  }

  /** A resource as it stands; empty if no stack of Parley holds it, or if it is gone. */
  public Optional<Resource> read(AwsType type, String region, ResourceId id) {
    if (Unit.is(type.schema().type())) {
      return unit(type, region, id.value());
    }
    if (stackId(id)) {
      return formation
          .stack(region, id.value())
          .filter(stack -> Standing.of(stack) != Standing.DELETED)
          .flatMap(stack -> Holding.read(formation, region, stack))
          .flatMap(holding -> sights.of(holding, type, region));
    }
    return holdings.of(type, region, id.value()).flatMap(held -> sights.of(held, type, region));
  }

  /** What the step with this correlation made; empty also while nothing is executed yet. */
  public Optional<Resource> find(AwsType type, String region, String correlation) {
    Optional<Stack> stack =
        formation
            .stack(region, Names.stack(correlation))
            .or(
                () ->
                    Unit.is(type.schema().type())
                        ? listing.marked(region, correlation)
                        : Optional.empty())
            .filter(one -> Standing.of(one) != Standing.EMPTY)
            .filter(one -> Standing.of(one) != Standing.DELETED);
    return Unit.is(type.schema().type())
        ? stack.flatMap(one -> unit(type, region, one.stackId()))
        : stack
            .flatMap(one -> Holding.read(formation, region, one))
            .filter(held -> held.template().type().equals(type.schema().type().name()))
            .flatMap(held -> sights.of(held, type, region));
  }

  /** Resources of one type in all stacks, whoever made them, page by page. */
  public Page<Resource> list(AwsType type, Optional<String> page) {
    return listing.page(Optional.of(type), page);
  }

  /** All stacks and the resources in them, whoever made them, page by page. */
  public Page<Resource> everything(Optional<String> page) {
    return listing.page(Optional.empty(), page);
  }

  private Optional<Resource> unit(AwsType type, String region, String id) {
    return formation
        .stack(region, id)
        .filter(stack -> Standing.of(stack) != Standing.DELETED)
        .filter(stack -> Standing.of(stack) != Standing.EMPTY)
        .map(
            stack -> sights.unit(stack, type, region, formation.template(region, stack.stackId())));
  }

  static boolean stackId(ResourceId id) {
    return id.value().matches("arn:[a-z-]+:cloudformation:[a-z0-9-]+:[0-9]+:stack/.+");
  }

  static List<Tag> marks(Token token) {
    return List.of(Tag.builder().key(Tagging.CORRELATION).value(token.correlation()).build());
  }

  static ProviderException unknown(Formation formation, String operation, String id) {
    return new ProviderException.NotFound(
        formation.facts(operation, "NotInStack", "no stack of Parley holds " + id));
  }
}
