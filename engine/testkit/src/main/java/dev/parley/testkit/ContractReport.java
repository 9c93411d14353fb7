package dev.parley.testkit;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes what became of each promise to {@code target/contract-report/CLASS.json}: kept, skipped
 * and why, or broken. A promise is a test that the contract itself holds; what an implementation
 * tests beside it is its own affair. The feature tables are made from these files.
 */
public final class ContractReport implements TestWatcher, AfterAllCallback {
  private final List<Value> results = new ArrayList<>();

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, "kept", "");
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    note(context, "skipped", said.replaceFirst("^Assumption failed: ", ""));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    note(context, "broken", String.valueOf(cause.getMessage()));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    note(context, "skipped", reason.orElse("disabled"));
  }

  private synchronized void note(ExtensionContext context, String result, String why) {
    Method method = context.getRequiredTestMethod();
    if (Modifier.isAbstract(method.getDeclaringClass().getModifiers())) {
      Fields line =
          Fields.of("title", Value.text(method.getName().replace('_', ' ')))
              .with("result", Value.text(result))
              .with("why", Value.text(why));
      Optional<Promise> numbered = Optional.ofNullable(method.getAnnotation(Promise.class));
      results.add(numbered.map(one -> line.with("promise", Value.num(one.value()))).orElse(line));
    }
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) throws IOException {
    String name = context.getRequiredTestClass().getSimpleName();
    Path folder = Files.createDirectories(Path.of("target", "contract-report"));
    Fields report = Fields.of("subject", Value.text(name)).with("promises", new Items(results));
    Files.writeString(folder.resolve(name + ".json"), Json.pretty(report) + "\n");
    results.clear();
  }
}
