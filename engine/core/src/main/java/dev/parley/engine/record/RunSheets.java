package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.engine.state.Steps;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.provider.Health;
import dev.parley.resource.Address;
import dev.parley.run.Event;
import dev.parley.run.RunState;
import dev.parley.run.StepState;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One run, folded from its events. It stands in a graph of its own and in one more for every
 * hundred steps, so that a step which moves rewrites a page and not the book.
 */
final class RunSheets {
  private static final int STEPS_PER_SHEET = 100;

  private final Names names;
  private final Event.RunStarted start;
  private final Map<Address, Cost> costs;
  private final List<Line> steps;
  private final Map<String, Integer> byStep = new HashMap<>();
  private final Map<Address, Integer> byAddress = new HashMap<>();
  private final Set<String> cancelledBy = new TreeSet<>();
  private final Set<String> retriedBy = new TreeSet<>();
  private final BitSet moved = new BitSet();
  private boolean headMoved = true;
  private RunState state = RunState.RUNNING;
  private String message = "";
  private Optional<Instant> ended = Optional.empty();

  /** One step as it stands. */
  private static final class Line {
    final Steps.Planned planned;
    StepState state = StepState.WAITING;
    int attempt;
    String message = "";
    String errorKind = "";
    Optional<Instant> started = Optional.empty();
    Optional<Instant> ended = Optional.empty();
    Optional<Health> health = Optional.empty();
    Optional<Instant> checked = Optional.empty();

    Line(Steps.Planned planned) {
      this.planned = planned;
    }
  }

  /**
   * A run that has just begun.
   *
   * @param costs what its proposal said the resources cost
   */
  RunSheets(Names names, Event.RunStarted start, Map<Address, Cost> costs) {
    this.names = names;
    this.start = start;
    this.costs = costs;
    this.steps = Steps.of(start.plan()).stream().map(Line::new).toList();
    for (int i = 0; i < steps.size(); i++) {
      byStep.put(steps.get(i).planned.id(), i);
      byAddress.put(steps.get(i).planned.change().at(), i);
    }
    moved.set(0, (steps.size() + STEPS_PER_SHEET - 1) / STEPS_PER_SHEET);
  }

  String id() {
    return start.run();
  }

  int size() {
    return steps.size();
  }

  boolean ended() {
    return state.ended();
  }

  /** Folds one of its own events. */
  void fold(Event event) {
    switch (event) {
      case Event.StepStarted e ->
          step(
              e.step(),
              line -> {
                line.state = StepState.RUNNING;
                line.attempt = e.attempt();
                line.message = "";
                line.errorKind = "";
                line.ended = Optional.empty();
                line.started = Optional.of(line.started.orElse(e.at()));
              });
      case Event.StepAccepted e -> step(e.step(), line -> line.state = StepState.RUNNING);
      case Event.StepDelayed e ->
          step(
              e.step(),
              line -> {
                line.state = StepState.DELAYED;
                line.message = e.why();
              });
      case Event.StepDone e ->
          step(
              e.step(),
              line -> {
                line.state = StepState.DONE;
                line.message = "";
                line.errorKind = "";
                line.ended = Optional.of(e.at());
              });
      case Event.StepFailed e ->
          step(
              e.step(),
              line -> {
                line.state = e.unknown() ? StepState.UNKNOWN : StepState.FAILED;
                line.message = e.message();
                line.errorKind = e.kind();
                line.ended = Optional.of(e.at());
              });
      case Event.StepSkipped e ->
          step(
              e.step(),
              line -> {
                line.state = StepState.SKIPPED;
                line.message = e.why();
                line.ended = Optional.of(e.at());
              });
      case Event.Checked e -> {
        Integer index = byAddress.get(e.address());
        if (index != null) {
          Line line = steps.get(index);
          line.health = Optional.of(e.health());
          line.checked = Optional.of(e.at());
          moved.set(index / STEPS_PER_SHEET);
        }
      }
      case Event.CancelAsked e -> headMoved |= cancelledBy.add(e.user());
      case Event.Retried e -> headMoved |= retriedBy.add(e.user());
      case Event.RunMoved e -> {
        state = e.state();
        message = e.message();
        ended = e.state().ended() ? Optional.of(e.at()) : Optional.empty();
        headMoved = true;
      }
      default -> {}
    }
  }

  private void step(String id, Consumer<Line> change) {
    Integer index = byStep.get(id);
    if (index != null) {
      change.accept(steps.get(index));
      moved.set(index / STEPS_PER_SHEET);
    }
  }

  /** Which run an event is about, if it is about one. */
  static Optional<String> of(Event event) {
    return switch (event) {
      case Event.RunStarted e -> Optional.of(e.run());
      case Event.StepStarted e -> Optional.of(e.run());
      case Event.StepAccepted e -> Optional.of(e.run());
      case Event.StepDelayed e -> Optional.of(e.run());
      case Event.StepDone e -> Optional.of(e.run());
      case Event.StepFailed e -> Optional.of(e.run());
      case Event.StepSkipped e -> Optional.of(e.run());
      case Event.Checked e -> Optional.of(e.run());
      case Event.RunMoved e -> Optional.of(e.run());
      case Event.CancelAsked e -> Optional.of(e.run());
      case Event.Retried e -> Optional.of(e.run());
      default -> Optional.empty();
    };
  }

