package dev.parley.graph;

import dev.parley.knowledge.Knowledge.Question;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ready-made questions that come with the release. */
final class Questions {
  private static final List<String> NAMES =
      List.of(
          "depends-on",
          "dependencies-of",
          "blast-radius",
          "who-approved",
          "who-requested",
          "cost-of-team",
          "cost-by-team",
          "cost-by-account",
          "cost-by-environment",
          "list-resources",
          "resource-history",
          "runs",
          "run-steps",
          "findings-of",
          "waivers",
          "what-changed",
          "public-resources",
          "untagged",
          "describe");

  private final Map<String, ReadyQuestion> questions = new LinkedHashMap<>();

  private Questions() {}

  static Questions shipped() {
    var all = new Questions();
    NAMES.forEach(name -> all.questions.put(name, ReadyQuestion.shipped(name)));
    return all;
  }

  Optional<ReadyQuestion> named(String name) {
    return Optional.ofNullable(questions.get(name));
  }

  Collection<String> names() {
    return questions.keySet();
  }

  List<Question> described() {
    return questions.values().stream().map(ReadyQuestion::described).toList();
  }
}
