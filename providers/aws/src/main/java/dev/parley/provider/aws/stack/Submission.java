package dev.parley.provider.aws.stack;

import dev.parley.value.Digest;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * What a change set is made from.
 *
 * @param stack the stack's name
 * @param template its text; empty if it stands at {@code url}
 * @param tags empty leaves those of an existing stack as they are
 * @param secrets the texts behind the secrets, for keeping them out of messages
 * @param digest tells this submission from another under the same token
 */
record Submission(
    String stack,
    Optional<String> template,
    Optional<String> url,
    List<Parameter> parameters,
    List<Tag> tags,
    List<Capability> capabilities,
    Optional<String> role,
    List<String> notifications,
    List<String> secrets,
    Digest digest) {
  /** The longest template that may be sent inline, in bytes. */
  static final int LONGEST = 51_200;

  Submission {
    parameters = List.copyOf(parameters);
    tags = List.copyOf(tags);
    capabilities = List.copyOf(capabilities);
    notifications = List.copyOf(notifications);
    secrets = List.copyOf(secrets);
  }

  /** Under which a change set shows what it was made from. */
  String description() {
    return description(digest);
  }

  /** The same of what would be submitted. */
  static String description(Digest digest) {
    return "parley " + digest.hex();
  }

  /** The request. */
  CreateChangeSetRequest request(String changeSet, String token, ChangeSetType type) {
    var request =
        CreateChangeSetRequest.builder()
            .stackName(stack)
            .changeSetName(changeSet)
            .clientToken(token)
            .changeSetType(type)
            .description(description());
    if (!capabilities.isEmpty()) {
      request.capabilities(capabilities);
    }
    template.ifPresent(request::templateBody);
    url.ifPresent(request::templateURL);
    role.ifPresent(request::roleARN);
    if (!parameters.isEmpty()) {
      request.parameters(parameters);
    }
    if (!tags.isEmpty()) {
      request.tags(tags);
    }
    if (!notifications.isEmpty()) {
      request.notificationARNs(notifications);
    }
    return request.build();
  }

  /** Takes the secrets out of a text. */
  UnaryOperator<String> redact() {
    return text -> {
      String safe = text;
      for (String secret : secrets) {
        safe = secret.isEmpty() ? safe : safe.replace(secret, "•••");
      }
      return safe;
    };
  }

  /** Never the parameters' values. */
  @Override
  public String toString() {
    return "Submission[" + stack + " " + digest.brief() + "]";
  }
}
