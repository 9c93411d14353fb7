package dev.parley.engine.verify;

import dev.parley.engine.execute.Outputs;
import dev.parley.engine.state.Book;
import dev.parley.engine.state.RunFile;
import dev.parley.engine.state.StepFile;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.run.StepState;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What would undo a run, as a Draft: what it made goes, what it changed is changed back, what it
 * deleted is made again. The Draft is resolved, priced and judged like any other.
 */
public final class Rollback {
  private Rollback() {}

  /**
   * An inverse.
   *
   * @param draft empty of wants if the run did nothing that can be undone
   * @param notes what can't be brought back, one line each
   */
  public record Undo(Draft draft, List<String> notes) {
    public Undo {
      notes = List.copyOf(notes);
    }
  }

  /** What a catalog says that matters for undoing. */
  public interface Schemas {
    /** Whether a property can't be set: it is an output. */
    boolean output(String account, ResourceType type, String property);

    /** Whether deleting a resource of the type lost data. */
    boolean stateful(String account, ResourceType type);
  }

  /** The inverse of what the run did, by the state as it is now. */
  public static Undo of(Book book, RunFile run, Schemas schemas) {
    var wants = new LinkedHashMap<Address, Want>();
    var notes = new ArrayList<String>();
    List<StepFile> steps = new ArrayList<>(run.steps());
    Set<Address> remade = deletedForGood(book, steps);
    for (StepFile step : steps.reversed()) {
      Address at = step.change().at();
      if (wants.containsKey(at) || !touched(book, step)) {
        continue;
      }
      inverse(book, run, step, schemas, remade, notes).ifPresent(want -> wants.put(at, want));
    }
    String title = "Roll back " + run.id() + ": " + run.plan().title();
    return new Undo(
        new Draft(
            notes.isEmpty() ? title : title + " (" + String.join("; ", notes) + ")",
            Optional.of(run.plan().environment()).filter(environment -> !environment.isBlank()),
            Place.ANY,
            List.copyOf(wants.values()),
            Map.of(),
            Optional.empty(),
            false,
            Optional.of(run.plan().whenChatIsDown()),
            "rollback"),
        notes);
  }

  /** Steps that succeeded, and failed ones that left something half-made. */
  private static boolean touched(Book book, StepFile step) {
    return step.state() == StepState.DONE
        || (step.change() instanceof Change.Create create
            && step.attempt() > 0
            && (step.state() == StepState.FAILED || step.state() == StepState.UNKNOWN)
            && book.tracked(create.at()).isPresent());
  }

