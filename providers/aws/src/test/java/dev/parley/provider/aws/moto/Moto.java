package dev.parley.provider.aws.moto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.identity.Account;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The running moto that the script names, and accounts in it. */
final class Moto {
  static final String REGION = "ap-south-1";

  /** The account number of keys that belong to nobody. */
  static final String OWN = "123456789012";

  private Moto() {}

  /** Where it answers; a test without it is skipped. */
  static URI endpoint() {
    String said = System.getProperty("aws.endpoint", "");
    assumeTrue(!said.isEmpty(), "no moto: run deploy/peers/aws-moto.sh");
    return URI.create(said);
  }

  /** The vendor's schemas. */
  static Path schemas() {
    String said = System.getProperty("aws.schemas", "");
    assumeTrue(!said.isEmpty(), "no schemas: run deploy/peers/aws-moto.sh");
    return Path.of(said);
  }

  /** Everything that was made is gone. */
  static void reset() {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(endpoint().resolve("/moto-api/reset"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("moto did not reset: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** An account whose role, if any, decides in which number it works. */
  static Account account(
      String tenant, String id, URI endpoint, List<String> ways, Optional<String> role) {
    Fields settings =
        Fields.of("endpoint", Value.text(endpoint.toString()))
            .with(
                "credentials",
                Fields.of("accessKey", new Value.Secret("test:key"))
                    .with("secretKey", new Value.Secret("test:secretKey")))
            .with("ways", Value.texts(ways))
            .with(
                "operations",
                Value.texts(List.of("ec2.*", "ecs.*", "eks.*", "lambda.*", "rds.*", "s3.*")))
            .with(
                "catalog",
                Fields.of("folder", Value.text(schemas().toString()))
                    .with("live", Value.bool(false)));
    if (role.isPresent()) {
      settings =
          settings.with(
              "role",
              Fields.of("arn", Value.text(role.get()))
                  .with("externalId", Value.text("parley-" + tenant)));
    }
    return new Account(
        tenant,
        id,
        "aws",
        "aws",
        REGION,
        List.of(REGION),
        "development",
        Map.of(),
        Optional.empty(),
        Set.of(),
        settings);
  }

  /** The settings of such an account, as they are read. */
  static AwsSettings settings(Account account) {
    return AwsSettings.read(account);
  }

  /** The secrets behind the references that these accounts use. */
  static String secret(String reference) {
    return switch (reference) {
      case "test:key" -> "AKIAPARLEYPEERS00001";
      case "test:secretKey" -> "not-a-secret-of-anybody";
      case "test:password" -> "correct-horse-battery";
      default -> throw new IllegalArgumentException("no secret " + reference);
    };
  }
}
