package dev.parley.provider;

import dev.parley.value.Value.Fields;

/**
 * An operation of a provider that can be called by its name.
 *
 * @param name for example {@code ec2.StopInstances}
 * @param reading whether it is known to change nothing and to reveal no secret; everything else
 *     needs an approved plan
 * @param input JSON Schema of what it takes
 */
public record OperationInfo(String name, boolean reading, Fields input) {}
