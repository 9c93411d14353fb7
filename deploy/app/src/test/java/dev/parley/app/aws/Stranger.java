package dev.parley.app.aws;

import dev.parley.provider.aws.fake.FakeAccounts;
import dev.parley.provider.aws.fake.FakeAws;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.OperationStatus;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;

/** Somebody who changes an account without Parley, by the SDK alone. */
final class Stranger implements AutoCloseable {
  private static final int LOOKS = 1000;
  private final CloudControlClient client;

  Stranger(FakeAws aws) {
    var key = FakeAws.key(FakeAccounts.ONE, "parley");
    client =
        CloudControlClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.endpoint())
            .region(Region.AP_SOUTH_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.id(), key.secret())))
            .build();
  }

  /** Makes something; gives its identifier. */
  String make(String type, String properties) {
    return end(client
            .createResource(r -> r.typeName(type).desiredState(properties))
            .progressEvent())
        .identifier();
  }

  /** Deletes something. */
  void delete(String type, String id) {
    end(client.deleteResource(r -> r.typeName(type).identifier(id)).progressEvent());
  }

  private ProgressEvent end(ProgressEvent begun) {
    ProgressEvent now = begun;
    for (int look = 0; look < LOOKS && open(now); look++) {
      now =
          client
              .getResourceRequestStatus(r -> r.requestToken(begun.requestToken()))
              .progressEvent();
    }
    if (now.operationStatus() != OperationStatus.SUCCESS) {
      throw new IllegalStateException(now.toString());
    }
    return now;
  }

  private static boolean open(ProgressEvent event) {
    return event.operationStatus() == OperationStatus.PENDING
        || event.operationStatus() == OperationStatus.IN_PROGRESS;
  }

  @Override
  public void close() {
    client.close();
  }
}
