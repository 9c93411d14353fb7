package dev.parley.rules.pack;

import dev.parley.rules.parameter.Tables;
import dev.parley.value.Digest;
import dev.parley.value.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An operator's folder of rule files ({@code *.yaml}) and tables ({@code caps.csv} and so on). What
 * was read last without a mistake stays in force until something better is there.
 */
public final class RuleFolder {
  private static final long LARGEST = 4L << 20;

  private final Path path;
  private final Set<String> taken;
  private volatile Contents contents = new Contents(List.of(), Map.of(), Digest.ofText(""), false);
  private volatile List<Problem> problems = List.of();
  private volatile String seen = "";

  /**
   * A folder; it is not read yet.
   *
   * @param taken ids that shipped rules have
   */
  public RuleFolder(Path path, Set<String> taken) {
    this.path = path;
    this.taken = Set.copyOf(taken);
  }

  /**
   * What a folder holds.
   *
   * @param tables by file name
   * @param loaded whether it was ever read without a mistake
   */
  public record Contents(
      List<RuleDefinition> rules,
      Map<String, Tables.Source> tables,
      Digest digest,
      boolean loaded) {
    public Contents {
      rules = List.copyOf(rules);
      tables = Map.copyOf(tables);
    }
  }

  /** Which folder. */
  public Path path() {
    return path;
  }

  /** What is in force. */
  public Contents contents() {
    return contents;
  }

  /** What is wrong with the files as they are now; empty if they are in force. */
  public List<Problem> problems() {
    return problems;
  }

  /** Reads the folder again if a file changed; whether something else is in force now. */
  public synchronized boolean refresh() {
    var found = new ArrayList<Problem>();
    Map<String, String> files = files(found);
    Digest digest = Digest.ofText(files + "\n" + found);
    if (digest.hex().equals(seen)) {
      return false;
    }
    seen = digest.hex();
    Contents read = read(files, digest, found);
    problems = List.copyOf(found);
    if (!found.isEmpty()) {
      return false;
    }
    contents = read;
    return true;
  }

  private Contents read(Map<String, String> files, Digest digest, List<Problem> found) {
    var pack =
        new PackInfo(
            path.getFileName() == null ? "folder" : path.getFileName().toString(),
            "operator's rules",
            Set.of("approver"));
    var rules = new ArrayList<RuleDefinition>();
    var tables = new TreeMap<String, Tables.Source>();
    files.forEach(
        (name, text) -> {
          String file = path.resolve(name).toString();
          if (Packs.isYaml(name)) {
            rules.addAll(RuleReader.read(pack, file, text, found));
          } else if (Tables.NAMES.contains(name)) {
            tables.put(name, new Tables.Source(file, text));
          } else {
            found.add(refusal(name, file));
          }
        });
    RuleSet.of(rules, found);
    for (RuleDefinition rule : rules) {
      if (taken.contains(rule.id())) {
        found.add(
            new Problem(
                rule.source(),
                "rule " + rule.id(),
                "a shipped rule has that id",
                "give it another id, or change the shipped one by severities.csv"));
      }
    }
    Tables.shipped().with(tables, found);
    if (found.isEmpty()) {
      rules.forEach(rule -> found.addAll(Examples.failures(rule)));
    }
    return new Contents(rules, tables, digest, true);
  }

  private static Problem refusal(String name, String file) {
    return name.endsWith(".drl")
        ? new Problem(
            file,
            "a raw .drl file",
            "it would run with this program's rights",
            "write the rule as YAML")
        : new Problem(
            file,
            "'" + name + "'",
            "no such table",
            "one of " + String.join(", ", Tables.NAMES.stream().sorted().toList()));
  }

  private Map<String, String> files(List<Problem> found) {
    var files = new TreeMap<String, String>();
    try (var entries = Files.list(path)) {
      for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        boolean ours = Packs.isYaml(name) || name.endsWith(".csv") || name.endsWith(".drl");
        if (!name.startsWith(".") && ours) {
          text(file, found, files);
        }
      }
    } catch (IOException e) {
      found.add(
          new Problem(
              path.toString(),
              "the rule folder",
              "it can't be read: " + e.getMessage(),
              "make the folder, or take it out of the configuration"));
    }
    return files;
  }

  private static void text(Path file, List<Problem> found, Map<String, String> files)
      throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        found.add(
            new Problem(
                file.toString(),
                "a file of " + Files.size(file) + " bytes",
                "rule files are smaller than 4 MB",
                "split it"));
      } else {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (CharacterCodingException e) {
      found.add(
          new Problem(
              file.toString(),
              "bytes that are no UTF-8",
              "rule files are UTF-8",
              "save it as UTF-8"));
    }
  }
}
