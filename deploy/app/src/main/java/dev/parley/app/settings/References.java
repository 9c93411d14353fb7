package dev.parley.app.settings;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks up {@code ${env:NAME}} and {@code ${file:path}}. */
public final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
  private final Map<String, String> environment;
  private final Path folder;

  /**
   * References against an environment.
   *
   * @param folder what relative file names are relative to
   */
  public References(Map<String, String> environment, Path folder) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  /**
   * A text with every reference replaced by what it names.
   *
   * @throws IllegalArgumentException naming the reference that leads nowhere
   */
  public String resolve(String text) {
    Matcher found = REFERENCE.matcher(text);
    return found.replaceAll(
        one -> Matcher.quoteReplacement(look(one.group(1) + ":" + one.group(2))));
  }

  /**
   * What a secret's reference names: {@code env:NAME} or {@code file:path}. Read anew each time.
   *
   * @throws IllegalArgumentException if it leads nowhere
   */
  public String look(String reference) {
    if (reference.startsWith("env:")) {
      String value = environment.get(reference.substring(4));
      if (value == null) {
        throw new IllegalArgumentException("the environment has no " + reference.substring(4));
      }
      return value;
    }
    if (reference.startsWith("file:")) {
      Path file = folder.resolve(reference.substring(5));
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException("the file " + file + " can't be read", e);
      }
    }
    throw new IllegalArgumentException("a reference is env:NAME or file:path, not " + reference);
  }

  /** The same value, with every text that is wholly a reference made into a secret. */
  Value secrets(Value value) {
    return switch (value) {
      case Text(String text) -> {
        Matcher found = REFERENCE.matcher(text);
        yield found.matches() ? new Secret(found.group(1) + ":" + found.group(2)) : value;
      }
      case Items(var items) -> new Items(items.stream().map(this::secrets).toList());
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, secrets(field)));
        yield new Fields(copy);
      }
      default -> value;
    };
  }
}
