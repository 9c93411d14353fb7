package dev.parley.engine.approve;

import dev.parley.approval.Vote;
import dev.parley.identity.Person;
import dev.parley.value.Digest;

/**
 * A vote as it is handed in; who the person is and may do is looked up when it is counted.
 *
 * @param proposal the digest the person saw
 */
public record CastVote(
    String tenant,
    String plan,
    Digest proposal,
    Person person,
    Vote.Decision decision,
    Vote.Means means,
    String reason) {}
