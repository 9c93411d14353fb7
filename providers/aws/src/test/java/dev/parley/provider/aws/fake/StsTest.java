package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.wire.Identity;
import dev.parley.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

class StsTest {
  private static final String ROLE = "arn:aws:iam::222222222222:role/operator";

  /** EC2 says AuthFailure, but the JDK's connection gives no body of a 401 that was streamed to. */
  private static final String LOST = "401 null";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private FakeAws aws;
  private AccessKey user;
  private StsClient sts;

  @BeforeEach
  void start() {
    aws = FakeAws.builder().clock(clock).start();
    FakeAccounts.furnish(aws);
    user = aws.user(FakeAccounts.ONE, "parley");
    sts = Sdk.client(StsClient.builder(), aws, user);
  }

  @AfterEach
  void stop() {
    sts.close();
    aws.close();
  }

  private AssumeRoleResponse assume(String externalId, int seconds) {
    return sts.assumeRole(
        r ->
            r.roleArn(ROLE)
                .roleSessionName("shop")
                .externalId(externalId)
                .durationSeconds(seconds)
                .sourceIdentity("ann")
                .tags(t -> t.key("team").value("shop")));
  }

  private static AccessKey key(Credentials given) {
    return new AccessKey(
        given.accessKeyId(),
        given.secretAccessKey(),
        Optional.of(given.sessionToken()),
        new Identity(FakeAccounts.TWO, "", ""),
        Optional.of(given.expiration()));
  }

  private static String code(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      return e.statusCode() + " " + e.awsErrorDetails().errorCode();
    }
    throw new AssertionError("nothing was refused");
  }

  @Test
  void a_key_tells_whose_it_is() {
    var who = sts.getCallerIdentity();
    assertThat(who.account()).isEqualTo(FakeAccounts.ONE);
    assertThat(who.arn()).isEqualTo("arn:aws:iam::111111111111:user/parley");
  }

  @Test
  void a_session_of_a_role_works_in_its_account_until_it_ends() {
    AccessKey session = key(assume("tenant-222222222222", 900).credentials());
    try (StsClient taken = Sdk.client(StsClient.builder(), aws, session);
        CloudControlClient cloud = Sdk.client(CloudControlClient.builder(), aws, session);
        Ec2Client ec2 = Sdk.client(Ec2Client.builder(), aws, session)) {
      var who = taken.getCallerIdentity();
      assertThat(who.account()).isEqualTo(FakeAccounts.TWO);
      assertThat(who.arn()).isEqualTo("arn:aws:sts::222222222222:assumed-role/operator/shop");
      assertThat(session.expires()).contains(clock.instant().plusSeconds(900));
      clock.advance(Duration.ofSeconds(900));
      assertThat(code(taken::getCallerIdentity)).isEqualTo("403 ExpiredToken");
      assertThat(code(() -> cloud.listResources(r -> r.typeName("AWS::SQS::Queue"))))
          .isEqualTo("400 ExpiredTokenException");
      assertThat(code(ec2::describeInstanceStatus)).isEqualTo("400 RequestExpired");
    }
  }

  @Test
  void a_role_is_not_given_without_its_external_id_or_to_strangers() {
    assertThat(code(() -> assume("tenant-of-somebody", 900))).isEqualTo("403 AccessDenied");
    try (StsClient stranger =
        Sdk.client(StsClient.builder(), aws, aws.user("333333333333", "eve"))) {
      assertThatThrownBy(
              () ->
                  stranger.assumeRole(
                      r ->
                          r.roleArn(ROLE).roleSessionName("eve").externalId("tenant-222222222222")))
          .hasMessageContaining("user/eve is not authorized to perform: sts:AssumeRole");
    }
  }

  @Test
  void a_session_has_limits() {
    assertThat(code(() -> assume("tenant-222222222222", 899))).isEqualTo("400 ValidationError");
    assertThat(code(() -> assume("tenant-222222222222", 7200))).isEqualTo("400 ValidationError");
    assertThat(code(() -> sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("with a space"))))
        .isEqualTo("400 ValidationError");
    assertThat(code(() -> sts.assumeRole(r -> r.roleArn(ROLE)))).isEqualTo("400 ValidationError");
  }

  @Test
  void a_member_that_the_stand_in_does_not_know_is_refused_not_ignored() {
    assertThatThrownBy(
            () ->
                sts.assumeRole(
                    r ->
                        r.roleArn(ROLE)
                            .roleSessionName("shop")
                            .providedContexts(c -> c.providerArn("arn:x"))))
        .hasMessageContaining("ProvidedContexts.member.1.ProviderArn");
  }

  @Test
  void a_web_identity_is_exchanged_without_a_signature() {
    try (StsClient open = Sdk.anonymous(StsClient.builder(), aws)) {
      AccessKey session =
          key(
              open.assumeRoleWithWebIdentity(
                      r ->
                          r.roleArn(ROLE)
                              .roleSessionName("pod")
                              .webIdentityToken("web-token-of-222222222222"))
                  .credentials());
      try (StsClient taken = Sdk.client(StsClient.builder(), aws, session)) {
        assertThat(taken.getCallerIdentity().account()).isEqualTo(FakeAccounts.TWO);
      }
      assertThat(
              code(
                  () ->
                      open.assumeRoleWithWebIdentity(
                          r ->
                              r.roleArn(ROLE)
                                  .roleSessionName("pod")
                                  .webIdentityToken("a-token-of-nobody"))))
          .isEqualTo("400 InvalidIdentityToken");
      assertThat(code(open::getCallerIdentity)).isEqualTo("403 MissingAuthenticationToken");
    }
  }

  @Test
  void who_is_not_known_or_signs_wrongly_is_refused_in_each_protocols_own_words() {
    var nobody =
        new AccessKey("AKIANOBODY", "x", Optional.empty(), user.identity(), Optional.empty());
    var forger =
        new AccessKey(user.id(), "a-guess", Optional.empty(), user.identity(), Optional.empty());
    assertThat(refusals(nobody))
        .containsExactly("403 InvalidClientTokenId", "400 UnrecognizedClientException", LOST);
    assertThat(refusals(forger))
        .containsExactly("403 SignatureDoesNotMatch", "400 InvalidSignatureException", LOST);
    assertThat(aws.wire()).as("nothing was understood").isEmpty();
  }

  @Test
  void a_session_key_without_its_token_is_refused() {
    AccessKey session = key(assume("tenant-222222222222", 900).credentials());
    var bare =
        new AccessKey(
            session.id(), session.secret(), Optional.empty(), session.identity(), Optional.empty());
    assertThat(refusals(bare).getFirst()).isEqualTo("403 InvalidClientTokenId");
  }

  @Test
  void a_signature_from_another_day_is_refused() {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    try (FakeAws later = FakeAws.builder().signing(Clock.fixed(tomorrow, ZoneOffset.UTC)).start()) {
      AccessKey key = later.user(FakeAccounts.ONE, "parley");
      try (StsClient client = Sdk.client(StsClient.builder(), later, key)) {
        assertThat(code(client::getCallerIdentity)).isEqualTo("403 SignatureDoesNotMatch");
      }
    }
  }

  private List<String> refusals(AccessKey key) {
    try (StsClient one = Sdk.client(StsClient.builder(), aws, key);
        CloudControlClient two = Sdk.client(CloudControlClient.builder(), aws, key);
        Ec2Client three = Sdk.client(Ec2Client.builder(), aws, key)) {
      return List.of(
          code(one::getCallerIdentity),
          code(() -> two.listResources(r -> r.typeName("AWS::SQS::Queue"))),
          code(three::describeInstanceStatus));
    }
  }
}
