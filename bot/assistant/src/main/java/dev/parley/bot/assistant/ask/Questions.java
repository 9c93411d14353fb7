package dev.parley.bot.assistant.ask;

import dev.parley.bot.assistant.compose.Memory;
import dev.parley.bot.assistant.compose.Scene;
import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.AccountId;
import dev.parley.bot.assistant.concept.Concept.City;
import dev.parley.bot.assistant.concept.Concept.Environment;
import dev.parley.bot.assistant.concept.Concept.Family;
import dev.parley.bot.assistant.concept.Concept.Region;
import dev.parley.bot.assistant.concept.Concept.Tags;
import dev.parley.bot.assistant.concept.Found;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import dev.parley.identity.Account;
import dev.parley.plan.Reading;
import dev.parley.plan.Reading.Asks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads questions about what exists: which ready-made question it is, and about what. */
public final class Questions {
  private static final Set<String> OPENERS =
      Set.of(
          "what",
          "whats",
          "which",
          "who",
          "whos",
          "whom",
          "whose",
          "when",
          "wheres",
          "where",
          "why",
          "how",
          "show",
          "list",
          "display",
          "describe",
          "tell",
          "is",
          "are",
          "does",
          "do",
          "did",
          "any",
          "anything",
          "history",
          "runs",
          "find",
          "count",
          "has",
          "have",
          "was",
          "were",
          "explain",
          "give",
          "dependencies",
          "dependents",
          "waivers",
          "findings",
          "cost",
          "costs",
          "spend",
          "details",
          "status",
          "anyone");
  private static final Set<String> APPROVAL =
      Set.of(
          "approved",
          "approve",
          "approver",
          "approvers",
          "signed",
          "authorised",
          "authorized",
          "okayed",
          "approval",
          "approvals",
          "greenlit",
          "blessed");
  private static final Set<String> REQUESTING =
      Set.of(
          "requested",
          "asked",
          "ordered",
          "created",
          "made",
          "wanted",
          "built",
          "launched",
          "requester",
          "request",
          "requests",
          "commissioned",
          "provisioned");
  private static final Set<String> IMPACT =
      Set.of(
          "safe",
          "break",
          "breaks",
          "broken",
          "affected",
          "affect",
          "impact",
          "impacted",
          "blast",
          "hurt",
          "suffer",
          "happen",
          "happens",
          "stop",
          "fail",
          "fails");
  private static final Set<String> CONDITIONAL =
      Set.of(
          "if",
          "when",
          "would",
          "delete",
          "remove",
          "kill",
          "destroy",
          "drop",
          "radius",
          "impact",
          "deleting",
          "removing",
          "without");
  private static final Set<String> DEPENDING =
      Set.of(
          "depend",
          "depends",
          "depended",
          "relied",
          "used",
          "needed",
          "depending",
          "dependent",
          "dependents",
          "rely",
          "relies",
          "relying",
          "need",
          "needs",
          "use",
          "uses",
          "using",
          "requires",
          "require",
          "attached",
          "connected",
          "hangs",
          "connects",
          "dependencies",
          "dependency");
  private static final Set<String> COST =
      Set.of(
          "cost",
          "costs",
          "costing",
          "spend",
          "spends",
          "spending",
          "spent",
          "expense",
          "expenses",
          "bill",
          "pay",
          "paying",
          "price",
          "prices",
          "expensive",
          "burn",
          "burning");
  private static final Set<String> OPEN =
      Set.of("public", "publicly", "exposed", "reachable", "internet-facing", "open", "internet");
  private static final Set<String> LACKING =
      Set.of(
          "no",
          "without",
          "missing",
          "lack",
          "lacks",
          "lacking",
          "untagged",
          "miss",
          "haven't",
          "don't",
          "not",
          "doesn't",
          "unlabelled");
  private static final Set<String> TAGS =
      Set.of("tag", "tags", "tagged", "untagged", "label", "labels");
  private static final Set<String> CHANGING =
      Set.of("changed", "changes", "change", "modified", "happened", "updated", "new");
  private static final Set<String> FINDING =
      Set.of(
          "findings",
          "finding",
          "violations",
          "violation",
          "problems",
          "issues",
          "wrong",
          "complaints",
          "warnings");
  private static final Set<String> EXISTING =
      Set.of(
          "have",
          "exists",
          "exist",
          "there",
          "running",
          "resources",
          "resource",
          "everything",
          "things",
          "stuff",
          "inventory",
          "own",
          "got",
          "list",
          "show",
          "many",
          "all",
          "find",
          "display",
          "every",
          "live",
          "look",
          "looked",
          "machines",
          "deployed",
          "left");

