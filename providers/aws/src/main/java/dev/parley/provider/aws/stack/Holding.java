package dev.parley.provider.aws.stack;

import dev.parley.provider.aws.body.Tagging;
import dev.parley.resource.Address;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * A stack of one, read: what it holds, as far as the stack knows.
 *
 * @param template what it was made from
 * @param physical the stack's name for the resource; empty if the stack does not hold it
 */
record Holding(Stack stack, Single template, Optional<String> physical) {

  /** Reads a stack; empty if it is not a stack of one that Parley made. */
  static Optional<Holding> read(Formation formation, String region, Stack stack) {
    if (!ours(stack)) {
      return Optional.empty();
    }
    return formation
        .template(region, stack.stackId())
        .flatMap(Single::read)
        .map(
            template ->
                new Holding(
                    stack,
                    template,
                    formation.resources(region, stack.stackId()).stream()
                        .filter(one -> one.logicalResourceId().equals(Names.RESOURCE))
                        .findFirst()
                        .map(Holding::physical)));
  }

  /** Whether Parley made it. */
  static boolean ours(Stack stack) {
    return stack.tags().stream().anyMatch(tag -> tag.key().equals(Tagging.CORRELATION));
  }

  private static String physical(StackResource resource) {
    return Optional.ofNullable(resource.physicalResourceId()).orElse("");
  }

  /** The properties that were sent, and the outputs that the stack shows. */
  Fields known() {
    Fields known = Concealed.shown(template.properties());
    for (Output output : stack.outputs()) {
      String at = Optional.ofNullable(output.description()).orElse("");
      String value = Optional.ofNullable(output.outputValue()).orElse("");
      if (at.startsWith("/") && !value.isEmpty()) {
        known = Pointer.of(at).set(known, Value.text(value));
      }
    }
    return known;
  }

  /** The resource's identifier; empty if the stack does not hold the resource. */
  Optional<String> id(Identifier identifier) {
    return physical.flatMap(name -> identifier.in(known(), name));
  }

  /** The name under which it was planned. */
  String name() {
    return template
        .address()
        .flatMap(Holding::address)
        .map(Address::name)
        .orElse(stack.stackName());
  }

  private static Optional<Address> address(String text) {
    try {
      return Optional.of(Address.of(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The stack's own tags, without our marks. */
  Map<String, String> tags() {
    return stack.tags().stream()
        .filter(tag -> !tag.key().equals(Tagging.CORRELATION))
        .collect(Collectors.toMap(Tag::key, Tag::value, (one, _) -> one));
  }
}
