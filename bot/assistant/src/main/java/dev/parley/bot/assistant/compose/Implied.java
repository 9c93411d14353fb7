package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/** Things that are wanted without being named: an image to run, so many gigabytes. */
final class Implied {
  private final Scene scene;
  private final Work work;

  Implied(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  /** The service that runs an image, if the clause names an image that no thing takes. */
  Optional<String> container(Clause clause) {
    boolean image =
        clause.loose().stream()
            .flatMap(q -> q.options().stream())
            .anyMatch(
                o -> o.text("image").filter(i -> i.contains(":") || i.contains("/")).isPresent());
    return image
        ? scene.services().names().stream()
            .filter(
                s -> scene.services().takes(s, "image") && scene.services().takes(s, "replicas"))
            .findFirst()
        : Optional.empty();
  }

  /** The service for the image a clause names, with its other qualities. */
  List<Make> container(Clause clause, String service) {
    Qualities qualities = Qualities.of(clause.loose(), service, scene.services());
    Fields arguments = qualities.arguments();
    if (clause.count().isPresent()) {
      arguments = arguments.with("replicas", Value.num(clause.count().getAsInt()));
    }
    String image = arguments.text("image").orElse("app");
    String path = image.replaceAll("(:[^/:]*|@.*)$", "");
    String name = Names.of(path.substring(path.lastIndexOf('/') + 1));
    String free = fresh(name.isEmpty() ? ServiceWords.base(service) : name);
    Make make = new Make(free, new OfService(service, arguments), Place.ANY);
    work.put(make);
    return List.of(make);
  }

  /** A capacity in gigabytes that nothing takes. */
  static Optional<Value> disk(Clause clause) {
    return clause.loose().stream()
        .map(q -> q.options().getFirst())
        .flatMap(o -> o.get("disk").stream())
        .findFirst();
  }

  /** A name that no other thread's resource bears. */
  String fresh(String base) {
    String name = base;
    for (int i = 2; scene.takenElsewhere(name); i++) {
      name = Names.numbered(base, i);
    }
    return name;
  }
}
