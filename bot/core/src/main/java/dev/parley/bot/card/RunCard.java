package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Fact;
import dev.parley.bot.surface.Prose;
import dev.parley.plan.Change;
import dev.parley.provider.Health;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import dev.parley.run.Wait;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A run: its progress, edited in place, and its result, a card of its own. */
public final class RunCard {
  private static final int TASKS = 12;
  private static final int RESULTS = 10;
  private static final int LONGEST_ERROR = 500;
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(?i).*(dnsname|endpoint|publicip|fqdn|domainname|hostname|^url|url$|uri$|ipaddress).*");

  private RunCard() {}

  /** How far it is. */
  public static Card progress(Run run, Instant now) {
    long done = run.count(StepState.DONE);
    String what =
        run.undoes().map(undone -> "rolls back " + undone).orElse("carries out " + run.plan());
    String title =
        run.id()
            + " "
            + what
            + ": "
            + state(run)
            + ", "
            + done
            + " of "
            + run.steps().size()
            + " done";
    var parts = new ArrayList<Part>();
    parts.add(tasks(run, now));
    if (!run.message().isBlank()) {
      parts.add(new Part.Note(Prose.of(cut(run.message()))));
    }
    waiting(run, now).ifPresent(parts::add);
    return new Card(
        Stage.PROGRESS, tone(run), title, parts, List.of(), title, body(run, "progress"));
  }

