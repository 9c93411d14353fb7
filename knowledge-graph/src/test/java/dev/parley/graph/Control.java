package dev.parley.graph;

import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionBase1;

/** Like {@link Trap}, for showing that Jena without a guard does load it. */
public class Control extends FunctionBase1 {
  static {
    System.setProperty("dev.parley.graph.control", "true");
  }

  @Override
  public NodeValue exec(NodeValue value) {
    return NodeValue.TRUE;
  }
}
