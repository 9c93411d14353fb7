package dev.parley.rules.pack;

import dev.parley.engine.json.Yaml;
import dev.parley.rules.read.Section;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The packs on the class path: every folder under {@code dev/parley/rules/packs} with a {@code
 * pack.yaml}.
 */
public final class Packs {
  private static final String ROOT = "dev/parley/rules/packs";

  private static final AtomicReference<Map<String, Pack>> IN_FORCE =
      new AtomicReference<>(Map.of());

  private Packs() {}

  /**
   * All of them by name, without their examples. They are read once: what is on the class path
   * stays.
   *
   * @throws Invalid if a shipped pack has a mistake
   */
  public static Map<String, Pack> inForce() {
    if (IN_FORCE.get().isEmpty()) {
      IN_FORCE.compareAndSet(Map.of(), read(false));
    }
    return IN_FORCE.get();
  }

  /**
   * All of them by name, with their examples.
   *
   * @throws Invalid if a shipped pack has a mistake
   */
  public static Map<String, Pack> shipped() {
    return read(true);
  }

  private static Map<String, Pack> read(boolean withExamples) {
    var problems = new ArrayList<Problem>();
    var packs = new TreeMap<String, Pack>();
    folders().forEach((name, files) -> packs.put(name, read(name, files, withExamples, problems)));
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return Collections.unmodifiableMap(packs);
  }

  /** Reads a pack of its files' names and texts. */
  private static Pack read(
      String name, Map<String, String> files, boolean withExamples, List<Problem> problems) {
    PackInfo info = info(name, files, problems);
    var rules = new ArrayList<RuleDefinition>();
    files.forEach(
        (file, text) -> {
          if (!file.endsWith("/pack.yaml") && isYaml(file)) {
            rules.addAll(
                withExamples
                    ? RuleReader.read(info, file, text, problems)
                    : RuleReader.readInForce(info, file, text, problems));
          }
        });
    return new Pack(info, rules);
  }

  static boolean isYaml(String file) {
    return file.endsWith(".yaml") || file.endsWith(".yml");
  }

  private static PackInfo info(String name, Map<String, String> files, List<Problem> problems) {
    String file = name + "/pack.yaml";
    String text = files.get(file);
    if (text == null) {
      problems.add(new Problem(file, "no pack.yaml", "a pack names itself", "add title and roles"));
      return new PackInfo(name, name, Set.of("approver"));
    }
    try {
      Yaml yaml = Yaml.parse(file, text);
      Section section =
          Section.of(yaml.value(), Pointer.ROOT, yaml::where, problems).only("title", "roles");
      return new PackInfo(name, section.needed("title"), Set.copyOf(section.texts("roles")));
    } catch (Invalid e) {
      problems.addAll(e.problems());
      return new PackInfo(name, name, Set.of("approver"));
    }
  }

  /** Pack → file → text; files are named {@code pack/file}. */
  private static Map<String, Map<String, String>> folders() {
    var folders = new TreeMap<String, Map<String, String>>();
    try {
      for (URL root : Collections.list(Packs.class.getClassLoader().getResources(ROOT))) {
        if (root.getProtocol().equals("file")) {
          fromFolder(Path.of(root.toURI()), folders);
        } else if (root.openConnection() instanceof JarURLConnection jar) {
          jar.setUseCaches(false);
          fromJar(jar, folders);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource has an address", e);
    }
    return folders;
  }

  private static void fromFolder(Path root, Map<String, Map<String, String>> folders)
      throws IOException {
    try (var paths = Files.walk(root, 2)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        put(folders, root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    }
  }

  private static void fromJar(JarURLConnection connection, Map<String, Map<String, String>> folders)
      throws IOException {
    try (var jar = connection.getJarFile()) {
      for (var entry : Collections.list(jar.entries())) {
        if (!entry.isDirectory() && entry.getName().startsWith(ROOT + "/")) {
          try (InputStream in = jar.getInputStream(entry)) {
            put(
                folders,
                entry.getName().substring(ROOT.length() + 1),
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
  }

  private static void put(Map<String, Map<String, String>> folders, String file, String text) {
    int slash = file.indexOf('/');
    if (slash > 0) {
      folders.computeIfAbsent(file.substring(0, slash), _ -> new TreeMap<>()).put(file, text);
    }
  }
}
