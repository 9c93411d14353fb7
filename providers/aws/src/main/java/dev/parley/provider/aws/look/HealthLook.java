package dev.parley.provider.aws.look;

import dev.parley.provider.Health;
import dev.parley.provider.Health.State;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.look.Recipe.Look;
import dev.parley.provider.aws.look.Recipe.Sign;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.Resource;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One look at one resource, as its recipe says; the worst of all that was seen decides. */
final class HealthLook {
  private record Seen(State state, String words) {}

  private final Operations operations;
  private final Resource resource;
  private final List<Seen> seen = new ArrayList<>();
  private boolean blind;

  private HealthLook(Operations operations, Resource resource) {
    this.operations = operations;
    this.resource = resource;
  }

  static Health of(Operations operations, Resource resource, List<Look> looks) {
    var look = new HealthLook(operations, resource);
    looks.forEach(one -> look.tryOut(one, Scope.of(resource)));
    return look.verdict();
  }

  private void tryOut(Look look, Scope scope) {
    try {
      look(look, scope);
    } catch (Template.Missing e) {
      blind("it can't be asked for: " + e.getMessage() + " is not known");
    } catch (ProviderException.NotFound e) {
      see(State.UNHEALTHY, "it is not there (" + e.facts().message() + ")");
    } catch (ProviderException.Throttled | ProviderException.Unavailable e) {
      see(State.STARTING, "it could not be asked now (" + e.facts().message() + ")");
    } catch (ProviderException e) {
      blind("it could not be asked: " + e.facts().message());
    }
  }

  private void look(Look look, Scope scope) {
    Fields answer =
        look.ask()
            .map(
                ask ->
                    operations.call(
                        ask.operation(),
                        resource.region(),
                        (Fields) ask.input().fill(scope),
                        Optional.empty()))
            .orElse(resource.properties());
    if (look.each().isEmpty()) {
      signs(look, answer, scope);
      return;
    }
    List<Value> items = Paths.items(answer, look.each().get());
    if (items.isEmpty()) {
      String words = look.signs().isEmpty() ? "what is behind it" : look.signs().getFirst().words();
      see(look.none(), "nothing to see of: " + words);
    }
    items.forEach(item -> signs(look, item, scope));
  }

  private void signs(Look look, Value shown, Scope scope) {
    look.signs().forEach(sign -> sign(sign, shown));
    look.then().forEach(next -> tryOut(next, scope.at(shown)));
    if (look.signs().isEmpty() && look.then().isEmpty()) {
      see(State.HEALTHY, "it answers");
    }
  }

  private void sign(Sign sign, Value shown) {
    Optional<Value> there = sign.at().in(shown);
    Optional<String> value = there.flatMap(Template::plain);
    if (value.isEmpty()) {
      return;
    }
    State state =
        Optional.ofNullable(sign.means().get(value.get()))
            .or(() -> reached(sign, there.get(), shown))
            .orElse(sign.otherwise());
    String reason =
        state == State.HEALTHY
            ? ""
            : sign.reason()
                .flatMap(at -> at.in(shown))
                .flatMap(Template::plain)
                .filter(text -> !text.isBlank())
                .map(text -> " (" + text + ")")
                .orElse("");
    String wanted =
        sign.atLeast()
            .flatMap(at -> at.in(shown))
            .flatMap(Template::plain)
            .map(text -> " of " + text)
            .orElse("");
    see(state, sign.words() + " " + value.get() + wanted + reason);
  }

  private static Optional<State> reached(Sign sign, Value value, Value shown) {
    Optional<BigDecimal> least = sign.atLeast().flatMap(at -> number(at, shown));
    return least.isPresent()
            && value instanceof Num(var number)
            && number.compareTo(least.get()) >= 0
        ? Optional.of(State.HEALTHY)
        : Optional.empty();
  }

  private static Optional<BigDecimal> number(Pointer at, Value shown) {
    return at.in(shown).map(value -> value instanceof Num(var n) ? n : BigDecimal.ZERO);
  }

  private void blind(String words) {
    blind = true;
    see(State.UNKNOWN, words);
  }

  private void see(State state, String words) {
    seen.add(new Seen(state, words));
  }

  private Health verdict() {
    // one that could not be asked outweighs what is well; a value no recipe knows does not
    State said =
        any(State.UNHEALTHY)
            ? State.UNHEALTHY
            : any(State.STARTING)
                ? State.STARTING
                : !blind && any(State.HEALTHY) ? State.HEALTHY : State.UNKNOWN;
    String detail = told(seen);
    Optional<Problem> problem =
        said != State.UNHEALTHY
            ? Optional.empty()
            : Optional.of(
                new Problem(
                    resource.type().name() + " " + resource.name(),
                    told(seen.stream().filter(s -> s.state() == said).toList()),
                    "it does not do what it is for",
                    "look at its logs, or at what it depends on"));
    return new Health(said, detail, problem);
  }

  private boolean any(State state) {
    return seen.stream().anyMatch(one -> one.state() == state);
  }

  /** Each thing once, with how often it was seen. */
  private static String told(List<Seen> seen) {
    var times = new LinkedHashMap<String, Integer>();
    seen.forEach(one -> times.merge(one.words(), 1, Integer::sum));
    return times.entrySet().stream()
        .map(one -> one.getValue() > 1 ? one.getValue() + " x " + one.getKey() : one.getKey())
        .collect(Collectors.joining(", "));
  }
}
