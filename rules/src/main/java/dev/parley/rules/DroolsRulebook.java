package dev.parley.rules;

import dev.parley.identity.Tenant;
import dev.parley.policy.Rule;
import dev.parley.policy.Rulebook;
import dev.parley.policy.Verdict;
import dev.parley.rules.drools.Drl;
import dev.parley.rules.drools.Judge;
import dev.parley.rules.pack.RuleDefinition;
import dev.parley.rules.scene.Scene;
import dev.parley.value.Check;
import dev.parley.value.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Rulebook on Drools. Rules are loaded in the background from the moment it is opened; whoever
 * asks before they are there waits for them.
 */
public final class DroolsRulebook implements Rulebook {
  private static final Logger LOG = LoggerFactory.getLogger(DroolsRulebook.class);

  private final RulebookSettings settings;
  private final Shelf shelf;

  private DroolsRulebook(RulebookSettings settings, Shelf shelf) {
    this.settings = settings;
    this.shelf = shelf;
  }

  /** Opens it. Returns at once; nothing is read yet. */
  public static DroolsRulebook open(RulebookSettings settings) {
    var shelf = new Shelf(settings);
    shelf.start();
    return new DroolsRulebook(settings, shelf);
  }

  @Override
  public Verdict judge(Case plan) {
    try {
      TenantRules rules = shelf.rules(plan.tenant().id());
      if (!rules.missing().isEmpty()) {
        return Verdicts.denied(
            plan,
            rules.revision(),
            "RULES-BROKEN",
            "rules that should hold could not be loaded: " + rules.missing().getFirst(),
            "mend the rule folder; until then nothing runs");
      }
      if (rules.set().rules().isEmpty()) {
        return Verdicts.denied(
            plan,
            rules.revision(),
            "RULES-NONE",
            "no rules are loaded, and without rules nothing runs",
            "add a rule pack to the configuration");
      }
      var scene = new Scene(plan, rules.parameters(), settings.prices());
      Judge judge = rules.model().judge(scene, Waivers.holding(plan));
      return Verdicts.of(rules, scene, judge);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error(
          "the rulebook failed on plan {} of tenant {}",
          plan.plan().digest().brief(),
          plan.tenant().id(),
          e);
      return Verdicts.denied(
          plan,
          "",
          "RULES-FAILED",
          "the rulebook failed to run: " + e.getMessage(),
          "see the log; until it is mended nothing runs");
    }
  }

  @Override
  public String revision(Tenant tenant) {
    return shelf.rules(tenant.id()).revision();
  }

  @Override
  public List<Rule> rules(Tenant tenant) {
    return shelf.rules(tenant.id()).set().rules().stream().map(DroolsRulebook::shown).toList();
  }

  /** A rule in Drools' language, for people to read. */
  public Optional<String> drl(Tenant tenant, String rule) {
    return Optional.ofNullable(shelf.rules(tenant.id()).set().byId().get(rule)).map(Drl::of);
  }

  /** Looks at the rule folders now instead of at the next interval. */
  public void refresh() {
    shelf.refresh();
  }

  @Override
  public Check check() {
    try {
      List<Problem> problems = shelf.problems();
      int rules = shelf.count();
      if (!problems.isEmpty()) {
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return Check.failed(
            rules
                + " rules are in force, and "
                + problems.size()
                + " mistakes keep others out:\n"
                + all,
            "mend the files; they are read again by themselves");
      }
      return rules == 0
          ? Check.failed("no rules are loaded", "add a rule pack; until then nothing runs")
          : Check.ok(rules + " rules");
    } catch (RuntimeException e) {
      return Check.failed(
          "the rules could not be loaded: " + e.getMessage(), "mend them; until then nothing runs");
    }
  }

  @Override
  public void close() {
    shelf.close();
  }

  private static Rule shown(RuleDefinition rule) {
    return new Rule(
        rule.id(),
        rule.pack(),
        rule.title(),
        rule.severity(),
        rule.types().stream().sorted().toList(),
        rule.remedy(),
        rule.controls(),
        rule.source(),
        rule.text());
  }
}
