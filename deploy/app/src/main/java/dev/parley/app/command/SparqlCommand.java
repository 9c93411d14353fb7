package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Term;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley sparql}. */
@Command(
    name = "sparql",
    description =
        "Asks the graph in SPARQL 1.1; prints CSV. Works beside a running Parley and without one.",
    mixinStandardHelpOptions = true)
final class SparqlCommand implements Callable<Integer> {
  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Option(names = "--tenant", paramLabel = "ID", description = "default: the first one")
  String tenant = "";

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "as it was then, for example 2026-11-01T14:00:00Z")
  @Nullable String asOf;

  @Parameters(paramLabel = "QUERY", description = "for example 'SELECT * { ?s ?p ?o } LIMIT 10'")
  String query = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Instant> then = Optional.ofNullable(asOf).map(SparqlCommand::instant);
    Optional<Running> running = configured.running(data.folder());
    return running.isPresent() ? ask(running.get(), then) : open(then);
  }

  private int open(Optional<Instant> then) {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      print(house.engine().ask(house.tenant(tenant), new Ask.Sparql(query, then)));
      return 0;
    }
  }

  private int ask(Running running, Optional<Instant> then)
      throws IOException, InterruptedException {
    String path =
        "sparql?"
            + Running.query("query", query)
            + then.map(at -> "&" + Running.query("as-of", at.toString())).orElse("");
    var answer = running.get(tenant, path, "text/csv, text/turtle;q=0.5");
    if (answer.statusCode() != 200) {
      System.err.println("parley: " + answer.body().strip());
      return 2;
    }
    System.out.print(answer.body());
    return 0;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Invalid(
          new Problem(
              "--as-of", text, "it is no instant", "write for example 2026-11-01T14:00:00Z"));
    }
  }

  private static void print(Answer answer) {
    System.out.println(String.join(",", answer.columns()));
    for (List<Optional<Term>> row : answer.rows()) {
      System.out.println(row.stream().map(SparqlCommand::cell).collect(Collectors.joining(",")));
    }
    if (!answer.complete()) {
      System.err.println(
          "parley: cut at the limit of rows; ask for less, or page with LIMIT and OFFSET");
    }
  }

  private static String cell(Optional<Term> term) {
    String text =
        term.map(
                found ->
                    switch (found) {
                      case Term.Iri(var iri) -> iri;
                      case Term.Text(var words) -> words;
                      case Term.Number(var number) -> number.toPlainString();
                      case Term.Flag(var flag) -> Boolean.toString(flag);
                      case Term.Time(var time) -> time.toString();
                    })
            .orElse("");
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
