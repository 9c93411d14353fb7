package dev.parley.graph;

import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Knowledge.Refused.Why;
import dev.parley.knowledge.Term;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;

/**
 * What a query found, cut at the limits. ASK is one row of one column, CONSTRUCT and DESCRIBE are
 * their statements.
 */
record Table(List<String> columns, List<List<Optional<Term>>> rows, boolean complete) {
  private static final int CELL = 16;

  static Table of(QueryExec query, Limits limits) {
    if (query.getQuery().isAskType()) {
      return new Table(
          List.of("answer"), List.of(List.of(Optional.of(new Term.Flag(query.ask())))), true);
    }
    if (query.getQuery().isSelectType()) {
      return rows(query.select(), limits);
    }
    Iterator<Triple> triples =
        query.getQuery().isDescribeType() ? query.describeTriples() : query.constructTriples();
    return triples(triples, limits);
  }

  private static Table rows(RowSet found, Limits limits) {
    List<Var> vars = found.getResultVars();
    var rows = new ArrayList<List<Optional<Term>>>();
    long bytes = 0;
    while (found.hasNext()) {
      if (rows.size() == limits.rows()) {
        return new Table(names(vars), rows, false);
      }
      Binding binding = found.next();
      var row = new ArrayList<Optional<Term>>();
      for (Var var : vars) {
        Optional<Node> node = Optional.ofNullable(binding.get(var));
        bytes += CELL + node.map(Table::length).orElse(0);
        row.add(node.map(Nodes::term));
      }
      refuseAbove(limits, bytes);
      rows.add(row);
    }
    return new Table(names(vars), rows, true);
  }

  private static Table triples(Iterator<Triple> found, Limits limits) {
    var rows = new ArrayList<List<Optional<Term>>>();
    boolean complete = true;
    long bytes = 0;
    while (found.hasNext() && complete) {
      Triple triple = found.next();
      complete = rows.size() < limits.rows();
      if (complete) {
        bytes +=
            length(triple.getSubject())
                + length(triple.getPredicate())
                + length(triple.getObject());
        refuseAbove(limits, bytes);
        rows.add(
            List.of(
                Optional.of(Nodes.term(triple.getSubject())),
                Optional.of(Nodes.term(triple.getPredicate())),
                Optional.of(Nodes.term(triple.getObject()))));
      }
    }
    return new Table(List.of("subject", "predicate", "object"), rows, complete);
  }

  private static void refuseAbove(Limits limits, long bytes) {
    if (bytes > limits.bytes()) {
      throw tooLarge(limits);
    }
  }

  static Refused tooLarge(Limits limits) {
    return new Refused(
        Why.FORBIDDEN,
        "The answer is larger than "
            + (limits.bytes() >> 10)
            + " KB. Select fewer columns, or add LIMIT and OFFSET.");
  }

  private static int length(Node node) {
    return node.isLiteral()
        ? node.getLiteralLexicalForm().length()
        : node.isURI() ? node.getURI().length() : CELL;
  }

  private static List<String> names(List<Var> vars) {
    return vars.stream().map(Var::getVarName).toList();
  }
}
