package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept;
import java.util.ArrayList;
import java.util.List;

/** What was understood of a request, piece by piece, for the answer when the whole was not. */
public final class Understood {
  private Understood() {}

  /** The pieces. */
  public static List<String> of(Request request) {
    var pieces = new ArrayList<String>();
    for (Clause clause : request.clauses()) {
      clause.verb().ifPresent(verb -> pieces.add(verb.word()));
      clause.call().ifPresent(pieces::add);
      clause.nouns().forEach(noun -> pieces.add(noun(noun)));
      clause.domains().forEach(domain -> pieces.add(domain.name()));
      clause
          .loose()
          .forEach(
              quality ->
                  pieces.add(String.join(", ", quality.options().getFirst().fields().keySet())));
    }
    request.frame().environment().ifPresent(pieces::add);
    for (Concept place : request.frame().places()) {
      switch (place) {
        case Concept.Region(var code, _) -> pieces.add(code);
        case Concept.City(var word, _) -> pieces.add(word);
        case Concept.AccountId(var id) -> pieces.add(id);
        case Concept.Family(var family) -> pieces.add(family);
        default -> {}
      }
    }
    request.frame().tags().forEach((key, value) -> pieces.add(key + "=" + value));
    request
        .frame()
        .cap()
        .ifPresent(
            cap ->
                pieces.add(
                    "a limit of "
                        + cap.amount().amount().toPlainString()
                        + " "
                        + cap.amount().currency()));
    return pieces.stream().distinct().limit(20).toList();
  }

  private static String noun(Noun noun) {
    String count = noun.count().isPresent() ? noun.count().getAsInt() + " " : "";
    String name = noun.names().isEmpty() ? "" : " " + String.join(", ", noun.names());
    return count
        + switch (noun.kind()) {
          case Noun.OfService(var service, _, _) -> service.replace('-', ' ');
          case Noun.OfType(var type) -> type.name();
          case Noun.OfName(var known) -> known;
          case Noun.OfGroup(var group) -> group.name().toLowerCase(java.util.Locale.ROOT);
          case Noun.OfBlueprint(var blueprint) -> "blueprint " + blueprint;
        }
        + name;
  }
}
