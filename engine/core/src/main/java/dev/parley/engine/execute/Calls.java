package dev.parley.engine.execute;

import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.Token;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import java.util.Optional;
import java.util.function.Supplier;

/** What a step asks a provider, each as one job that always comes back with a reply. */
final class Calls {
  private final Provider provider;
  private final Lane lane;

  Calls(Provider provider, Lane lane) {
    this.provider = provider;
    this.lane = lane;
  }

  /** Sends the change, and reads what came of it if it is done at once. */
  Reply send(Change change, Token token) {
    return guarded("send", true, () -> result(begin(change, token), change, token));
  }

  /** One look at a running operation. */
  Reply poll(OperationHandle handle, Change change, Token token) {
    return guarded("poll", true, () -> result(provider.poll(handle), change, token));
  }

  /** Reads what the provider says is done. */
  Reply see(Change change, Token token, Optional<ResourceId> id) {
    return guarded("read", false, () -> seen(change, token, id));
  }

  /** Searches for what bears the step's mark; of a delete, whether it is gone. */
  Reply look(Change change, Token token) {
    return guarded(
        "find",
        false,
        () ->
            switch (change) {
              case Change.Delete delete ->
                  gone(provider.read(delete.at().type(), delete.region(), delete.id()))
                      ? new Reply.Done(Optional.empty())
                      : new Reply.Found(Optional.empty());
              case Change.Create create ->
                  new Reply.Found(
                      provider.find(create.at().type(), create.region(), token.correlation()));
              case Change.Update _, Change.Replace _, Change.Read _, Change.NoOp _, Change.Call _ ->
                  new Reply.Found(Optional.empty());
            });
  }

  /** Reads a resource that somebody else may be changing. */
  Reply reread(Change change) {
    return guarded(
        "read",
        false,
        () ->
            new Reply.Reread(
                id(change).flatMap(id -> provider.read(change.at().type(), change.region(), id))));
  }

  /** Deletes what a failed attempt of this step left half-made. */
  Reply clear(Change.Create create, Resource left, Token token) {
    return guarded(
        "delete",
        false,
        () -> {
          provider.delete(
              new Change.Delete(create.at(), create.region(), left.id(), left.properties()), token);
          return new Reply.Cleared();
        });
  }

  private Operation begin(Change change, Token token) {
    return switch (change) {
      case Change.Create c -> provider.create(c, token);
      case Change.Update c -> provider.update(c, token);
      case Change.Delete c -> provider.delete(c, token);
      case Change.Call c -> provider.call(c, token);
      case Change.Read c ->
          new Operation(
              new OperationHandle("read", dev.parley.value.Value.Fields.EMPTY),
              Operation.State.SUCCEEDED,
              Optional.empty(),
              Optional.empty(),
              Optional.of(c.id()),
              Optional.empty(),
              "");
      case Change.Replace _, Change.NoOp _ ->
          throw new IllegalStateException("no step is a " + change);
    };
  }

  private Reply result(Operation operation, Change change, Token token) {
    return switch (operation.state()) {
      case RUNNING -> new Reply.Running(operation);
      case SUCCEEDED -> seenAfter(change, token, operation.resource());
      case FAILED ->
          new Reply.Trouble(
              operation
                  .error()
                  .orElseGet(
                      () ->
                          new ProviderException.OperationFailed(
                              facts("poll", operation.message()))),
              true);
      case CANCELLED ->
          new Reply.Trouble(
              new ProviderException.OperationFailed(
                  facts("poll", "cancelled at the provider: " + operation.message())),
              true);
      case UNKNOWN ->
          new Reply.Trouble(
              new ProviderException.OutcomeUnknown(facts("poll", operation.message())), false);
    };
  }

  private Reply seenAfter(Change change, Token token, Optional<ResourceId> id) {
    lane.answered();
    try {
      return seen(change, token, id);
    } catch (ProviderException e) {
      report(e);
      return new Reply.Unseen(id, Optional.of(e));
    }
  }

  private Reply seen(Change change, Token token, Optional<ResourceId> said) {
    if (change.at().type().isOperation()) {
      return new Reply.Done(Optional.empty());
    }
    Optional<ResourceId> id = said.or(() -> id(change));
    Optional<Resource> now =
        id.isPresent()
            ? provider.read(change.at().type(), change.region(), id.get())
            : provider.find(change.at().type(), change.region(), token.correlation());
    if (change instanceof Change.Delete) {
      return gone(now) ? new Reply.Done(Optional.empty()) : new Reply.Unseen(id, Optional.empty());
    }
    if (now.isEmpty() && change instanceof Change.Read read) {
      return new Reply.Trouble(
          new ProviderException.NotFound(facts("read", read.at() + " is not there")), true);
    }
    return now.isEmpty() ? new Reply.Unseen(id, Optional.empty()) : new Reply.Done(now);
  }

  private static boolean gone(Optional<Resource> now) {
    return now.isEmpty() || now.get().lifecycle() == Lifecycle.DELETED;
  }

  private static Optional<ResourceId> id(Change change) {
    return switch (change) {
      case Change.Update c -> Optional.of(c.id());
      case Change.Delete c -> Optional.of(c.id());
      case Change.Read c -> Optional.of(c.id());
      case Change.NoOp c -> Optional.of(c.id());
      case Change.Call c -> Optional.of(c.id());
      case Change.Replace c -> Optional.of(c.id());
      case Change.Create _ -> Optional.empty();
    };
  }

  /**
   * @param mutates whether the request may have changed something when nothing is known of it
   */
  private Reply guarded(String operation, boolean mutates, Supplier<Reply> job) {
    try {
      Reply reply = job.get();
      if (!(reply instanceof Reply.Unseen unseen && unseen.trouble().isPresent())) {
        lane.answered();
      }
      return reply;
    } catch (ProviderException e) {
      report(e);
      return new Reply.Trouble(e, false);
    } catch (RuntimeException e) {
      lane.answered();
      Facts facts =
          new Facts(
              provider.info().account(),
              operation,
              0,
              e.getClass().getSimpleName(),
              "the provider broke its contract: " + e,
              "",
              mutates ? Sent.MAYBE : Sent.NO);
      return new Reply.Trouble(
          mutates
              ? new ProviderException.OutcomeUnknown(facts)
              : new ProviderException.Refused(facts),
          false);
    }
  }

  private void report(ProviderException error) {
    switch (error) {
      case ProviderException.Throttled throttled ->
          lane.throttled(throttled.delay().orElse(java.time.Duration.ofSeconds(1)));
      case ProviderException.Unavailable _, ProviderException.OutcomeUnknown _ -> lane.down();
      default -> lane.answered();
    }
  }

  private Facts facts(String operation, String message) {
    return new Facts(provider.info().account(), operation, 0, "", message, "", Sent.YES);
  }
}
