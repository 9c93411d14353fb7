package dev.parley.bot.assistant.ask;

import dev.parley.bot.assistant.compose.Scene;
import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Determiner;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Known;
import dev.parley.bot.assistant.concept.Concept.Pronoun;
import dev.parley.bot.assistant.concept.Concept.Service;
import dev.parley.bot.assistant.concept.Concept.TypeName;
import dev.parley.bot.assistant.concept.Concept.Unknown;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.concept.Found;
import dev.parley.plan.Want;
import dev.parley.resource.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what a question is about: a name, "the database", "it". */
final class Subjects {
  /** Behind "this" they tell a time. */
  private static final Set<String> TIMES =
      Set.of("morning", "afternoon", "evening", "week", "month", "year", "hour");

  private final Scene scene;
  private final List<Found> found;

  Subjects(Scene scene, List<Found> found) {
    this.scene = scene;
    this.found = found;
  }

  Subject find() {
    for (Found one : found) {
      if (one.concept() instanceof Known(var name)) {
        return new Subject(
            Optional.of(name), List.of(), Optional.empty(), Optional.empty(), one.from());
      }
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).concept() instanceof Service service) {
        return service(service, i);
      }
      if (found.get(i).concept() instanceof TypeName(var type)) {
        return new Subject(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(type.toString()),
            found.get(i).from());
      }
    }
    return looksLikeName().or(this::pronoun).orElse(Subject.NONE);
  }

  private Subject service(Service service, int i) {
    Found at = found.get(i);
    Optional<Concept> before = i > 0 ? Optional.of(found.get(i - 1).concept()) : Optional.empty();
    String text = at.text().toLowerCase(Locale.ROOT);
    boolean plural =
        text.endsWith("s")
            && !Set.of("redis", "kubernetes", "s3", "rds", "sqs", "eks", "aks").contains(text);
    boolean definite =
        before.filter(b -> b instanceof Determiner(var which) && which == Which.THE).isPresent();
    boolean word = before.filter(b -> b instanceof Unknown).isPresent();
    if (plural || !definite && !word) {
      return new Subject(
          plural ? Optional.empty() : single(service.service()),
          List.of(),
          Optional.of(service.service()),
          Optional.empty(),
          at.from());
    }
    List<String> names = names(service.service());
    if (word && found.get(i - 1).concept() instanceof Unknown(var modifier, _)) {
      List<String> fewer =
          names.stream().filter(name -> name.contains(modifier.toLowerCase(Locale.ROOT))).toList();
      names = fewer.isEmpty() ? names : fewer;
    }
    return new Subject(
        names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty(),
        names,
        Optional.of(service.service()),
        Optional.empty(),
        at.from());
  }

  private Optional<String> single(String service) {
    List<String> names = names(service);
    return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
  }

  /** Those of this thread, else all. */
  private List<String> names(String service) {
    List<Tracked> all =
        scene.conversation().tracked().stream().filter(t -> scene.is(t, service)).toList();
    List<String> here = all.stream().filter(this::here).map(t -> t.at().name()).distinct().toList();
    if (!here.isEmpty()) {
      return here;
    }
    var drafted = new ArrayList<String>();
    scene
        .conversation()
        .current()
        .ifPresent(
            draft ->
                draft
                    .wants()
                    .forEach(
                        want -> {
                          boolean same =
                              want instanceof Want.Make make
                                  && make.what() instanceof Want.OfService(var own, _)
                                  && own.equals(service);
                          if (same) {
                            drafted.add(((Want.Make) want).name());
                          }
                        }));
    return drafted.isEmpty() ? all.stream().map(t -> t.at().name()).distinct().toList() : drafted;
  }

  private boolean here(Tracked tracked) {
    return tracked.thread().filter(scene.conversation().thread()::equals).isPresent();
  }

  /** A word with a dash or a digit is a name, even if nothing bears it. */
  private Optional<Subject> looksLikeName() {
    for (Found one : found) {
      boolean name =
          one.concept() instanceof Unknown(var text, var quoted)
              && (quoted
                  || text.matches("[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)+|[a-z]+\\d+")
                      && !text.matches("(r|p)-\\d+"));
      if (name && one.concept() instanceof Unknown(var text, _)) {
        return Optional.of(
            new Subject(
                Optional.of(text), List.of(), Optional.empty(), Optional.empty(), one.from()));
      }
    }
    return Optional.empty();
  }

  private Optional<Subject> pronoun() {
    for (int i = 0; i < found.size(); i++) {
      Found one = found.get(i);
      boolean time =
          i + 1 < found.size() && TIMES.contains(found.get(i + 1).text().toLowerCase(Locale.ROOT));
      boolean it =
          !time
              && one.concept() instanceof Pronoun(var group)
              && (group == Group.IT || group == Group.THEM);
      if (it) {
        List<String> names =
            scene.conversation().tracked().stream()
                .filter(this::here)
                .filter(t -> !scene.services().of(t.at().type()).isEmpty())
                .map(t -> t.at().name())
                .distinct()
                .toList();
        return Optional.of(
            new Subject(
                names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty(),
                names,
                Optional.empty(),
                Optional.empty(),
                one.from()));
      }
    }
    return Optional.empty();
  }
}
