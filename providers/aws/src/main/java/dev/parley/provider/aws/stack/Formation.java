package dev.parley.provider.aws.stack;

import dev.parley.catalog.TypeSchema;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.error.AwsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** CloudFormation of one account: every answer as a value, every refusal in our terms. */
final class Formation {
  private static final int PAGES = 50;

  private final Clients clients;
  private final String account;

  Formation(Clients clients, String account) {
    this.clients = clients;
    this.account = account;
  }

  /** A stack by its name, or by its id even after it is deleted. */
  Optional<Stack> stack(String region, String name) {
    return present(
            "read",
            () -> client(region).describeStacks(request -> request.stackName(name)).stacks())
        .flatMap(found -> found.stream().findFirst());
  }

  /** One page of all stacks that are not deleted. */
  DescribeStacksResponse stacks(String region, Optional<String> page) {
    return read(
        "list",
        cloud -> cloud.describeStacks(request -> request.nextToken(page.orElse(null))),
        region);
  }

  /** A change set with all its changes. */
  Optional<DescribeChangeSetResponse> changeSet(String region, String stack, String name) {
    Optional<DescribeChangeSetResponse> first =
        present("poll", () -> changeSet(region, stack, name, Optional.empty()));
    if (first.isEmpty() || first.get().nextToken() == null) {
      return first;
    }
    List<Change> changes = new ArrayList<>(first.get().changes());
    Optional<String> next = Optional.of(first.get().nextToken());
    for (int page = 0; page < PAGES && next.isPresent(); page++) {
      Optional<String> from = next;
      DescribeChangeSetResponse more =
          read("poll", _ -> changeSet(region, stack, name, from), region);
      changes.addAll(more.changes());
      next = Optional.ofNullable(more.nextToken());
    }
    return Optional.of(first.get().toBuilder().changes(changes).build());
  }

  private DescribeChangeSetResponse changeSet(
      String region, String stack, String name, Optional<String> page) {
    return client(region)
        .describeChangeSet(
            request -> request.stackName(stack).changeSetName(name).nextToken(page.orElse(null)));
  }

  /** What a stack holds; without those entries that name nothing. */
  List<StackResource> resources(String region, String stack) {
    return present(
            "read",
            () ->
                client(region)
                    .describeStackResources(request -> request.stackName(stack))
                    .stackResources())
        .orElse(List.of())
        .stream()
        .filter(resource -> resource.logicalResourceId() != null)
        .toList();
  }

  /** The stack that holds a resource, if the service can tell. */
  Optional<String> holder(String region, String physical) {
    try {
      return present(
              "read",
              () ->
                  client(region)
                      .describeStackResources(request -> request.physicalResourceId(physical))
                      .stackResources())
          .flatMap(found -> found.stream().findFirst())
          .map(StackResource::stackId);
    } catch (ProviderException.InvalidRequest e) {
      return Optional.empty();
    }
  }

  /** The latest events, newest first. */
  List<StackEvent> events(String region, String stack) {
    return present(
            "poll",
            () ->
                client(region)
                    .describeStackEvents(request -> request.stackName(stack))
                    .stackEvents())
        .orElse(List.of())
        .stream()
        .filter(event -> event.timestamp() != null)
        .sorted(java.util.Comparator.comparing(StackEvent::timestamp).reversed())
        .toList();
  }

  /** The template as it was submitted. */
  Optional<String> template(String region, String stack) {
    return present(
        "read",
        () ->
            client(region)
                .getTemplate(
                    request -> request.stackName(stack).templateStage(TemplateStage.ORIGINAL))
                .templateBody());
  }

  /** A call that changes something. */
  <T> T change(
      String region,
      AwsErrors.Asked asked,
      UnaryOperator<String> redact,
      Function<CloudFormationClient, T> call) {
    try {
      return call.apply(client(region));
    } catch (RuntimeException e) {
      throw AwsErrors.of(e, asked, redact);
    }
  }

  /** A call that only looks. */
  <T> T read(String operation, Function<CloudFormationClient, T> call, String region) {
    try {
      return call.apply(client(region));
    } catch (RuntimeException e) {
      throw AwsErrors.of(e, asked(operation, false));
    }
  }

  AwsErrors.Asked asked(String operation, boolean mutating) {
    return new AwsErrors.Asked(account, operation, mutating, Optional.empty());
  }

  AwsErrors.Asked asked(String operation, TypeSchema type) {
    return new AwsErrors.Asked(account, operation, true, Optional.of(type));
  }

  ProviderException.Facts facts(String operation, String code, String message) {
    return new ProviderException.Facts(
        account, operation, 0, code, message, "", ProviderException.Sent.YES);
  }

  ProviderException.Facts unsent(String operation, String message) {
    return ProviderException.Facts.unsent(account, operation, message);
  }

  private CloudFormationClient client(String region) {
    return clients.client(CloudFormationClient.class, region);
  }

  private <T> Optional<T> present(String operation, java.util.function.Supplier<T> call) {
    try {
      return Optional.ofNullable(call.get());
    } catch (ChangeSetNotFoundException e) {
      return Optional.empty();
    } catch (CloudFormationException e) {
      if (absent(e)) {
        return Optional.empty();
      }
      throw AwsErrors.of(e, asked(operation, false));
    } catch (RuntimeException e) {
      throw AwsErrors.of(e, asked(operation, false));
    }
  }

  /** A stack that is not there is a validation error which says so in words. */
  static boolean absent(CloudFormationException e) {
    return e.awsErrorDetails() != null
        && "ValidationError".equals(e.awsErrorDetails().errorCode())
        && String.valueOf(e.awsErrorDetails().errorMessage()).contains("does not exist");
  }
}
