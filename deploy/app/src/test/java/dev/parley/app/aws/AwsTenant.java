package dev.parley.app.aws;

import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.Settings;
import dev.parley.app.settings.SettingsFile;
import dev.parley.provider.aws.fake.FakeAccounts;
import dev.parley.provider.aws.fake.FakeAws;
import dev.parley.provider.aws.fake.wire.AccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The configuration of a tenant whose one account, {@code aws-dev}, is at an endpoint. */
public final class AwsTenant {
  /** The tenant's id. */
  public static final String ID = "shop";

  private AwsTenant() {}

  /** As text. */
  public static String yaml(URI endpoint, String ways, String catalog) {
    try (var in = AwsTenant.class.getResourceAsStream("/aws/tenant.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace(": ENDPOINT", ": " + endpoint)
          .replace(": WAYS", ": " + ways)
          .replace(": CATALOG", ": " + catalog);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On the stand-in, with Cloud Control and its registry. */
  static Settings of(FakeAws aws, Path data) {
    return read(yaml(aws.endpoint(), "[control]", "{live: true, fresh: 1m}"), data, keys());
  }

  /** Read as a file would be. */
  static Settings read(String yaml, Path data, Map<String, String> environment) {
    return SettingsFile.read(
            "parley.yaml", yaml, data, environment, ConfiguredAccounts.factories().keySet())
        .in(data);
  }

  /** The environment in which the stand-in's first account is reached. */
  public static Map<String, String> keys() {
    AccessKey key = FakeAws.key(FakeAccounts.ONE, "parley");
    return Map.of("AWS_ACCESS_KEY_ID", key.id(), "AWS_SECRET_ACCESS_KEY", key.secret());
  }
}