  /** What became of it. */
  public static Card result(Run run) {
    var parts = new ArrayList<Part>();
    parts.add(Part.text(headline(run)));
    List<Step> failed =
        run.steps().stream()
            .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.UNKNOWN)
            .toList();
    if (!failed.isEmpty()) {
      parts.add(
          new Part.Tasks(
              failed.stream().limit(RESULTS).map(RunCard::failure).toList(),
              Math.max(0, failed.size() - RESULTS)));
    }
    health(run).ifPresent(parts::add);
    made(run).ifPresent(parts::add);
    String title = title(run);
    if (run.state() == RunState.FAILED) {
      parts.add(Part.text(next(run)));
    }
    return new Card(
        Stage.RESULT,
        tone(run),
        title,
        parts,
        List.of(),
        title + ". " + headline(run),
        body(run, "result"));
  }

  /** A health check failed and the run is being undone. */
  public static Card rollingBack(Run run) {
    String title = run.id() + " is being rolled back";
    var parts = new ArrayList<Part>();
    parts.add(
        Part.text(
            run.message().isBlank()
                ? "A check failed after the run; what it did is undone, as the approved plan said."
                : cut(run.message())));
    health(run).ifPresent(parts::add);
    return new Card(
        Stage.RESULT, Tone.BAD, title, parts, List.of(), title, body(run, "rolling-back"));
  }

  /** The JSON of one step. */
  public static Fields step(Run run, Step step) {
    return stepBody(step).put("run", run.id()).fields();
  }

  /** Where it stands, in words: {@code waits for the chat}. */
  public static String state(Run run) {
    return run.state() == RunState.WAITING ? "waits for the chat" : Say.lower(run.state());
  }

  /** Since when it waits and what ends that, or how long it has waited. */
  private static Optional<Part> waiting(Run run, Instant now) {
    if (run.waiting().isPresent()) {
      return Optional.of(
          Part.text(
              "Nothing new starts since "
                  + Say.time(run.waiting().get().since())
                  + ". It goes on by itself when the chat is back; `cancel "
                  + run.id()
                  + "` stops it."));
    }
    return waited(run, now).map(said -> new Part.Note(Prose.of("It " + said + ".")));
  }

  private static Optional<String> waited(Run run, Instant now) {
    return run.waits().isEmpty()
        ? Optional.empty()
        : Optional.of("waited " + Say.lasting(run.waited(now)) + " for the chat");
  }

  private static String title(Run run) {
    String what = run.undoes().map(undone -> " (rollback of " + undone + ")").orElse("");
    return run.id()
        + what
        + " "
        + switch (run.state()) {
          case SUCCEEDED -> "succeeded";
          case FAILED -> "failed";
          case CANCELLED -> "was cancelled";
          case ROLLED_BACK -> "was rolled back" + run.undoneBy().map(by -> " by " + by).orElse("");
          case WAITING -> state(run);
          case RUNNING, CANCELLING, VERIFYING, ROLLING_BACK -> "is " + Say.lower(run.state());
        };
  }

  private static String headline(Run run) {
    var said = new ArrayList<String>();
    count(run, Change.Create.class, "created", said);
    count(run, Change.Update.class, "updated", said);
    count(run, Change.Replace.class, "replaced", said);
    count(run, Change.Delete.class, "deleted", said);
    count(run, Change.Call.class, "called", said);
    amount(run.count(StepState.FAILED), "failed", said);
    amount(run.count(StepState.UNKNOWN), "with unknown outcome", said);
    amount(run.count(StepState.SKIPPED), "not tried", said);
    String took =
        run.ended()
            .map(
                end ->
                    " in "
                        + Say.lasting(Duration.between(run.started(), end))
                        + waited(run, end).map(wait -> "; it " + wait).orElse(""))
            .orElse("");
    String counts = said.isEmpty() ? "Nothing was done" : String.join(", ", said);
    return counts + took + "." + (run.message().isBlank() ? "" : " " + cut(run.message()));
  }

  private static void count(Run run, Class<? extends Change> kind, String word, List<String> said) {
    amount(
        run.steps().stream()
            .filter(s -> s.state() == StepState.DONE && kind.isInstance(s.change()))
            .map(Step::at)
            .distinct()
            .count(),
        word,
        said);
  }

  private static void amount(long number, String word, List<String> said) {
    if (number > 0) {
      said.add(number + " " + word);
    }
  }

  private static String next(Run run) {
    boolean unknown = run.count(StepState.UNKNOWN) > 0;
    return unknown
        ? "It can't be known whether the steps marked ? happened. Look at the cloud, then retry or"
            + " roll back."
        : "What succeeded is kept. Next: retry what failed (`retry "
            + run.id()
            + "`), or undo all of it (`rollback "
            + run.id()
            + "`).";
  }

  private static Part tasks(Run run, Instant now) {
    List<Step> steps = run.steps();
    List<Step> shown = steps;
    if (steps.size() > TASKS) {
      shown =
          steps.stream().sorted(Comparator.comparingInt(RunCard::interest)).limit(TASKS).toList();
    }
    return new Part.Tasks(
        shown.stream().map(step -> task(step, now)).toList(), steps.size() - shown.size());
  }

  /** What is under way or went wrong is shown before what waits and what is done. */
  private static int interest(Step step) {
    return switch (step.state()) {
      case FAILED, UNKNOWN -> 0;
      case RUNNING, DELAYED -> 1;
      case WAITING -> 2;
      case SKIPPED -> 3;
      case DONE -> 4;
    };
  }

  private static Part.Task task(Step step, Instant now) {
    String took =
        step.started()
            .map(start -> Say.lasting(Duration.between(start, step.ended().orElse(now))))
            .filter(_ -> step.state() != StepState.WAITING)
            .orElse("");
    String why =
        step.error()
            .or(() -> step.message().isBlank() ? Optional.empty() : Optional.of(step.message()))
            .map(RunCard::cut)
            .orElse("");
    String attempt = step.attempt() > 1 ? "attempt " + step.attempt() : "";
    String detail =
        List.of(took, attempt, why).stream()
            .filter(one -> !one.isBlank())
            .collect(Collectors.joining(", "));
    return new Part.Task(step.change().sign() + " " + step.at().name(), word(step.state()), detail);
  }

  private static Part.Task failure(Step step) {
    String why = step.error().orElse(step.message());
    return new Part.Task(
        step.id()
            + " "
            + step.change().sign()
            + " "
            + step.at().name()
            + " ("
            + step.at().type().name()
            + ")",
        word(step.state()),
        cut(why));
  }

  private static Optional<Part> health(Run run) {
    List<List<String>> rows =
        run.health().entrySet().stream()
            .filter(e -> e.getValue().state() != Health.State.UNKNOWN)
            .filter(
                e -> run.health().size() <= RESULTS || e.getValue().state() != Health.State.HEALTHY)
            .limit(RESULTS)
            .map(
                e ->
                    List.of(
                        e.getKey().name(),
                        Say.lower(e.getValue().state()),
                        cut(e.getValue().detail())))
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Part.Table(List.of("checked", "health", "seen"), rows, 0));
  }

  private static Optional<Part> made(Run run) {
    List<Step> made = run.steps().stream().filter(step -> step.made().isPresent()).toList();
    if (made.isEmpty()) {
      return Optional.empty();
    }
    List<Fact> facts =
        made.stream()
            .limit(RESULTS)
            .map(
                step ->
                    Say.fact(
                        step.at().name(),
                        step.made().map(r -> r.id() + endpoints(r.properties())).orElse("")))
            .toList();
    return Optional.of(new Part.Facts(facts));
  }

  private static String endpoints(Fields properties) {
    String found =
        properties.fields().entrySet().stream()
            .filter(
                e ->
                    e.getValue() instanceof Value.Text(var text)
                        && text.matches("\\S*[.:]\\S+")
                        && ENDPOINT.matcher(e.getKey()).matches())
            .limit(2)
            .map(e -> Say.value(e.getValue()))
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "" : "  at " + found;
  }

  private static Tone tone(Run run) {
    return switch (run.state()) {
      case SUCCEEDED -> Tone.GOOD;
      case FAILED -> Tone.BAD;
      case WAITING, CANCELLED, ROLLED_BACK, CANCELLING, ROLLING_BACK -> Tone.WARNING;
      case RUNNING, VERIFYING -> Tone.NEUTRAL;
    };
  }

  private static Fields body(Run run, String phase) {
    Body body =
        Body.event("run")
            .put("id", run.id())
            .put("phase", phase)
            .put("plan", run.plan())
            .put("revision", run.revision())
            .put("receipt", run.receipt())
            .put("state", PlanBody.lower(run.state()))
            .put("message", run.message())
            .list("steps", run.steps(), RunCard::stepBody)
            .list(
                "health",
                run.health().entrySet(),
                e ->
                    new Body()
                        .put("address", e.getKey().toString())
                        .put("state", PlanBody.lower(e.getValue().state()))
                        .put("detail", e.getValue().detail()))
            .put("started", run.started().toString());
    run.ended().ifPresent(end -> body.put("ended", end.toString()));
    run.undoes().ifPresent(undone -> body.put("undoes", undone));
    run.undoneBy().ifPresent(by -> body.put("undoneBy", by));
    if (!run.waits().isEmpty()) {
      body.list("waits", run.waits(), RunCard::wait);
    }
    return body.fields();
  }

  private static Body wait(Wait wait) {
    Body body = new Body().put("why", cut(wait.why())).put("since", wait.since().toString());
    wait.until().ifPresent(until -> body.put("until", until.toString()));
    return body;
  }

  private static Body stepBody(Step step) {
    Body body =
        new Body()
            .put("step", step.id())
            .put("action", step.change().action())
            .put("address", step.at().toString())
            .put("state", word(step.state()))
            .put("attempt", step.attempt());
    step.error().ifPresent(error -> body.put("error", cut(error)));
    if (!step.message().isBlank()) {
      body.put("message", cut(step.message()));
    }
    step.made().ifPresent(made -> body.put("id", made.id().value()));
    return body;
  }

  private static String word(StepState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String cut(String text) {
    String safe = dev.parley.bot.redact.Redactor.redact(text).text();
    return safe.length() <= LONGEST_ERROR ? safe : safe.substring(0, LONGEST_ERROR - 1) + "…";
  }
}