  private final Scene scene;
  private final Memory memory;
  private final List<Token> tokens;
  private final List<Found> found;
  private final Set<String> words;
  private final Instant now;

  private Questions(Scene scene, Memory memory, List<Token> tokens, List<Found> found) {
    this.scene = scene;
    this.memory = memory;
    this.tokens = tokens;
    this.found = found;
    now = scene.conversation().now();
    words = new java.util.HashSet<>();
    tokens.stream().filter(t -> t.kind() == Kind.WORD).forEach(t -> words.add(t.key()));
  }

  /** What a message asks, if it is a question of this kind. */
  public static Optional<Reading> read(
      Scene scene, Memory memory, List<Token> tokens, List<Found> found) {
    boolean opens = false;
    for (Token token : tokens.subList(0, Math.min(tokens.size(), 6))) {
      boolean polite =
          Set.of(
                  "please", "hey", "hi", "parley", "so", "and", "ok", "can", "could", "you", ",",
                  "me", "i", "want", "to", "see", "know", "would", "like")
              .contains(token.key());
      if (OPENERS.contains(token.key())) {
        opens = true;
        break;
      }
      if (!polite) {
        break;
      }
    }
    boolean asks = opens || !tokens.isEmpty() && tokens.getLast().sign("?");
    boolean politeRequest =
        !tokens.isEmpty()
            && Set.of("can", "could", "would", "will", "give").contains(tokens.getFirst().key());
    if (!asks
        || politeRequest
            && !any(
                tokens,
                Set.of("show", "list", "tell", "describe", "display", "what", "which", "who"))) {
      return Optional.empty();
    }
    return new Questions(scene, memory, tokens, found).read();
  }

  private static boolean any(List<Token> tokens, Set<String> words) {
    return tokens.stream().anyMatch(t -> words.contains(t.key()));
  }

  private boolean says(Set<String> any) {
    return words.stream().anyMatch(any::contains);
  }

