package dev.parley.provider;

import dev.parley.value.Value.Fields;

/**
 * One long provider call, resumable by any later process.
 *
 * @param state the provider's own, plain JSON; no secrets
 */
public record OperationHandle(String kind, Fields state) {}
