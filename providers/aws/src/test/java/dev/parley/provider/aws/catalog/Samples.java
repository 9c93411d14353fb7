package dev.parley.provider.aws.catalog;

import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small schemas of our own, in the registry's form. */
final class Samples {
  static final String LEDGER = "acme-billing-ledger.json";
  static final String QUEUE = "aws-sqs-queue.json";
  static final String RULE = "acme-net-rule.json";

  private Samples() {}

  static String text(String name) {
    try (var in = Samples.class.getResourceAsStream("schemas/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Fields document(String name) {
    return RegistryForm.document(name, text(name));
  }

  static AwsType type(String name) {
    return new RegistryForm(Overlay.shipped()).read(name, document(name));
  }

  /** Writes one into a folder. */
  static Path into(Path folder, String name) {
    return write(folder.resolve(name), text(name));
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
