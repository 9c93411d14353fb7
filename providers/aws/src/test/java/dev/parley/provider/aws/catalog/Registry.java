package dev.parley.provider.aws.catalog;

import dev.parley.provider.aws.account.Clients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeResponse;
import software.amazon.awssdk.services.cloudformation.model.ListTypesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListTypesResponse;
import software.amazon.awssdk.services.cloudformation.model.ProvisioningType;
import software.amazon.awssdk.services.cloudformation.model.TypeNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.TypeSummary;
import software.amazon.awssdk.services.cloudformation.model.Visibility;

/** A registry in memory that lists two types a page, and counts what it is asked. */
final class Registry implements CloudFormationClient, Clients {
  private record Entry(String schema, Instant updated, boolean own) {}

  private final Map<String, Entry> types = new TreeMap<>();
  final List<String> asked = new ArrayList<>();
  boolean down;

  /** Registers a type's schema. */
  void put(String type, String schema, Instant updated, boolean own) {
    types.put(type, new Entry(schema, updated, own));
  }

  void remove(String type) {
    types.remove(type);
  }

  long described(String type) {
    return asked.stream().filter(("describe " + type)::equals).count();
  }

  @Override
  public ListTypesResponse listTypes(ListTypesRequest request) {
    answer("list");
    boolean own = request.visibility() == Visibility.PRIVATE;
    List<String> fitting =
        types.entrySet().stream()
            .filter(one -> one.getValue().own() == own)
            .filter(_ -> request.provisioningType() == ProvisioningType.FULLY_MUTABLE)
            .map(Map.Entry::getKey)
            .toList();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(fitting.size(), from + 2);
    var answer =
        ListTypesResponse.builder()
            .typeSummaries(
                fitting.subList(from, to).stream()
                    .map(
                        name ->
                            TypeSummary.builder()
                                .typeName(name)
                                .description("About " + name)
                                .lastUpdated(types.get(name).updated())
                                .build())
                    .toList());
    return to < fitting.size() ? answer.nextToken(Integer.toString(to)).build() : answer.build();
  }

  @Override
  public DescribeTypeResponse describeType(DescribeTypeRequest request) {
    answer("describe " + request.typeName());
    Entry entry = types.get(request.typeName());
    if (entry == null) {
      throw TypeNotFoundException.builder()
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("TypeNotFoundException").build())
          .message("no such type")
          .build();
    }
    return DescribeTypeResponse.builder().schema(entry.schema()).build();
  }

  private void answer(String to) {
    asked.add(to);
    if (down) {
      throw SdkClientException.create("Unable to execute HTTP request: Connection refused");
    }
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type, String region) {
    return type.cast(this);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
