package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.plan.Reading;
import dev.parley.plan.Want.Invoke;
import dev.parley.resource.Tracked;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Operations of what exists: start, stop, reboot, by the types' own words for them. */
final class Invoker {
  private final Scene scene;
  private final Work work;
  private final Finder finder;
  private final List<String> understood;

  Invoker(Scene scene, Work work, Finder finder, List<String> understood) {
    this.scene = scene;
    this.work = work;
    this.finder = finder;
    this.understood = understood;
  }

  /** Wants an operation of everything a clause names. */
  void call(Clause clause, String operation) {
    var invoked = new ArrayList<Invoke>();
    for (Noun noun : clause.nouns()) {
      List<Target> targets =
          finder.find(
              noun, t -> t.tracked().filter(r -> operation(r, operation).isPresent()).isPresent());
      if (targets.isEmpty()) {
        throw finder.none(noun, understood);
      }
      for (Target target : targets) {
        Tracked tracked =
            target
                .tracked()
                .orElseThrow(
                    () ->
                        lost(
                            target.name()
                                + " does not exist yet, so it can't be asked to "
                                + operation
                                + "."));
        String own =
            operation(tracked, operation)
                .orElseThrow(() -> lost(target.name() + " knows no " + operation + calls(tracked)));
        invoked.add(new Invoke(tracked.at(), own, Fields.EMPTY));
      }
    }
    invoked.forEach(invoke -> work.put(invoke, invoke.at()));
  }

  private String calls(Tracked tracked) {
    List<String> calls =
        scene
            .services()
            .schema(tracked.at().type())
            .map(s -> s.calls().stream().sorted().toList())
            .orElse(List.of());
    return calls.isEmpty()
        ? "; it has no operations to call."
        : "; it knows " + String.join(", ", calls) + ".";
  }

  /** A type's own word for an operation. */
  private Optional<String> operation(Tracked tracked, String operation) {
    List<String> words =
        switch (operation) {
          case "start" -> List.of("start", "poweron", "resume", "boot");
          case "stop" -> List.of("stop", "poweroff", "deallocate", "shutdown", "suspend", "pause");
          case "reboot" -> List.of("reboot", "restart", "reset");
          default -> List.of(operation.toLowerCase(Locale.ROOT));
        };
    List<String> calls =
        scene
            .services()
            .schema(tracked.at().type())
            .map(s -> s.calls().stream().sorted().toList())
            .orElse(List.of());
    for (String word : words) {
      for (String call : calls) {
        String plain = call.toLowerCase(Locale.ROOT);
        if (plain.equals(word) || plain.startsWith(word)) {
          return Optional.of(call);
        }
      }
    }
    return Optional.empty();
  }

  private Halt lost(String hint) {
    return new Halt(new Reading.Lost(understood, List.of(), hint));
  }
}
