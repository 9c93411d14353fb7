package dev.parley.policy;

import java.time.Instant;

/**
 * Holds one rule back for some resources until it expires. Nobody waives for themselves.
 *
 * @param rule the rule's id
 * @param addresses an address, or a glob over addresses with {@code *}
 * @param requestedBy user id
 * @param approvedBy user id; never the same
 * @param expires at most 90 days after it was given
 */
public record Waiver(
    String tenant,
    String id,
    String rule,
    String addresses,
    String reason,
    String requestedBy,
    String approvedBy,
    Instant given,
    Instant expires) {}
