package dev.parley.graph;

import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Knowledge.Refused.Why;
import dev.parley.knowledge.Triples;
import dev.parley.value.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph in Jena: one TDB2 folder per tenant, opened at its first use. A folder that can't be
 * opened is thrown away, since the journal has it all. Nothing of Jena is loaded before it is
 * needed.
 */
public final class TdbKnowledge implements Knowledge {
  private static final Logger LOG = LoggerFactory.getLogger(TdbKnowledge.class);

  private final Optional<Path> folder;
  private final Clock clock;
  private final Limits limits;
  private final QueryThreads threads;
  private final Map<String, TenantGraph> tenants = new HashMap<>();
  private final Supplier<Shipped> shipped = new Once<>(this::ship);
  private final Supplier<Questions> questions = new Once<>(Questions::shipped);
  private boolean closed;

  /** What comes with the release and needs Jena to be read. */
  private record Shipped(OwnTerms terms, Guard guard) {}

  private TdbKnowledge(Optional<Path> folder, Clock clock, Limits limits) {
    this.folder = folder;
    this.clock = clock;
    this.limits = limits;
    this.threads = new QueryThreads(limits);
  }

  /** In a folder, with the usual limits; neither folder nor Jena is touched yet. */
  public TdbKnowledge(Path folder, Clock clock) {
    this(Optional.of(folder), clock, Limits.USUAL);
  }

  /** In a folder, with limits of one's own. */
  public TdbKnowledge(Path folder, Clock clock, Limits limits) {
    this(Optional.of(folder), clock, limits);
  }

  /** The stand-in for tests and contracts: the same without a disk. */
  public static TdbKnowledge inMemory(Clock clock, Limits limits) {
    return new TdbKnowledge(Optional.empty(), clock, limits);
  }

  /** The stand-in with the usual limits. */
  public static TdbKnowledge inMemory(Clock clock) {
    return inMemory(clock, Limits.USUAL);
  }

  /** Loads Jena on a thread of its own, so that the first question need not wait for it. */
  public void warm() {
    Thread.ofPlatform().name("graph-warm").daemon(true).start(this::load);
  }

  @Override
  public void record(String tenant, long sequence, List<Triples> graphs) {
    tenant(tenant).record(sequence, graphs);
  }

  @Override
  public long recorded(String tenant) {
    return tenant(tenant).recorded();
  }

  @Override
  public synchronized void clear(String tenant) {
    Optional.ofNullable(tenants.remove(tenant)).ifPresent(TenantGraph::close);
    folder.ifPresent(all -> delete(all.resolve(tenant)));
  }

  @Override
  public Answer ask(String tenant, Ask question) {
    return switch (question) {
      case Ask.Sparql(var text, var asOf) -> sparql(tenant, text, asOf);
      case Ask.Ready(var name, var arguments, var asOf) -> ready(tenant, name, arguments, asOf);
    };
  }

  private Answer sparql(String tenant, String text, Optional<Instant> asOf) {
    Instant start = Instant.now();
    Instant when = asOf.orElseGet(clock::instant);
    return run(
        tenant,
        asOf,
        () -> shipped.get().guard().admit(text),
        query -> {
          Table table = Table.of(query, limits);
          String headline =
              query.getQuery().isAskType()
                  ? Headline.said(table.rows().getFirst().getFirst().orElseThrow())
                  : table.rows().size()
                      + (table.rows().size() == 1 ? " row" : " rows")
                      + (table.complete() ? "" : ", and there are more");
          return answer(headline, table, text, when, start);
        });
  }

  private Answer ready(
      String tenant, String name, Map<String, String> arguments, Optional<Instant> asOf) {
    Instant start = Instant.now();
    Instant when = asOf.orElseGet(clock::instant);
    ReadyQuestion question =
        questions
            .get()
            .named(name)
            .orElseThrow(
                () ->
                    new Refused(
                        Why.MALFORMED,
                        "No question is called '"
                            + name
                            + "'. There are: "
                            + String.join(", ", questions.get().names())
                            + "."));
    Query query = question.with(arguments);
    return run(
        tenant,
        asOf,
        () -> query,
        running -> {
          Table table = Table.of(running, limits);
          String headline =
              table.rows().isEmpty()
                      && arguments.containsKey("resource")
                      && !Mentions.knows(running, arguments.getOrDefault("resource", ""))
                  ? "Nothing is called "
                      + arguments.get("resource")
                      + " here"
                      + (asOf.isPresent() ? " at that time" : "")
                      + ". Ask list-resources for the names there are."
                  : question.headline().of(table, arguments);
          return answer(headline, table, query.serialize(), when, start);
        });
  }

