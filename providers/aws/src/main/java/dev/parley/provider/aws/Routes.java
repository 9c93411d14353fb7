package dev.parley.provider.aws;

import dev.parley.plan.Change;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.account.AwsSettings.Way;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.stack.Stacks;
import dev.parley.resource.ResourceId;
import dev.parley.value.Value.Fields;
import java.util.Optional;

/**
 * Which way a change goes. Decided before it is sent and never afterwards: what failed on one way
 * may have happened on it.
 */
final class Routes {
  private final String account;
  private final AwsSettings settings;
  private final Stacks stacks;

  Routes(String account, AwsSettings settings, Stacks stacks) {
    this.account = account;
    this.settings = settings;
    this.stacks = stacks;
  }

  /** The way on which something of this type is made, and looked for. */
  Way making(AwsType type) {
    return way(type, "create");
  }

  /** What a stack holds is changed through it; otherwise the stack would not know of it. */
  Way changing(AwsType type, String action, String region, ResourceId id, Fields was) {
    if (settings.ways().contains(Way.STACK) && held(type, region, id, was)) {
      return Way.STACK;
    }
    if (settings.ways().contains(Way.CONTROL) && type.handlers().contains(action)) {
      return Way.CONTROL;
    }
    if (action.equals("delete") && settings.ways().contains(Way.STACK)) {
      return Way.STACK; // where nothing holds it, it is gone, or was never there
    }
    throw impassable(type, action);
  }

  private boolean held(AwsType type, String region, ResourceId id, Fields was) {
    boolean told = Held.tagged(type, was);
    try {
      return stacks.owns(type, region, id);
    } catch (ProviderException.Forbidden e) {
      if (told || Stacks.unit(type.schema().type())) {
        throw e;
      }
      return false; // an account that may not look at stacks has none of ours
    }
  }

  private Way way(AwsType type, String action) {
    if (Stacks.unit(type.schema().type())) {
      if (settings.ways().contains(Way.STACK)) {
        return Way.STACK;
      }
      throw impassable(type, action);
    }
    return settings.ways().stream()
        .filter(way -> way == Way.STACK || type.handlers().contains(action))
        .findFirst()
        .orElseThrow(() -> impassable(type, action));
  }

  private ProviderException impassable(AwsType type, String action) {
    return new ProviderException.Refused(
        Facts.unsent(
            account,
            action,
            type.schema().type().name()
                + " can't be handled by Cloud Control ("
                + action
                + "), and "
                + (settings.ways().contains(Way.STACK)
                    ? "no stack of Parley holds it; use an operation of its service by name"
                    : "this account allows no other way; add stack to its ways, or use an"
                        + " operation of its service by name")));
  }

  /** The other way that a person may propose after a change was rejected on this one. */
  Optional<String> other(Way taken, AwsType type, Change change) {
    String service = type.schema().type().name();
    return switch (taken) {
      case CONTROL ->
          change instanceof Change.Create && settings.ways().contains(Way.STACK)
              ? Optional.of(
                  "it may be proposed anew as a stack of one: put stack first in the account's"
                      + " ways")
              : Optional.of(
                  "what Cloud Control can't do to "
                      + service
                      + " may be proposed as an operation of its service by name");
      case STACK ->
          change instanceof Change.Create
                  && settings.ways().contains(Way.CONTROL)
                  && type.handlers().contains("create")
              ? Optional.of(
                  "it may be proposed anew through Cloud Control: put control first in the"
                      + " account's ways")
              : Optional.empty();
    };
  }
}
