package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Alter;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.resource.Address;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/**
 * Opens ports of things: in the firewall that stands before them, or in one that is made for it.
 */
final class Firewalls {
  private static final String FIREWALL = "firewall";
  private final Scene scene;
  private final Work work;

  Firewalls(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  /** The source a clause opens to. */
  static Optional<Value> source(Clause clause, boolean open) {
    if (clause.world() || open) {
      return Optional.of(Value.text("0.0.0.0/0"));
    }
    return clause.ranges().stream().findFirst().map(range -> Value.text(Maker.range(range.text())));
  }

  /** Opens ports before these things. */
  void open(List<Target> targets, List<Value> ports, Optional<Value> source) {
    if (targets.isEmpty() || ports.isEmpty()) {
      return;
    }
    Optional<Make> present =
        targets.stream()
            .flatMap(t -> t.make().stream())
            .flatMap(m -> before(m).stream())
            .findFirst();
    String name = present.map(Make::name).orElseGet(() -> name(targets.getFirst().name()));
    Fields arguments = arguments(present, ports, source);
    work.put(
        present
            .map(make -> Work.with(make, arguments))
            .orElseGet(
                () ->
                    new Make(
                        name, new OfService(FIREWALL, arguments), placeOf(targets.getFirst()))));
    if (present.isEmpty()) {
      work.note("The firewall " + name + " is made for it.");
    }
    for (Target target : targets) {
      Value names = Value.texts(List.of(name));
      if (target.make().isPresent()) {
        work.put(
            Work.with(
                work.make(target.name()).orElse(target.make().get()), Fields.of(FIREWALL, names)));
      } else {
        target.tracked().ifPresent(t -> alter(t.at(), Fields.of(FIREWALL, names)));
      }
    }
  }

  private void alter(Address at, Fields arguments) {
    Fields before =
        work.other(at)
            .filter(Alter.class::isInstance)
            .map(want -> ((Alter) want).arguments())
            .orElse(Fields.EMPTY);
    work.put(new Alter(at, Qualities.merge(before, arguments), Optional.empty()), at);
  }

  /** The drafted firewall before a thing. */
  private Optional<Make> before(Make make) {
    if (!(make.what() instanceof OfService(_, var arguments))) {
      return Optional.empty();
    }
    return arguments.itemsAt(FIREWALL).stream()
        .filter(Value.Text.class::isInstance)
        .flatMap(name -> work.make(((Value.Text) name).text()).stream())
        .findFirst();
  }

  private static Fields arguments(
      Optional<Make> present, List<Value> ports, Optional<Value> source) {
    List<Value> before =
        present
            .filter(m -> m.what() instanceof OfService)
            .map(m -> ((OfService) m.what()).arguments().itemsAt("ports"))
            .orElse(List.of());
    Fields arguments = Fields.of("ports", Qualities.union(before, ports));
    return source.map(value -> arguments.with("source", value)).orElse(arguments);
  }

  private String name(String target) {
    String name = Names.of(Names.base(target) + "-fw");
    for (int i = 2; work.make(name).isPresent() || scene.takenElsewhere(name); i++) {
      name = Names.numbered(Names.base(target) + "-fw", i);
    }
    return name;
  }

  private Place placeOf(Target target) {
    return target
        .make()
        .map(Make::place)
        .orElseGet(
            () ->
                target
                    .tracked()
                    .map(
                        t ->
                            new Place(
                                Optional.of(t.at().account()),
                                Optional.empty(),
                                Optional.of(t.resource().region()),
                                false))
                    .orElse(Place.ANY));
  }
}
