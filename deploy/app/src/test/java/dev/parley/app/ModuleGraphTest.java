package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The arrows between the top-level folders, read from the poms: these and no others. */
class ModuleGraphTest {
  private static final Path ROOT = root();

  @Test
  void the_folder_arrows_are_exactly_those_drawn() throws Exception {
    Map<String, String> folderOf = new HashMap<>();
    Map<String, Document> poms = new HashMap<>();
    Document build = parse(ROOT.resolve("pom.xml"));
    var modules = build.getElementsByTagName("module");
    for (int i = 0; i < modules.getLength(); i++) {
      String folder = modules.item(i).getTextContent().trim();
      Document pom = parse(ROOT.resolve(folder).resolve("pom.xml"));
      String artifact = child(pom.getDocumentElement(), "artifactId");
      folderOf.put(artifact, folder.substring(0, (folder + "/").indexOf('/')));
      poms.put(artifact, pom);
    }
    var arrows = new TreeSet<String>();
    poms.forEach(
        (artifact, document) -> {
          var dependencies = document.getElementsByTagName("dependency");
          for (int i = 0; i < dependencies.getLength(); i++) {
            String to = folderOf.get(child((Element) dependencies.item(i), "artifactId"));
            String from = folderOf.get(artifact);
            if (to != null && !to.equals(from)) {
              arrows.add(from + " -> " + to);
            }
          }
        });
    assertThat(poms).as("modules seen").hasSizeGreaterThan(12);
    assertThat(arrows)
        .containsExactly(
            "bot -> engine",
            "deploy -> bot",
            "deploy -> engine",
            "deploy -> knowledge-graph",
            "deploy -> providers",
            "deploy -> rules",
            "knowledge-graph -> engine",
            "providers -> engine",
            "rules -> engine");
  }

  @Test
  void the_root_holds_nothing_but_the_house() throws IOException {
    try (Stream<Path> files = Files.list(ROOT)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.startsWith(".")))
          .isSubsetOf(
              "bot",
              "rules",
              "engine",
              "providers",
              "knowledge-graph",
              "mcp",
              "deploy",
              "README.md",
              "pom.xml",
              "LICENSE",
              "target");
    }
  }

  private static Document parse(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }

  private static String child(Element parent, String name) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node.getTextContent().trim();
      }
    }
    return "";
  }

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("engine/api/pom.xml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run inside the repository");
      }
    }
    return folder;
  }
}
