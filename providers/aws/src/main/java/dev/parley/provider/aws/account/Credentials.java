package dev.parley.provider.aws.account;

import dev.parley.provider.aws.account.AwsSettings.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** The credentials of one account: where they come from, and the role that is taken with them. */
final class Credentials implements AutoCloseable {
  private final AwsCredentialsProvider provider;
  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * @param sts makes a client of STS that signs with these credentials
   */
  Credentials(
      AwsSettings settings,
      Function<String, String> secret,
      Function<AwsCredentialsProvider, StsClient> sts) {
    AwsCredentialsProvider own = own(settings.identity(), secret, sts);
    this.provider =
        settings.role().<AwsCredentialsProvider>map(role -> taken(role, own, sts)).orElse(own);
  }

  AwsCredentialsProvider provider() {
    return provider;
  }

  private AwsCredentialsProvider own(
      Identity identity,
      Function<String, String> secret,
      Function<AwsCredentialsProvider, StsClient> sts) {
    return switch (identity) {
      case Identity.Keys keys -> () -> keys(keys, secret);
      case Identity.Profile(var name, var file) -> profile(name, file);
      case Identity.WebIdentity(var role, var tokenFile, var session) -> {
        StsClient client = kept(sts.apply(AnonymousCredentialsProvider.create()));
        yield kept(
            StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(client)
                .roleArn(role)
                .roleSessionName(session)
                .webIdentityTokenFile(tokenFile)
                .asyncCredentialUpdateEnabled(false)
                .build());
      }
      case Identity.Found _ ->
          kept(DefaultCredentialsProvider.builder().asyncCredentialUpdateEnabled(false).build());
    };
  }

  /** Looked up for each request, so that a rotated key is used at once. */
  private static AwsCredentials keys(Identity.Keys keys, Function<String, String> secret) {
    String accessKey = looked(keys.accessKey(), secret);
    String secretKey = looked(keys.secretKey(), secret);
    return keys.sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(accessKey, secretKey, looked(token, secret)))
        .orElseGet(() -> AwsBasicCredentials.create(accessKey, secretKey));
  }

  private static String looked(String reference, Function<String, String> secret) {
    try {
      String text = secret.apply(reference).strip();
      if (!text.isEmpty()) {
        return text;
      }
      throw SdkClientException.create("Unable to load credentials: " + reference + " is empty");
    } catch (IllegalArgumentException e) {
      throw SdkClientException.create("Unable to load credentials: " + e.getMessage());
    }
  }

  private AwsCredentialsProvider profile(String name, Optional<Path> file) {
    ProfileCredentialsProvider.Builder builder =
        ProfileCredentialsProvider.builder().profileName(name);
    file.ifPresent(
        path ->
            builder.profileFile(
                () ->
                    ProfileFile.builder()
                        .content(path)
                        .type(
                            path.getFileName().toString().contains("credentials")
                                ? ProfileFile.Type.CREDENTIALS
                                : ProfileFile.Type.CONFIGURATION)
                        .build()));
    return kept(builder.build());
  }

  private AwsCredentialsProvider taken(
      AwsSettings.Role role,
      AwsCredentialsProvider own,
      Function<AwsCredentialsProvider, StsClient> sts) {
    StsClient client = kept(sts.apply(own));
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder()
            .roleArn(role.arn())
            .roleSessionName(role.session())
            .durationSeconds((int) role.lasts().toSeconds());
    role.externalId().ifPresent(request::externalId);
    return kept(
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(client)
            .refreshRequest(request.build())
            .asyncCredentialUpdateEnabled(false)
            .build());
  }

  private <T extends AutoCloseable> T kept(T one) {
    open.add(one);
    return one;
  }

  @Override
  public void close() {
    for (AutoCloseable one : open.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        // what can't be closed holds nothing that outlives the process
      }
    }
    open.clear();
  }
}
