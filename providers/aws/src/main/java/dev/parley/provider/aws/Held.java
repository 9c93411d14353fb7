package dev.parley.provider.aws;

import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.value.Value.Fields;

/** Whether a resource itself says that a stack holds it. */
final class Held {
  private Held() {}

  /** CloudFormation marks what it makes, where the type takes tags. */
  static boolean tagged(AwsType type, Fields properties) {
    return Tagging.of(type.schema(), properties).keySet().stream()
        .anyMatch(tag -> tag.startsWith("aws:cloudformation:"));
  }
}
