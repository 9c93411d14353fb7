package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.engine.approve.ReceiptVerifier;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley receipt}. */
@Command(
    name = "receipt",
    description = "Receipts: the leave to run exactly one plan.",
    mixinStandardHelpOptions = true)
final class ReceiptCommand {
  @Spec @Nullable CommandSpec spec;

  @Mixin DataFolder data = new DataFolder();

  @Command(
      name = "verify",
      description =
          "Verifies a receipt offline, and says what it covers. Exit code 1 if it is not genuine.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(
              paramLabel = "FILE",
              description = "the receipt: JSON with its jws, or the JWS itself")
          Path file,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              description = "the public key (JWK); default: that of the data folder")
          @Nullable Path key)
      throws IOException {
    Path keyFile = Optional.ofNullable(key).orElse(data.folder().resolve(Installation.PUBLIC_KEY));
    var report = ReceiptVerifier.verify(read(file, "the receipt"), read(keyFile, "the public key"));
    System.out.println(report);
    return report.genuine() ? 0 : 1;
  }

  private static String read(Path file, String what) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Invalid(
          new Problem(
              file.toString(),
              what,
              "there is no such file",
              "name another (--key, --data or the receipt's path)"));
    }
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new Invalid(
          new Problem(
              file.toString(), what, "it is no UTF-8 text", "give the file as it was downloaded"));
    }
  }
}
