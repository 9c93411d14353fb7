package dev.parley.provider.aws.operation;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which operations only read, judged by name; whatever is not proven to read may change something.
 *
 * @param verbs an operation that begins with one of them reads
 * @param reveals those that hand out secrets nevertheless, with {@code *} for any characters
 * @param harmless those that {@code reveals} would hit by mistake
 * @param changes those that change something nevertheless
 * @param flagged those that hand out secrets only if a flag is set
 */
record Effects(
    List<String> verbs,
    List<String> reveals,
    List<String> harmless,
    List<String> changes,
    List<Flagged> flagged) {

  /** Reveals secrets if a member of its input is true. */
  record Flagged(String operation, String flag) {}

  private static final class Shipped {
    private static final Effects EFFECTS = read("effects.yaml");
  }

  /** As the file beside this class says. */
  static Effects shipped() {
    return Shipped.EFFECTS;
  }

  /** Whether it reads and reveals nothing, whatever it is given. */
  boolean reads(Signature operation) {
    return verb(operation.operation())
        && !revealing(operation)
        && changes.stream().noneMatch(pattern -> hits(pattern, operation))
        && flagged.stream().noneMatch(one -> hits(one.operation(), operation));
  }

  /** Whether it reads and reveals nothing when it is given this. */
  boolean reads(Signature operation, Fields input) {
    List<Flagged> flags = flagged.stream().filter(f -> hits(f.operation(), operation)).toList();
    if (flags.isEmpty()) {
      return reads(operation);
    }
    return verb(operation.operation()) && flags.stream().allMatch(flag -> unset(flag, input));
  }

  /** Whether it hands out secrets, whatever it is given. */
  boolean revealing(Signature operation) {
    return reveals.stream().anyMatch(pattern -> hits(pattern, operation))
        && harmless.stream().noneMatch(pattern -> hits(pattern, operation));
  }

  private static boolean unset(Flagged flag, Fields input) {
    return input.get(flag.flag()).map(value -> value.equals(new Bool(false))).orElse(true)
        || input.get(flag.flag()).filter(Value.Null.class::isInstance).isPresent();
  }

  private boolean verb(String operation) {
    return verbs.stream()
        .anyMatch(
            verb ->
                operation.startsWith(verb)
                    && (operation.length() == verb.length()
                        || Character.isUpperCase(operation.charAt(verb.length()))));
  }

  private static boolean hits(String pattern, Signature operation) {
    return Names.fits(pattern, operation.name());
  }

  private static Effects read(String resource) {
    try (InputStream file =
        Objects.requireNonNull(Effects.class.getResourceAsStream(resource), resource)) {
      var form =
          Form.of(Yaml.parse(resource, new String(file.readAllBytes(), StandardCharsets.UTF_8)));
      var flagged = new ArrayList<Flagged>();
      for (Form one : form.objects("flagged")) {
        flagged.add(new Flagged(one.required("operation"), one.required("flag")));
        one.done();
      }
      var effects =
          new Effects(
              form.texts("verbs"),
              form.texts("reveals"),
              form.texts("harmless"),
              form.texts("changes"),
              flagged);
      form.done();
      form.check();
      return effects;
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
