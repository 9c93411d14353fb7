package dev.parley.graph;

import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.SortCondition;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpAssign;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpProcedure;
import org.apache.jena.sparql.algebra.op.OpPropFunc;
import org.apache.jena.sparql.algebra.op.OpQuad;
import org.apache.jena.sparql.algebra.op.OpQuadBlock;
import org.apache.jena.sparql.algebra.op.OpQuadPattern;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.op.OpTopN;
import org.apache.jena.sparql.algebra.op.OpTriple;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.core.VarExprList;
import org.apache.jena.sparql.expr.E_Call;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.expr.ExprFunction0;
import org.apache.jena.sparql.expr.ExprFunction1;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunction3;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.apache.jena.sparql.expr.aggregate.AggCustom;
import org.apache.jena.sparql.expr.aggregate.Aggregator;
import org.apache.jena.sparql.path.P_Alt;
import org.apache.jena.sparql.path.P_Distinct;
import org.apache.jena.sparql.path.P_FixedLength;
import org.apache.jena.sparql.path.P_Inverse;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_Mod;
import org.apache.jena.sparql.path.P_Multi;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_OneOrMoreN;
import org.apache.jena.sparql.path.P_Path0;
import org.apache.jena.sparql.path.P_Path1;
import org.apache.jena.sparql.path.P_Path2;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.Path;
import org.apache.jena.sparql.path.PathVisitorBase;

/** Goes through every corner of a query, and refuses what could do harm. */
final class Walk {
  private final Builders builders = new Builders();
  private final List<Expr> outside = new ArrayList<>();

  void over(Op algebra) {
    Walker.walk(algebra, new Ops(), new Exprs());
    // Jena's walker enters neither ORDER BY nor the arguments of aggregates.
    for (int i = 0; i < outside.size(); i++) {
      Walker.walk(outside.get(i), new Ops(), new Exprs());
    }
    builders.refuseFeeding();
  }

  private static void predicate(Node node) {
    if (node.isURI() && !Allowed.predicate(node.getURI())) {
      throw Guard.forbidden(
          "<" + node.getURI() + "> as a property",
          "it is a function in disguise",
          "use the properties of the graph");
    }
  }

  private void aggregator(Aggregator aggregator) {
    if (aggregator instanceof AggCustom custom) {
      throw function(custom.getIRI());
    }
    if (aggregator.getExprList() != null) {
      aggregator.getExprList().forEach(outside::add);
    }
  }

  private static RuntimeException function(String iri) {
    return Guard.forbidden(
        "the function <" + iri + ">",
        "it is not one we know to be harmless",
        "use the functions of SPARQL 1.1");
  }

  private final class Ops extends OpVisitorBase {
    @Override
    public void visit(OpService op) {
      throw Guard.forbidden(
          "SERVICE", "the graph calls no other server", "ask that server yourself");
    }

    @Override
    public void visit(OpBGP op) {
      op.getPattern().forEach(this::triple);
    }

    @Override
    public void visit(OpQuadPattern op) {
      op.getBasicPattern().forEach(this::triple);
    }

    @Override
    public void visit(OpQuadBlock op) {
      op.getPattern().forEach(quad -> triple(quad.asTriple()));
    }

    @Override
    public void visit(OpTriple op) {
      triple(op.getTriple());
    }

    @Override
    public void visit(OpQuad op) {
      triple(op.getQuad().asTriple());
    }

    private void triple(Triple triple) {
      predicate(triple.getPredicate());
    }

    @Override
    public void visit(OpPath op) {
      if (op.getTriplePath().getPredicate() != null) {
        predicate(op.getTriplePath().getPredicate());
      }
      if (op.getTriplePath().getPath() != null) {
        op.getTriplePath().getPath().visit(new Paths());
      }
    }

    @Override
    public void visit(OpProcedure op) {
      throw function(String.valueOf(op.getProcId()));
    }

