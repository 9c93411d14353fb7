package dev.parley.graph;

import dev.parley.knowledge.Knowledge.Question;
import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Knowledge.Refused.Why;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementGroup;

/**
 * A ready-made question: a query in a file, whose head says its title, its parameters and how to
 * put the answer into one line. People's words go into it as one row of VALUES, as data; never as
 * text.
 *
 * @param needed parameters it must be given
 * @param offered parameters it may be given
 */
record ReadyQuestion(
    String name,
    String title,
    List<String> needed,
    List<String> offered,
    Headline headline,
    String text) {
  /** A parameter that holds an instant, not a text. */
  private static final String SINCE = "since";

  private static final int LONGEST_ARGUMENT = 500;

  ReadyQuestion {
    needed = List.copyOf(needed);
    offered = List.copyOf(offered);
  }

  static ReadyQuestion shipped(String name) {
    try (InputStream in = ReadyQuestion.class.getResourceAsStream("questions/" + name + ".rq")) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: questions/" + name + ".rq");
      }
      return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ReadyQuestion of(String name, String file) {
    String head = "";
    var query = new StringBuilder();
    for (String line : file.lines().toList()) {
      if (line.startsWith("# ")) {
        head += line.substring(2) + "\n";
      } else {
        query.append(line).append('\n');
      }
    }
    return new ReadyQuestion(
        name,
        field(head, "title"),
        words(field(head, "needs")),
        words(field(head, "takes")),
        new Headline(field(head, "none"), field(head, "one"), field(head, "many")),
        query.toString());
  }

  private static String field(String head, String name) {
    return head.lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.split("\\s+"));
  }

  Question described() {
    var all = new ArrayList<>(needed);
    all.addAll(offered);
    return new Question(name, title, all, text);
  }

  /**
   * The query with its arguments.
   *
   * @throws Refused if an argument is missing, unknown or malformed
   */
  Query with(Map<String, String> arguments) {
    for (String argument : arguments.keySet()) {
      if (!needed.contains(argument) && !offered.contains(argument)) {
        throw malformed("has no parameter '" + argument + "'", "give " + described().parameters());
      }
    }
    Query query = QueryFactory.create(text, Syntax.syntaxSPARQL_12);
    var vars = new ArrayList<Var>();
    var row = BindingBuilder.create();
    for (String parameter : described().parameters()) {
      vars.add(Var.alloc(parameter));
      String value = arguments.getOrDefault(parameter, "");
      if (!value.isBlank()) {
        row.add(Var.alloc(parameter), node(parameter, value.strip()));
      } else if (needed.contains(parameter)) {
        throw malformed("needs '" + parameter + "'", "give it: " + name + " " + parameter + "=…");
      }
    }
    if (!vars.isEmpty()) {
      ((ElementGroup) query.getQueryPattern())
          .getElements()
          .addFirst(new ElementData(vars, List.of(row.build())));
    }
    return query;
  }

  private Node node(String parameter, String value) {
    if (value.length() > LONGEST_ARGUMENT) {
      throw malformed(
          "'" + parameter + "' has " + value.length() + " characters",
          "write at most " + LONGEST_ARGUMENT);
    }
    if (!parameter.equals(SINCE)) {
      return NodeFactory.createLiteralString(value);
    }
    try {
      return Nodes.time(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException e) {
      throw malformed("'" + value + "' is no instant", "write it as 2026-11-20T14:00:00Z");
    }
  }

  private Refused malformed(String what, String next) {
    return new Refused(
        Why.MALFORMED, "Question " + name + ": " + what + ". Instead: " + next + ".");
  }
}
