package dev.parley.provider.aws.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.provider.Capability;
import dev.parley.provider.aws.account.AwsSettings.CatalogSource;
import dev.parley.provider.aws.account.AwsSettings.Identity;
import dev.parley.provider.aws.account.AwsSettings.Role;
import dev.parley.provider.aws.account.AwsSettings.Way;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsSettingsTest {
  @Test
  void nothing_said_means_the_defaults() {
    assertThat(read(Fields.EMPTY))
        .isEqualTo(
            new AwsSettings(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new Identity.Found(),
                Optional.empty(),
                List.of(Way.CONTROL, Way.STACK),
                new CatalogSource(true, Optional.empty(), Duration.ofHours(24)),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                5,
                Duration.ofSeconds(60),
                Optional.empty(),
                Set.of(),
                AwsSettings.Discover.INDEXES));
  }

  @Test
  void every_setting_is_read() {
    Fields said =
        yaml("""
        accountId: "012345678901"
        endpoint: http://127.0.0.1:5000
        endpoints: {ec2: "https://ec2.internal:8443"}
        role:
          arn: arn:aws:iam::210987654321:role/parley/deploy
          externalId: shop-4711
          session: parley-shop
          lasts: 15m
        ways: [stack]
        catalog: {live: true, folder: /srv/schemas, fresh: 7d}
        operations: [ec2.StopInstances, "ecs.*", "sqs.Purge*"]
        plugins: /srv/jars
        recipes: /srv/recipes
        concurrency: 12
        timeout: 90s
        pathStyle: false
        without: [costs]
        discover: types
        """)
            .with(
                "credentials",
                new Fields(
                    Map.of(
                        "accessKey", new Secret("env:KEY"),
                        "secretKey", new Secret("file:/run/key"),
                        "sessionToken", new Secret("env:TOKEN"))));
    assertThat(read(said))
        .isEqualTo(
            new AwsSettings(
                Optional.of("012345678901"),
                Optional.of(URI.create("http://127.0.0.1:5000")),
                Map.of("ec2", URI.create("https://ec2.internal:8443")),
                new Identity.Keys("env:KEY", "file:/run/key", Optional.of("env:TOKEN")),
                Optional.of(
                    new Role(
                        "arn:aws:iam::210987654321:role/parley/deploy",
                        Optional.of("shop-4711"),
                        "parley-shop",
                        Duration.ofMinutes(15))),
                List.of(Way.STACK),
                new CatalogSource(true, Optional.of(Path.of("/srv/schemas")), Duration.ofDays(7)),
                Set.of("ec2.StopInstances", "ecs.*", "sqs.Purge*"),
                Optional.of(Path.of("/srv/jars")),
                Optional.of(Path.of("/srv/recipes")),
                12,
                Duration.ofSeconds(90),
                Optional.of(false),
                Set.of(Capability.COSTS),
                AwsSettings.Discover.TYPES));
  }

  @Test
  void a_profile_may_stand_in_a_file_of_its_own() {
    assertThat(read(yaml("{profile: shop, file: /etc/parley/aws}")).identity())
        .isEqualTo(new Identity.Profile("shop", Optional.of(Path.of("/etc/parley/aws"))));
  }

  @Test
  void a_web_identity_names_role_and_token() {
    Fields said =
        yaml("webIdentity: {role: 'arn:aws:iam::210987654321:role/pod', tokenFile: /var/token}");
    assertThat(read(said).identity())
        .isEqualTo(
            new Identity.WebIdentity(
                "arn:aws:iam::210987654321:role/pod", Path.of("/var/token"), "parley"));
  }

  @Test
  void a_folder_of_schemas_alone_asks_no_registry() {
    assertThat(read(yaml("catalog: {folder: /srv/schemas}")).catalog().live()).isFalse();
  }

  @Test
  void all_mistakes_are_told_at_once() {
    Invalid invalid =
        wrong(
            """
            accountId: "12345"
            endpoint: ftp://somewhere
            endpoints: {EC2: "http://127.0.0.1:1"}
            role: {arn: role/deploy, lasts: 1d, external: x}
            ways: [terraform]
            catalog: {fresh: soon}
            operations: [StopInstances]
            concurrency: 0
            regoin: x
            profile: a
            credentials: {accessKey: AKIAIOSFODNN7EXAMPLE}
            """);
    assertThat(invalid.problems())
        .extracting(problem -> problem.where().replaceAll(".*#", ""))
        .containsExactlyInAnyOrder(
            "/accountId",
            "/endpoint",
            "/endpoints/EC2",
            "/role/arn",
            "/role/lasts",
            "/role/external",
            "/ways",
            "/catalog/fresh",
            "/operations",
            "/concurrency",
            "/regoin",
            "/profile",
            "/credentials/accessKey",
            "/credentials/secretKey");
  }

  @Test
  void an_unknown_setting_is_answered_with_the_nearest_one() {
    assertThat(wrong("concurency: 3").getMessage()).contains("concurrency");
  }

  @Test
  void a_key_in_plain_text_is_refused_and_not_repeated() {
    assertThat(wrong("credentials: {accessKey: AKIAPLAIN, secretKey: open-sesame}").getMessage())
        .contains("${env:NAME}")
        .doesNotContain("open-sesame")
        .doesNotContain("AKIAPLAIN");
  }

  @Test
  void operations_are_allowed_by_name_or_by_their_beginning() {
    AwsSettings settings = read(yaml("operations: [ec2.StopInstances, 'ecs.*', 'sqs.Purge*']"));
    assertThat(settings.allows("ec2.StopInstances")).isTrue();
    assertThat(settings.allows("ec2.StopInstancesNow")).isFalse();
    assertThat(settings.allows("ecs.UpdateService")).isTrue();
    assertThat(settings.allows("sqs.PurgeQueue")).isTrue();
    assertThat(settings.allows("sqs.DeleteQueue")).isFalse();
  }

  @Test
  void a_service_has_its_own_endpoint_or_the_common_one() {
    AwsSettings settings =
        read(yaml("{endpoint: 'http://127.0.0.1:1', endpoints: {ec2: 'http://127.0.0.1:2'}}"));
    assertThat(settings.endpointOf("ec2")).contains(URI.create("http://127.0.0.1:2"));
    assertThat(settings.endpointOf("sqs")).contains(URI.create("http://127.0.0.1:1"));
    assertThat(read(Fields.EMPTY).endpointOf("sqs")).isEmpty();
  }

  private static Invalid wrong(String yaml) {
    return catchThrowableOfType(Invalid.class, () -> read(yaml(yaml)));
  }

  private static Fields yaml(String text) {
    return (Fields) (Value) Yaml.parse("settings", text).value();
  }

  private static AwsSettings read(Fields settings) {
    return AwsSettings.read(
        new Account(
            "acme",
            "one",
            "aws",
            "aws",
            "eu-west-1",
            List.of(),
            "development",
            Map.of(),
            Optional.empty(),
            Set.of(),
            settings));
  }
}