  private int first(Set<String> any) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == Kind.WORD && any.contains(tokens.get(i).key())) {
        return i;
      }
    }
    return -1;
  }

  private Optional<Reading> read() {
    Subject subject = new Subjects(scene, found).find();
    boolean who = says(Set.of("who", "whos", "whom", "whose"));
    if (who && says(APPROVAL) || says(Set.of("approvers", "approver"))) {
      return about("who-approved", subject);
    }
    if (who && says(REQUESTING)) {
      return about("who-requested", subject);
    }
    if (words.contains("why") && known(subject) && says(EXISTING)) {
      return about("who-requested", subject);
    }
    Optional<Reading> run = run();
    if (run.isPresent()) {
      return run;
    }
    boolean noTag = says(TAGS) && says(LACKING);
    if (noTag) {
      return ready("untagged", Map.of("tag", tag()));
    }
    if (says(Set.of("waivers", "waiver", "waived", "exceptions"))) {
      return ready("waivers", Map.of());
    }
    if (says(IMPACT) && says(CONDITIONAL)) {
      Subject doomed = known(subject) ? subject : doomed();
      if (known(doomed)) {
        return about("blast-radius", doomed);
      }
    }
    if (says(DEPENDING) && known(subject) && !(says(COST) && !says(Set.of("depend", "depends")))) {
      return about(dependent(subject) ? "depends-on" : "dependencies-of", subject);
    }
    if (says(COST)) {
      return cost(subject);
    }
    if (says(FINDING) && known(subject)) {
      return about("findings-of", subject);
    }
    if (words.contains("history")
        || words.contains("timeline")
        || says(Set.of("happened")) && known(subject)) {
      return known(subject) ? about("resource-history", subject) : changed();
    }
    Optional<Moments> moment = Moments.in(tokens, now);
    boolean when =
        says(Set.of("when", "last", "ever")) && says(CHANGING) && !words.contains("since");
    if (when && known(subject)) {
      return about("resource-history", subject);
    }
    if (says(CHANGING) && !(words.contains("new") && !says(Set.of("what", "whats", "since")))) {
      return changed();
    }
    if (says(OPEN) && !says(Set.of("describe", "who")) && subject.resource().isEmpty()) {
      return ready("public-resources", Map.of());
    }
    boolean one =
        subject.resource().isPresent() && subject.service().isEmpty()
            || subject.choices().size() > 1 && !says(Set.of("many", "all", "every", "list"));
    boolean describing =
        says(Set.of("describe", "details", "explain", "about"))
            || who
            || words.contains("where")
            || words.contains("status");
    if (one || describing && subject.resource().isPresent()) {
      return about("describe", subject);
    }
    if (subject.service().isPresent()
        || subject.type().isPresent()
        || says(EXISTING)
        || moment.isPresent() && says(Set.of("what", "which"))) {
      return list(subject, moment);
    }
    return Optional.empty();
  }

  /** What would be deleted, by a name that nothing bears. */
  private Subject doomed() {
    for (int i = 1; i < found.size(); i++) {
      boolean deleting =
          found.get(i - 1).concept() instanceof Concept.Verb verb
                  && verb.intent() == Concept.Intent.REMOVE
              || found.get(i - 1).concept() instanceof Concept.Determiner
                  && i > 1
                  && found.get(i - 2).concept() instanceof Concept.Verb;
      if (deleting && found.get(i).concept() instanceof Concept.Unknown(var text, _)) {
        return new Subject(
            Optional.of(text), List.of(), Optional.empty(), Optional.empty(), found.get(i).from());
      }
    }
    return Subject.NONE;
  }

  private static boolean known(Subject subject) {
    return subject.resource().isPresent() || !subject.choices().isEmpty();
  }

  private Optional<Instant> asOf() {
    return Moments.in(tokens, now).map(moment -> moment.asOf(now));
  }

  private Optional<Reading> ready(String question, Map<String, String> arguments) {
    return Optional.of(new Asks(question, arguments, asOf()));
  }

  private Optional<Reading> about(String question, Subject subject) {
    if (subject.resource().isPresent()) {
      return ready(question, Map.of("resource", subject.resource().get()));
    }
    Optional<String> answer = memory.answer("resource");
    if (answer.isPresent()) {
      return ready(question, Map.of("resource", answer.get()));
    }
    if (subject.choices().isEmpty()) {
      return Optional.of(
          new Reading.Lost(
              List.of(question.replace('-', ' ')),
              List.of(),
              "Say of what: a resource's name such as vpc-main, or a kind such as the database."));
    }
    return Optional.of(
        memory.ask(
            "resource",
            "resource",
            "Which one do you mean?",
            subject.choices().stream().limit(9).toList()));
  }

  /** "What depends on it" asks for dependents, "what does it depend on" for dependencies. */
  private boolean dependent(Subject subject) {
    if (words.contains("dependents")) {
      return true;
    }
    if (words.contains("dependencies") || words.contains("dependency")) {
      return false;
    }
    return first(DEPENDING) < subject.position();
  }

  private Optional<Reading> run() {
    for (Token token : tokens) {
      if (token.key().matches("r-\\d{1,9}")) {
        return ready("run-steps", Map.of("run", token.key()));
      }
    }
    boolean runs = words.contains("runs") || words.contains("ran") && says(Set.of("what", "which"));
    return runs ? ready("runs", Map.of()) : Optional.empty();
  }

  private String tag() {
    for (Found one : found) {
      if (one.concept() instanceof Tags(var tags) && !tags.isEmpty()) {
        return tags.keySet().iterator().next();
      }
    }
    for (int i = 0; i < tokens.size(); i++) {
      String key = tokens.get(i).key();
      boolean centre =
          key.equals("cost")
              && i + 1 < tokens.size()
              && Set.of("center", "centre").contains(tokens.get(i + 1).key());
      if (centre || key.equals("cost-center") || key.equals("cost-centre")) {
        return "cost-center";
      }
    }
    int at = first(Set.of("tag", "tags"));
    Set<String> empty =
        Set.of(
            "no",
            "a",
            "an",
            "the",
            "any",
            "without",
            "missing",
            "their",
            "mandatory",
            "have",
            "lack",
            "lacks",
            "and",
            "or");
    if (at > 0
        && !empty.contains(tokens.get(at - 1).key())
        && tokens.get(at - 1).kind() != Kind.SIGN) {
      return tokens.get(at - 1).text();
    }
    for (String key : List.of("owner", "team", "environment", "project")) {
      if (words.contains(key)) {
        return key;
      }
    }
    return at >= 0 && at + 1 < tokens.size() && tokens.get(at + 1).kind() != Kind.SIGN
        ? tokens.get(at + 1).text()
        : "owner";
  }

  private Optional<Reading> cost(Subject subject) {
    Optional<String> team = team();
    if (team.isPresent()) {
      return ready("cost-of-team", Map.of("team", team.get()));
    }
    boolean per = says(Set.of("per", "by", "each", "every"));
    if (per && says(Set.of("team", "teams")) || words.contains("teams")) {
      return ready("cost-by-team", Map.of());
    }
    if (says(Set.of("environment", "environments", "env"))
        || found.stream().anyMatch(f -> f.concept() instanceof Environment)) {
      return ready("cost-by-environment", Map.of());
    }
    if (subject.resource().isPresent()) {
      return about("describe", subject);
    }
    return ready("cost-by-account", Map.of());
  }

  private Optional<String> team() {
    for (Found one : found) {
      if (one.concept() instanceof Tags(var tags) && tags.containsKey("team")) {
        return Optional.ofNullable(tags.get("team"));
      }
    }
    Set<String> teams = scene.teams();
    return found.stream()
        .filter(one -> one.concept() instanceof Concept.Unknown)
        .map(Found::text)
        .filter(teams::contains)
        .findFirst();
  }

  private Optional<Reading> changed() {
    Instant since = Moments.in(tokens, now).map(Moments::at).orElse(now.minus(1, ChronoUnit.DAYS));
    return Optional.of(
        new Asks(
            "what-changed",
            Map.of("since", since.truncatedTo(ChronoUnit.SECONDS).toString()),
            Optional.empty()));
  }

  private Optional<Reading> list(Subject subject, Optional<Moments> moment) {
    var arguments = new LinkedHashMap<String, String>();
    subject.type().ifPresent(type -> arguments.put("type", type));
    for (Found one : found) {
      Concept concept = one.concept();
      switch (concept) {
        case AccountId(var id) -> arguments.put("account", id);
        case Environment(var name) -> arguments.put("environment", environment(name));
        case Region(var code, _) -> arguments.put("region", code);
        case Tags(var tags) ->
            Optional.ofNullable(tags.get("team")).ifPresent(team -> arguments.put("team", team));
        default -> {}
      }
    }
    Optional<String> family = family(arguments);
    subject.service().ifPresent(service -> arguments.put("type", service));
    city(family).ifPresent(region -> arguments.putIfAbsent("region", region));
    return Optional.of(new Asks("list-resources", arguments, moment.map(m -> m.asOf(now))));
  }

  private Optional<String> family(Map<String, String> arguments) {
    Optional<String> said =
        found.stream()
            .map(Found::concept)
            .filter(Family.class::isInstance)
            .map(c -> ((Family) c).family())
            .findFirst();
    Optional<String> account = Optional.ofNullable(arguments.get("account"));
    return said.or(
        () ->
            account.flatMap(
                id ->
                    scene.conversation().accounts().stream()
                        .filter(a -> a.id().equals(id))
                        .map(Account::family)
                        .findFirst()));
  }

  private Optional<String> city(Optional<String> family) {
    for (Found one : found) {
      if (one.concept() instanceof City(_, var regions)) {
        return family
            .map(regions::get)
            .or(
                () ->
                    scene.conversation().accounts().stream()
                        .map(a -> regions.get(a.family()))
                        .filter(r -> r != null)
                        .findFirst());
      }
    }
    return Optional.empty();
  }

  private String environment(String said) {
    return scene.conversation().accounts().stream()
        .map(Account::environment)
        .filter(e -> e.equalsIgnoreCase(said))
        .findFirst()
        .orElse(said);
  }
}