    @Override
    public void visit(OpPropFunc op) {
      throw function(String.valueOf(op.getProperty()));
    }

    @Override
    public void visit(OpOrder op) {
      op.getConditions().forEach(this::condition);
    }

    @Override
    public void visit(OpTopN op) {
      op.getConditions().forEach(this::condition);
    }

    private void condition(SortCondition condition) {
      outside.add(condition.getExpression());
    }

    @Override
    public void visit(OpGroup op) {
      assigned(op.getGroupVars());
      for (ExprAggregator one : op.getAggregators()) {
        aggregator(one.getAggregator());
        builders.aggregated(one);
      }
    }

    @Override
    public void visit(OpExtend op) {
      assigned(op.getVarExprList());
    }

    @Override
    public void visit(OpAssign op) {
      assigned(op.getVarExprList());
    }

    private void assigned(VarExprList list) {
      list.getExprs().forEach(builders::assigned);
    }
  }

  private final class Exprs extends ExprVisitorBase {
    @Override
    public void visit(ExprFunction0 expr) {
      known(expr);
    }

    @Override
    public void visit(ExprFunction1 expr) {
      known(expr);
    }

    @Override
    public void visit(ExprFunction2 expr) {
      known(expr);
    }

    @Override
    public void visit(ExprFunction3 expr) {
      known(expr);
    }

    @Override
    public void visit(ExprFunctionN expr) {
      known(expr);
      switch (expr) {
        case E_Regex regex -> RegexRules.check(regex.getArg(2));
        case E_StrReplace replace -> {
          RegexRules.check(replace.getArg(2));
          RegexRules.checkReplacement(replace.getArg(3));
        }
        default -> {}
      }
    }

    @Override
    public void visit(ExprAggregator expr) {
      aggregator(expr.getAggregator());
    }

    private void known(ExprFunction expr) {
      if (expr instanceof E_Call) {
        throw function("CALL");
      }
      if (expr instanceof E_Function named && !Allowed.function(named.getFunctionIRI())) {
        throw function(named.getFunctionIRI());
      }
      builders.seen(expr);
    }
  }

  /** Reaches every IRI inside a path. */
  private static final class Paths extends PathVisitorBase {
    @Override
    public void visit(P_Link path) {
      predicate(path.getNode());
    }

    @Override
    public void visit(org.apache.jena.sparql.path.P_ReverseLink path) {
      predicate(path.getNode());
    }

    @Override
    public void visit(P_NegPropSet path) {
      for (P_Path0 one : path.getNodes()) {
        predicate(one.getNode());
      }
    }

    @Override
    public void visit(P_Inverse path) {
      one(path);
    }

    @Override
    public void visit(P_Mod path) {
      one(path);
    }

    @Override
    public void visit(P_FixedLength path) {
      one(path);
    }

    @Override
    public void visit(P_Distinct path) {
      one(path);
    }

    @Override
    public void visit(P_Multi path) {
      one(path);
    }

    @Override
    public void visit(org.apache.jena.sparql.path.P_Shortest path) {
      one(path);
    }

    @Override
    public void visit(org.apache.jena.sparql.path.P_ZeroOrOne path) {
      one(path);
    }

    @Override
    public void visit(org.apache.jena.sparql.path.P_ZeroOrMore1 path) {
      one(path);
    }

    @Override
    public void visit(org.apache.jena.sparql.path.P_ZeroOrMoreN path) {
      one(path);
    }

    @Override
    public void visit(P_OneOrMore1 path) {
      one(path);
    }

    @Override
    public void visit(P_OneOrMoreN path) {
      one(path);
    }

    @Override
    public void visit(P_Alt path) {
      two(path);
    }

    @Override
    public void visit(P_Seq path) {
      two(path);
    }

    private void one(P_Path1 path) {
      path.getSubPath().visit(this);
    }

    private void two(P_Path2 path) {
      Path left = path.getLeft();
      left.visit(this);
      path.getRight().visit(this);
    }
  }
}
