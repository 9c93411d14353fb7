package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Alter;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connects things: machines behind a balancer, things in a network. */
final class Linker {
  private final Scene scene;
  private final Work work;

  Linker(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  /** What became of a noun. */
  record Spoken(Noun noun, List<Target> targets) {
    Optional<String> service(Scene scene) {
      return targets.stream().findFirst().flatMap(t -> t.service(scene));
    }
  }

  /** Connects the nouns of one clause as its words say. */
  void connect(List<Spoken> nouns) {
    for (int i = 0; i < nouns.size(); i++) {
      Spoken here = nouns.get(i);
      Optional<Link> link = here.noun().link();
      boolean balancer = takes(here, "targets");
      if (link.filter(Link.BEHIND::equals).isPresent() && balancer) {
        aim(here, machines(nouns.subList(0, i)));
      } else if (link.filter(Link.FRONT::equals).isPresent() && i > 0) {
        List<Spoken> after = new ArrayList<>();
        for (int k = i; k < nouns.size() && (k == i || nouns.get(k).noun().link().isEmpty()); k++) {
          after.add(nouns.get(k));
        }
        nouns.subList(0, i).stream()
            .filter(s -> takes(s, "targets"))
            .findFirst()
            .ifPresent(b -> aim(b, machines(after)));
      }
      boolean inside = link.filter(l -> l == Link.IN || l == Link.ON || l == Link.TO).isPresent();
      if (inside && (isA(here, "network") || isA(here, "subnet"))) {
        place(here, nouns.subList(0, i));
      }
    }
  }

  private boolean takes(Spoken spoken, String argument) {
    return spoken
        .service(scene)
        .filter(
            s -> !scene.services().offerings(s).isEmpty() && scene.services().takes(s, argument))
        .isPresent();
  }

  private boolean isA(Spoken spoken, String service) {
    return spoken.service(scene).filter(service::equals).isPresent();
  }

  /** What a balancer can aim at: what runs an image; else whatever was named. */
  private List<String> machines(List<Spoken> nouns) {
    List<Spoken> running =
        nouns.stream().filter(s -> takes(s, "image") && !takes(s, "targets")).toList();
    List<Spoken> chosen =
        running.isEmpty() ? nouns.stream().filter(s -> !takes(s, "targets")).toList() : running;
    return chosen.stream().flatMap(s -> s.targets().stream()).map(Target::name).distinct().toList();
  }

  private void aim(Spoken balancer, List<String> machines) {
    if (machines.isEmpty()) {
      return;
    }
    for (Target target : balancer.targets()) {
      Optional<Make> make = work.make(target.name());
      if (make.isPresent() && make.get().what() instanceof OfService(_, var arguments)) {
        Value all = Qualities.union(arguments.itemsAt("targets"), texts(machines));
        work.put(Work.with(make.get(), Fields.of("targets", all)));
      } else {
        target
            .tracked()
            .ifPresent(
                t ->
                    work.put(
                        new Alter(
                            t.at(),
                            Fields.of("targets", new Value.Items(texts(machines))),
                            Optional.empty()),
                        t.at()));
      }
    }
  }

  private static List<Value> texts(List<String> names) {
    return names.stream().map(name -> (Value) Value.text(name)).toList();
  }

  private void place(Spoken where, List<Spoken> what) {
    Optional<String> service = where.service(scene);
    if (service.isEmpty()) {
      return; // of a bare type nobody knows what it can hold
    }
    for (Spoken spoken : what) {
      for (Target target : spoken.targets()) {
        work.make(target.name())
            .ifPresent(make -> inside(make, service.get(), where.targets().getFirst().name()));
      }
    }
  }

  private void inside(Make make, String service, String name) {
    String own = Target.service(make).orElse("");
    if (own.equals(service) || scene.services().offerings(own).isEmpty()) {
      return;
    }
    if (scene.services().takes(own, service)) {
      work.put(
          Work.with(
              make,
              Fields.of(
                  service,
                  scene.services().takesList(own, service)
                      ? Value.texts(List.of(name))
                      : Value.text(name))));
    }
    if (service.equals("network")
        && scene.services().takes(own, "subnet")
        && !own.equals("subnet")) {
      List<String> subnets = subnets(name);
      if (!subnets.isEmpty()) {
        work.put(
            Work.with(
                make,
                Fields.of(
                    "subnet",
                    scene.services().takesList(own, "subnet")
                        ? Value.texts(subnets)
                        : Value.text(subnets.getFirst()))));
      }
    }
  }

  /** The subnets of a network: drafted or existing ones, else one that is made for it. */
  private List<String> subnets(String network) {
    List<String> drafted =
        work.makes().stream()
            .filter(m -> Target.service(m).filter("subnet"::equals).isPresent())
            .filter(
                m ->
                    m.what() instanceof OfService(_, var a)
                        && a.text("network").map(network::equals).orElse(true))
            .map(Make::name)
            .toList();
    if (!drafted.isEmpty()) {
      return drafted;
    }
    List<String> existing =
        scene.named(network).stream()
            .flatMap(
                n ->
                    scene.tracked().stream()
                        .filter(
                            t ->
                                scene.is(t, "subnet")
                                    && t.at().account().equals(n.at().account())
                                    && mentions(
                                        t.resource().properties(), n.resource().id().value())))
            .map(t -> t.at().name())
            .toList();
    if (!existing.isEmpty()) {
      return existing;
    }
    String name = Names.of(network + "-subnet");
    work.put(
        new Make(
            name, new OfService("subnet", Fields.of("network", Value.text(network))), Place.ANY));
    work.note("A subnet is needed in " + network + ": " + name + " is made.");
    return List.of(name);
  }

  private static boolean mentions(Value value, String id) {
    return switch (value) {
      case Value.Text(var text) -> text.equals(id);
      case Value.Fields(var fields) -> fields.values().stream().anyMatch(v -> mentions(v, id));
      case Value.Items(var items) -> items.stream().anyMatch(v -> mentions(v, id));
      default -> false;
    };
  }

  /** Connects what is new in this message with what is new beside it. */
  void complete() {
    networks();
    balancers();
  }

  private void networks() {
    List<Make> networks = freshOf("network");
    if (networks.size() == 1) {
      String network = networks.getFirst().name();
      List<Make> subnets = freshOf("subnet");
      ranges(networks.getFirst(), subnets);
      for (Make make : work.fresh()) {
        boolean open =
            make.what() instanceof OfService(_, var a)
                && a.get("network").isEmpty()
                && a.get("subnet").isEmpty();
        if (open) {
          inside(make, "network", network);
        }
      }
    }
    List<Make> subnets = freshOf("subnet");
    if (!subnets.isEmpty()) {
      spread(subnets.stream().map(Make::name).toList());
    }
  }

  /** Machines take turns over the subnets; what takes several takes all. */
  private void spread(List<String> subnets) {
    int next = 0;
    for (Make make : work.fresh()) {
      String service = Target.service(make).orElse("");
      boolean takes =
          !service.equals("subnet")
              && !scene.services().offerings(service).isEmpty()
              && scene.services().takes(service, "subnet");
      if (!takes) {
        continue;
      }
      boolean list = scene.services().takesList(service, "subnet");
      work.put(
          Work.with(
              make,
              Fields.of(
                  "subnet",
                  list ? Value.texts(subnets) : Value.text(subnets.get(next % subnets.size())))));
      next += list ? 0 : 1;
    }
  }

  private void ranges(Make network, List<Make> subnets) {
    String cidr =
        network.what() instanceof OfService(_, var a)
            ? a.text("cidr").orElse("10.0.0.0/16")
            : "10.0.0.0/16";
    boolean own = network.what() instanceof OfService(_, var b) && b.get("cidr").isPresent();
    if (!cidr.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}") || subnets.size() < 2 && !own) {
      return;
    }
    int bits = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    String[] octets = cidr.substring(0, cidr.indexOf('/')).split("\\.");
    int room = bits <= 16 ? 255 : (1 << Math.max(0, 24 - bits)) - 1;
    if (bits > 24) {
      return;
    }
    int i = subnets.size() > room ? 0 : 1;
    for (Make subnet : subnets) {
      boolean open = subnet.what() instanceof OfService(_, var a) && a.get("cidr").isEmpty();
      if (open && i <= room) {
        int third = Integer.parseInt(octets[2]) + i;
        work.put(
            Work.with(
                subnet,
                Fields.of(
                    "cidr", Value.text(octets[0] + "." + octets[1] + "." + third + ".0/24"))));
      }
      i++;
    }
  }

  private void balancers() {
    List<Make> idle =
        work.fresh().stream()
            .filter(
                m ->
                    m.what() instanceof OfService(var service, var a)
                        && a.itemsAt("targets").isEmpty()
                        && !scene.services().offerings(service).isEmpty()
                        && scene.services().takes(service, "targets"))
            .toList();
    List<String> machines =
        work.fresh().stream()
            .filter(
                m ->
                    Target.service(m)
                        .filter(
                            s ->
                                !scene.services().offerings(s).isEmpty()
                                    && scene.services().takes(s, "image")
                                    && scene.services().takes(s, "subnet")
                                    && !scene.services().takes(s, "replicas"))
                        .isPresent())
            .map(Make::name)
            .toList();
    if (idle.size() == 1 && !machines.isEmpty()) {
      work.put(Work.with(idle.getFirst(), Fields.of("targets", new Value.Items(texts(machines)))));
    }
  }

  private List<Make> freshOf(String service) {
    return work.fresh().stream()
        .filter(m -> Target.service(m).filter(service::equals).isPresent())
        .toList();
  }
}