  private static Set<Address> deletedForGood(Book book, List<StepFile> steps) {
    return steps.stream()
        .filter(step -> step.state() == StepState.DONE && step.change() instanceof Change.Delete)
        .map(step -> step.change().at())
        .filter(at -> book.tracked(at).isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Optional<Want> inverse(
      Book book,
      RunFile run,
      StepFile step,
      Schemas schemas,
      Set<Address> remade,
      List<String> notes) {
    return switch (step.change()) {
      case Change.Create create -> {
        Optional<Change.Delete> replaced = replaced(run, create.at());
        if (book.tracked(create.at()).isEmpty()) {
          yield Optional.empty();
        }
        yield replaced.isPresent()
            ? Optional.of(
                back(
                    book,
                    create.at(),
                    replaced.get().was(),
                    create.desired(),
                    replaced.get().region(),
                    create.region(),
                    run,
                    schemas))
            : Optional.of(new Want.Remove(create.at()));
      }
      case Change.Update update ->
          Optional.of(
              back(
                  book,
                  update.at(),
                  update.was(),
                  update.now(),
                  update.region(),
                  update.region(),
                  run,
                  schemas));
      case Change.Delete delete -> {
        if (schemas.stateful(delete.at().account(), delete.at().type())) {
          notes.add("the data of " + delete.at() + " is gone for good");
        }
        yield Optional.of(again(book, delete, run, schemas, remade));
      }
      case Change.Call call -> {
        notes.add("'" + call.operation() + "' of " + call.at() + " can't be undone");
        yield Optional.empty();
      }
      case Change.Read _, Change.Replace _, Change.NoOp _ -> Optional.empty();
    };
  }

  private static Optional<Change.Delete> replaced(RunFile run, Address at) {
    return run.steps().stream()
        .filter(step -> step.state() == StepState.DONE && step.change().at().equals(at))
        .flatMap(
            step ->
                step.change() instanceof Change.Delete delete
                    ? java.util.stream.Stream.of(delete)
                    : java.util.stream.Stream.empty())
        .findFirst();
  }

  /** Every property that was asked for goes back to what it was. */
  private static Want back(
      Book book,
      Address at,
      Fields was,
      Fields asked,
      String formerRegion,
      String region,
      RunFile run,
      Schemas schemas) {
    Fields former = former(book, run, at, was, Set.of());
    var arguments = new LinkedHashMap<String, Value>();
    for (String property : asked.fields().keySet()) {
      Optional<Value> before = former.get(property).or(() -> was.get(property));
      if (!schemas.output(at.account(), at.type(), property)
          && before.isPresent()
          && !before.equals(asked.get(property))) {
        arguments.put(Pointer.ROOT.child(property).toString(), before.get());
      }
    }
    Optional<String> move =
        formerRegion.equals(region) ? Optional.empty() : Optional.of(formerRegion);
    return new Want.Alter(at, new Fields(arguments), move);
  }

  private static Want again(
      Book book, Change.Delete delete, RunFile run, Schemas schemas, Set<Address> remade) {
    Address at = delete.at();
    Fields former = former(book, run, at, delete.was(), remade);
    var properties = new LinkedHashMap<String, Value>();
    former
        .fields()
        .forEach(
            (property, value) -> {
              if (!schemas.output(at.account(), at.type(), property)) {
                properties.put(property, value);
              }
            });
    return new Want.Make(
        at.name(),
        new Want.OfType(at.type(), new Fields(properties)),
        new Place(
            Optional.of(at.account()), Optional.empty(), Optional.of(delete.region()), false));
  }

  /**
   * What was asked for before the run, or seen where nothing was. Outputs stay references only to
   * what is made again with it; others become what they point at.
   */
  private static Fields former(
      Book book, RunFile run, Address at, Fields was, Set<Address> remade) {
    Optional<Fields> desired = run.before().getOrDefault(at, Optional.empty());
    if (desired.isEmpty()) {
      return was;
    }
    BiPredicate<String, Set<Address>> among =
        (target, set) -> set.stream().anyMatch(one -> one.toString().equals(target));
    Value marked = rename(desired.get(), remade, among);
    return settle(book, (Fields) marked, was);
  }

  private static Value rename(
      Value value, Set<Address> remade, BiPredicate<String, Set<Address>> among) {
    return switch (value) {
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, rename(field, remade, among)));
        yield new Fields(copy);
      }
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> rename(item, remade, among)).toList());
      case Value.Ref(var target, var pointer) when among.test(target, remade) ->
          new Value.Ref(Address.of(target).name(), pointer);
      case Value.Ref _,
          Value.Text _,
          Value.Num _,
          Value.Bool _,
          Value.Null _,
          Value.Secret _,
          Value.Unknown _ ->
          value;
    };
  }

  /**
   * Outputs to what still stands become its values; a property that can't be told is as it was
   * seen.
   */
  private static Fields settle(Book book, Fields desired, Fields was) {
    var settled = new LinkedHashMap<String, Value>();
    desired
        .fields()
        .forEach(
            (name, value) ->
                settled.put(name, settle(book, value).or(() -> was.get(name)).orElse(value)));
    return new Fields(settled);
  }

  private static Optional<Value> settle(Book book, Value value) {
    if (!value.hasHoles() || onlyLocal(value)) {
      return Optional.of(value);
    }
    try {
      Fields resolved =
          Outputs.resolve(
              Fields.of("it", value),
              at -> book.tracked(at).map(Tracked::resource).map(Resource.class::cast));
      return resolved.get("it");
    } catch (Outputs.Unresolved e) {
      return Optional.empty();
    }
  }

  private static boolean onlyLocal(Value value) {
    return switch (value) {
      case Value.Ref(var target, _) -> !target.contains("/");
      case Fields(var fields) -> fields.values().stream().allMatch(Rollback::onlyLocal);
      case Value.Items(var items) -> items.stream().allMatch(Rollback::onlyLocal);
      case Value.Text _, Value.Num _, Value.Bool _, Value.Null _, Value.Secret _, Value.Unknown _ ->
          true;
    };
  }
}
