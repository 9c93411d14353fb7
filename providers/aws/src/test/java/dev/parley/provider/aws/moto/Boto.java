package dev.parley.provider.aws.moto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The independent witness: asks moto through boto3, which shares no line with us. */
final class Boto {
  private final String region;
  private final String role;

  private Boto(String region, String role) {
    this.region = region;
    this.role = role;
  }

  /** In moto's own account. */
  static Boto here() {
    return new Boto(Moto.REGION, "");
  }

  /** With a role, that is in the role's account. */
  static Boto as(String role) {
    return new Boto(Moto.REGION, role);
  }

  /** What an operation answers. */
  Fields ask(String service, String operation, Fields input) {
    Said said = say(service, operation, input);
    if (said.status() != 0) {
      throw new IllegalStateException(service + "." + operation + ": " + said.text());
    }
    return (Fields) Json.parsePlain(said.text());
  }

  /** The error's code, or "" if there was none. */
  String refusal(String service, String operation, Fields input) {
    Said said = say(service, operation, input);
    return said.status() == 0 ? "" : said.text().strip();
  }

  private record Said(int status, String text) {}

  private Said say(String service, String operation, Fields input) {
    String python = System.getProperty("aws.python", "");
    assumeTrue(!python.isEmpty(), "no boto3: run deploy/peers/aws-moto.sh");
    try (InputStream script = Boto.class.getResourceAsStream("/peers/boto.py")) {
      var builder =
          new ProcessBuilder(
              List.of(
                  python,
                  "-c",
                  new String(script.readAllBytes(), StandardCharsets.UTF_8),
                  Moto.endpoint().toString(),
                  region,
                  role,
                  service,
                  operation,
                  Json.write((Value) input)));
      Process process = builder.redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("boto3 did not answer: " + service + "." + operation);
      }
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