  /** The step's name in the graph. */
  Iri step(String step) {
    return names.step(id(), step);
  }

  /** Whether the step only looked at its resource. */
  boolean onlyLooks(String step) {
    Integer index = byStep.get(step);
    if (index == null) {
      return false;
    }
    var change = steps.get(index).planned.change();
    return !change.mutates() || change.at().type().isOperation();
  }

  Optional<Cost> cost(Address at) {
    return Optional.ofNullable(costs.get(at));
  }

  /** What its resources cost before it, for the run that undoes it. */
  Map<Address, Cost> formerCosts() {
    var former = new HashMap<Address, Cost>();
    costs.forEach((at, cost) -> former.put(at, cost.former()));
    return former;
  }

  /** The resources that the plan lets this one point at. */
  Set<Address> refs(Address at) {
    var refs = new TreeSet<Address>();
    Integer index = byAddress.get(at);
    if (index != null) {
      refs(steps.get(index).planned.change().properties(), refs);
      refs.remove(at);
    }
    return refs;
  }

  private static void refs(Value value, Set<Address> refs) {
    switch (value) {
      case Ref(var target, _) -> refs.add(Address.of(target));
      case Items(var items) -> items.forEach(item -> refs(item, refs));
      case Fields(var fields) -> fields.values().forEach(field -> refs(field, refs));
      default -> {}
    }
  }

  /** The graphs that changed since the last time. */
  void write(Consumer<Triples> pages) {
    if (headMoved) {
      pages.accept(head());
    }
    moved.stream().forEach(part -> pages.accept(part(part)));
    unmoved();
  }

  /** Forgets what changed: it is in the graph already. */
  void unmoved() {
    headMoved = false;
    moved.clear();
  }

  private Triples head() {
    Iri run = names.run(id());
    Plan plan = start.plan();
    var sheet = new Sheet(run, start.at());
    sheet
        .say(run, Terms.TYPE, Terms.ACTIVITY)
        .say(run, Terms.TYPE, own("Run"))
        .text(run, Terms.IDENTIFIER, id())
        .text(run, Terms.LABEL, plan.title())
        .say(run, own("carriesOut"), names.plan(plan.id(), plan.revision()))
        .say(run, own("requestedBy"), names.user(plan.requester()))
        .say(run, Terms.ASSOCIATED_WITH, names.agent("parley"))
        .time(run, Terms.STARTED_AT, start.at())
        .word(run, own("state"), state)
        .number(run, own("steps"), steps.size())
        .text(run, Terms.COMMENT, message);
    if (!start.receipt().isBlank()) {
      sheet.say(run, Terms.USED, names.receipt(start.receipt()));
    }
    ended.ifPresent(at -> sheet.time(run, Terms.ENDED_AT, at));
    start.undoes().ifPresent(undone -> sheet.say(run, own("undoes"), names.run(undone)));
    cancelledBy.forEach(user -> sheet.say(run, own("cancelledBy"), names.user(user)));
    retriedBy.forEach(user -> sheet.say(run, own("retriedBy"), names.user(user)));
    return sheet.triples();
  }

  private Triples part(int part) {
    var sheet = new Sheet(names.steps(id(), part), start.at());
    int first = part * STEPS_PER_SHEET;
    for (Line line : steps.subList(first, Math.min(first + STEPS_PER_SHEET, steps.size()))) {
      line(sheet, line);
    }
    return sheet.triples();
  }

  private void line(Sheet sheet, Line line) {
    Plan plan = start.plan();
    Change change = line.planned.change();
    Iri step = step(line.planned.id());
    sheet
        .say(step, Terms.TYPE, Terms.PLAN_ACTIVITY)
        .say(step, Terms.TYPE, Terms.ACTIVITY)
        .text(step, Terms.IDENTIFIER, line.planned.id())
        .say(step, Terms.IS_PART_OF, names.run(id()))
        .say(step, Terms.IS_STEP_OF_PLAN, names.plan(plan.id(), plan.revision()))
        .say(step, Terms.CORRESPONDS_TO_STEP, names.change(plan.id(), plan.revision(), change.at()))
        .say(step, own("about"), names.resource(change.at()))
        .text(step, own("changeKind"), change.action())
        .word(step, own("state"), line.state)
        .number(step, own("attempts"), line.attempt)
        .text(step, own("errorKind"), line.errorKind)
        .text(step, Terms.COMMENT, line.message);
    line.planned.needs().forEach(need -> sheet.say(step, Terms.IS_PRECEDED_BY, step(need)));
    line.started.ifPresent(at -> sheet.time(step, Terms.STARTED_AT, at));
    line.ended.ifPresent(at -> sheet.time(step, Terms.ENDED_AT, at));
    line.health.ifPresent(
        health -> {
          Iri node = names.health(id(), change.at());
          sheet
              .say(node, Terms.TYPE, own("HealthCheck"))
              .say(node, Terms.IS_PART_OF, names.run(id()))
              .say(node, own("about"), names.resource(change.at()))
              .word(node, own("health"), health.state())
              .text(node, Terms.COMMENT, health.detail());
          line.checked.ifPresent(at -> sheet.time(node, Terms.GENERATED_AT, at));
        });
  }
}
