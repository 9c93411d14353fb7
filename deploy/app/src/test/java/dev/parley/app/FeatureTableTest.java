package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The feature tables in the READMEs are what the contract runs of this build say. {@code
 * -Dfeatures=apply} writes them.
 */
class FeatureTableTest {
  private static final Path ROOT = ModuleGraphTest.root();
  private static final String START = "<!-- features -->\n";
  private static final String END = "<!-- /features -->";

  @Test
  void the_table_of_providers_is_what_their_contract_says() throws IOException {
    compare("README.md", "providers");
  }

  @Test
  void the_table_of_surfaces_is_what_their_contract_says() throws IOException {
    compare("bot/README.md", "bot");
  }

  private static void compare(String file, String wing) throws IOException {
    Map<String, Map<String, String>> reports = reports(wing);
    assumeTrue(
        !reports.isEmpty(), "skipped: no contract has run in this build (build the whole program)");
    Path readme = ROOT.resolve(file);
    String text = Files.readString(readme);
    int from = text.indexOf(START) + START.length();
    int to = text.indexOf(END);
    String table = table(reports);
    if ("apply".equals(System.getProperty("features"))) {
      Files.writeString(readme, text.substring(0, from) + table + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("to write it: mvn verify -Dfeatures=apply")
        .isEqualTo(table);
  }

  /** Subject → promise → kept, or why not. */
  private static Map<String, Map<String, String>> reports(String wing) throws IOException {
    var reports = new TreeMap<String, Map<String, String>>();
    try (Stream<Path> files = Files.walk(ROOT.resolve(wing), 5)) {
      for (Path file :
          files
              .filter(
                  f -> f.getParent().endsWith("contract-report") && f.toString().endsWith(".json"))
              .filter(f -> !f.getFileName().toString().contains("OnMoto")) // run by deploy/peers
              .toList()) {
        var report = (Fields) Json.parse(Files.readString(file));
        var promises = new LinkedHashMap<String, String>();
        for (var one : report.itemsAt("promises")) {
          Fields promise = (Fields) one;
          String result = promise.text("result").orElse("");
          promises.put(
              promise.text("title").orElse(""),
              result.equals("kept") ? "yes" : "no: " + promise.text("why").orElse(""));
        }
        reports.put(
            report.text("subject").orElse("").replaceFirst("(Surface|Contract)?Test$", ""),
            promises);
      }
    }
    return reports;
  }

  private static String table(Map<String, Map<String, String>> reports) {
    List<String> subjects = new ArrayList<>(reports.keySet());
    var titles = new TreeSet<String>();
    reports.values().forEach(promises -> titles.addAll(promises.keySet()));
    var table =
        new StringBuilder(
            "| promise | "
                + String.join(" | ", subjects)
                + " |\n|---|"
                + "---|".repeat(subjects.size())
                + "\n");
    for (String title : titles) {
      table.append("| ").append(title).append(" |");
      for (String subject : subjects) {
        table.append(' ').append(reports.get(subject).getOrDefault(title, "")).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }
}
