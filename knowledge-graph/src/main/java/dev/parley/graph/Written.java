package dev.parley.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.resultset.ResultsWriter;

/**
 * A query's result as bytes.
 *
 * @param complete false if it was cut at the limit of rows
 */
public record Written(Format format, byte[] bytes, boolean complete) {
  /** Which kind of result a query has. */
  public enum Kind {
    /** Rows, or yes and no. */
    TABLE,
    /** Statements. */
    GRAPH
  }

  /** A format by the names that Jena and HTTP have for it. */
  public record Format(String mediaType, Lang lang) {}

  static Written of(QueryExec running, Function<Kind, Format> choose, Limits limits) {
    Query query = running.getQuery();
    boolean table = query.isSelectType() || query.isAskType();
    Format format = choose.apply(table ? Kind.TABLE : Kind.GRAPH);
    var out = new Bounded(limits);
    if (query.isAskType()) {
      ResultsWriter.create().lang(format.lang()).build().write(out, running.ask());
      return new Written(format, out.toByteArray(), true);
    }
    if (query.isSelectType()) {
      var cut = new Cut(running.select(), limits.rows());
      ResultsWriter.create().lang(format.lang()).build().write(out, cut);
      return new Written(format, out.toByteArray(), !cut.wasCut);
    }
    Iterator<Triple> found =
        query.isDescribeType() ? running.describeTriples() : running.constructTriples();
    Graph graph = GraphFactory.createDefaultGraph();
    graph.getPrefixMapping().setNsPrefixes(query.getPrefixMapping());
    int count = 0;
    while (found.hasNext() && count < limits.rows()) {
      graph.add(found.next());
      count++;
    }
    boolean complete = !found.hasNext();
    RDFDataMgr.write(out, graph, format.lang());
    return new Written(format, out.toByteArray(), complete);
  }

  /** Takes so many bytes and no more. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Limits limits;

    Bounded(Limits limits) {
      this.limits = limits;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      if (bytes.size() + (long) length > limits.bytes()) {
        throw Table.tooLarge(limits);
      }
      bytes.write(some, offset, length);
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }

  /** Gives so many rows and remembers whether there were more. */
  private static final class Cut implements RowSet {
    private final RowSet all;
    private final int most;
    private int given;
    private boolean wasCut;

    Cut(RowSet all, int most) {
      this.all = all;
      this.most = most;
    }

    @Override
    public boolean hasNext() {
      boolean more = all.hasNext();
      wasCut |= more && given >= most;
      return more && given < most;
    }

    @Override
    public Binding next() {
      given++;
      return all.next();
    }

    @Override
    public java.util.List<org.apache.jena.sparql.core.Var> getResultVars() {
      return all.getResultVars();
    }

    @Override
    public long getRowNumber() {
      return all.getRowNumber();
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