  private static Answer answer(
      String headline, Table table, String query, Instant asOf, Instant start) {
    return new Answer(
        headline,
        table.columns(),
        table.rows(),
        table.complete(),
        query,
        asOf,
        Duration.between(start, Instant.now()));
  }

  /**
   * Runs a query that somebody sent, and writes its result in one of the formats of the SPARQL
   * protocol. Nothing is given away before all of it is there.
   *
   * @param choose the format, once it is known which kind of result the query has
   * @throws Refused if it may not be asked, is malformed, ran too long or found too much
   */
  public Written write(
      String tenant,
      String text,
      Optional<Instant> asOf,
      Function<Written.Kind, Written.Format> choose) {
    return run(
        tenant,
        asOf,
        () -> shipped.get().guard().admit(text),
        query -> Written.of(query, choose, limits));
  }

  private <T> T run(
      String tenant,
      Optional<Instant> asOf,
      Supplier<Query> admitted,
      Function<QueryExec, T> reader) {
    Shipped with = shipped.get();
    TenantGraph graph = tenant(tenant);
    return threads.run(
        tenant,
        () -> {
          Deadline deadline = Deadline.in(limits.time());
          Query query = admitted.get();
          return graph.read(
              asOf,
              deadline,
              with.terms(),
              view -> {
                try (QueryExec running =
                    QueryExec.dataset(view)
                        .query(query)
                        .timeout(
                            limits.time().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                        .set(ARQ.httpServiceAllowed, false)
                        .set(ARQ.enablePropertyFunctions, false)
                        .build()) {
                  return reader.apply(running);
                }
              });
        });
  }

  @Override
  public List<Question> questions() {
    return questions.get().described();
  }

  @Override
  public Check check() {
    if (threads.hung() > 0) {
      return Check.failed(
          threads.hung() + " queries did not end in time and hang",
          "restart Parley, and simplify those queries");
    }
    return Check.ok(folder.map(path -> "graph in " + path).orElse("graph in memory"));
  }

  @Override
  public void export(String tenant, Consumer<String> line) {
    tenant(tenant).export(line);
  }

  @Override
  public synchronized void close() {
    closed = true;
    tenants.values().forEach(TenantGraph::close);
    tenants.clear();
  }

  private synchronized TenantGraph tenant(String tenant) {
    if (closed) {
      throw new IllegalStateException("the graph is closed");
    }
    if (!tenant.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException("no tenant is called " + tenant);
    }
    load();
    TenantGraph known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    TenantGraph opened =
        folder
            .map(all -> open(all, tenant))
            .orElseGet(() -> new TenantGraph(DatasetGraphFactory.createTxnMem(), () -> {}));
    tenants.put(tenant, opened);
    return opened;
  }

  private Shipped ship() {
    JenaSystem.init();
    ARQ.getContext().set(ARQ.httpServiceAllowed, false);
    return new Shipped(OwnTerms.shipped(), new Guard(limits.text()));
  }

  private void load() {
    var unused = shipped.get();
  }

  /**
   * Opens a tenant's graph, or one in its place that is written anew. TDB keeps locks and channels
   * of a folder that it failed to open for as long as the process lives; so what comes in its place
   * has a folder of its own, whose name ends in a number.
   */
  private static TenantGraph open(Path all, String tenant) {
    int number = newest(all, tenant);
    Path folder = folder(all, tenant, number);
    try {
      TenantGraph graph = connect(folder);
      for (int former = 0; former < number; former++) {
        delete(folder(all, tenant, former));
      }
      return graph;
    } catch (RuntimeException | Error e) {
      LOG.warn("graph in {} can't be opened and is written anew from the journal", folder, e);
      delete(folder);
      return connect(folder(all, tenant, number + 1));
    }
  }

  private static Path folder(Path all, String tenant, int number) {
    return all.resolve(number == 0 ? tenant : tenant + "." + number);
  }

  /** The number of a tenant's newest folder; 0 if it has none yet. */
  private static int newest(Path all, String tenant) {
    if (!Files.isDirectory(all)) {
      return 0;
    }
    String before = tenant + ".";
    try (Stream<Path> folders = Files.list(all)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith(before))
          .map(name -> name.substring(before.length()))
          .filter(number -> number.matches("[1-9][0-9]{0,8}"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("can't look into the graph's folder " + all, e);
    }
  }

  private static TenantGraph connect(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("can't make the graph's folder " + folder, e);
    }
    var data = DatabaseMgr.connectDatasetGraph(folder.toString());
    try {
      return new TenantGraph(data, () -> TDBInternal.expel(data, true));
    } catch (RuntimeException | Error e) {
      TDBInternal.expel(data, true);
      throw e;
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete the graph's folder " + folder, e);
    }
  }
}
