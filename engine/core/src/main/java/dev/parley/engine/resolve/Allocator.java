package dev.parley.engine.resolve;

import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.plan.Plan;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Verdict;
import dev.parley.provider.Provider;
import dev.parley.value.Check;
import dev.parley.value.Money;
import dev.parley.value.Problem;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Picks the cheapest target that the rules allow, and says why not the others. */
final class Allocator {
  /** A Draft resolved with its things at one target. */
  record Tried(Optional<Plan> plan, Troubles troubles) {}

  /** What was picked, and all that was weighed; nothing is picked if the request fits nowhere. */
  record Picked(Optional<Target> target, List<Comparison.Option> options, List<Problem> problems) {}

  private record Weighed(
      Target target,
      Tried tried,
      Optional<Estimate> estimate,
      Optional<Verdict> verdict,
      Check check) {
    boolean possible() {
      return tried.plan().isPresent();
    }

    boolean allowed() {
      return verdict.isPresent() && !verdict.get().denied();
    }

    boolean eligible() {
      return possible() && allowed() && check.ok();
    }

    int unpriced() {
      return estimate.map(Estimate::unpriced).orElse(0);
    }
  }

  /** Complete prices before incomplete ones, then the lower. */
  private static final Comparator<Weighed> CHEAPER =
      Comparator.comparing((Weighed one) -> one.unpriced() > 0)
          .thenComparing(one -> one.estimate().orElseThrow().monthly().amount());

  private final Appraisal appraisal;
  private final Map<String, Check> checks = new HashMap<>();

  Allocator(Appraisal appraisal) {
    this.appraisal = appraisal;
  }

  /** Weighs all candidates. */
  Picked pick(List<Target> candidates, Function<Target, Tried> resolve) {
    List<Weighed> all =
        candidates.stream().map(target -> weigh(target, resolve.apply(target))).toList();
    Optional<Weighed> best = all.stream().filter(Weighed::eligible).min(CHEAPER);
    Optional<Weighed> chosen =
        best.or(
            () ->
                all.stream()
                    .filter(Weighed::possible)
                    .min(
                        Comparator.comparing((Weighed one) -> !one.check().ok())
                            .thenComparing(CHEAPER)));
    List<Weighed> ordered = new ArrayList<>(all);
    ordered.sort(
        Comparator.comparing((Weighed one) -> one.estimate().isEmpty())
            .thenComparing(
                one ->
                    one.estimate()
                        .map(e -> e.monthly().amount())
                        .orElse(java.math.BigDecimal.ZERO)));
    List<Comparison.Option> options =
        ordered.stream().map(one -> option(one, chosen, best.isPresent())).toList();
    List<Problem> problems =
        chosen.isPresent()
            ? List.of()
            : all.stream()
                .flatMap(one -> one.tried().troubles().problems().stream())
                .distinct()
                .toList();
    return new Picked(chosen.map(Weighed::target), options, problems);
  }

  private Weighed weigh(Target target, Tried tried) {
    Provider provider = target.spot().provider();
    Check check = checks.computeIfAbsent(target.spot().id(), _ -> provider.check());
    Optional<Estimate> estimate = tried.plan().map(appraisal::estimate);
    Optional<Verdict> verdict =
        estimate.map(cost -> appraisal.judge(tried.plan().orElseThrow(), cost));
    return new Weighed(target, tried, estimate, verdict, check);
  }

  private static Comparison.Option option(
      Weighed one, Optional<Weighed> chosen, boolean anyEligible) {
    boolean picked = chosen.isPresent() && chosen.get() == one;
    return new Comparison.Option(
        one.target().spot().id(),
        one.target().spot().account().family(),
        one.target().regionOrDefault(),
        one.estimate().map(Estimate::monthly),
        one.unpriced(),
        one.allowed(),
        picked,
        picked ? whyPicked(one, anyEligible) : whyNot(one, chosen));
  }

  private static String whyPicked(Weighed one, boolean anyEligible) {
    String gaps = one.unpriced() == 0 ? "" : "; " + lines(one.unpriced()) + " no price";
    return anyEligible
        ? "the cheapest that is allowed" + gaps
        : "nothing else is left: " + whyNot(one, Optional.empty());
  }

  private static String whyNot(Weighed one, Optional<Weighed> chosen) {
    if (!one.possible()) {
      return "it can't be made there: "
          + one.tried().troubles().problems().stream()
              .findFirst()
              .map(Problem::toString)
              .orElse("unknown");
    }
    if (!one.check().ok()) {
      return "the account can't be used now: " + one.check().detail();
    }
    if (!one.allowed()) {
      return "the rules deny it: "
          + one.verdict().orElseThrow().findings().stream()
              .filter(finding -> finding.active() && finding.enforcement() == Enforcement.DENY)
              .findFirst()
              .map(finding -> finding.rule() + " " + finding.message())
              .orElse("");
    }
    if (chosen.isEmpty()) {
      return "it is possible";
    }
    Money mine = one.estimate().orElseThrow().monthly();
    Money best = chosen.get().estimate().orElseThrow().monthly();
    if (one.unpriced() > 0 && chosen.get().unpriced() == 0) {
      return lines(one.unpriced()) + " no price there";
    }
    Money more = mine.minus(best);
    return more.amount().signum() == 0
        ? "it costs the same"
        : more.currency() + " " + more.amount().setScale(2, RoundingMode.HALF_UP) + " a month more";
  }

  private static String lines(int count) {
    return count == 1 ? "1 line has" : count + " lines have";
  }
}
