package dev.parley.rules;

import dev.parley.rules.drools.RuleModel;
import dev.parley.rules.pack.RuleSet;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.value.Digest;
import dev.parley.value.Problem;
import java.util.List;

/**
 * What holds for one tenant.
 *
 * @param missing why rules that should hold do not, if so: then nothing runs
 */
record TenantRules(RuleSet set, RuleModel model, RuleParameters parameters, List<Problem> missing) {
  TenantRules {
    missing = List.copyOf(missing);
  }

  String revision() {
    return Digest.ofText(set.digest().hex() + parameters.digest().hex()).hex();
  }
}
