package dev.parley.engine.approve;

import dev.parley.approval.Proposal;
import dev.parley.catalog.Catalog;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.resolve.Appraisal;
import dev.parley.engine.resolve.Plans;
import dev.parley.engine.state.Ledger;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Finding;
import dev.parley.policy.Verdict;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.value.Digest;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at catalogs, rules, prices and every resource that a plan would touch, and judges the plan
 * anew.
 */
public final class CloudLook implements FreshLook {
  private static final int AT_ONCE = 16;

  private final Accounts accounts;
  private final Ledger ledger;
  private final Function<Plan, Appraisal> appraisals;

  /**
   * @param appraisals how a plan is priced and judged as things stand now
   */
  public CloudLook(Accounts accounts, Ledger ledger, Function<Plan, Appraisal> appraisals) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.appraisals = appraisals;
  }

  @Override
  public Optional<String> moved(Proposal proposal) {
    Plan plan = proposal.plan();
    Appraisal now = appraisals.apply(plan);
    if (!now.rules().equals(plan.basis().rules())) {
      return Optional.of("the rules have changed since it was planned");
    }
    if (!now.prices().equals(plan.basis().prices())) {
      return Optional.of("the prices have changed since it was planned");
    }
    return identities(plan)
        .or(() -> catalogs(plan))
        .or(() -> existing(plan))
        .or(() -> clouds(plan))
        .or(() -> verdict(proposal, now));
  }

  private Optional<String> identities(Plan plan) {
    var changed =
        plan.changes().stream()
            .filter(Change::mutates)
            .map(change -> change.at().account())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String account : changed) {
      Optional<String> then = Optional.ofNullable(plan.basis().identities().get(account));
      try {
        Optional<String> now = accounts.provider(plan.tenant(), account).identity();
        if (!now.equals(then)) {
          return Optional.of(
              "the credentials of "
                  + account
                  + now.map(one -> " belong to " + one + " now").orElse(" belong to nobody known")
                  + then.map(one -> ", not to " + one)
                      .orElse(", which was not known when it was planned"));
        }
      } catch (ProviderException | IllegalArgumentException e) {
        return Optional.of(
            "whose account " + account + " is can't be asked now: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<String> catalogs(Plan plan) {
    for (Map.Entry<String, String> basis : plan.basis().catalogs().entrySet()) {
      try {
        Catalog catalog = accounts.provider(plan.tenant(), basis.getKey()).catalog();
        String revision = catalog.revision(Plans.types(plan, basis.getKey()));
        if (!revision.equals(basis.getValue())) {
          return Optional.of(
              "the catalog of " + basis.getKey() + " has changed since it was planned");
        }
      } catch (ProviderException | IllegalArgumentException e) {
        return Optional.of(
            "the catalog of " + basis.getKey() + " can't be read now: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<String> existing(Plan plan) {
    return ledger.read(
        plan.tenant(),
        book ->
            plan.changes().stream()
                .filter(
                    change ->
                        change instanceof Change.Create && book.tracked(change.at()).isPresent())
                .map(change -> change.at() + " exists now")
                .findFirst());
  }

  /** The resource a change touches, as the plan saw it. */
  private record Touched(Address at, String region, ResourceId id, Optional<Fields> was) {}

  private static Optional<Touched> touched(Change change) {
    return switch (change) {
      case Change.Update c ->
          Optional.of(new Touched(c.at(), c.region(), c.id(), Optional.of(c.was())));
      case Change.Replace c ->
          Optional.of(new Touched(c.at(), c.fromRegion(), c.id(), Optional.of(c.was())));
      case Change.Delete c ->
          Optional.of(new Touched(c.at(), c.region(), c.id(), Optional.of(c.was())));
      case Change.Call c when c.at().type().isOperation() -> Optional.empty();
      case Change.Call c -> Optional.of(new Touched(c.at(), c.region(), c.id(), Optional.empty()));
      case Change.Create _, Change.Read _, Change.NoOp _ -> Optional.empty();
    };
  }

  private Optional<String> clouds(Plan plan) {
    List<Touched> touched =
        plan.changes().stream().flatMap(change -> touched(change).stream()).toList();
    if (touched.isEmpty()) {
      return Optional.empty();
    }
    var permits = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var looks = new ArrayList<Future<Optional<String>>>();
      for (Touched one : touched) {
        permits.acquireUninterruptibly();
        looks.add(
            threads.submit(
                () -> {
                  try {
                    return look(plan, one);
                  } finally {
                    permits.release();
                  }
                }));
      }
      for (Future<Optional<String>> look : looks) {
        Optional<String> moved = look.get();
        if (moved.isPresent()) {
          return moved;
        }
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the look at the clouds was interrupted; try again");
    } catch (ExecutionException e) {
      return Optional.of("the clouds can't be looked at now: " + e.getCause());
    }
  }

  private Optional<String> look(Plan plan, Touched touched) {
    Address at = touched.at();
    try {
      Provider provider = accounts.provider(plan.tenant(), at.account());
      Optional<Resource> now = provider.read(at.type(), touched.region(), touched.id());
      if (now.isEmpty()) {
        return Optional.of(at + " is gone");
      }
      Digest basis = plan.basis().priorStates().get(at);
      if (basis == null || basis.equals(Plans.priorState(now.get()))) {
        return Optional.empty();
      }
      return Optional.of(
          at
              + " has changed in the cloud"
              + touched.was().map(was -> ": " + differing(was, now.get().properties())).orElse(""));
    } catch (ProviderException e) {
      return Optional.of(
          at
              + " can't be looked at now ("
              + e.kind()
              + ": "
              + e.getMessage()
              + "); try again in a moment");
    }
  }

  private static String differing(Fields was, Fields now) {
    var names = new TreeSet<>(was.fields().keySet());
    names.addAll(now.fields().keySet());
    return names.stream()
        .filter(name -> !was.get(name).equals(now.get(name)))
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> verdict(Proposal proposal, Appraisal appraisal) {
    Verdict then = proposal.verdict();
    Verdict now = appraisal.judge(proposal.plan(), proposal.estimate());
    TreeSet<String> before = gist(then);
    TreeSet<String> after = gist(now);
    if (!before.equals(after)) {
      var appeared = new TreeSet<>(after);
      appeared.removeAll(before);
      var gone = new TreeSet<>(before);
      gone.removeAll(after);
      return Optional.of(
          "the rules say something else now"
              + (appeared.isEmpty() ? "" : ": new " + String.join(", ", appeared))
              + (gone.isEmpty() ? "" : ": no longer " + String.join(", ", gone)));
    }
    boolean same =
        then.approval().count() == now.approval().count()
            && then.approval().emoji() == now.approval().emoji()
            && Set.copyOf(then.approval().anyOf()).equals(Set.copyOf(now.approval().anyOf()));
    return same ? Optional.empty() : Optional.of("the rules ask for other approvals now");
  }

  private static TreeSet<String> gist(Verdict verdict) {
    return verdict.findings().stream()
        .map(CloudLook::gist)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String gist(Finding finding) {
    return finding.rule()
        + finding.address().map(at -> " at " + at).orElse("")
        + (finding.path().segments().isEmpty() ? "" : finding.path().toString())
        + " ("
        + finding.enforcement()
        + finding.waiver().map(waiver -> ", waived by " + waiver.id()).orElse("")
        + ")";
  }
}
