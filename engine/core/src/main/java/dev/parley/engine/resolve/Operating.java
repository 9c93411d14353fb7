package dev.parley.engine.resolve;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.identity.Account;
import dev.parley.plan.Want;
import dev.parley.provider.Capability;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.ProviderException;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a wish for an operation that belongs to no resource: is there such, and does it fit. */
final class Operating {
  private static final int NEAR = 5;

  private final Scene scene;
  private final Troubles troubles;

  Operating(Scene scene, Troubles troubles) {
    this.scene = scene;
    this.troubles = troubles;
  }

  /** The piece of the plan; empty with every problem that is in the way. */
  Optional<Piece> piece(Want.Invoke invoke, String where) {
    Optional<Account> account = scene.account(invoke.at().account());
    if (account.isEmpty()) {
      troubles.problem(
          where + "/at",
          invoke.at().account(),
          "there is no such account",
          "known: " + scene.accounts().stream().map(Account::id).collect(Collectors.joining(", ")));
      return Optional.empty();
    }
    if (!account.get().environment().equals(scene.environment())) {
      troubles.problem(
          where + "/at",
          invoke.at().account(),
          "it is in "
              + account.get().environment()
              + ", and the plan is for "
              + scene.environment(),
          "make one plan for each environment");
      return Optional.empty();
    }
    Optional<Spot> spot = scene.spot(account.get(), troubles);
    if (spot.isEmpty() || !knows(spot.get(), invoke, where)) {
      return Optional.empty();
    }
    return Optional.of(
        new Piece.Operated(
            invoke.at(),
            spot.get(),
            where,
            region(spot.get()),
            invoke.operation(),
            invoke.input()));
  }

  private String region(Spot spot) {
    return scene
        .wish()
        .draft()
        .place()
        .region()
        .flatMap(spot::spelled)
        .orElse(spot.account().region());
  }

  private boolean knows(Spot spot, Want.Invoke invoke, String where) {
    if (!spot.provider().info().capabilities().contains(Capability.OPERATIONS)) {
      troubles.problem(
          where + "/operation",
          "'" + invoke.operation() + "'",
          "account " + spot.id() + " offers no operations by name",
          "call an operation of a resource, as in `stop web-1`");
      return false;
    }
    try {
      List<OperationInfo> named = spot.provider().operations(invoke.operation(), 1);
      Optional<OperationInfo> exact =
          named.stream().filter(one -> one.name().equals(invoke.operation())).findFirst();
      if (exact.isEmpty()) {
        unknown(spot, invoke, where);
        return false;
      }
      if (exact.get().reading()) {
        troubles.problem(
            where + "/operation",
            "'" + invoke.operation() + "'",
            "it changes nothing, so it needs no plan",
            "say `call " + invoke.operation() + "`, and it is answered at once");
        return false;
      }
      return fits(spot, invoke, exact.get(), where);
    } catch (ProviderException e) {
      troubles.problem(
          where + "/operation",
          "'" + invoke.operation() + "'",
          "its account can't be asked now: " + e.kind() + ": " + e.getMessage(),
          "try again when the account answers");
      return false;
    }
  }

  private void unknown(Spot spot, Want.Invoke invoke, String where) {
    String near =
        spot.provider().operations(invoke.operation().replace('.', ' '), NEAR).stream()
            .map(OperationInfo::name)
            .collect(Collectors.joining(", "));
    troubles.problem(
        where + "/operation",
        "'" + invoke.operation() + "'",
        "account " + spot.id() + " has no such operation",
        near.isEmpty() ? "search with `operations <words>`" : "there are " + near);
  }

  private boolean fits(Spot spot, Want.Invoke invoke, OperationInfo info, String where) {
    boolean fits = true;
    for (SchemaError error : SchemaValidator.validate(schema(spot, info), invoke.input())) {
      String place = where + "/input" + error.path();
      switch (error.grade()) {
        case ERROR -> {
          troubles.problem(place, error.what(), error.why(), error.next());
          fits = false;
        }
        case WARNING, UNKNOWN -> troubles.warning(place, error.what(), error.why(), error.next());
      }
    }
    return fits;
  }

  private static TypeSchema schema(Spot spot, OperationInfo info) {
    return new TypeSchema(
        ResourceType.operation(spot.account().family()),
        info.name(),
        "",
        info.input(),
        Set.of(),
        Set.of(),
        Set.of(),
        Pointer.ROOT,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        Set.of(),
        info.name());
  }
}
