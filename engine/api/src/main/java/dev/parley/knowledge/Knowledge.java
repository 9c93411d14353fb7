package dev.parley.knowledge;

import dev.parley.value.Check;
import java.util.List;
import java.util.function.Consumer;

/**
 * The graph: derived from the journal, rebuilt from it at any doubt; it never decides an approval.
 */
public interface Knowledge extends AutoCloseable {
  /**
   * Records graphs and the journal place they come from, in one transaction. Recording the same
   * again changes nothing.
   */
  void record(String tenant, long sequence, List<Triples> graphs);

  /** The journal place up to which the tenant's graph is recorded; 0 if nothing is. */
  long recorded(String tenant);

  /** Throws the tenant's graph away; the caller replays the journal. */
  void clear(String tenant);

  /**
   * Answers a question within its limits.
   *
   * @throws Refused if the question may not be asked, is malformed, or ran too long
   */
  Answer ask(String tenant, Ask question);

  /** The ready-made questions. */
  List<Question> questions();

  /** Whether it can be asked. */
  Check check();

  @Override
  void close();

  /** Writes the tenant's whole graph as sorted N-Quads lines. */
  void export(String tenant, Consumer<String> line);

  /**
   * A ready-made question.
   *
   * @param parameters what it must be given
   * @param query the SPARQL behind it, with parameters as variables
   */
  record Question(String name, String title, List<String> parameters, String query) {
    public Question {
      parameters = List.copyOf(parameters);
    }
  }

  /** A question that is not answered: what, where, why, and what to write instead. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Why why;

    public Refused(Why why, String message) {
      super(message);
      this.why = why;
    }

    /** Why. */
    public Why why() {
      return why;
    }

    /** The reasons. */
    public enum Why {
      MALFORMED,
      FORBIDDEN,
      TOO_LONG,
      TOO_MANY,
      BROKEN
    }
  }
}
