package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, run by a real shell in a copy of its surroundings that has no sources to build. */
class LauncherTest {
  @TempDir Path home;

  @BeforeEach
  void copy() throws IOException {
    Path deploy = Files.createDirectories(home.resolve("deploy"));
    Files.copy(ModuleGraphTest.root().resolve("deploy/parley"), deploy.resolve("parley"));
    Files.createDirectories(deploy.resolve("app/target/lib"));
  }

  @Test
  void it_takes_the_java_it_is_told_and_starts_the_program_with_it() throws Exception {
    Path jdk = jdk("told", "25.0.1");
    assertThat(run(Map.of("PARLEY_JAVA_HOME", jdk.toString()), "demo"))
        .contains("started by told")
        .contains("dev.parley.app.Parley demo");
  }

  @Test
  void an_old_java_home_is_passed_over() throws Exception {
    Path old = jdk("old", "17.0.15");
    String said =
        run(
            Map.of("JAVA_HOME", old.toString(), "PARLEY_JAVA_HOME", jdk("new", "26").toString()),
            "demo");
    assertThat(said).contains("started by new").doesNotContain("started by old");
  }

  @Test
  void a_folder_that_is_no_jdk_is_passed_over() throws Exception {
    String said =
        run(
            Map.of("JAVA_HOME", "/nonexistent", "PARLEY_JAVA_HOME", jdk("new", "25").toString()),
            "x");
    assertThat(said).contains("started by new");
  }

  @Test
  void a_java_beside_the_launcher_is_found_with_an_empty_environment() throws Exception {
    Path jdk = jdk("shipped", "25.0.3");
    Files.move(jdk, home.resolve("deploy/jre"));
    assertThat(run(Map.of(), "x")).contains("started by shipped");
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = Files.createDirectories(home.resolve(name).resolve("bin")).getParent();
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Path java = jdk.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\necho started by " + name + " \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return jdk;
  }

  private String run(Map<String, String> environment, String argument) throws Exception {
    var builder = new ProcessBuilder("/bin/sh", home.resolve("deploy/parley").toString(), argument);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putIfAbsent("PATH", "/usr/bin:/bin");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
