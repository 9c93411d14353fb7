package dev.parley.rules.pack;

import dev.parley.engine.json.Yaml;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Severity;
import dev.parley.rules.logic.Assertion;
import dev.parley.rules.read.Section;
import dev.parley.rules.scene.Words;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a rule file: {@code rules:} and a list of rules. */
final class RuleReader {
  private static final Set<String> ACTIONS =
      Set.of("create", "update", "replace", "delete", "call");

  private final PackInfo pack;
  private final Yaml yaml;
  private final List<String> lines;
  private final boolean withExamples;
  private final List<Problem> problems;

  private RuleReader(
      PackInfo pack, Yaml yaml, List<String> lines, boolean withExamples, List<Problem> problems) {
    this.withExamples = withExamples;
    this.pack = pack;
    this.yaml = yaml;
    this.lines = lines;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param problems where mistakes are noted; the result counts only if there are none
   */
  static List<RuleDefinition> read(
      PackInfo pack, String file, String text, List<Problem> problems) {
    return read(pack, file, text, true, problems);
  }

  /**
   * Reads a shipped file without its examples: the build has run them, and most of the text is
   * theirs.
   */
  static List<RuleDefinition> readInForce(
      PackInfo pack, String file, String text, List<Problem> problems) {
    return read(pack, file, text, false, problems);
  }

  private static List<RuleDefinition> read(
      PackInfo pack, String file, String text, boolean withExamples, List<Problem> problems) {
    List<String> lines = text.lines().toList();
    Yaml yaml;
    try {
      yaml = Yaml.parse(file, withExamples ? text : withoutExamples(lines));
    } catch (dev.parley.value.Invalid e) {
      problems.addAll(e.problems());
      return List.of();
    }
    return new RuleReader(pack, yaml, lines, withExamples, problems).rules();
  }

  /** The same lines, those of the examples blank, so that every line keeps its number. */
  private static String withoutExamples(List<String> lines) {
    var kept = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      boolean deeper = line.isBlank() || line.startsWith("     ");
      inside = line.startsWith("    tests:") || (inside && deeper);
      kept.append(inside ? "" : line).append('\n');
    }
    return kept.toString();
  }

  private List<RuleDefinition> rules() {
    Section file = Section.of(yaml.value(), Pointer.ROOT, yaml::where, problems).only("rules");
    var sections = file.sections("rules");
    if (sections.isEmpty()) {
      file.wrong("no rules", "a rule file has a list 'rules'", "write rules: and a list");
    }
    var rules = new ArrayList<RuleDefinition>();
    for (int i = 0; i < sections.size(); i++) {
      rules.add(rule(sections.get(i), text(i, sections.size())));
    }
    return rules;
  }

  private RuleDefinition rule(Section rule, String text) {
    rule.only(
        "id",
        "title",
        "severity",
        "types",
        "actions",
        "when",
        "assert",
        "levels",
        "message",
        "remedy",
        "roles",
        "controls",
        "note",
        "tests");
    String id = rule.needed("id");
    if (!id.isEmpty() && !id.matches("[A-Z][A-Z0-9]{1,15}(?:-[A-Z0-9]{1,15}){1,3}")) {
      rule.wrong(
          "id",
          "'" + id + "'",
          "an id is capital words and digits divided by dashes",
          "write it like AWS-S3-001");
    }
    Set<String> types = types(rule);
    var reader = new AssertionReader(types.contains("plan") ? Words.ofPlan() : Words.ofResource());
    Optional<Assertion> when =
        rule.has("when") ? Optional.of(reader.read(rule.section("when"))) : Optional.empty();
    String title = rule.needed("title");
    Set<String> roles = rule.has("roles") ? Set.copyOf(rule.texts("roles")) : pack.roles();
    return new RuleDefinition(
        id,
        pack.name(),
        title,
        rule.word("severity", Severity.class).orElseGet(() -> missingSeverity(rule)),
        types,
        actions(rule),
        when,
        levels(rule, reader),
        roles,
        rule.text("message").orElse("{name}: " + title),
        rule.needed("remedy"),
        rule.lists("controls"),
        rule.text("note").orElse(""),
        withExamples ? examples(rule) : List.of(),
        rule.place(),
        text);
  }

