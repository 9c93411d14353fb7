package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.text.Names;
import dev.parley.catalog.Offering;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Sees to it that nothing lacks what it can't be made without; asks for what can't be told. */
final class Needs {
  private final Scene scene;
  private final Work work;
  private final Memory memory;

  Needs(Scene scene, Work work, Memory memory) {
    this.scene = scene;
    this.work = work;
    this.memory = memory;
  }

  /** Fills or asks for every need of what is new. */
  void fill() {
    for (Make make : work.fresh()) {
      if (make.what() instanceof OfService(var service, _)) {
        Optional<Offering> offering =
            scene.offering(service, make.place().account().or(work.place::account));
        offering.ifPresent(o -> o.needs().forEach(need -> fill(make.name(), service, o, need)));
      }
    }
  }

  private void fill(String name, String service, Offering offering, String need) {
    Make make = work.make(name).orElseThrow();
    Fields arguments = make.what() instanceof OfService(_, var a) ? a : Fields.EMPTY;
    boolean measured =
        need.equals("size")
            && (arguments.get("vcpu").isPresent() || arguments.get("memory").isPresent());
    boolean given =
        arguments.get(need).isPresent() || offering.defaults().get(need).isPresent() || measured;
    if (given || exists(make)) {
      return;
    }
    Optional<String> kind = serviceOf(need);
    String value =
        kind.isPresent()
            ? neighbour(name, service, kind.get(), arguments)
            : ask(name, service, offering, need);
    Value written =
        value.matches("\\d{1,9}") ? Value.num(Long.parseLong(value)) : Value.text(value);
    work.put(Work.with(work.make(name).orElseThrow(), Fields.of(need, written)));
  }

  private boolean exists(Make make) {
    return scene.named(make.name()).stream()
        .anyMatch(t -> Target.service(make).filter(s -> scene.is(t, s)).isPresent());
  }

  /** The service whose resources fill a need: {@code network}, {@code zone}. */
  private Optional<String> serviceOf(String need) {
    return scene.services().names().contains(need)
        ? Optional.of(need)
        : scene.services().names().stream().filter(s -> s.endsWith("-" + need)).findFirst();
  }

  /** The one neighbour there is, the one chosen, or a new one. */
  private String neighbour(String name, String service, String kind, Fields arguments) {
    var known = new LinkedHashSet<String>();
    work.makes().stream()
        .filter(m -> Target.service(m).filter(kind::equals).isPresent())
        .forEach(m -> known.add(m.name()));
    boolean drafted = !known.isEmpty();
    if (!drafted) {
      scene.tracked().stream()
          .filter(t -> scene.is(t, kind))
          .filter(t -> work.place.account().map(t.at().account()::equals).orElse(true))
          .forEach(t -> known.add(t.at().name()));
    }
    String title = kind.replace('-', ' ');
    String key = kind + ":" + service;
    Optional<String> answer = memory.answer(key);
    if (answer.isPresent() && known.contains(answer.get())) {
      return answer.get();
    }
    boolean wantsNew = answer.filter(a -> a.startsWith("a new ")).isPresent();
    if (known.size() == 1 && !wantsNew) {
      if (!drafted) {
        work.note(
            name + " goes with the " + title + " " + known.getFirst() + ", the only one there is.");
      }
      return known.getFirst();
    }
    if (known.isEmpty() || wantsNew) {
      return fresh(kind, name, arguments);
    }
    var choices = new ArrayList<String>(known.stream().limit(8).toList());
    choices.add("a new " + title);
    throw new Halt(
        memory.ask(title, key, "With which " + title + " shall " + name + " go?", choices));
  }

  private String fresh(String kind, String name, Fields arguments) {
    Optional<String> zone =
        arguments.text("domain").filter(d -> d.indexOf('.') > 0).map(Needs::registered);
    String base = zone.map(Names::of).orElse(ServiceWords.base(kind));
    String own = base;
    for (int i = 2; work.make(own).isPresent() || scene.takenElsewhere(own); i++) {
      own = Names.numbered(base, i);
    }
    Fields given =
        scene.services().takes(kind, "domain") && zone.isPresent()
            ? Fields.of("domain", Value.text(zone.get()))
            : Fields.EMPTY;
    work.put(new Make(own, new OfService(kind, given), Place.ANY));
    work.note(name + " needs a " + kind.replace('-', ' ') + ": " + own + " is made.");
    Offering offering = scene.offering(kind, work.place.account()).orElseThrow();
    String made = own;
    offering.needs().forEach(need -> fill(made, kind, offering, need));
    return own;
  }

  /**
   * The domain a name is registered under: its last two labels, three under {@code co.uk} and the
   * like.
   */
  static String registered(String host) {
    String[] labels = host.split("\\.");
    int keep =
        labels.length > 2
                && labels[labels.length - 2].length() <= 3
                && labels[labels.length - 1].length() == 2
            ? 3
            : 2;
    return String.join(
        ".", List.of(labels).subList(Math.max(0, labels.length - keep), labels.length));
  }

  private String ask(String name, String service, Offering offering, String need) {
    String key = need + ":" + service;
    Optional<String> answer = memory.answer(key);
    if (answer.isPresent() && !answer.get().isBlank()) {
      return answer.get();
    }
    var choices = new LinkedHashSet<String>();
    offering
        .variants()
        .forEach((variant, arguments) -> arguments.text(need).ifPresent(_ -> choices.add(variant)));
    if (need.equals("size")) {
      choices.addAll(
          offering.sizes().isEmpty()
              ? List.of()
              : List.of("small", "micro", "medium", "large", "xlarge"));
    }
    throw new Halt(memory.ask(need, key, question(name, service, need), List.copyOf(choices)));
  }

  private static String question(String name, String service, String need) {
    return switch (need) {
      case "size" -> "What size shall " + name + " be?";
      case "domain" -> "For which domain is the " + service.replace('-', ' ') + "?";
      case "record" -> "Where shall " + name + " point: an address, a host name or a resource?";
      default -> "Which " + need + " for " + name + "?";
    };
  }
}
