package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Link;
import java.util.List;
import java.util.Set;

/** Takes away what a clause names. */
final class Removal {
  private final Kit kit;
  private final Scene scene;
  private final Work work;
  private final Finder finder;
  private final Changer changer;
  private final Purpose purpose;

  Removal(Kit kit, Purpose purpose) {
    this.kit = kit;
    scene = kit.scene();
    work = kit.work();
    finder = kit.finder();
    changer = kit.changer();
    this.purpose = purpose;
  }

  void remove(Clause clause) {
    if (clause.nouns().isEmpty()) {
      throw kit.lost(
          "Say what shall be deleted: a name such as web-1, a kind such as the database, or"
              + " everything in this thread.");
    }
    Set<String> kept = purpose.exceptions(clause);
    for (Noun noun : clause.nouns()) {
      if (Purpose.excepted(noun) && !purpose.dispensable(clause)) {
        continue;
      }
      boolean belongs =
          noun.link()
                  .filter(l -> l == Link.IN || l == Link.FROM || l == Link.BEHIND || l == Link.OF)
                  .isPresent()
              && noun != clause.nouns().getFirst();
      if (belongs) {
        continue;
      }
      List<Target> targets = finder.find(noun, t -> true);
      if (targets.isEmpty()) {
        throw finder.none(noun, kit.understood());
      }
      boolean counted =
          noun.count().isPresent()
              && noun.names().isEmpty()
              && noun.count().getAsInt() < targets.size();
      List<Target> chosen =
          counted
              ? targets.subList(targets.size() - noun.count().getAsInt(), targets.size())
              : targets;
      chosen.stream()
          .filter(t -> kept.stream().noneMatch(name -> t.name().equals(name) || partOf(t, name)))
          .forEach(changer::remove);
      boolean everything =
          noun.kind() instanceof Noun.OfGroup(var group) && group == Group.EVERYTHING;
      if (everything && kept.isEmpty()) {
        work.forgetMakes();
      }
    }
  }

  /** Whether something that no service stands for was made along with a thing of this name. */
  private boolean partOf(Target target, String name) {
    return target.service(scene).isEmpty() && target.name().startsWith(name + "-");
  }
}