  private static Severity missingSeverity(Section rule) {
    if (!rule.has("severity")) {
      rule.wrong("no 'severity'", "it is needed", "one of critical, high, medium, low, info");
    }
    return Severity.HIGH;
  }

  private static Set<String> types(Section rule) {
    var types = new TreeSet<>(rule.texts("types"));
    if (types.isEmpty()) {
      rule.wrong("no 'types'", "a rule must say what it is about", "list types, or '*', or plan");
    }
    for (String type : types) {
      boolean word = type.equals("*") || type.equals("plan");
      if (!word && !type.matches("[a-z][a-z0-9-]*:[^@\\s]+")) {
        rule.wrong(
            "types",
            "'" + type + "'",
            "a type is family:name without a version",
            "write it like aws:AWS::S3::Bucket");
      }
      if (word && types.size() > 1) {
        rule.wrong(
            "types", "'" + type + "' among others", "it stands alone", "leave the others out");
      }
    }
    return types;
  }

  private static Set<String> actions(Section rule) {
    if (!rule.has("actions")) {
      return RuleDefinition.USUAL_ACTIONS;
    }
    var actions = Set.copyOf(rule.texts("actions"));
    for (String action : actions) {
      if (!ACTIONS.contains(action)) {
        rule.wrong(
            "actions",
            "'" + action + "'",
            "no such action",
            "one of " + String.join(", ", new TreeSet<>(ACTIONS)));
      }
    }
    return actions;
  }

  private static List<Level> levels(Section rule, AssertionReader reader) {
    if (rule.has("assert") == rule.has("levels")) {
      rule.wrong("'assert' and 'levels'", "a rule has exactly one of them", "write assert: ...");
      return List.of();
    }
    if (rule.has("assert")) {
      return List.of(
          new Level(
              reader.read(rule.section("assert")), Optional.empty(), Set.of(), Optional.empty()));
    }
    var levels = new ArrayList<Level>();
    for (Section level : rule.sections("levels")) {
      level.only("assert", "enforcement", "roles", "message");
      levels.add(
          new Level(
              reader.read(level.section("assert")),
              level.word("enforcement", Enforcement.class),
              Set.copyOf(level.texts("roles")),
              level.text("message")));
    }
    if (levels.isEmpty()) {
      rule.wrong("levels", "no levels", "a rule demands something", "list at least one");
    }
    return levels;
  }

  private List<Example> examples(Section rule) {
    var examples = new ArrayList<Example>();
    var seen = new TreeSet<Judgement.Status>();
    for (Section test : rule.sections("tests")) {
      test.only(ExampleCase.KEYS);
      var expected = test.word("expect", Judgement.Status.class);
      if (expected.isEmpty()) {
        if (!test.has("expect")) {
          test.wrong(
              "no 'expect'",
              "an example says what must come out",
              "one of pass, fail, unknown, skip");
        }
        continue;
      }
      seen.add(expected.get());
      examples.add(new Example(expected.get(), pointer(test), test, test.place()));
    }
    for (var needed : List.of(Judgement.Status.PASS, Judgement.Status.FAIL)) {
      if (!seen.contains(needed)) {
        String word = needed.name().toLowerCase(java.util.Locale.ROOT);
        rule.wrong(
            "no test that must " + word,
            "a rule needs at least one example that passes and one that fails",
            "add one with expect: " + word);
      }
    }
    return examples;
  }

  private static Optional<Pointer> pointer(Section test) {
    return test.text("at")
        .flatMap(
            text -> {
              try {
                return Optional.of(Pointer.of(text));
              } catch (IllegalArgumentException e) {
                test.wrong(
                    "at",
                    "'" + text + "'",
                    "no JSON pointer",
                    "write it like /Encrypted, or \"\" for none");
                return Optional.empty();
              }
            });
  }

  /** The lines of one rule, as they were written. */
  private String text(int index, int count) {
    int from = line(index);
    int to = index + 1 < count ? line(index + 1) : lines.size() + 1;
    return String.join("\n", lines.subList(Math.max(0, from - 1), Math.max(from - 1, to - 1)))
        .stripTrailing();
  }

  private int line(int index) {
    Pointer at = Pointer.of("/rules/" + index);
    Integer line = yaml.lines().get(at);
    return line == null ? 1 : line;
  }
}
