package dev.parley.testkit;

import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A resource that a provider's contract makes, changes and deletes.
 *
 * @param body a small valid body for a name
 * @param change turns a body into one that differs in something that can be changed in place
 * @param fixed turns a body into one that differs in something that can't be; empty if all can
 * @param secret where a body may hold a secret of at least twelve characters
 */
public record Sample(
    ResourceType type,
    String region,
    Function<String, Fields> body,
    UnaryOperator<Fields> change,
    Optional<UnaryOperator<Fields>> fixed,
    Optional<Pointer> secret) {}
