package dev.parley.provider.aws.stack;

import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/** Stacks and what is in them, region by region. */
final class Listing {
  private static final String FAMILY = "aws";
  private static final int PAGES = 200;

  private final Formation formation;
  private final Sights sights;
  private final List<String> regions;
  private final Function<ResourceType, Optional<AwsType>> types;

  Listing(
      Formation formation,
      Sights sights,
      List<String> regions,
      Function<ResourceType, Optional<AwsType>> types) {
    this.formation = formation;
    this.sights = sights;
    this.regions = List.copyOf(regions);
    this.types = types;
  }

  /**
   * One page.
   *
   * @param only of one type; empty means stacks and all that is in them
   * @param page region, and the service's own token behind a space
   */
  Page<Resource> page(Optional<AwsType> only, Optional<String> page) {
    String at = page.orElse(regions.getFirst());
    String region = at.replaceAll(" .*", "");
    Optional<String> token =
        at.contains(" ") ? Optional.of(at.substring(at.indexOf(' ') + 1)) : Optional.empty();
    var found = new ArrayList<Resource>();
    var gaps = new ArrayList<String>();
    Optional<String> next = after(region);
    try {
      DescribeStacksResponse answer = formation.stacks(region, token);
      for (Stack stack : answer.stacks()) {
        found.addAll(in(stack, region, only));
      }
      next =
          Optional.ofNullable(answer.nextToken())
              .map(more -> region + " " + more)
              .or(() -> after(region));
    } catch (ProviderException.Forbidden | ProviderException.Refused e) {
      gaps.add(
          only.map(type -> type.schema().type().name() + " in ").orElse("")
              + "stacks in "
              + region
              + ": "
              + e.getMessage());
    }
    var source =
        new Page.Source(
            "CloudFormation", false, "stacks and what is in them; nothing that was made elsewhere");
    return new Page<>(found, next, gaps, List.of(source));
  }

  private List<Resource> in(Stack stack, String region, Optional<AwsType> only) {
    Standing standing = Standing.of(stack);
    if (standing == Standing.EMPTY || standing == Standing.DELETED) {
      return List.of();
    }
    Optional<Holding> held = Holding.read(formation, region, stack);
    if (held.isPresent()) {
      return type(held.get().template().type(), only)
          .flatMap(type -> sights.of(held.get(), type, region))
          .map(List::of)
          .orElse(List.of());
    }
    return others(stack, region, only, standing);
  }

  private List<Resource> others(
      Stack stack, String region, Optional<AwsType> only, Standing standing) {
    var found = new ArrayList<Resource>();
    types
        .apply(new ResourceType(FAMILY, "AWS::CloudFormation::Stack"))
        .filter(type -> only.isEmpty() || Unit.is(only.get().schema().type()))
        .map(type -> sights.unit(stack, type, region, formation.template(region, stack.stackId())))
        .ifPresent(found::add);
    if (only.isPresent() && Unit.is(only.get().schema().type())) {
      return found;
    }
    for (StackResource inner : formation.resources(region, stack.stackId())) {
      Optional<String> physical =
          Optional.ofNullable(inner.physicalResourceId()).filter(id -> !id.isBlank());
      Optional<AwsType> type =
          Optional.ofNullable(inner.resourceType()).flatMap(name -> type(name, only));
      if (physical.isPresent() && type.isPresent()) {
        sights.foreign(type.get(), region, physical.get(), standing).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The stack that bears a correlation, whatever its name. */
  Optional<Stack> marked(String region, String correlation) {
    Predicate<Stack> marked =
        stack ->
            stack.tags().stream()
                .anyMatch(
                    tag ->
                        tag.key().equals(Tagging.CORRELATION) && tag.value().equals(correlation));
    Optional<String> page = Optional.empty();
    for (int i = 0; i < PAGES; i++) {
      DescribeStacksResponse answer = formation.stacks(region, page);
      Optional<Stack> found = answer.stacks().stream().filter(marked).findFirst();
      page = Optional.ofNullable(answer.nextToken());
      if (found.isPresent() || page.isEmpty()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<AwsType> type(String name, Optional<AwsType> only) {
    return only.isPresent()
        ? only.filter(type -> type.schema().type().name().equals(name))
        : types.apply(new ResourceType(FAMILY, name));
  }

  private Optional<String> after(String region) {
    int next = regions.indexOf(region) + 1;
    return next > 0 && next < regions.size() ? Optional.of(regions.get(next)) : Optional.empty();
  }
}
