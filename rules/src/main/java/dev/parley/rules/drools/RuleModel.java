package dev.parley.rules.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.globalOf;
import static org.drools.model.DSL.not;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.from;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.parley.policy.Waiver;
import dev.parley.rules.pack.Breach;
import dev.parley.rules.pack.RuleDefinition;
import dev.parley.rules.pack.RuleSet;
import dev.parley.rules.scene.PlanSubject;
import dev.parley.rules.scene.ResourceSubject;
import dev.parley.rules.scene.Scene;
import java.util.ArrayList;
import java.util.Collection;
import org.drools.model.Global;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.StatelessKieSession;

/**
 * A rule set as a Drools knowledge base. Each rule is one Drools rule that carries only its id and
 * the types it covers; two more join breaches with waivers. The model is built in Java objects:
 * nothing is compiled, so no text of anybody can become code.
 */
public final class RuleModel {
  private static final String PACKAGE = "dev.parley.rules";
  private static final String JUDGE = "judge";

  private final RuleSet rules;
  private final KieBase base;

  private RuleModel(RuleSet rules, KieBase base) {
    this.rules = rules;
    this.base = base;
  }

  /** Builds the knowledge base of a rule set; several threads may then judge with it. */
  public static RuleModel of(RuleSet rules) {
    var model = new ModelImpl();
    Global<Judge> judge = globalOf(Judge.class, PACKAGE, JUDGE);
    model.addGlobal(judge);
    rules.rules().forEach(definition -> model.addRule(checking(definition, judge)));
    model.addRule(waived(judge));
    model.addRule(active(judge));
    return new RuleModel(rules, KieBaseBuilder.createKieBaseFromModel(model));
  }

  /** Judges a scene; the waivers are those that hold now. */
  public Judge judge(Scene scene, Collection<Waiver> waivers) {
    var judge = new Judge(rules.byId());
    StatelessKieSession session = base.newStatelessKieSession();
    session.setGlobal(JUDGE, judge);
    var facts = new ArrayList<Object>(waivers);
    facts.add(scene.whole());
    facts.addAll(scene.changing());
    session.execute(facts);
    return judge;
  }

  private static Rule checking(RuleDefinition definition, Global<Judge> judge) {
    String id = definition.id();
    if (definition.aboutPlan()) {
      Variable<PlanSubject> plan = declarationOf(PlanSubject.class, "$plan");
      Variable<Breach> breach =
          declarationOf(Breach.class, "$breach", from(judge, plan, (j, p) -> j.check(id, p)));
      return rule(PACKAGE, id)
          .build(
              pattern(plan),
              pattern(breach),
              on(breach).execute((drools, found) -> drools.insert(found)));
    }
    Variable<ResourceSubject> resource = declarationOf(ResourceSubject.class, "$resource");
    Variable<Breach> breach =
        declarationOf(Breach.class, "$breach", from(judge, resource, (j, r) -> j.check(id, r)));
    return rule(PACKAGE, id)
        .build(
            pattern(resource).expr("covers-" + id, definition::covers),
            pattern(breach),
            on(breach).execute((drools, found) -> drools.insert(found)));
  }

  private static Rule waived(Global<Judge> judge) {
    Variable<Breach> breach = declarationOf(Breach.class, "$breach");
    Variable<Waiver> waiver = declarationOf(Waiver.class, "$waiver");
    return rule(PACKAGE, "waived")
        .build(
            pattern(breach),
            pattern(waiver).expr("held-back", breach, (w, b) -> Judge.covers(w, b)),
            on(judge, breach, waiver).execute((j, b, w) -> j.waived(b, w)));
  }

  private static Rule active(Global<Judge> judge) {
    Variable<Breach> breach = declarationOf(Breach.class, "$breach");
    Variable<Waiver> waiver = declarationOf(Waiver.class, "$waiver");
    return rule(PACKAGE, "active")
        .build(
            pattern(breach),
            not(pattern(waiver).expr("not-held-back", breach, (w, b) -> Judge.covers(w, b))),
            on(judge, breach).execute((j, b) -> j.active(b)));
  }
}
