package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** "The same in staging": the thread's draft once more, in another place. */
final class Elsewhere {
  private final Work work;

  Elsewhere(Work work) {
    this.work = work;
  }

  /** The draft again, elsewhere. */
  void repeat(Places.Said place, Optional<String> environment) {
    boolean sameAccount =
        environment.isEmpty() && place.account().isEmpty() && place.family().isEmpty();
    Optional<String> region =
        place.region().map(Concept.Region::code).or(() -> place.city().map(Concept.City::word));
    if (sameAccount && region.isPresent()) {
      String suffix = "-" + Names.of(region.get());
      for (Make make : work.makes()) {
        String base = Names.base(make.name());
        int number = Names.number(make.name());
        String name = number == 0 ? Names.of(base + suffix) : Names.numbered(base + suffix, number);
        work.put(new Make(name, renamed(make, suffix), make.place()));
      }
      work.makes().stream().map(Make::name).filter(work::wasCarried).toList().forEach(work::drop);
      work.note("The new ones are named after their region, since a name stands for one resource.");
    } else {
      work.makes().forEach(work::put);
    }
    work.forgetOthers();
    work.referred = true;
  }

  private Want.What renamed(Make make, String suffix) {
    if (!(make.what() instanceof OfService(var service, var arguments))) {
      return make.what();
    }
    Set<String> names = new HashSet<>(work.makes().stream().map(Make::name).toList());
    Fields result = arguments;
    for (var entry : arguments.fields().entrySet()) {
      result = result.with(entry.getKey(), renamed(entry.getValue(), names, suffix));
    }
    return new OfService(service, result);
  }

  private static Value renamed(Value value, Set<String> names, String suffix) {
    return switch (value) {
      case Value.Text(var text) when names.contains(text) -> {
        int number = Names.number(text);
        yield Value.text(
            number == 0
                ? Names.of(text + suffix)
                : Names.numbered(Names.base(text) + suffix, number));
      }
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> renamed(item, names, suffix)).toList());
      default -> value;
    };
  }
}
