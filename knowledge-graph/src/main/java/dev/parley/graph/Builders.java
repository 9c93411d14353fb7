package dev.parley.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrEncodeForURI;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcatDistinct;

/**
 * Which texts a query builds out of which. One builder of texts may not feed another: four nested
 * REPLACE fill any memory in a second, through BIND as well. CONCAT inside CONCAT is no longer than
 * the query and may stand.
 */
final class Builders {
  /** Variable → the variables and builders it is made from. */
  private final Map<Var, Set<Var>> madeFrom = new HashMap<>();

  private final Set<Var> built = new HashSet<>();
  private final List<Set<Var>> fed = new ArrayList<>();

  /** A variable gets its value from an expression. */
  void assigned(Var var, Expr expr) {
    madeFrom.computeIfAbsent(var, _ -> new HashSet<>()).addAll(expr.getVarsMentioned());
    if (hasBuilder(expr)) {
      built.add(var);
    }
  }

  /** A variable gets its value from an aggregate. */
  void aggregated(ExprAggregator aggregator) {
    var arguments = aggregator.getAggregator().getExprList();
    if (arguments == null) {
      return;
    }
    Var var = aggregator.getVar();
    arguments.forEach(argument -> assigned(var, argument));
    if (aggregator.getAggregator() instanceof AggGroupConcat
        || aggregator.getAggregator() instanceof AggGroupConcatDistinct) {
      arguments.forEach(
          argument -> {
            if (hasBuilder(argument)) {
              throw refused();
            }
            fed.add(argument.getVarsMentioned());
          });
      built.add(var);
    }
  }

  /** A function stands somewhere in the query. */
  void seen(ExprFunction function) {
    if (!isBuilder(function)) {
      return;
    }
    for (Expr argument : function.getArgs()) {
      if (argument == null) {
        continue;
      }
      boolean concats = function instanceof E_StrConcat;
      if (hasBuilder(argument) && !(concats && onlyConcats(argument))) {
        throw refused();
      }
      fed.add(argument.getVarsMentioned());
    }
  }

  /** Once everything was seen. */
  void refuseFeeding() {
    boolean grown = true;
    while (grown) {
      grown = false;
      for (var entry : madeFrom.entrySet()) {
        if (!built.contains(entry.getKey())
            && entry.getValue().stream().anyMatch(built::contains)) {
          built.add(entry.getKey());
          grown = true;
        }
      }
    }
    if (fed.stream().flatMap(Set::stream).anyMatch(built::contains)) {
      throw refused();
    }
  }

  private static boolean isBuilder(Expr expr) {
    return expr instanceof E_StrReplace
        || expr instanceof E_StrConcat
        || expr instanceof E_StrEncodeForURI;
  }

  private static boolean hasBuilder(Expr expr) {
    if (isBuilder(expr)) {
      return true;
    }
    return expr.isFunction()
        && expr.getFunction().getArgs().stream()
            .anyMatch(argument -> argument != null && hasBuilder(argument));
  }

  private static boolean onlyConcats(Expr expr) {
    if (isBuilder(expr) && !(expr instanceof E_StrConcat)) {
      return false;
    }
    return !expr.isFunction()
        || expr.getFunction().getArgs().stream()
            .allMatch(argument -> argument == null || onlyConcats(argument));
  }

  private static RuntimeException refused() {
    return Guard.forbidden(
        "a text built out of a built text (REPLACE, CONCAT, GROUP_CONCAT, ENCODE_FOR_URI)",
        "it could fill the memory",
        "select the parts and put them together yourself");
  }
}
