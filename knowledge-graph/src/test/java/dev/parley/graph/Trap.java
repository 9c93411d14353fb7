package dev.parley.graph;

import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionBase1;

/** A class that a query may try to have loaded. Says so where no loading of it is needed to ask. */
public class Trap extends FunctionBase1 {
  /** The system property that is set once the class is initialised. */
  static {
    System.setProperty("dev.parley.graph.trapped", "true");
  }

  @Override
  public NodeValue exec(NodeValue value) {
    return NodeValue.TRUE;
  }
}
