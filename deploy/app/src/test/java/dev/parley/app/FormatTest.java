package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is as google-java-format writes it. To write them so: {@code mvn verify
 * -Dtest=FormatTest -Dsurefire.failIfNoSpecifiedTests=false -Dformat=apply}.
 *
 * <p>A test, since the usual plugins run inside Maven's own JVM, which may be too old to read the
 * code.
 */
class FormatTest {
  @Test
  void every_file_is_formatted() throws Exception {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(ModuleGraphTest.root())) {
      sources =
          files
              .filter(
                  file ->
                      file.toString().endsWith(".java") && !file.toString().contains("/target/"))
              .toList();
    }
    assertThat(sources).hasSizeGreaterThan(100);
    boolean apply = "apply".equals(System.getProperty("format"));
    var wrong =
        sources.parallelStream()
            .filter(file -> !isFormatted(file, apply))
            .map(file -> ModuleGraphTest.root().relativize(file).toString())
            .sorted()
            .toList();
    assertThat(wrong).as("files to format (-Dformat=apply does it)").isEmpty();
  }

  private static boolean isFormatted(Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String ordered =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.GOOGLE);
      String after = new Formatter().formatSource(ordered);
      if (apply && !before.equals(after)) {
        Files.writeString(file, after);
        return true;
      }
      return before.equals(after);
    } catch (Exception e) {
      throw new IllegalStateException("can't format " + file, e);
    }
  }
}
